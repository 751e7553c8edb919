from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from worldtake.model import Article
from worldtake.store import articles as shelf
from worldtake.store.revisions import revisions

if TYPE_CHECKING:
    from worldtake.model.revisions import Revision
    from worldtake.store import Store

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FIRST = Article(
    id="a1",
    url="https://lanterna.example/ferry",
    outlet_id="it-lanterna",
    title="Ferry burns off Ancona",
    text="A ferry burned off Ancona.\n\nTwelve are injured. All 214 are safe.",
    seen=NOON,
)
SECOND = replace(
    FIRST,
    text="A ferry burned off Ancona.\n\nNineteen are injured. All 214 are safe.",
    seen=NOON + timedelta(hours=1),
)


def keep(store: Store, article: Article, page: str, version: int = 1) -> str:
    with store.write() as connection:
        return shelf.keep_article(
            connection, article, page_id=page, stage="extract", version=version
        )


def kept(store: Store, article_id: str = "a1") -> tuple[Revision, ...]:
    with store.read() as connection:
        return revisions(connection, article_id)


def text_of(store: Store) -> str:
    with store.read() as connection:
        return shelf.articles(connection, ["a1"])["a1"].text


def test_another_text_at_the_same_address_is_a_revision(store: Store) -> None:
    keep(store, FIRST, "p1")
    keep(store, replace(SECOND, id="other"), "p2")
    [found] = kept(store)
    assert (1, SECOND.seen) == (found.number, found.seen)
    assert (FIRST.text, SECOND.text) == (found.text_before, found.text_after)
    [(start, end, start2, end2)] = found.changes
    assert ("Twelve", "Nineteen") == (FIRST.text[start:end], SECOND.text[start2:end2])
    assert SECOND.text == text_of(store)


def test_another_headline_alone_is_a_revision(store: Store) -> None:
    keep(store, FIRST, "p1")
    keep(store, replace(FIRST, title="All safe as ferry burns", seen=SECOND.seen), "p2")
    [found] = kept(store)
    assert ("Ferry burns off Ancona", "All safe as ferry burns") == (
        found.title_before,
        found.title_after,
    )
    assert () == found.changes


def test_white_space_is_no_revision(store: Store) -> None:
    keep(store, FIRST, "p1")
    spaced = FIRST.text.replace("\n\n", "  ")
    keep(store, replace(SECOND, text=spaced, title="Ferry  burns off Ancona"), "p2")
    assert () == kept(store)
    assert spaced == text_of(store)


def test_the_same_page_read_by_a_newer_version_is_no_revision(store: Store) -> None:
    keep(store, FIRST, "p1")
    keep(store, replace(FIRST, text="Read better."), "p1", version=2)
    assert () == kept(store)
    assert "Read better." == text_of(store)


def test_a_revision_across_versions_of_the_stage_says_so(store: Store) -> None:
    keep(store, FIRST, "p1")
    keep(store, SECOND, "p2", version=2)
    assert [True] == [each.read_otherwise for each in kept(store)]


def test_an_earlier_page_that_is_read_late_replaces_nothing(store: Store) -> None:
    keep(store, SECOND, "p2")
    assert "a1" == keep(store, FIRST, "p1")
    assert () == kept(store)
    assert SECOND.text == text_of(store)


def test_a_text_that_is_taken_back_is_a_revision_too(store: Store) -> None:
    keep(store, FIRST, "p1")
    keep(store, SECOND, "p2")
    keep(store, replace(FIRST, seen=NOON + timedelta(hours=2)), "p1")
    assert [(1, "Nineteen"), (2, "Twelve")] == [
        (each.number, each.text_after[slice(*each.changes[0][2:])]) for each in kept(store)
    ]


def test_the_earlier_text_stays_for_its_receipts(store: Store) -> None:
    keep(store, FIRST, "p1")
    with store.read() as connection:
        query = sa.text("SELECT id, body FROM text_version WHERE part = 'text'")
        [receipt] = [tuple(row) for row in connection.execute(query)]
    keep(store, SECOND, "p2")
    with store.read() as connection:
        assert receipt in [tuple(row) for row in connection.execute(query)]


def test_a_revised_article_entered_the_world_when_it_was_first_seen(store: Store) -> None:
    keep(store, FIRST, "p1")
    keep(store, SECOND, "p2")
    with store.read() as connection:
        assert NOON == shelf.articles(connection, ["a1"])["a1"].moment()


def test_the_first_page_read_again_after_a_revision_replaces_nothing(store: Store) -> None:
    keep(store, FIRST, "p1")
    keep(store, SECOND, "p2")
    keep(store, replace(FIRST, text="Read better."), "p1", version=2)
    assert (SECOND.text, 1) == (text_of(store), len(kept(store)))
