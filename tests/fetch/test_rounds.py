from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from worldtake.errors import FetchError, UnreadableInputError
from worldtake.fetch import FeedFetch, FeedState, fetch_feed, fetch_page
from worldtake.http import Door, DoorSettings
from worldtake.model import Entry, Feed, Outlet, Page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

RSS = '<rss version="2.0"><channel><item><title>T</title><link>/1</link></item></channel></rss>'
SETTINGS = DoorSettings(allow_hosts=("*.localhost",), robots=False)


@asynccontextmanager
async def _press(answer: Any) -> AsyncIterator[tuple[Door, str]]:
    runner = web.ServerRunner(web.Server(answer), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with Door(SETTINGS) as door:
            yield door, f"http://press.localhost:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _calls(answer: Any, times: int = 1, path: str = "/rss") -> list[FeedFetch]:
    async def scene() -> list[FeedFetch]:
        found: list[FeedFetch] = []
        async with _press(answer) as (door, base):
            state = FeedState()
            for _ in range(times):
                found.append(await fetch_feed(door, Feed(url=base + path, outlet_id="si-x"), state))
                state = FeedState(**asdict(found[-1].state))
        return found

    return asyncio.run(scene())


def test_a_feed_is_read_once_and_then_asked_whether_it_changed() -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"7"':
            return web.Response(status=304)
        return web.Response(text=RSS, content_type="application/rss+xml", headers={"ETag": '"7"'})

    first, second = _calls(answer, 2)
    assert first.parse is not None
    assert ["T"] == [entry.title for entry in first.parse.entries]
    assert ("rss", '"7"', None) == (first.state.kind, first.state.etag, first.problem)
    assert (None, None) == (second.parse, second.problem)
    assert second.state.next_due_seconds > first.state.next_due_seconds


def test_the_same_bytes_are_not_read_twice_where_the_server_cannot_say_so() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=RSS)

    first, second = _calls(answer, 2)
    assert first.parse is not None
    assert second.parse is None


@pytest.mark.parametrize("status", [403, 404, 429, 500])
def test_a_refusal_is_a_problem_and_the_feed_is_called_less_often(status: int) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status)

    first, second = _calls(answer, 2)
    assert first.problem is not None
    assert f"answers {status}" in first.problem
    assert [1, 2] == [first.state.failures, second.state.failures]
    assert second.state.next_due_seconds > first.state.next_due_seconds


def test_a_feed_that_is_gone_is_retired() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=410)

    (only,) = _calls(answer)
    assert only.state.retired


def test_a_feed_that_asks_to_wait_is_given_that_time() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": "80000"})

    (only,) = _calls(answer)
    assert only.state.next_due_seconds == 80_000


def test_a_feed_that_moved_for_good_is_called_there_from_then_on() -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path == "/rss":
            return web.Response(status=301, headers={"Location": "/new"})
        return web.Response(text=RSS)

    _calls(answer, 2)
    assert ["/rss", "/new", "/new"] == asked


def test_a_page_in_place_of_a_feed_is_a_problem_that_names_the_feed() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text="<html>Sorry", content_type="text/html")

    (only,) = _calls(answer)
    assert only.problem is not None
    assert "/rss of si-x cannot be read" in only.problem


def _page(answer: Any) -> Page:
    async def scene() -> Page:
        async with _press(answer) as (door, base):
            entry = Entry(url=f"{base}/1", feed_url=base, outlet_id="si-x", title="T")
            return await fetch_page(door, entry, Outlet(id="si-x", name="X", languages=("sl",)))

    return asyncio.run(scene())


def test_a_page_keeps_its_bytes_headers_and_announcement() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(
            body="<p>č".encode("cp1250"), headers={"Content-Type": "text/html; charset=cp1250"}
        )

    page = _page(answer)
    assert (b"<p>\xe8", "text/html", "cp1250", "si-x", ("sl",)) == (
        page.body,
        page.media_type,
        page.charset,
        page.outlet_id,
        page.outlet_languages,
    )
    assert page.entry is not None
    assert "T" == page.entry.title
    assert page.fetched.tzinfo is not None


def test_a_refused_page_is_an_error_with_the_status() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=403)

    with pytest.raises(FetchError, match="answers 403; it refuses worldtake, and is left alone"):
        _page(answer)


def test_what_is_no_page_is_not_read() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=b"%PDF", content_type="application/pdf")

    with pytest.raises(UnreadableInputError, match="is application/pdf, not a page"):
        _page(answer)
