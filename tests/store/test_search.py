from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from worldtake.model import article_id
from worldtake.store.search import Findable, find, index, unindex

if TYPE_CHECKING:
    from worldtake.store import Store

START = datetime(2026, 9, 7, tzinfo=UTC)


def identity(number: int) -> str:
    return article_id(f"https://example.org/{number}", START + timedelta(hours=number))


def fill(store: Store, *texts: str) -> None:
    batch = [
        Findable(article_id=identity(number), title=text, body="")
        for number, text in enumerate(texts)
    ]
    with store.write() as connection:
        index(connection, batch)


def found(store: Store, query: str) -> list[str]:
    with store.read() as connection:
        return [each for _, each in find(connection, query)]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Požar na ladji", "pozar"),
        ("Сборы за страхование", "страхование"),
        ("حريق في السفينة", "السفينة"),
        ("地中海で貨物船が火災", "貨物船"),
        ("नौका में आग", "नौका"),
        ("The ferry's fire", "ferr"),
    ],
)
def test_words_are_found_in_every_script(store: Store, text: str, query: str) -> None:
    fill(store, text, "something else")
    assert [identity(0)] == found(store, query)


def test_the_newest_comes_first(store: Store) -> None:
    fill(store, "ferry one", "ferry two")
    assert [identity(1), identity(0)] == found(store, "ferry")


def test_older_results_follow_the_last_one(store: Store) -> None:
    fill(store, "ferry one", "ferry two")
    with store.read() as connection:
        newest = find(connection, "ferry", most=1)
        older = find(connection, "ferry", before=newest[0][0])
    assert [identity(0)] == [each for _, each in older]


def test_every_word_must_be_there(store: Store) -> None:
    fill(store, "ferry fire", "ferry sinks")
    assert [identity(0)] == found(store, "fire ferry")


@pytest.mark.parametrize("query", ["", '"', "' OR 1=1 --", "* NEAR (", "a:b", "\\", "AND"])
def test_a_hostile_query_finds_nothing_and_breaks_nothing(store: Store, query: str) -> None:
    fill(store, "ferry fire")
    assert [] == found(store, query)


def test_indexing_again_replaces(store: Store) -> None:
    fill(store, "ferry fire")
    fill(store, "tram strike")
    assert ([], [identity(0)]) == (found(store, "ferry"), found(store, "tram"))


def test_what_is_taken_out_is_not_found(store: Store) -> None:
    fill(store, "ferry fire")
    with store.write() as connection:
        unindex(connection, [identity(0)])
    assert [] == found(store, "ferry")
