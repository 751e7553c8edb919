from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import web

from worldtake.errors import FetchError, UnreadableInputError
from worldtake.fetch import PageValidators, Unchanged, fetch_page
from worldtake.model import Entry, Outlet, Page


def _page(press: Any, answer: Any, known: PageValidators | None = None) -> Page | Unchanged:
    async def scene() -> Page | Unchanged:
        async with press(answer) as (door, base):
            entry = Entry(url=f"{base}/1", feed_url=base, outlet_id="si-x", title="T")
            return await fetch_page(
                door, entry, Outlet(id="si-x", name="X", languages=("sl",)), known
            )

    return asyncio.run(scene())


def test_a_page_keeps_its_bytes_headers_and_announcement(press: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(
            body="<p>č".encode("cp1250"), headers={"Content-Type": "text/html; charset=cp1250"}
        )

    page = _page(press, answer)
    assert isinstance(page, Page)
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


def test_a_refused_page_is_an_error_with_the_status(press: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=403)

    with pytest.raises(FetchError, match="answers 403; it refuses worldtake, and is left alone"):
        _page(press, answer)


def test_what_is_no_page_is_not_read(press: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=b"%PDF", content_type="application/pdf")

    with pytest.raises(FetchError, match="is application/pdf, not a page") as raised:
        _page(press, answer)
    assert "wrong-type" == raised.value.outcome


def test_an_empty_page_is_not_read(press: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=b" \n", content_type="text/html")

    with pytest.raises(UnreadableInputError, match="is an empty page"):
        _page(press, answer)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (401, "login"), (402, "paywall"), (404, "not-found"), (410, "gone"), (429, "too-many-requests"), (451, "withheld"),
        (500, "server-error"), (418, "bad-answer"), (204, "bad-answer"),
    ],
)  # fmt: skip
def test_every_refusal_is_recorded_as_what_it_is(press: Any, status: int, outcome: str) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status)

    with pytest.raises(FetchError) as raised:
        _page(press, answer)
    assert outcome == raised.value.outcome


def test_a_host_that_asks_to_wait_says_how_long(press: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": "120"})

    with pytest.raises(FetchError) as raised:
        _page(press, answer)
    assert 120 == raised.value.retry_after_seconds


def test_a_page_is_read_again_only_if_it_has_changed(press: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"7"':
            return web.Response(status=304)
        headers = {"ETag": '"7"', "Last-Modified": "Sun, 22 Nov 2026 08:00:00 GMT"}
        return web.Response(text="<p>x", content_type="text/html", headers=headers)

    page = _page(press, answer)
    assert isinstance(page, Page)
    assert ('"7"', "Sun, 22 Nov 2026 08:00:00 GMT") == (page.etag, page.last_modified)
    same = _page(press, answer, PageValidators(etag=page.etag, last_modified=page.last_modified))
    assert isinstance(same, Unchanged)
    assert same.fetched.tzinfo is not None
    assert isinstance(_page(press, answer, PageValidators(etag='"6"')), Page)
