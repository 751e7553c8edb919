from __future__ import annotations

import asyncio
import gzip
import sys
import time
import zlib
from typing import TYPE_CHECKING, Any

import brotli
import pytest
from aiohttp import web

from worldtake import __version__
from worldtake.errors import FetchError, RefusedAddressError
from worldtake.http import Door, DoorSettings

if TYPE_CHECKING:
    from worldtake.http import Response

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


async def _text(request: web.Request) -> web.Response:
    return web.Response(text=request.path, headers={"ETag": '"1"'}, content_type="text/html")


def test_a_page_comes_with_its_headers_and_is_asked_for_by_name(serving: Any, door: Any) -> None:
    asked: list[Any] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.headers)
        return await _text(request)

    async def scene() -> Response:
        async with serving(answer) as base, door() as open_door:
            return await open_door.fetch(f"{base}/news?id=1#top")

    response = asyncio.run(scene())
    assert (200, b"/news", "text/html", "utf-8", '"1"') == (
        response.status,
        response.body,
        response.media_type,
        response.charset,
        response.headers["etag"],
    )
    assert f"worldtake/{__version__}" == asked[0]["User-Agent"]
    assert "Cookie" not in asked[0]


def test_an_unchanged_page_is_not_sent_again(serving: Any, door: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        same = request.headers.get("If-None-Match") == '"1"'
        return web.Response(status=304 if same else 200)

    async def scene() -> Response:
        async with serving(answer) as base, door() as open_door:
            return await open_door.fetch(
                base, etag='"1"', last_modified="Tue, 08 Sep 2026 10:00:00 GMT"
            )

    response = asyncio.run(scene())
    assert (304, True, b"") == (response.status, response.not_modified, response.body)


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("zstd", zstd.compress),
    ],
)
def test_a_packed_body_is_asked_for_and_unpacked(
    serving: Any, door: Any, name: str, pack: Any
) -> None:
    async def answer(request: web.Request) -> web.Response:
        assert name in request.headers["Accept-Encoding"]
        return web.Response(body=pack(b"news " * 50_000), headers={"Content-Encoding": name})

    async def scene() -> Response:
        async with serving(answer) as base, door() as open_door:
            return await open_door.fetch(base)

    assert b"news " * 50_000 == asyncio.run(scene()).body


def test_a_gzip_bomb_is_cut_off_at_the_cap(serving: Any, door: Any) -> None:
    bomb = gzip.compress(bytes(60_000_000))

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=bomb, headers={"Content-Encoding": "gzip"})

    async def scene() -> None:
        async with serving(answer) as base, door(max_bytes=1_000_000) as open_door:
            await open_door.fetch(base)

    with pytest.raises(FetchError, match="longer than 1000000 bytes"):
        asyncio.run(scene())


async def _endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"x" * 65_536)


async def _slow(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"x")
        await asyncio.sleep(0.05)


async def _silent(_request: web.Request) -> web.Response:
    await asyncio.sleep(30)
    return web.Response()


async def _broken_gzip(_request: web.Request) -> web.Response:
    return web.Response(body=b"not gzip", headers={"Content-Encoding": "gzip"})


async def _odd_coding(_request: web.Request) -> web.Response:
    return web.Response(body=b"x", headers={"Content-Encoding": "compress"})


@pytest.mark.parametrize(
    ("answer", "options", "words"),
    [
        (_endless, {"max_bytes": 1_000_000}, "longer than"),
        (_slow, {"total_seconds": 0.5}, "took too long"),
        (_silent, {"read_seconds": 0.3}, "took too long"),
        (_broken_gzip, {}, "not gzip"),
        (_odd_coding, {}, "was not asked for"),
    ],
)
def test_a_hostile_body_ends_within_its_limits(
    serving: Any, door: Any, answer: Any, options: dict[str, Any], words: str
) -> None:
    async def scene() -> None:
        async with serving(answer) as base, door(**options) as open_door:
            await open_door.fetch(f"{base}/hostile")

    started = time.monotonic()
    with pytest.raises(FetchError, match=words):
        asyncio.run(scene())
    assert time.monotonic() - started < 5


async def _endless_headers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b"HTTP/1.1 200 OK\r\n")
    try:
        for number in range(1_000_000):
            writer.write(b"X-Flood-%d: %s\r\n" % (number, b"x" * 1000))
            await writer.drain()
    except ConnectionError:
        pass
    writer.close()


async def _garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b"SSH-2.0-OpenSSH\r\n\r\n")
    writer.close()


async def _reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.transport.abort()


@pytest.mark.parametrize("talk", [_endless_headers, _garbage, _reset])
def test_what_is_not_http_is_an_error_that_names_the_address(
    raw_serving: Any, door: Any, talk: Any
) -> None:
    async def scene() -> None:
        async with raw_serving(talk) as base, door() as open_door:
            await open_door.fetch(f"{base}/odd")

    with pytest.raises(FetchError, match=r"press\.localhost.*/odd"):
        asyncio.run(scene())


def test_a_closed_port_and_an_unknown_name_are_errors_to_try_again(door: Any) -> None:
    async def scene(url: str) -> None:
        async with door() as open_door:
            await open_door.fetch(url)

    for url in ("http://press.localhost:9/", "http://nowhere.invalid/"):
        with pytest.raises(FetchError, match="tried again later"):
            asyncio.run(scene(url))


def _redirecting(status: int, target: str) -> Any:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/end":
            return web.Response(text="end")
        return web.Response(status=status, headers={"Location": target})

    return answer


