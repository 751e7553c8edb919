"""Which addresses may be called: public ones, and those that a setting names.

Checked three times: the address as written, each address that its name resolves to, and the address of each socket before it
connects; a name that changes its address in between (rebinding) gains nothing. Follows RFC 6761 for `localhost`.
"""

from __future__ import annotations

import asyncio
import functools
import ipaddress
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from worldtake.errors import RefusedAddressError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The part of IPv6 that is public unicast; what tunnels or maps IPv4 within it is left out below.
_UNICAST = ipaddress.ip_network("2000::/3")
#: Teredo, 6to4, and 192.88.99.0/24, the anycast address of its relays: all lead to other addresses.
_TUNNELS = tuple(map(ipaddress.ip_network, ("2001::/32", "2002::/16", "192.88.99.0/24")))
#: Names asked for at one time; one that a slow name server keeps waiting holds up no other.
NAME_THREADS = 32
#: Longest wait for a name, in seconds.
NAME_SECONDS = 10.0
#: Letters of an address that a message shows.
SHOWN_LETTERS = 300
#: What a host name consists of, as it is sent: letters, digits, hyphens; underscores are met.
_HOST_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
#: A last label that makes a host name an IPv4 address in one of its odd spellings (WHATWG URL, "ends in a number").
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
#: Whether the call in hand goes to a host that a setting names; asked when its socket is made.
permitted: ContextVar[bool] = ContextVar("permitted", default=False)


def is_public(address: str) -> bool:
    """Tell whether `address`, a literal IPv4 or IPv6 address, is one of the public network."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed not in _UNICAST:
        return False
    if any(parsed in tunnel for tunnel in _TUNNELS):
        return False
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved)


def is_named(host: str, names: Sequence[str]) -> bool:
    """Tell whether `host` is one of `names`; `*.x` names every host under x."""
    folded = host.rstrip(".").lower()
    return any(
        folded.endswith(name[1:].lower()) if name.startswith("*.") else folded == name.lower()
        for name in names
    )


def checked_url(address: str, allow_hosts: Sequence[str]) -> URL:
    """Return `address` parsed, without its fragment.

    Raises:
        RefusedAddressError: if it is not http or https, names a user, or is an address, however spelled, that is not public.
    """
    try:
        url = URL(address.strip()).with_fragment(None)
        host, _ = url.raw_host, url.port
    except ValueError:
        # What the error says is not passed on: it may hold a part of a password.
        msg = f"{shown(address)!r} is not an address; correct it"
        raise RefusedAddressError(msg) from None
    if url.scheme not in {"http", "https"} or not host:
        msg = f"{shown(url)} is not called: only http and https addresses with a host are"
        raise RefusedAddressError(msg)
    if url.user is not None or url.password is not None:
        msg = f"{shown(url)} is not called: take the user name out of the address"
        raise RefusedAddressError(msg)
    if not (_may_be_public(host) or is_named(host, allow_hosts)):
        raise _refused(host)
    return url


def host_of(address: str) -> str:
    """Return the host of `address` as it is called, in lower case; empty where it has none."""
    try:
        return (URL(address.strip()).raw_host or "").rstrip(".").lower()
    except ValueError:
        return ""


def shown(address: str | URL) -> str:
    """Return `address` as messages show it: without user name and password, and cut where it is very long."""
    try:
        url = URL(address) if isinstance(address, str) else address
        text = str(url.with_user(None) if url.raw_host else url)
        if not url.raw_host and "@" in text:
            raise ValueError  # noqa: TRY301 no host was found, so what stands before the @ may be anything
    except ValueError:
        text = str(address).rpartition("@")[2]
    return text if len(text) <= SHOWN_LETTERS else text[:SHOWN_LETTERS] + "\N{HORIZONTAL ELLIPSIS}"


@functools.lru_cache(4096)
def _may_be_public(host: str) -> bool:
    """Tell whether `host` is a public literal address, or a name that may turn out to have one."""
    bare = host.rstrip(".")
    if _is_literal(bare):
        return is_public(bare)
    if not _HOST_NAME.fullmatch(host) or is_named(bare, ("localhost", "*.localhost")):
        return False
    return not _NUMBER.fullmatch(bare.rpartition(".")[2])


def guarded_socket(address: tuple[Any, ...]) -> socket.socket:
    """Return a socket for the address of `getaddrinfo`'s shape, unless it is one that is not called.

    Raises:
        RefusedAddressError: if the address is not public and the call goes to no host that a setting names.
    """
    family, kind, protocol, _, peer = address
    if not (is_public(peer[0]) or permitted.get()):
        raise _refused(peer[0])
    made = socket.socket(family=family, type=kind, proto=protocol)
    made.setblocking(False)  # noqa: FBT003 the socket module's own signature
    return made


class GuardedResolver(AbstractResolver):
    """Resolve names to public addresses alone; names under `localhost` to 127.0.0.1 where a setting names them."""

    def __init__(self, allow_hosts: Sequence[str], names: AbstractResolver | None = None) -> None:
        self._allow_hosts = tuple(allow_hosts)
        self._names = names or SystemNames()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return where `host` may be called.

        Raises:
            RefusedAddressError: if none of its addresses is public.
            OSError: if the name is not known.
        """
        named = is_named(host, self._allow_hosts)
        if is_named(host, ("localhost", "*.localhost")):
            if not named:
                raise _refused(host)
            return [_loopback(host, port)]
        found = await self._names.resolve(host, port, family)
        kept = [result for result in found if named or is_public(result["host"])]
        if found and not kept:
            raise _refused(host)
        if not kept:
            msg = f"{host} has no address"
            raise OSError(msg)
        return kept

    async def close(self) -> None:
        """Release what the names are asked with."""
        await self._names.close()


class SystemNames(AbstractResolver):
    """Ask the machine's resolver, in threads of its own: a slow name server holds up nothing else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(NAME_THREADS, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of `host`.

        Raises:
            OSError: if the name is not known, or nobody says within `NAME_SECONDS`.
        """
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(NAME_SECONDS):
                return await loop.run_in_executor(self._threads, _looked_up, host, port, family)
        except TimeoutError as error:
            msg = f"no name server answered for {host} within {NAME_SECONDS:g} s"
            raise OSError(msg) from error
        except UnicodeError as error:
            msg = f"{host} is no name that a name server knows"
            raise OSError(msg) from error

    async def close(self) -> None:
        """Let the threads go, also those that still wait for a name."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _looked_up(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
    answers = socket.getaddrinfo(
        host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
    )
    return [
        ResolveResult(
            hostname=host,
            host=str(peer[0]),
            port=port,
            family=found,
            proto=proto,
            flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
        )
        for found, _, proto, _, peer in answers
    ]


def _loopback(host: str, port: int) -> ResolveResult:
    return ResolveResult(
        hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0
    )


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _refused(host: str) -> RefusedAddressError:
    return RefusedAddressError(
        f"{host} is not called: it is not an address of the public network; "
        "name the host in the setting allow_hosts if it is meant"
    )
