from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from aiohttp import web

from worldtake.errors import FetchError, RefusedAddressError

RULES = """User-agent: *
Disallow: /closed

User-agent: worldtake
Disallow: /members
Allow: /
Crawl-delay: 0.3
"""


def _answering(status: int, text: str, calls: list[str]) -> Any:
    async def answer(request: web.Request) -> web.Response:
        calls.append(request.path)
        if request.path == "/robots.txt":
            return web.Response(status=status, text=text)
        return web.Response(text="page")

    return answer


def _fetched(serving: Any, door: Any, status: int, paths: list[str]) -> list[str]:
    calls: list[str] = []

    async def scene() -> None:
        async with (
            serving(_answering(status, RULES, calls)) as base,
            door(robots=True) as open_door,
        ):
            for path in paths:
                await open_door.fetch(base + path)

    asyncio.run(scene())
    return calls


def test_a_forbidden_page_is_never_called(serving: Any, door: Any) -> None:
    with pytest.raises(RefusedAddressError, match=r"robots\.txt forbids it to worldtake"):
        _fetched(serving, door, 200, ["/members/1"])


def test_rules_are_asked_for_once_and_their_delay_kept(serving: Any, door: Any) -> None:
    started = time.monotonic()
    calls = _fetched(serving, door, 200, ["/closed", "/b"])
    assert ["/robots.txt", "/closed", "/b"] == calls
    assert time.monotonic() - started >= 0.3


@pytest.mark.parametrize("status", [404, 401, 403, 410])
def test_a_host_without_rules_allows_everything(serving: Any, door: Any, status: int) -> None:
    assert ["/robots.txt", "/members"] == _fetched(serving, door, status, ["/members"])


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_host_whose_rules_cannot_be_read_is_left_for_later(
    serving: Any, door: Any, status: int
) -> None:
    with pytest.raises(FetchError, match=f"answers {status}; it is tried again later"):
        _fetched(serving, door, status, ["/a"])


def test_rules_that_are_no_text_allow_everything(serving: Any, door: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=bytes(range(256)) * 3000)

    async def scene() -> int:
        async with serving(answer) as base, door(robots=True) as open_door:
            return int((await open_door.fetch(f"{base}/a")).status)

    assert 200 == asyncio.run(scene())
