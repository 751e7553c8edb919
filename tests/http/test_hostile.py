"""Servers that mean ill, or are broken: each call ends within its limits and says why, and the outlet beside it is read meanwhile."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from worldtake.errors import CallError, FetchError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from worldtake.http import Door

#: Limits of the doors in these tests, small so that the tests are quick.
LIMITS = {"max_bytes": 2_000_000, "read_seconds": 1.0, "total_seconds": 2.0, "concurrency": 16}
#: What a hostile server may cost in memory, in bytes; its own writing is counted too.
MEMORY = 40_000_000


def talk(parts: Callable[[], AsyncIterator[bytes]], *, abort: bool = False) -> Any:
    """Return a server that reads a call, then sends `parts`, and closes or breaks off."""

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        async for part in parts():
            writer.write(part)
            await writer.drain()
        if abort:
            writer.transport.abort()

    return served


def said(*parts: bytes) -> Callable[[], AsyncIterator[bytes]]:
    async def sent() -> AsyncIterator[bytes]:
        for part in parts:
            yield part

    return sent


def endless(start: bytes, part: bytes, pause: float = 0.0) -> Callable[[], AsyncIterator[bytes]]:
    async def sent() -> AsyncIterator[bytes]:
        yield start
        while True:
            yield part
            await asyncio.sleep(pause)

    return sent


OK = b"HTTP/1.1 200 OK\r\n"
PLAIN = OK + b"Content-Type: text/html\r\n\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def packed(name: bytes, body: bytes) -> bytes:
    return OK + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (name, len(body)) + body


HOSTILE = {
    "a body without end": (talk(endless(PLAIN, b"x" * 65_536)), "too-large"),
    "chunks without end": (
        talk(endless(CHUNKED, b"10000\r\n" + b"x" * 65_536 + b"\r\n")),
        "too-large",
    ),
    "chunks of one byte without end": (
        talk(endless(CHUNKED, b"1\r\nx\r\n" * 20_000)),
        "too-large or timeout",
    ),
    "a length beyond the cap": (
        talk(endless(OK + b"Content-Length: 9000000000\r\n\r\n", b"x", 1)),
        "too-large",
    ),
    "a bomb": (talk(said(packed(b"gzip", gzip.compress(bytes(60_000_000))))), "too-large"),
    "a bomb in a bomb": (
        talk(said(packed(b"gzip, gzip", gzip.compress(gzip.compress(bytes(60_000_000)))))),
        "too-large",
    ),
    "a slow body": (talk(endless(PLAIN, b"x", 0.1)), "timeout"),
    "slow headers": (talk(endless(OK, b"x", 0.1)), "timeout"),
    "silence": (talk(endless(b"", b"", 0.1)), "timeout"),
    "silence within a body": (talk(endless(PLAIN + b"news", b"", 0.1)), "timeout"),
    "promises without end": (talk(endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01)), "timeout"),
    "a flood of headers": (talk(endless(OK, b"X-Flood: %s\r\n" % (b"x" * 1000))), "bad-answer"),
    "a flood of small headers": (talk(endless(OK, b"X: y\r\n" * 1000)), "bad-answer"),
    "a header without end": (talk(endless(OK + b"X: ", b"x" * 65_536)), "bad-answer"),
    "a status line without end": (talk(endless(b"HTTP/1.1 200 ", b"x" * 65_536)), "bad-answer"),
    "another protocol": (talk(said(b"SSH-2.0-OpenSSH\r\n\r\n")), "bad-answer"),
    "chunks that are none": (talk(said(CHUNKED + b"news\r\nnews\r\n")), "bad-answer"),
    "two lengths": (
        talk(said(OK + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nnewsx")),
        "bad-answer",
    ),
    "nothing": (talk(said()), "reset"),
    "a connection that is reset": (talk(said(), abort=True), "reset"),
    "a body that breaks off": (
        talk(said(OK + b"Content-Length: 100\r\n\r\nnews"), abort=True),
        "reset",
    ),
    "a body shorter than said": (talk(said(OK + b"Content-Length: 100\r\n\r\nnews")), "reset"),
    "chunks that break off": (talk(said(CHUNKED + b"ff\r\nnews")), "reset"),
    "a packed body that breaks off": (
        talk(said(packed(b"gzip", gzip.compress(bytes(range(256)))[:-12]))),
        "reset",
    ),
    "a body that is not packed as said": (talk(said(packed(b"gzip", b"<html>"))), "bad-answer"),
    "a coding nobody asked for": (talk(said(packed(b"compress", b"\x1f\x9d\x90"))), "bad-answer"),
}


async def outcome_of(open_door: Door, url: str) -> str:
    try:
        return (await open_door.fetch(url)).outcome
    except CallError as error:
        return error.outcome if url in str(error) else f"{error} does not name the address"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_server_costs_only_itself(
    serving: Any, raw_serving: Any, door: Any, name: str
) -> None:
    served, expected = HOSTILE[name]
    ends: dict[str, float] = {}

    async def attacked(open_door: Door, url: str) -> list[str]:
        found = await asyncio.gather(*(outcome_of(open_door, f"{url}/{n}") for n in range(4)))
        ends["hostile"] = time.monotonic()
        return found

    async def beside(open_door: Door, url: str) -> list[str]:
        found = [await outcome_of(open_door, f"{url}/{n}") for n in range(10)]
        ends["beside"] = time.monotonic()
        return found

    async def scene() -> tuple[list[str], list[str]]:
        async with (
            raw_serving(served) as base,
            serving(page) as good,
            door(**LIMITS) as open_door,
        ):
            hostile = base.replace("press.", "hostile.")
            return await asyncio.gather(attacked(open_door, hostile), beside(open_door, good))

    started = time.monotonic()
    hostile, others = asyncio.run(scene())
    assert 4 == len(hostile)
    assert set(hostile) <= set(expected.split(" or "))
    assert ["ok"] * 10 == others
    assert ends["hostile"] - started < 2 * LIMITS["total_seconds"] + 2


@pytest.mark.parametrize(
    "name",
    [
        "a body without end",
        "chunks without end",
        "a bomb",
        "a bomb in a bomb",
        "a flood of headers",
        "a header without end",
        "promises without end",
    ],
)
def test_a_hostile_server_takes_no_memory(raw_serving: Any, door: Any, name: str) -> None:
    served, expected = HOSTILE[name]

    async def scene() -> list[str]:
        async with raw_serving(served) as base, door(**LIMITS) as open_door:
            return await asyncio.gather(*(outcome_of(open_door, f"{base}/{n}") for n in range(4)))

    tracemalloc.start()
    try:
        assert [expected] * 4 == asyncio.run(scene())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEMORY


async def page(_request: web.Request) -> web.Response:
    return web.Response(text="news", content_type="text/html")


def test_many_slow_calls_of_one_host_do_not_take_every_place(serving: Any, door: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.host.startswith("slow"):
            await asyncio.sleep(30)
        return await page(request)

    async def scene() -> float:
        async with (
            serving(answer) as base,
            door(concurrency=4, host_concurrency=2, read_seconds=20) as open_door,
        ):
            slow = base.replace("press.", "slow.")
            waiting = [asyncio.create_task(outcome_of(open_door, f"{slow}/{n}")) for n in range(50)]
            await asyncio.sleep(0.1)
            started = time.monotonic()
            for number in range(10):
                await open_door.fetch(f"{base}/{number}")
            taken = time.monotonic() - started
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            return taken

    assert asyncio.run(scene()) < 2


def _fetched(serving: Any, door: Any, answer: Any, path: str = "/") -> str:
    async def scene() -> str:
        async with serving(answer) as base, door(**LIMITS) as open_door:
            return await outcome_of(open_door, base + path)

    return asyncio.run(scene())


def test_ten_thousand_redirects_are_given_up_early(serving: Any, door: Any) -> None:
    calls = itertools.count()

    async def answer(request: web.Request) -> web.Response:
        number = int(request.path[1:]) + 1
        next(calls)
        target = {"Location": f"/{number}"} if number < 10_000 else {}
        return web.Response(status=301 if target else 200, headers=target)

    assert "redirect-loop" == _fetched(serving, door, answer, "/0")
    assert 6 == next(calls)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/a", "redirect-loop"),
        ("?again#there", "redirect-loop"),
        ("http://[::1", "redirect-nowhere"),
        ("http://a:99999/", "redirect-nowhere"),
        ("http://a:port/", "redirect-nowhere"),
        ("", "redirect-nowhere"),
        ("http://10.0.0.1/", "refused-address"),
        ("file:///etc/passwd", "refused-address"),
        ("data:text/html,news", "refused-address"),
    ],
)
def test_a_redirect_that_leads_nowhere_says_so(
    serving: Any, door: Any, target: str, expected: str
) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": target})

    assert expected == _fetched(serving, door, answer, "/a")


def test_a_closed_port_and_an_unknown_name_are_told_apart(door: Any) -> None:
    async def scene(url: str) -> str:
        async with door() as open_door:
            return await outcome_of(open_door, url)

    assert "reset" == asyncio.run(scene("http://press.localhost:9/"))
    assert "dns" == asyncio.run(scene("http://nowhere.invalid/"))
    assert "dns" == asyncio.run(scene(f"http://{'a' * 64}.invalid/"))


def test_a_certificate_that_nobody_signed_is_refused(
    serving: Any, door: Any, self_signed: Any
) -> None:
    async def scene() -> str:
        async with serving(page, self_signed) as base, door() as open_door:
            return await outcome_of(open_door, base)

    assert "tls" == asyncio.run(scene())


@pytest.mark.parametrize(
    ("parts", "expected"),
    [(said(PLAIN), "tls"), (endless(b"", b"", 0.05), "timeout"), (said(), "reset")],
)
def test_a_server_that_does_not_speak_tls_is_given_up(
    raw_serving: Any, door: Any, parts: Any, expected: str
) -> None:
    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        async for part in parts():
            writer.write(part)
            await writer.drain()

    async def scene() -> str:
        async with raw_serving(served) as base, door(connect_seconds=0.3) as open_door:
            return await outcome_of(open_door, base.replace("http:", "https:"))

    assert expected == asyncio.run(scene())


def test_the_body_of_a_refusal_is_not_read_whole_and_need_not_be_right(
    raw_serving: Any, door: Any
) -> None:
    bodies = {
        "forbidden": b"HTTP/1.1 403 No\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnews",
        "not-found": b"HTTP/1.1 404 No\r\n\r\n" + b"x" * 9_000_000,
        "gone": b"HTTP/1.1 410 No\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx",
    }

    async def scene(parts: bytes) -> str:
        async with raw_serving(talk(said(parts))) as base, door(**LIMITS) as open_door:
            return await outcome_of(open_door, base)

    assert list(bodies) == [asyncio.run(scene(parts)) for parts in bodies.values()]


def test_a_body_of_another_type_than_is_read_is_left(serving: Any, door: Any) -> None:
    sent = [0]

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "Video/MP4; codecs=av1"})
        await response.prepare(request)
        for _ in range(1000):
            await response.write(b"x" * 65_536)
            sent[0] += 65_536
        return response

    async def scene() -> tuple[str, bytes, str]:
        async with serving(answer) as base, door() as open_door:
            response = await open_door.fetch(base, types=frozenset({"text/html"}))
            return response.outcome, response.body, response.media_type

    assert ("ok", b"", "video/mp4") == asyncio.run(scene())
    assert sent[0] < 10_000_000


def test_a_cap_of_one_call_stands_above_that_of_the_door(serving: Any, door: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=b"x" * 1001)

    async def scene() -> None:
        async with serving(answer) as base, door() as open_door:
            assert 1001 == len((await open_door.fetch(base, max_bytes=1001)).body)
            with pytest.raises(FetchError, match="longer than 1000 bytes"):
                await open_door.fetch(base, max_bytes=1000)

    asyncio.run(scene())
