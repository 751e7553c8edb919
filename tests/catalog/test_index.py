from __future__ import annotations

import pytest

from worldtake.catalog import OutletIndex, domain_of
from worldtake.model import Outlet

TIMES = Outlet(
    id="in-times", name="The Times", domains=("times.example",), aliases=("टाइम्स", "Tájms")
)
INDIA = Outlet(id="in-india", name="India", domains=("india.times.example",))
INDEX = OutletIndex((TIMES, INDIA))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.times.example/a", TIMES),
        ("m.times.example", TIMES),
        ("https://news.india.times.example:8080/x?y", INDIA),
        ("nottimes.example", None),
        ("example", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_the_longest_domain_wins(address: str, expected: Outlet | None) -> None:
    assert expected == INDEX.by_domain(address)


@pytest.mark.parametrize("name", ["the times", "THE TIMES", "टाइम्स", "Tajms"])
def test_a_name_is_found_whatever_its_case_and_accents(name: str) -> None:
    assert TIMES == INDEX.by_name(name)


def test_what_is_not_known_is_none() -> None:
    assert (None, None) == (INDEX.by_id("xx-nobody"), INDEX.by_name("Nobody"))
    assert INDIA == INDEX.by_id("in-india")


def test_a_host_is_read_out_of_any_address() -> None:
    expected = ["a.example", "a.example", "", "münchen.example"]
    given = ["https://user@www.a.example.:80/x", "A.example/path", "", "münchen.example"]
    assert expected == [domain_of(address) for address in given]


GB = Outlet(id="gb-times", name="The Times", country="GB", languages=("en",))
IN = Outlet(id="in-toi", name="Times of India", aliases=("The Times",), country="IN")
MX = Outlet(id="mx-universal", name="El Universal", country="MX", languages=("es",))
VE = Outlet(id="ve-universal", name="El Universal", country="VE", languages=("es", "en"))
SHARED = OutletIndex((IN, GB, MX, VE))


def test_a_shared_name_is_told_apart_by_a_hint() -> None:
    assert (MX, VE, VE) == (
        SHARED.by_name("el universal", country="MX"),
        SHARED.by_name("EL UNIVERSAL", country="VE"),
        SHARED.by_name("El Universal", language="en-GB"),
    )
    assert IN == SHARED.by_name("The Times", country="IN")


def test_a_shared_name_without_a_hint_is_that_of_the_outlet_that_bears_it_or_of_none() -> None:
    assert (GB, None) == (SHARED.by_name("The Times"), SHARED.by_name("El Universal"))
    assert (MX, VE) == SHARED.named("El Universal")
