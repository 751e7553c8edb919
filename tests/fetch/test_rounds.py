from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Any

import pytest
from aiohttp import web

from worldtake.fetch import FeedFetch, FeedState, Polling, fetch_feed
from worldtake.model import Feed

RSS = '<rss version="2.0"><channel><item><title>T</title><link>/1</link></item></channel></rss>'


def _calls(press: Any, answer: Any, times: int = 1, path: str = "/rss") -> list[FeedFetch]:
    async def scene() -> list[FeedFetch]:
        found: list[FeedFetch] = []
        async with press(answer) as (door, base):
            state = FeedState()
            for _ in range(times):
                found.append(await fetch_feed(door, Feed(url=base + path, outlet_id="si-x"), state))
                state = FeedState(**asdict(found[-1].state))
        return found

    return asyncio.run(scene())


def test_a_feed_is_read_once_and_then_asked_whether_it_changed(press: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"7"':
            return web.Response(status=304)
        return web.Response(text=RSS, content_type="application/rss+xml", headers={"ETag": '"7"'})

    first, second = _calls(press, answer, 2)
    assert first.parse is not None
    assert ["T"] == [entry.title for entry in first.parse.entries]
    assert ("rss", '"7"', None) == (first.state.kind, first.state.etag, first.problem)
    assert (None, None) == (second.parse, second.problem)
    assert second.state.next_due_seconds > first.state.next_due_seconds


def test_the_same_bytes_are_not_read_twice_where_the_server_cannot_say_so(press: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=RSS)

    first, second = _calls(press, answer, 2)
    assert first.parse is not None
    assert second.parse is None


@pytest.mark.parametrize("status", [403, 404, 429, 500])
def test_a_refusal_is_a_problem_and_the_feed_is_called_less_often(press: Any, status: int) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status)

    first, second = _calls(press, answer, 2)
    assert first.problem is not None
    assert f"answers {status}" in first.problem
    assert [1, 2] == [first.state.failures, second.state.failures]
    assert second.state.next_due_seconds > first.state.next_due_seconds


def test_a_feed_that_is_gone_is_retired(press: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=410)

    (only,) = _calls(press, answer)
    assert only.state.retired


