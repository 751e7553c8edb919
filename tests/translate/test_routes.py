from __future__ import annotations

from typing import Any

from tests.translate.scripted import Scripted

from worldtake.translate import Engine, routes


def _engine(name: str, pairs: Any, **settings: Any) -> Engine:
    return Engine(translator=Scripted(name, pairs=pairs), **settings)


def _names(engines: list[Engine], source: str, target: str) -> list[str]:
    return [route.engine for route in routes(engines, source, target)]


def test_the_most_trusted_comes_first_and_of_equals_the_one_set_up_first() -> None:
    engines = [
        _engine("rough", {("es", "en"): "gist"}),
        _engine("one", {("es", "en"): "good"}),
        _engine("two", {("es", "en"): "good"}),
    ]
    assert ["one", "two", "rough"] == _names(engines, "es", "en")


def test_what_may_not_be_shown_is_asked_only_where_nothing_else_is() -> None:
    matching = _engine("matching", {("sl", "en"): "match", ("hr", "en"): "match"})
    good = _engine("good", {("sl", "en"): "good"})
    assert ["good"] == _names([matching, good], "sl", "en")
    assert ["matching"] == _names([matching, good], "hr", "en")


def test_the_reader_may_trust_a_translator_otherwise_and_for_some_languages_alone() -> None:
    pairs = {("es", "en"): "good", ("sl", "en"): "good"}
    doubted = _engine("doubted", pairs, tier="gist", sources=frozenset({"es"}))
    (route,) = routes([doubted], "es-MX", "en")
    assert ("gist", "doubted es-MX-en") == (route.tier, route.model)
    assert [] == _names([doubted], "sl", "en")


def test_a_way_through_english_is_found_and_is_as_good_as_its_weaker_half() -> None:
    engines = [_engine("in", {("sl", "en"): "good"}), _engine("out", {("en", "fr"): "gist"})]
    (route,) = routes(engines, "sl", "fr")
    assert ("in+out", "gist", "in sl-en, out en-fr") == (route.engine, route.tier, route.model)
    assert [] == _names(engines, "fr", "sl")


def test_a_direct_way_comes_before_one_through_english() -> None:
    engines = [
        _engine("in", {("sl", "en"): "good"}),
        _engine("out", {("en", "hr"): "good"}),
        _engine("direct", {("sl", "hr"): "good"}),
    ]
    assert ["direct", "in+out"] == _names(engines, "sl", "hr")


def test_a_key_hangs_on_words_languages_and_who_translates_but_not_on_spaces() -> None:
    (one,) = routes([_engine("one", {("sr", "en"): "good"})], "sr-Cyrl", "en")
    (other,) = routes([_engine("other", {("sr", "en"): "good"})], "sr-Cyrl", "en")
    assert one.key("Dobar  dan.\n") == one.key("Dobar dan.")
    assert one.key("Dobar dan.") != other.key("Dobar dan.")
    assert one.key("Dobar dan.") != one.key("dobar dan.")
