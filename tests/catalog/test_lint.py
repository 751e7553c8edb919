from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from worldtake.catalog import lint, shipped_catalogue, write_outlet
from worldtake.model import Feed, Outlet

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = dict.fromkeys(("owner", "group", "operates_from", "state_control"), "https://a.example/")


def outlet(name: str, /, **said: Any) -> Outlet:
    feeds = tuple(Feed(url=url, outlet_id=f"si-{name}") for url in said.pop("feeds", ()))
    words = {"name": name.title(), "domains": (f"{name}.example",), "country": "SI"}
    return Outlet(id=f"si-{name}", feeds=feeds, **(words | said))


def kinds(folder: Path, *outlets: Outlet) -> list[str]:
    for each in outlets:
        write_outlet(each, folder, SOURCES)
    return [problem.kind for problem in lint(folder)]


def test_the_shipped_catalogue_is_sound() -> None:
    wrong = [problem.message for problem in lint(shipped_catalogue()) if not problem.warning]
    assert [] == wrong


def test_broken_files_and_whatever_is_claimed_twice_are_named(tmp_path: Path) -> None:
    (tmp_path / "si").mkdir()
    (tmp_path / "si" / "x.yaml").write_text("- 1", encoding="utf-8")
    feeds = ("https://glas.example/rss",)
    one = outlet("glas", domains=("glas.example", "novice.example"), feeds=feeds)
    two = outlet("jutro", name="GLAS", domains=("novice.example",), feeds=feeds)
    expected = ["broken-file", "domain-twice", "name-twice", "feed-twice", "feed-of-another"]
    assert expected == kinds(tmp_path, one, two)


def test_outlets_of_different_countries_may_share_a_name(tmp_path: Path) -> None:
    other = Outlet(id="hr-glas", name="Glas", domains=("glas.hr.example",), country="HR")
    assert [] == kinds(tmp_path, outlet("glas"), other)


def test_two_outlets_of_a_country_may_not_share_an_alias(tmp_path: Path) -> None:
    one, two = (outlet(name, aliases=("Večerni list",)) for name in ("glas", "jutro"))
    assert ["name-twice"] == kinds(tmp_path, one, two)


@pytest.mark.parametrize("second", ["MEDIAHUIS", "Médiahuis"])
def test_an_owner_is_spelled_in_one_way(tmp_path: Path, second: str) -> None:
    one, two = outlet("glas", owner="Mediahuis"), outlet("jutro", group=second)
    assert ["spelled-twice"] == kinds(tmp_path, one, two)


ODD: list[tuple[dict[str, Any], list[str]]] = [
    ({"operates_from": "ZZ"}, ["unknown-country"]),
    ({"operates_from": "LV"}, []),
    ({"operates_from": "SI"}, ["at-home"]),
    ({"languages": ("sl", "qqq")}, ["unknown-language"]),
    ({"languages": ("cnr", "sr-Cyrl", "zh-Hant", "ckb")}, []),
    ({"feeds": ("https://me:word@glas.example/rss",)}, ["secret-in-feed"]),
    ({"feeds": ("https://glas.example/rss?format=xml&apikey=1234",)}, ["secret-in-feed"]),
    ({"feeds": ("https://feeds.example/glas",)}, []),
    ({"aliases": ("Mirror",)}, ["common-alias"]),
    ({"aliases": ("Сегодня",)}, ["common-alias"]),
    ({"aliases": ("今日",)}, ["common-alias"]),
    ({"aliases": ("Daily Mirror", "Глас", "WELT")}, []),
    ({"name": "glas.example"}, ["bare-domain"]),
    ({"name": "Glas.example"}, []),
    ({"domains": ()}, ["unreachable"]),
]


@pytest.mark.parametrize(("said", "expected"), ODD)
def test_what_misleads_is_named(tmp_path: Path, said: dict[str, Any], expected: list[str]) -> None:
    assert expected == kinds(tmp_path, outlet("glas", **said))


def test_a_feed_is_in_a_language_of_its_outlet(tmp_path: Path) -> None:
    feed = Feed(url="https://glas.example/rss", outlet_id="si-glas", language="en")
    english = Outlet(id="si-glas", name="Glas", country="SI", languages=("sl",), feeds=(feed,))
    assert ["other-language"] == kinds(tmp_path, english)
