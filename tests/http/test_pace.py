from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from worldtake.errors import FetchError
from worldtake.http import pace
from worldtake.http.pace import Pace, Spot

if TYPE_CHECKING:
    from collections.abc import Callable

    from worldtake.http import Door

#: Paces of the tests, in seconds.
HOST, DOMAIN = 0.25, 0.1


class Diary:
    """A server that notes when each call of each host arrives."""

    def __init__(self) -> None:
        self.calls: list[tuple[float, str, str]] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.calls.append((time.monotonic(), request.host.partition(":")[0], request.path))
        if request.path.startswith("/hop"):
            return web.Response(status=302, headers={"Location": request.path[4:] or "/"})
        if request.path == "/broken" and request.transport:
            request.transport.abort()
        if request.path == "/slow":
            await asyncio.sleep(0.4)
        return web.Response(text="User-agent: *\nDisallow: /closed\n")

    def gaps(self, key: Callable[[str], str]) -> list[float]:
        """Return the times between two calls of one host, or of what `key` makes of it."""
        groups: dict[str, list[float]] = {}
        for moment, host, _ in sorted(self.calls):
            groups.setdefault(key(host), []).append(moment)
        return [
            later - former
            for moments in groups.values()
            for former, later in itertools.pairwise(moments)
        ]


def host(name: str, base: str) -> str:
    return base.replace("press.localhost", name)


async def tried(open_door: Door, url: str) -> None:
    with contextlib.suppress(FetchError):
        await open_door.fetch(url)


def test_no_host_sees_two_calls_closer_than_its_pace(serving: Any, door: Any) -> None:
    diary = Diary()
    paths = ["/a", "/hop/b", "/hop/hop/c", "/broken", "/slow", "/d"]

    async def scene() -> None:
        async with (
            serving(diary.answer) as base,
            door(robots=True, concurrency=64, allowed_pace_seconds=HOST) as open_door,
        ):
            urls = [host(f"h{n}.localhost", base) + path for n in range(8) for path in paths]
            await asyncio.gather(*(tried(open_door, url) for url in urls))

    asyncio.run(scene())
    # Of each host: robots.txt, six pages, three hops.
    assert 8 * 10 == len(diary.calls)
    assert min(diary.gaps(lambda name: name)) >= HOST


def test_hosts_of_one_domain_share_the_pace_above_their_own(serving: Any, door: Any) -> None:
    diary = Diary()

    async def scene() -> None:
        options = {"allowed_pace_seconds": HOST, "allowed_domain_pace_seconds": DOMAIN}
        async with (
            serving(diary.answer) as base,
            door(robots=True, concurrency=64, **options) as open_door,
        ):
            names = [f"{part}.{domain}.localhost" for part in "abcd" for domain in ("one", "two")]
            urls = [host(name, base) + path for name in names for path in ("/a", "/b")]
            await asyncio.gather(*(tried(open_door, url) for url in urls))

    asyncio.run(scene())
    assert 8 * 3 == len(diary.calls)
    assert min(diary.gaps(lambda name: name)) >= HOST
    assert min(diary.gaps(lambda name: name.split(".", 1)[1])) >= DOMAIN


def test_a_call_that_broke_off_is_not_made_again_without_a_turn(serving: Any, door: Any) -> None:
    diary = Diary()

    async def scene() -> None:
        async with (
            serving(diary.answer) as base,
            door(allowed_pace_seconds=HOST) as open_door,
        ):
            await asyncio.gather(*(tried(open_door, f"{base}/broken") for _ in range(3)))

    asyncio.run(scene())
    assert 3 == len(diary.calls)
    assert min(diary.gaps(lambda name: name)) >= HOST


def test_a_pause_that_robots_asks_for_stands_above_the_pace(serving: Any, door: Any) -> None:
    moments: list[float] = []

    async def answer(_request: web.Request) -> web.Response:
        moments.append(time.monotonic())
        return web.Response(text="User-agent: *\nCrawl-delay: 0.4\n")

    async def scene() -> None:
        async with (
            serving(answer) as base,
            door(robots=True, allowed_pace_seconds=0.1) as open_door,
        ):
            await asyncio.gather(*(open_door.fetch(f"{base}/{n}") for n in range(3)))
            assert 0.3 < open_door.wait_seconds(base) <= 0.4

    asyncio.run(scene())
    assert min(b - a for a, b in itertools.pairwise(moments)) >= 0.4


