"""Say what a failed call came to: the outcome (`worldtake.http.outcomes`) of each error that the network library raises."""

from __future__ import annotations

import errno
import socket
import ssl
from typing import TYPE_CHECKING

import aiohttp
from aiohttp.http_exceptions import (
    ContentLengthError,
    HttpProcessingError,
    TransferEncodingError,
)

from worldtake.errors import FetchError
from worldtake.http.bodies import TooLargeError, TruncatedError
from worldtake.http.guard import shown

if TYPE_CHECKING:
    from yarl import URL


class BrokenOffError(aiohttp.ClientConnectionError):
    """A connection that broke off before an answer, and is not tried again at once."""


#: The first row that an error is an instance of says its outcome; special ones stand above those that they derive from.
_KINDS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    (TooLargeError, "too-large"),
    (TruncatedError, "reset"),
    ((aiohttp.ClientConnectorDNSError, socket.gaierror), "dns"),
    (
        (
            aiohttp.ClientConnectorCertificateError,
            aiohttp.ClientSSLError,
            aiohttp.ServerFingerprintMismatch,
            ssl.SSLError,
        ),
        "tls",
    ),
    (TimeoutError, "timeout"),
    ((aiohttp.ClientResponseError, HttpProcessingError), "bad-answer"),
    (
        (
            aiohttp.ClientPayloadError,
            aiohttp.ClientConnectionError,
            ConnectionError,
            EOFError,
        ),
        "reset",
    ),
    (ValueError, "bad-answer"),
)
#: What is wrong with this machine and not with who was called.
_OWN_FAULTS = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS})


def failure(url: URL, error: BaseException, limits: str) -> FetchError:
    """Return the error that says in words what `error` means for the call of `url`; `limits` are those of time, in words."""
    outcome = outcome_of(error)
    if outcome == "too-large":
        words = f"{error}; raise max_bytes if it is meant"
    elif outcome == "timeout":
        words = f"took too long ({limits}); it is tried again later"
    else:
        reason = " ".join((str(error) or type(error).__name__).split())
        words = f"cannot be read: {reason[:300]}; it is tried again later"
    return FetchError(f"{shown(url)} {words}", outcome)


def outcome_of(error: BaseException) -> str:
    """Return the outcome of an error of the network library, the system, or the reading of a body."""
    if isinstance(error, OSError) and error.errno in _OWN_FAULTS:
        return "failed"
    if isinstance(error.__cause__, (ContentLengthError, TransferEncodingError)):
        return "reset"  # the body ended before its end
    # A TLS failure after the handshake, or broken HTTP within a body, comes wrapped in an error of the connection.
    for inner in (error, error.__cause__):
        if isinstance(inner, ssl.SSLError):
            return "tls"
        if isinstance(inner, HttpProcessingError):
            return "bad-answer"
    return next((outcome for kinds, outcome in _KINDS if isinstance(error, kinds)), "failed")