@pytest.mark.parametrize(
    ("status", "permanent"), [(301, True), (308, True), (302, False), (307, False)]
)
def test_a_redirect_is_followed_and_its_kind_kept(
    serving: Any, door: Any, status: int, permanent: str
) -> None:
    async def scene() -> Response:
        async with serving(_redirecting(status, "/end")) as base, door() as open_door:
            return await open_door.fetch(f"{base}/start")

    response = asyncio.run(scene())
    assert (b"end", bool(permanent)) == (response.body, response.redirected_permanently)
    assert response.url.endswith("/end")


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest",
        "http://127.0.0.1:1/",
        "//10.0.0.1/",
        "file:///etc/passwd",
        "http://u:p@a.org/",
    ],
)
def test_a_redirect_into_the_private_network_is_refused(
    serving: Any, door: Any, target: str
) -> None:
    async def scene() -> None:
        async with serving(_redirecting(302, target)) as base, door() as open_door:
            await open_door.fetch(base)

    with pytest.raises(RefusedAddressError):
        asyncio.run(scene())


def test_redirects_without_end_are_given_up(serving: Any, door: Any) -> None:
    calls: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        calls.append(request.path)
        return web.Response(status=302, headers={"Location": f"{request.path}x"})

    async def scene() -> None:
        async with serving(answer) as base, door() as open_door:
            await open_door.fetch(f"{base}/x")

    with pytest.raises(FetchError, match="more than 5 redirects"):
        asyncio.run(scene())
    assert len(calls) == 6


def test_a_host_is_called_no_faster_than_its_pace(serving: Any, door: Any) -> None:
    moments: list[float] = []

    async def answer(request: web.Request) -> web.Response:
        moments.append(time.monotonic())
        return await _text(request)

    async def scene() -> None:
        async with serving(answer) as base, door(allowed_pace_seconds=0.3) as open_door:
            await asyncio.gather(*(open_door.fetch(f"{base}/{number}") for number in range(4)))

    asyncio.run(scene())
    # Three pauses; a busy machine may note the first call late, which is left room for.
    assert moments[-1] - moments[0] > 0.7


def test_no_more_calls_run_at_once_than_allowed(serving: Any, door: Any) -> None:
    running = [0, 0]

    async def answer(_request: web.Request) -> web.Response:
        running[0] += 1
        running[1] = max(running)
        await asyncio.sleep(0.05)
        running[0] -= 1
        return web.Response()

    async def scene() -> None:
        async with serving(answer) as base, door(concurrency=3, host_concurrency=3) as open_door:
            await asyncio.gather(*(open_door.fetch(f"{base}/{number}") for number in range(12)))

    asyncio.run(scene())
    assert running[1] == 3


@pytest.mark.parametrize("value", ["120", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_a_host_that_asks_to_wait_is_left_alone(serving: Any, door: Any, value: str) -> None:
    calls: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        calls.append(request.path)
        return web.Response(status=429, headers={"Retry-After": value})

    async def scene() -> Response:
        async with serving(answer) as base, door() as open_door:
            first = await open_door.fetch(f"{base}/a")
            with pytest.raises(FetchError, match="left alone"):
                await open_door.fetch(f"{base}/b")
            return first

    response = asyncio.run(scene())
    assert ["/a"] == calls
    assert response.retry_after_seconds in {120.0, 24 * 3600.0}


def test_a_door_outside_async_with_says_so() -> None:
    with pytest.raises(RuntimeError, match="async with"):
        asyncio.run(
            Door(DoorSettings(robots=False, allow_hosts=("*.localhost",))).fetch(
                "http://a.localhost/"
            )
        )


def test_no_cookie_is_kept_or_sent(serving: Any, door: Any) -> None:
    sent: list[str | None] = []

    async def answer(request: web.Request) -> web.Response:
        sent.append(request.headers.get("Cookie"))
        target = {"Location": "/b"} if request.path == "/a" else {}
        response = web.Response(status=302 if target else 200, headers=target)
        response.set_cookie("reader", "7")
        return response

    async def scene() -> None:
        async with serving(answer) as base, door() as open_door:
            for path in ("/a", "/c"):
                await open_door.fetch(base + path)

    asyncio.run(scene())
    assert [None, None, None] == sent


def test_who_runs_it_is_said_where_it_is_set(serving: Any, door: Any) -> None:
    names: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        names.append(request.headers["User-Agent"])
        return web.Response()

    async def scene() -> None:
        async with serving(answer) as base, door(contact="https://example.org/us") as open_door:
            await open_door.fetch(base)

    asyncio.run(scene())
    assert [f"worldtake/{__version__} (+https://example.org/us)"] == names


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "ok"),
        (304, "unchanged"),
        (401, "login"),
        (402, "paywall"),
        (403, "forbidden"),
        (404, "not-found"),
        (410, "gone"),
        (418, "bad-answer"),
        (429, "too-many-requests"),
        (451, "withheld"),
        (500, "server-error"),
        (503, "server-error"),
    ],
)
def test_an_answer_says_its_outcome(serving: Any, door: Any, status: int, outcome: str) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status)

    async def scene() -> Response:
        async with serving(answer) as base, door() as open_door:
            return await open_door.fetch(base)

    assert outcome == asyncio.run(scene()).outcome


def test_an_answer_that_moved_for_good_says_so(serving: Any, door: Any) -> None:
    async def scene(status: int) -> str:
        async with serving(_redirecting(status, "/end")) as base, door() as open_door:
            return str((await open_door.fetch(f"{base}/start")).outcome)

    assert ["moved", "ok"] == [asyncio.run(scene(status)) for status in (301, 302)]


def test_headers_as_long_as_news_sites_send_them_are_read(serving: Any, door: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(headers={"Content-Security-Policy": "x" * 15_000})

    async def scene() -> Response:
        async with serving(answer) as base, door() as open_door:
            return await open_door.fetch(base)

    assert 15_000 == len(asyncio.run(scene()).headers["content-security-policy"])
