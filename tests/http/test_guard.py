from __future__ import annotations

import asyncio
import socket
import traceback
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from worldtake.errors import CallError, RefusedAddressError
from worldtake.http import Door, DoorSettings, is_named, is_public
from worldtake.http.guard import GuardedResolver, checked_url, guarded_socket, shown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",  # noqa: S104 an address to refuse
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2001:0:7f00:1::",
    "2002:7f00:1::",
    "2001:db8::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "ff02::1",
    "not an address",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_known_as_such(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450::8a"]
)
def test_a_public_address_is_known_as_such(address: str) -> None:
    assert is_public(address)


#: Spellings of addresses that are not public, to be followed by a port and a path.
SPELLINGS = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7F.1",
    "0x7f.0.0.0x1",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",  # noqa: S104 an address to refuse
    "localhost",
    "LOCALHOST",
    "localhost.",
    "press.localhost",
    "press.localhost.",
    "\uff4cocalhost",
    "\uff11\uff12\uff17.\uff10.\uff10.\uff11",
    "127\u30020\u30020\u30021",
    "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460",
    "%31%32%37.0.0.1",
    "127.0.0.1%00.example.org",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[fe80::1%25lo]",
    "[fe80::1%lo]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[ff02::1]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "2852039166",
    "user@127.0.0.1",
    "example.org@127.0.0.1",
    "reader:secret@127.0.0.1",
    "reader:secret@example.org",
    "127.0.0.1\\@example.org",
]
#: Addresses that are none, or not of the web.
ODD = [
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "http:///nothing",
    "http://[::1",
    "http://[v1.x]x/",
    "http://a b/",
    "http://reader:secret@example.org:port/",
    "http://reader:sec/ret@example.org/",
    "reader:secret@example.org",
    "//reader:secret@example.org/",
    "",
]


@asynccontextmanager
async def listening(calls: list[str]) -> AsyncIterator[int]:
    """Listen on every loopback address, and note each connection; gives the port."""

    def noted(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(str(writer.get_extra_info("sockname")))
        writer.close()

    server = await asyncio.start_server(noted, "0.0.0.0", 0)  # noqa: S104 to see every call
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def told(error: BaseException) -> str:
    """Return all that a log would show of an error."""
    return "".join(traceback.format_exception(error))


@pytest.mark.parametrize("host", SPELLINGS)
def test_a_forged_address_is_refused_before_anything_is_sent(
    host: str, serving: Any, door: Any
) -> None:
    calls: list[str] = []

    async def scene() -> list[CallError]:
        async with listening(calls) as port:
            target = f"http://{host}:{port}/x"

            async def answer(_request: web.Request) -> web.Response:
                return web.Response(status=302, headers={"Location": target})

            async with (
                serving(answer) as base,
                Door(DoorSettings(pace_seconds=0, domain_pace_seconds=0)) as plain,
                door(allow_hosts=("front.localhost",)) as allowed,
            ):
                errors = [await failed(plain, target)]
                front = base.replace("press.", "front.")
                errors.append(await failed(allowed, f"{front}/"))
                return errors

    errors = asyncio.run(scene())
    assert [] == calls
    for error in errors:
        # An address that is none at all leads nowhere; every other one is refused.
        nowhere = error is errors[1] and "\\" in host
        assert ("redirect-nowhere" if nowhere else "refused-address") == error.outcome
        assert "secret" not in told(error)


async def failed(open_door: Door, url: str) -> CallError:
    with pytest.raises(CallError) as caught:
        await open_door.fetch(url)
    return caught.value


@pytest.mark.parametrize("url", ODD)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(RefusedAddressError) as caught:
        checked_url(url, ())
    assert "secret" not in told(caught.value)
    assert "sec/ret" not in told(caught.value)


@pytest.mark.parametrize(
    "target",
    [
        "http://reader:secret@example.org:port/",
        "http://reader:secret@[::1",
        "https://reader:secret@example.org/",
        "//reader:secret@example.org/",
    ],
)
def test_a_password_in_a_redirect_is_not_told(target: str, serving: Any, door: Any) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": target})

    async def scene() -> CallError:
        async with serving(answer) as base, door(robots=True) as open_door:
            return await failed(open_door, base)

    assert "secret" not in told(asyncio.run(scene()))


def test_an_address_is_shown_without_its_user_and_not_at_any_length() -> None:
    assert "https://example.org/@reader" == shown("https://example.org/@reader")
    assert "https://example.org/x" == shown("https://reader:secret@example.org/x")
    assert 301 == len(shown("https://example.org/" + "x" * 9000))


class Names(AbstractResolver):
    """A name server that answers with one address after the other, the last one for ever."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = list(addresses)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        address = self.addresses.pop(0) if len(self.addresses) > 1 else self.addresses[0]
        return [
            ResolveResult(hostname=host, host=each, port=port, family=family, proto=0, flags=0)
            for each in address.split(",")
        ]

    async def close(self) -> None:
        """Nothing to release."""


def test_a_name_that_turns_private_is_refused_and_of_several_addresses_the_public_kept() -> None:
    async def scene() -> list[str]:
        resolver = GuardedResolver((), Names("93.184.216.34", "10.0.0.1,1.1.1.1", "127.0.0.1"))
        first = await resolver.resolve("rebinding.example", 80)
        second = await resolver.resolve("rebinding.example", 80)
        with pytest.raises(RefusedAddressError):
            await resolver.resolve("rebinding.example", 80)
        return [each["host"] for each in first + second]

    assert ["93.184.216.34", "1.1.1.1"] == asyncio.run(scene())


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1,127.0.0.1", "::ffff:127.0.0.1", "localhost", "::1"]
)
def test_a_name_of_a_private_address_is_refused_before_anything_is_sent(
    address: str, door: Any
) -> None:
    calls: list[str] = []

    async def scene() -> CallError:
        async with (
            listening(calls) as port,
            door(names=Names(address), pace_seconds=0) as open_door,
        ):
            return await failed(open_door, f"http://rebinding.example:{port}/")

    assert "refused-address" == asyncio.run(scene()).outcome
    assert [] == calls


def test_a_literal_loopback_address_is_refused_even_where_its_name_is_allowed() -> None:
    with pytest.raises(RefusedAddressError, match="allow_hosts"):
        checked_url("http://127.0.0.1:8000/", ("*.localhost",))


def test_a_socket_to_loopback_is_not_even_made() -> None:
    address = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))
    with pytest.raises(RefusedAddressError, match="127"):
        guarded_socket(address)


def test_a_star_names_the_hosts_under_it_and_not_itself() -> None:
    names = ("*.localhost", "intranet")
    found = {
        host: is_named(host, names)
        for host in ("a.localhost", "localhost", "xlocalhost", "INTRANET.")
    }
    assert {
        "a.localhost": True,
        "localhost": False,
        "xlocalhost": False,
        "INTRANET.": True,
    } == found
