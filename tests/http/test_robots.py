from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from yarl import URL

from worldtake.errors import CallError, FetchError, RefusedAddressError
from worldtake.http import Response, robots

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


def _outcome(serving: Any, door: Any, answer: Any, path: str = "/a") -> tuple[str, CallError]:
    async def scene() -> None:
        async with serving(answer) as base, door(robots=True) as open_door:
            await open_door.fetch(base + path)

    with pytest.raises(CallError) as caught:
        asyncio.run(scene())
    return caught.value.outcome, caught.value


def test_a_refusal_and_rules_that_cannot_be_read_are_told_apart(serving: Any, door: Any) -> None:
    assert "robots" == _outcome(serving, door, _answering(200, RULES, []), "/members")[0]
    outcome, error = _outcome(serving, door, _answering(500, RULES, []))
    assert ("robots-unread", True) == (outcome, isinstance(error, FetchError))
    assert 590 < getattr(error, "retry_after_seconds", 0) <= 600


def test_rules_behind_an_address_that_is_not_called_are_asked_for_once(
    serving: Any, door: Any
) -> None:
    calls: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        calls.append(request.path)
        return web.Response(status=302, headers={"Location": "http://u:secret@10.0.0.1/robots.txt"})

    async def scene() -> list[Any]:
        async with serving(answer) as base, door(robots=True) as open_door:
            urls = [f"{base}/{n}" for n in range(3)]
            return await asyncio.gather(*map(open_door.fetch, urls), return_exceptions=True)

    errors = asyncio.run(scene())
    assert ["/robots.txt"] == calls
    assert ["refused-address"] * 3 == [error.outcome for error in errors]
    assert "secret" not in " ".join(map(str, errors))


def test_the_sitemaps_that_a_host_names_are_handed_on(serving: Any, door: Any) -> None:
    lines = ["Sitemap: /news.xml", "Sitemap: https://example.org/a.xml", "Sitemap: ftp://x/a.xml"]
    lines += ["Sitemap: http://u:p@example.org/b.xml", "Sitemap: http://[::1", "Sitemap: /news.xml"]
    lines += [f"Sitemap: /{number}.xml" for number in range(1000)]

    async def scene() -> tuple[str, tuple[str, ...]]:
        answer = _answering(200, "\n".join(lines), [])
        async with serving(answer) as base, door(robots=True) as open_door:
            return base, await open_door.robots_sitemaps(f"{base}/front")

    base, found = asyncio.run(scene())
    assert (f"{base}/news.xml", "https://example.org/a.xml", f"{base}/0.xml") == found[:3]
    assert 100 == len(found)


def test_a_file_too_long_to_understand_forbids_for_now(serving: Any, door: Any) -> None:
    text = "User-agent: *\n" + "Disallow: /a\n" * 30_000
    assert "robots-unread" == _outcome(serving, door, _answering(200, text, []))[0]


def test_a_file_without_end_is_read_to_its_cap(serving: Any, door: Any) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"User-agent: *\nDisallow: /closed\n")
        while request.path == "/robots.txt":
            await response.write(b"# " + b"x" * 65_536 + b"\n")
        return response

    assert "robots" == _outcome(serving, door, answer, "/closed")[0]


def test_many_rules_with_many_stars_cost_little_time(serving: Any, door: Any) -> None:
    text = "User-agent: *\n" + "".join(f"Disallow: /*{'a*' * 40}b{n}$\n" for n in range(4000))

    async def scene() -> float:
        async with serving(_answering(200, text, [])) as base, door(robots=True) as open_door:
            await open_door.fetch(f"{base}/front")
            started = time.monotonic()
            await open_door.fetch(f"{base}/{'a' * 2000}")
            return time.monotonic() - started

    assert asyncio.run(scene()) < 2


def test_a_host_that_keeps_its_rules_back_holds_up_no_other(serving: Any, door: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.host.startswith("slow"):
            await asyncio.sleep(20)
        return web.Response(text="")

    async def scene() -> float:
        async with (
            serving(answer) as base,
            door(robots=True, concurrency=4, read_seconds=10) as open_door,
        ):
            slow = base.replace("press.", "slow.")
            waiting = [asyncio.create_task(open_door.fetch(f"{slow}/{n}")) for n in range(20)]
            await asyncio.sleep(0.1)
            started = time.monotonic()
            for number in range(5):
                await open_door.fetch(f"{base}/{number}")
            taken = time.monotonic() - started
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            return taken

    assert asyncio.run(scene()) < 2


def test_no_more_rules_are_kept_than_is_useful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "LINES_KEPT", 100)

    async def read(url: URL) -> Response:
        body = b"User-agent: *\nDisallow: /closed\n" + b"# more\n" * 8
        return Response(url=str(url), status=200, body=body, fetched=datetime.now(UTC))

    async def scene() -> robots.RobotsBook:
        book = robots.RobotsBook("worldtake", read)
        for number in range(50):
            await book.delay(URL(f"https://h{number}.example/"))
        return book

    book = asyncio.run(scene())
    assert (10, 100) == (len(book._rules), book._lines)
    assert 0 == len(book._locks)
