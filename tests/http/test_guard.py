from __future__ import annotations

import asyncio
import socket

import pytest

from worldtake.errors import FetchError, RefusedAddressError
from worldtake.http import Door, DoorSettings, is_named, is_public
from worldtake.http.guard import checked_url, guarded_socket

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


FORGED = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://press.localhost./",
    "http://2130706433/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://user@127.0.0.1/",
    "http://example.org@127.0.0.1/",
    "https://reader:secret@example.org/",
    "http://127.0.0.1:80\\@example.org/",
    "http://①②⑦.⓪.⓪.①/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "http:///nothing",
    "http://[::1",
]


@pytest.mark.parametrize("url", FORGED)
def test_a_forged_address_is_not_called(url: str) -> None:
    async def call() -> None:
        async with Door(DoorSettings(robots=False, total_seconds=5)) as door:
            await door.fetch(url)

    with pytest.raises((RefusedAddressError, FetchError)) as caught:
        asyncio.run(call())
    assert "secret" not in str(caught.value)


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
