from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from worldtake.model import Article, Entry, Page
from worldtake.store import again, press
from worldtake.store import articles as shelf
from worldtake.store.announced import take_in
from worldtake.store.records import moment

if TYPE_CHECKING:
    from worldtake.store import Store

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ENTRY = Entry(
    url="https://lanterna.example/ferry",
    feed_url="https://lanterna.example/rss",
    outlet_id="it-lanterna",
    title="Ferry burns off Ancona",
    published=NOON,
)
PAGE = Page(url=ENTRY.url, body=b"<p>Ferry</p>" * 9, fetched=NOON)


def announced(store: Store, *entries: Entry, minutes: float = 30) -> list[str]:
    now = moment(NOON + timedelta(minutes=minutes))
    with store.write() as connection:
        return take_in(connection, entries, now=now)


def test_an_entry_is_fetched_once(store: Store) -> None:
    assert [ENTRY.url] == announced(store, ENTRY)
    assert [] == announced(store, ENTRY)


@pytest.mark.parametrize(
    "anew",
    [
        replace(ENTRY, updated=NOON + timedelta(minutes=20)),
        replace(ENTRY, title="All safe as ferry burns"),
    ],
    ids=["changed later", "another headline"],
)
def test_an_entry_that_is_announced_as_changed_is_due_again_once(store: Store, anew: Entry) -> None:
    announced(store, ENTRY)
    assert [ENTRY.url] == announced(store, anew)
    assert [] == announced(store, anew)


@pytest.mark.parametrize(
    "anew",
    [
        replace(ENTRY, updated=NOON),
        replace(ENTRY, title="Ferry  burns off Ancona "),
        replace(ENTRY, title=""),
        replace(ENTRY, title="Ferry", feed_url="https://lanterna.example/front"),
    ],
    ids=["not later", "white space", "no headline", "another feed"],
)
def test_what_is_no_change_is_not_due_again(store: Store, anew: Entry) -> None:
    announced(store, ENTRY)
    assert [] == announced(store, anew)


def test_one_article_listed_twice_is_no_change(store: Store) -> None:
    twice = (ENTRY, replace(ENTRY, title="Another headline"))
    assert [ENTRY.url] == announced(store, *twice)
    assert [] == announced(store, *twice)


def test_a_page_that_just_came_is_left_for_the_next_time(store: Store) -> None:
    announced(store, ENTRY)
    with store.write() as connection:
        press.keep_pages(connection, [PAGE])
    anew = replace(ENTRY, title="All safe")
    assert [] == announced(store, anew, minutes=5)
    assert [ENTRY.url] == announced(store, anew, minutes=15)


def test_young_articles_are_due_again_as_they_come_of_age(store: Store) -> None:
    article = Article(
        id="a", url=ENTRY.url, outlet_id="x", title="t", text="t", published=NOON, seen=NOON
    )
    with store.write() as connection:
        take_in(connection, [ENTRY], now=moment(NOON))
        shelf.keep_article(connection, article, page_id="p", stage="extract", version=1)
        found = [
            (minutes, bool(again.due_again(connection, now=moment(NOON) + minutes * 60_000_000)))
            for minutes in (10, 50, 70, 80, 350, 365, 400, 1400, 1450, 1500, 5000)
        ]
    assert [70, 365, 1450] == [minutes for minutes, due in found if due]


def test_bytes_that_the_first_version_packed_are_still_read(store: Store) -> None:
    with store.write() as connection:
        [page] = press.keep_pages(connection, [PAGE])
        old = sa.text("UPDATE page SET body = :body").bindparams(body=zlib.compress(PAGE.body, 6))
        connection.execute(old)
        assert {page: PAGE} == press.pages(connection, [page])


def test_validators_are_those_of_the_last_answer(store: Store) -> None:
    later = replace(PAGE, body=b"<p>new", fetched=NOON + timedelta(hours=1), etag="2")
    with store.write() as connection:
        press.keep_pages(connection, [later, replace(PAGE, etag="1", last_modified="x")])
        assert {PAGE.url: ("2", None)} == press.last_validators(connection, [PAGE.url])
