"""The sample press, loaded once and served once for the tests of this folder."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import TYPE_CHECKING, NamedTuple

import pytest

from worldtake.testing import SamplePress, load_sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import Message

    from worldtake.testing import Press, Sample


class Reply(NamedTuple):
    status: int
    headers: Message
    body: bytes


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture(scope="session")
def sample() -> Sample:
    return load_sample()


@pytest.fixture(scope="session")
def served(sample: Sample) -> Iterator[SamplePress]:
    with SamplePress(sample=sample) as press:
        yield press


@pytest.fixture(scope="session")
def ask() -> Callable[..., Reply]:
    """Ask a press for a path of a host, over its socket, following no redirects."""
    opener = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))

    def asked(press: Press, host: str, path: str, method: str = "GET", **headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(
            f"http://127.0.0.1:{press.port}{path}",
            headers={"Host": f"{host}:{press.port}", "Connection": "close", **named},
            method=method,
        )
        try:
            with opener.open(request, timeout=10) as answer:
                return Reply(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Reply(refusal.code, refusal.headers, refusal.read())

    return asked