def test_a_feed_that_asks_to_wait_is_given_that_time(press: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": "80000"})

    (only,) = _calls(press, answer)
    assert 80_000 <= only.state.next_due_seconds <= 86_400


def test_a_feed_that_moved_for_good_is_called_there_from_then_on(press: Any) -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path == "/rss":
            return web.Response(status=301, headers={"Location": "/new"})
        return web.Response(text=RSS)

    _calls(press, answer, 2)
    assert ["/rss", "/new", "/new"] == asked


def test_a_page_in_place_of_a_feed_is_a_problem_that_names_the_feed(press: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text="<html>Sorry", content_type="text/html")

    (only,) = _calls(press, answer)
    assert only.problem is not None
    assert "/rss of si-x cannot be read" in only.problem


def test_the_outcome_of_each_call_has_a_name(press: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        status = int(request.path.rpartition("/")[2])
        return web.Response(status=status, text=RSS)

    names = [
        _calls(press, answer, path=f"/{status}")[0].outcome
        for status in (200, 401, 402, 404, 410, 451, 503)
    ]
    assert [
        "ok", "login", "paywall", "not-found", "gone", "withheld", "server-error",
    ] == names  # fmt: skip


def test_moving_and_staying_as_it_was_have_names_too(press: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/rss":
            return web.Response(status=308, headers={"Location": "/new"})
        return web.Response(text=RSS)

    assert ["moved", "unchanged"] == [each.outcome for each in _calls(press, answer, 2)]


def test_a_feed_that_moved_to_what_is_no_feed_has_not_moved(press: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/rss":
            return web.Response(status=301, headers={"Location": "/"})
        return web.Response(text="<html>Welcome", content_type="text/html")

    (only,) = _calls(press, answer)
    assert (None, "unreadable", True) == (only.state.moved_to, only.outcome, only.unreadable)


def test_a_new_place_that_fails_three_times_is_given_up(press: Any) -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path == "/rss" and len(asked) < 3:
            return web.Response(status=301, headers={"Location": "/new"})
        if request.path == "/new" and len(asked) > 2:
            return web.Response(status=404)
        return web.Response(text=RSS)

    found = _calls(press, answer, 5)
    assert ["/rss", "/new", "/new", "/new", "/new", "/rss"] == asked
    assert ["moved", "not-found", "not-found", "not-found", "ok"] == [
        each.outcome for each in found
    ]
    assert found[-1].state.moved_to is None


def test_validators_are_replaced_together_at_every_whole_answer(press: Any) -> None:
    sent: list[tuple[str | None, str | None]] = []

    async def answer(request: web.Request) -> web.Response:
        headers = request.headers
        sent.append((headers.get("If-None-Match"), headers.get("If-Modified-Since")))
        day = "Sun, 22 Nov 2026 08:00:00 GMT"
        given = [{"ETag": '"1"', "Last-Modified": day}, {"ETag": '"2"'}, {}][len(sent) - 1]
        return web.Response(text=RSS.replace("/1", f"/{len(sent)}"), headers=given)

    _calls(press, answer, 3)
    assert [(None, None), ('"1"', "Sun, 22 Nov 2026 08:00:00 GMT"), ('"2"', None)] == sent


def test_a_fresh_answer_is_not_asked_for_again(press: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(
            text=RSS, headers={"Cache-Control": "public, max-age=7200", "Age": "600"}
        )

    (only,) = _calls(press, answer)
    assert 6_600 <= only.state.next_due_seconds <= 7_300


def test_an_answer_that_must_not_be_kept_is_fresh_for_no_time(press: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=RSS, headers={"Cache-Control": "no-cache, max-age=7200"})

    (only,) = _calls(press, answer)
    assert only.state.next_due_seconds < 3_600


def test_a_hub_is_named_by_the_header_or_the_feed(press: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        link = '<https://hub.example/>; rel="hub", </rss>; rel="self"'
        headers = {"Link": link} if request.path == "/rss" else {}
        return web.Response(text=HUBBED, headers=headers)

    (by_header,), (by_feed,) = _calls(press, answer), _calls(press, answer, path="/other")
    assert by_header.parse is not None
    assert by_feed.parse is not None
    assert "https://hub.example/" == by_header.parse.hub
    assert str(by_header.parse.self_url).endswith("/rss")
    assert ("https://other.example/", "https://glas.example/self") == (
        by_feed.parse.hub,
        by_feed.parse.self_url,
    )


HUBBED = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title>
<atom:link rel="hub" href="https://other.example/"/><atom:link rel="self" href="https://glas.example/self"/>
</channel></rss>"""


def _sitemap(*numbers: int) -> str:
    urls = "".join(
        f"<url><loc>http://glas.example/{n}</loc><lastmod>2026-11-{n:02d}</lastmod></url>"
        for n in numbers
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def _index(*children: tuple[str, str]) -> str:
    named = "".join(
        f"<sitemap><loc>{loc}</loc><lastmod>{day}</lastmod></sitemap>" for loc, day in children
    )
    return f"<sitemapindex>{named}</sitemapindex>"


def test_an_index_gives_the_entries_of_its_newest_sitemaps_and_asks_old_ones_no_more(
    press: Any,
) -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path == "/rss":
            return web.Response(text=_index(("/a.xml", "2026-11-22"), ("/b.xml", "2020-01-01")))
        if request.headers.get("If-None-Match") == '"a"':
            return web.Response(status=304)
        numbers = (3, 4) if request.path == "/a.xml" else (1, 2)
        return web.Response(text=_sitemap(*numbers), headers={"ETag": '"a"'})

    first, second = _calls(press, answer, 2)
    assert first.parse is not None
    assert second.parse is not None
    assert ["/3", "/4", "/1", "/2"] == [
        entry.url.removeprefix("http://glas.example") for entry in first.parse.entries
    ]
    assert ((), "sitemap", 4) == (first.parse.children, first.parse.kind, first.state.fresh)
    assert ((), 0) == (second.parse.entries, second.state.fresh)
    assert "/b.xml" not in asked[3:]


def test_an_index_of_which_one_sitemap_fails_gives_the_others(press: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/rss":
            return web.Response(text=_index(("/a.xml", "2026-11-22"), ("/b.xml", "2026-11-21")))
        return (
            web.Response(text=_sitemap(1)) if request.path == "/b.xml" else web.Response(status=500)
        )

    (only,) = _calls(press, answer)
    assert only.parse is not None
    assert 1 == len(only.parse.entries)


def test_an_index_of_which_every_sitemap_fails_has_failed(press: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/rss":
            return web.Response(text=_index(("/a.xml", "2026-11-22")))
        return web.Response(status=404)

    (only,) = _calls(press, answer)
    assert ("not-found", 1) == (only.outcome, only.state.failures)


def test_the_settings_say_how_often_feeds_are_called(press: Any) -> None:
    async def scene() -> FeedFetch:
        async def answer(_request: web.Request) -> web.Response:
            return web.Response(text=RSS)

        async with press(answer) as (door, base):
            feed = Feed(url=f"{base}/rss", outlet_id="si-x")
            polling = Polling(min_seconds=1, max_seconds=5)
            return await fetch_feed(door, feed, FeedState(), None, polling)

    assert 1 <= asyncio.run(scene()).state.next_due_seconds <= 5
