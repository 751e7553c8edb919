"""The press for measuring: as large as asked for, always the same, and it keeps account."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web

from worldtake.http.addresses import canonical
from worldtake.http.domains import registered_domain
from worldtake.testing.big_press import BigSample
from worldtake.testing.big_server import FAULTS, MAX_FAULTS, BigServer, build

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SAMPLE = BigSample(outlet_count=40, article_count=120, group=4)
PORT = 8030


@pytest.fixture(scope="module")
def bodies() -> BigServer:
    return build(SAMPLE, PORT)


def server(built: BigServer, *, flaky: float = 0.0) -> BigServer:
    return BigServer(bodies=built.bodies, pages=built.pages, flaky=flaky)


def asked(big: BigServer, *places: tuple[str, str], **headers: str) -> list[int]:
    """Ask for places over a socket, one after another; returns the statuses."""

    async def one(session: aiohttp.ClientSession, port: int, place: tuple[str, str]) -> int:
        named = {"Host": f"{place[0]}:{PORT}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        async with session.get(f"http://127.0.0.1:{port}{place[1]}", headers=named) as answer:
            await answer.read()
            return answer.status

    async def scene() -> list[int]:
        async with serving(big) as port, aiohttp.ClientSession() as session:
            return [await one(session, port, place) for place in places]

    return asyncio.run(scene())


@contextlib.asynccontextmanager
async def serving(big: BigServer) -> AsyncIterator[int]:
    runner = web.ServerRunner(web.Server(big.answer, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def test_a_big_sample_has_as_many_articles_as_asked_for_each_at_its_own_address() -> None:
    articles = list(SAMPLE.articles())
    assert (120, 120, 120) == (
        len(articles),
        len({each.address for each in articles}),
        len({each.id for each in articles}),
    )
    assert {each.outlet_id for each in articles} <= {each.id for each in SAMPLE.outlets}


def test_addresses_are_canonical_so_that_each_page_is_asked_for_as_it_is_served() -> None:
    addresses = [f"http://{each.address}" for each in SAMPLE.articles()]
    assert addresses == [canonical(each) for each in addresses]


def test_equal_seeds_give_equal_articles_and_others_do_not() -> None:
    def texts(seed: int) -> list[str]:
        sample = BigSample(outlet_count=9, article_count=30, seed=seed)
        return [each.text() for each in sample.articles()]

    assert texts(1) == texts(1)
    assert texts(1) != texts(2)


def test_outlets_of_a_group_are_one_registered_domain() -> None:
    domains = [registered_domain(each.host) for each in SAMPLE.outlets]
    assert (40, 10) == (len({each.host for each in SAMPLE.outlets}), len(set(domains)))
    assert {4} == {domains.count(each) for each in domains}


def test_the_account_says_what_was_asked_and_how_close(bodies: BigServer) -> None:
    big = server(bodies)
    page = min(big.pages)
    etag = big.bodies[page].etag
    assert [200, 200, 404] == asked(big, page, (page[0], "/robots.txt"), (page[0], "/nothing"))
    assert [304] == asked(big, page, If_None_Match=etag)
    told = big.account()
    gaps = [told.pop("least_gap_seconds"), told.pop("least_domain_gap_seconds")]
    assert {
        "requests": 4,
        "robots": 1,
        "conditional": 1,
        "answers": {"sent": 2, "missing": 1, "unchanged": 1},
        "hosts": 1,
        "domains": 1,
        "pages": 1,
        "of": 120,
        "repeated": 1,
    } == told
    assert gaps[0] == gaps[1]


def test_hosts_of_one_domain_are_close_together_though_each_is_asked_once(
    bodies: BigServer,
) -> None:
    big = server(bodies)
    one, other = SAMPLE.outlets[0].host, SAMPLE.outlets[1].host
    asked(big, (one, "/"), (other, "/"))
    told = big.account()
    assert (2, 1, 0.0) == (told["hosts"], told["domains"], told["least_gap_seconds"])
    assert {"group-1.localhost"} == set(big._domains._least)


def test_a_flaky_press_goes_wrong_the_same_way_each_time(bodies: BigServer) -> None:
    def faults(share: float) -> list[str]:
        big = server(bodies, flaky=share)
        found = []
        for place in sorted(big.pages):
            big._counts[place] = 1
            found.append(big._fault(place))
        return found

    assert faults(0.5) == faults(0.5)
    assert 0.3 < sum(map(bool, faults(0.5))) / 120 < 0.7
    assert set(FAULTS) == set(filter(None, faults(0.5)))
    assert {""} == set(faults(0.0))


def test_a_page_that_went_wrong_is_sound_after_some_tries(bodies: BigServer) -> None:
    big = server(bodies, flaky=1.0)
    page = next(place for place in sorted(big.pages) if fault_of(big, place) == "unavailable")
    heard = [heard_raw(big, page) for _ in range(MAX_FAULTS + 1)]
    assert heard[0].startswith(b"HTTP/1.1 503")
    assert heard[-1].endswith(big.bodies[page].content)


@pytest.mark.parametrize("fault", ["reset", "cut"])
def test_a_broken_answer_is_not_whole(bodies: BigServer, fault: str) -> None:
    big = server(bodies, flaky=1.0)
    page = next(place for place in sorted(big.pages) if fault_of(big, place) == fault)
    heard = heard_raw(big, page)
    assert (fault == "cut") == heard.startswith(b"HTTP/1.1 200")
    assert len(heard) < len(big.bodies[page].content)
    assert {fault: 1} == big.account()["answers"]


def heard_raw(big: BigServer, place: tuple[str, str]) -> bytes:
    """Return all that is heard of the answer for `place` until the connection ends."""

    async def scene() -> bytes:
        heard = b""
        async with serving(big) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(
                f"GET {place[1]} HTTP/1.1\r\nHost: {place[0]}\r\nConnection: close\r\n\r\n".encode()
            )
            with contextlib.suppress(ConnectionResetError):
                while part := await reader.read(65_536):
                    heard += part
            writer.close()
        return heard

    return asyncio.run(scene())


def fault_of(big: BigServer, place: tuple[str, str]) -> str:
    """Return what would go wrong with the first answer for `place`."""
    big._counts[place] += 1
    fault = big._fault(place)
    big._counts[place] -= 1
    return fault
