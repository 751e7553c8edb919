"""The headline among those stated: what agrees, where it stands, and what its outlet is known to do."""

import pytest

from worldtake.extract.arbiter import candidates, choose

FERRY, BOAT = "The last ferry leaves at noon", "Harbour company ends its last service"


def test_what_is_sent_out_outweighs_what_is_written_for_search_engines() -> None:
    found = choose(
        [("json-ld headline", FERRY), ("og:title", FERRY), ("h1", BOAT), ("title", BOAT)]
    )
    assert found is not None
    assert found.text == FERRY


def test_headlines_that_differ_by_an_apostrophe_are_one() -> None:
    found = candidates(
        [("h1", "The ferry’s last day at sea"), ("og:title", "The ferry's last day at sea")]
    )
    assert [set(each.forms) for each in found] == [{"h1", "og:title"}]


def test_a_headline_without_opponents_is_surer_than_one_of_two() -> None:
    alone = choose([("og:title", FERRY), ("h1", FERRY)])
    opposed = choose([("og:title", FERRY), ("h1", BOAT)])
    assert alone is not None
    assert opposed is not None
    assert alone.confidence > opposed.confidence > 0.5


def test_the_habit_of_an_outlet_decides() -> None:
    stated = [("og:title", FERRY), ("h1", BOAT)]
    found = choose(stated, {"h1": 0.97, "og:title": 0.03})
    assert found is not None
    assert found.text == BOAT


@pytest.mark.parametrize("place", ["og:title", "twitter:title"])
def test_the_name_of_a_site_is_no_headline(place: str) -> None:
    found = choose([(place, "Home"), ("h1", FERRY), ("title", FERRY)])
    assert found is not None
    assert found.text == FERRY


def test_a_feed_confirms_and_does_not_replace() -> None:
    found = choose([("h1", FERRY), ("feed", "Ferry stops")])
    assert found is not None
    assert found.place == "h1"


def test_nothing_stated_is_nothing_chosen() -> None:
    assert choose([]) is None
