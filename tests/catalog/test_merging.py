from __future__ import annotations

from dataclasses import replace

from worldtake.catalog import merge
from worldtake.model import Feed, Outlet


def feed(url: str, language: str | None = None) -> Feed:
    return Feed(url=url, outlet_id="xx-any", language=language)


DELO = Outlet(
    id="si-delo",
    name="Delo",
    domains=("delo.example",),
    country="SI",
    languages=("sl",),
    feeds=(Feed(url="https://delo.example/rss", outlet_id="si-delo"),),
)


def test_an_outlet_is_known_by_its_domain_and_gains_feeds_and_languages() -> None:
    found = Outlet(
        id="xx-delo-english",
        name="Delo English",
        domains=("en.delo.example",),
        feeds=(feed("https://en.delo.example/rss", "en"), feed("https://delo.example/rss")),
    )
    (merged,) = merge([found], [DELO])
    assert ("merged", "si-delo", "Delo", ("sl", "en")) == (
        merged.decision,
        merged.outlet.id,
        merged.outlet.name,
        merged.outlet.languages,
    )
    assert ["https://en.delo.example/rss"] == [each.url for each in merged.feeds]
    assert {"si-delo"} == {each.outlet_id for each in merged.outlet.feeds}


def test_what_is_known_already_is_left_as_it_is() -> None:
    (same,) = merge([replace(DELO, name="Another name")], [DELO])
    assert ("known", DELO) == (same.decision, same.outlet)


def test_two_of_a_list_that_are_one_outlet_are_merged_into_one() -> None:
    one = Outlet(id="xx-a", name="A", domains=("a.example",), feeds=(feed("https://a.example/1"),))
    two = replace(one, id="xx-b", feeds=(feed("https://a.example/2"),))
    first, second = merge([one, two], [])
    assert ("new", "merged", 2) == (first.decision, second.decision, len(second.outlet.feeds))


def test_what_breaks_the_rules_is_refused_with_the_reason() -> None:
    bad_id = Outlet(id="Not an id", name="X", feeds=(feed("https://x.example/"),))
    nowhere = Outlet(id="zz-x", name="X", country="ZZ", feeds=(feed("https://y.example/"),))
    decisions = merge([bad_id, nowhere], [])
    assert ["refused", "refused"] == [each.decision for each in decisions]
    assert ("id:" in decisions[0].reason, "ZZ" in decisions[1].reason) == (True, True)


def test_an_owner_needs_a_source() -> None:
    owned = Outlet(id="xx-a", name="A", owner="Somebody", feeds=(feed("https://a.example/"),))
    (without,) = merge([owned], [])
    (stated,) = merge([owned], [], {"xx-a": "https://a.example/about"})
    assert (None, "Somebody") == (without.outlet.owner, stated.outlet.owner)
    assert "no source" in without.reason