def test_how_long_a_host_waits_is_told_without_taking_a_turn(serving: Any, door: Any) -> None:
    async def scene() -> None:
        options = {"allowed_pace_seconds": 3.0, "allowed_domain_pace_seconds": 1.0}
        async with serving(Diary().answer) as base, door(**options) as open_door:
            sister, other = host("a.press.localhost", base), host("other.localhost", base)
            assert 0 == open_door.wait_seconds(base)
            await open_door.fetch(base)
            assert 2.5 < open_door.wait_seconds(f"{base}/next") <= 3
            assert 2.5 < open_door.wait_seconds(f"{base}/next") <= 3
            assert 0.5 < open_door.wait_seconds(sister) <= 1
            assert 0 == open_door.wait_seconds(other)
            assert 0 == open_door.wait_seconds("http://127.0.0.1/")

    asyncio.run(scene())


def test_calls_that_wait_already_count_for_those_that_come(serving: Any, door: Any) -> None:
    async def scene() -> None:
        async with serving(Diary().answer) as base, door(allowed_pace_seconds=5.0) as open_door:
            waiting = [asyncio.create_task(open_door.fetch(f"{base}/{n}")) for n in range(3)]
            while open_door.wait_seconds(base) != 10:  # noqa: ASYNC110 one is answered, two wait
                await asyncio.sleep(0.01)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            assert 4 < open_door.wait_seconds(base) <= 5

    asyncio.run(scene())


def test_a_host_with_all_its_calls_in_hand_is_looked_at_again(serving: Any, door: Any) -> None:
    async def scene() -> None:
        async with serving(Diary().answer) as base, door(host_concurrency=2) as open_door:
            calls = [asyncio.create_task(open_door.fetch(f"{base}/slow")) for _ in range(2)]
            await asyncio.sleep(0.1)
            assert pace.FULL_SECONDS == open_door.wait_seconds(base)
            await asyncio.gather(*calls)
            assert 0 == open_door.wait_seconds(base)

    asyncio.run(scene())


def test_a_host_that_asks_to_be_left_alone_is_waited_for(serving: Any, door: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": "90"})

    async def scene() -> FetchError:
        async with serving(answer) as base, door() as open_door:
            await open_door.fetch(base)
            assert 80 < open_door.wait_seconds(base) <= 90
            with pytest.raises(FetchError, match="left alone") as caught:
                await open_door.fetch(f"{base}/next")
            return caught.value

    error = asyncio.run(scene())
    assert "held" == error.outcome
    assert 80 < (error.retry_after_seconds or 0) <= 90


def test_a_call_that_waited_while_its_host_asked_for_quiet_is_not_made(
    serving: Any, door: Any
) -> None:
    calls: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        calls.append(request.path)
        return web.Response(status=429, headers={"Retry-After": "90"})

    async def scene() -> list[Any]:
        async with serving(answer) as base, door(allowed_pace_seconds=HOST) as open_door:
            urls = [f"{base}/{n}" for n in range(4)]
            return await asyncio.gather(*map(open_door.fetch, urls), return_exceptions=True)

    answers = asyncio.run(scene())
    assert 1 == len(calls)
    assert ["held"] * 3 == [each.outcome for each in answers if isinstance(each, FetchError)]


def spot(name: str, seconds: float = 0.0) -> Spot:
    return Spot(host=name, domain="", named=False, host_seconds=seconds, domain_seconds=0.0)


def test_no_more_hosts_are_remembered_than_is_useful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "HOSTS_KEPT", 100)
    monkeypatch.setattr(pace, "REMEMBERED_SECONDS", 0.0)

    async def scene() -> Pace:
        turns = Pace(2)
        busy = await turns.turn(spot("busy", 1.0))
        for number in range(1000):
            (await turns.turn(spot(f"h{number}"))).end()
            turns.hold(f"h{number}", 1000 + number)
        assert turns.wait_seconds(spot("busy", 1.0)) == 1.0
        busy.end()
        return turns

    turns = asyncio.run(scene())
    assert len(turns._queues) <= 101
    assert len(turns._held) <= 100
    assert turns.held_seconds("h999") > 1900
