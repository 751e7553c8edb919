"""What is sent to services that ask for a key."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from worldtake.errors import FetchError, RefusedAddressError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from worldtake.http import Door, Response

KEYED = {"Authorization": "Bearer k", "Content-Type": "application/json"}


def answered(
    serving: Any, door: Any, answer: Any, *, path: str = "/v1", given: Any = None, **options: Any
) -> Response:
    """Return what `answer` answers to one call of `send`."""

    async def scene() -> Response:
        async with serving(answer) as base, door(**options) as open_door:
            return await open_door.send(f"{base}{path}", **(given or {}))

    return asyncio.run(scene())


def together(
    serving: Any,
    door: Any,
    answer: Any,
    scene: Callable[[Door, str], Awaitable[Any]],
    **options: Any,
) -> Any:
    """Run `scene` with an open door and the address that `answer` is served at."""

    async def run() -> Any:
        async with serving(answer) as base, door(**options) as open_door:
            return await scene(open_door, base)

    return asyncio.run(run())


async def _echo(request: web.BaseRequest) -> web.Response:
    body = await request.read()
    given = {
        name: request.headers.get(name)
        for name in ("Authorization", "Content-Type", "Connection", "Content-Length")
    }
    return web.json_response([request.method, given, body.decode()], status=207)


def test_a_body_is_sent_with_its_headers_and_any_status_comes_back(serving: Any, door: Any) -> None:
    body = json.dumps({"q": ["Dež"]}).encode()
    response = answered(serving, door, _echo, given={"headers": KEYED, "body": body})
    sent = {
        "Authorization": "Bearer k",
        "Content-Type": "application/json",
        "Connection": "close",
        "Content-Length": str(len(body)),
    }
    assert (207, ["POST", sent, body.decode()]) == (response.status, json.loads(response.body))


def test_what_sends_nothing_can_ask_too(serving: Any, door: Any) -> None:
    response = answered(serving, door, _echo, given={"method": "GET"})
    method, _, body = json.loads(response.body)
    assert ("GET", "") == (method, body)


def test_a_long_body_goes_through(serving: Any, door: Any) -> None:
    async def count(request: web.BaseRequest) -> web.Response:
        request._client_max_size = 10_000_000
        return web.Response(text=str(len(await request.read())))

    assert b"2000000" == answered(serving, door, count, given={"body": bytes(2_000_000)}).body


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_error_that_names_it_and_is_not_followed(
    serving: Any, door: Any, status: int
) -> None:
    asked: list[str] = []

    async def elsewhere(request: web.BaseRequest) -> web.Response:
        asked.append(request.path)
        return web.Response(status=status, headers={"Location": "/v2"})

    with pytest.raises(RefusedAddressError, match=r"/v1 redirects to http://press.*/v2"):
        answered(serving, door, elsewhere, given={"headers": KEYED})
    assert ["/v1"] == asked


def test_robots_are_not_asked(serving: Any, door: Any) -> None:
    asked: list[str] = []

    async def note(request: web.BaseRequest) -> web.Response:
        asked.append(request.path)
        return web.Response()

    answered(serving, door, note, robots=True)
    assert ["/v1"] == asked


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://press.localhost:1/", "ftp://a.b/"])
def test_what_no_setting_names_is_not_called_within_this_machine(door: Any, url: str) -> None:
    async def scene() -> None:
        async with door(allow_hosts=()) as open_door:
            await open_door.send(url)

    with pytest.raises(RefusedAddressError):
        asyncio.run(scene())


@pytest.mark.parametrize("status", [429, 503])
def test_an_answer_that_asks_for_rest_holds_no_other_call_up(
    serving: Any, door: Any, status: int
) -> None:
    async def busy_or_not(request: web.BaseRequest) -> web.Response:
        if request.path == "/busy":
            return web.Response(status=status, headers={"Retry-After": "30"})
        return web.Response()

    async def scene(open_door: Door, base: str) -> Any:
        busy = await open_door.send(f"{base}/busy")
        free = await open_door.send(f"{base}/free")
        page = await open_door.fetch(f"{base}/page")
        return busy, free, page

    busy, free, page = together(serving, door, busy_or_not, scene)
    assert (status, 30.0) == (busy.status, busy.retry_after_seconds)
    assert (200, 200) == (free.status, page.status)


def test_a_host_that_pages_were_asked_to_leave_alone_is_left_alone(serving: Any, door: Any) -> None:
    async def busy(_request: web.BaseRequest) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": "30"})

    async def scene(open_door: Door, base: str) -> None:
        await open_door.fetch(base)
        await open_door.send(base)

    with pytest.raises(FetchError) as caught:
        together(serving, door, busy, scene)
    assert "held" == caught.value.outcome


async def _silent(_request: web.BaseRequest) -> web.Response:
    await asyncio.sleep(30)
    return web.Response()


def test_it_takes_no_longer_than_it_may(serving: Any, door: Any) -> None:
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"took longer than 0\.2 s") as caught:
        answered(serving, door, _silent, given={"seconds": 0.2})
    assert "timeout" == caught.value.outcome
    assert time.monotonic() - started < 5


def test_waiting_for_a_turn_counts_too(serving: Any, door: Any) -> None:
    async def scene(open_door: Door, base: str) -> Any:
        calls = [open_door.send(base, seconds=0.3) for _ in range(3)]
        return await asyncio.gather(*calls, return_exceptions=True)

    started = time.monotonic()
    found = together(serving, door, _silent, scene, host_concurrency=1)
    assert ["timeout"] * 3 == [error.outcome for error in found]
    assert time.monotonic() - started < 5


def test_a_slow_answer_may_pause_longer_than_a_page(serving: Any, door: Any) -> None:
    async def thinking(_request: web.BaseRequest) -> web.Response:
        await asyncio.sleep(0.4)
        return web.Response(text="thought")

    response = answered(
        serving, door, thinking, given={"seconds": 4.0}, read_seconds=0.1, total_seconds=0.2
    )
    assert b"thought" == response.body


def test_a_call_whose_connection_breaks_off_is_not_made_twice(raw_serving: Any, door: Any) -> None:
    calls: list[int] = []

    async def break_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        calls.append(1)
        writer.transport.abort()

    with pytest.raises(FetchError) as caught:
        answered(raw_serving, door, break_off, given={"method": "GET"})
    assert ("reset", 1) == (caught.value.outcome, len(calls))


def test_a_long_answer_is_given_up(serving: Any, door: Any) -> None:
    async def long(_request: web.BaseRequest) -> web.Response:
        return web.Response(body=bytes(100_000))

    with pytest.raises(FetchError) as caught:
        answered(serving, door, long, given={"max_bytes": 10_000})
    assert "too-large" == caught.value.outcome


def test_a_key_that_breaks_the_header_is_not_told_on(serving: Any, door: Any) -> None:
    with pytest.raises(FetchError) as caught:
        answered(serving, door, _echo, given={"headers": {"Authorization": "hush\r\nX: y"}})
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("options", [{}, {"allowed_pace_seconds": 0.01}])
def test_a_call_with_key_or_pace_has_its_connection_alone(
    raw_serving: Any, door: Any, options: dict[str, Any]
) -> None:
    connections: list[int] = []

    async def keep_open(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(1)
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async def scene(open_door: Door, base: str) -> None:
        for _ in range(3):
            await (open_door.fetch(base) if options else open_door.send(base))

    together(raw_serving, door, keep_open, scene, **options)
    assert 3 == len(connections)
