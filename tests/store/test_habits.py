"""What pages show and what was learned of outlets, in the store."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from worldtake.model import OutletHabits, Shown
from worldtake.store import articles as shelf
from worldtake.store import habits, press
from worldtake.testing.builders import NOON, a_page, an_article

if TYPE_CHECKING:
    from worldtake.store import Connection, Store


def keep(connection: Connection, *numbers: int, lines: tuple[str, ...] = ("a",)) -> habits.Noted:
    """Keep an article for each number, on a page of its own, with what the page shows."""
    shown = {}
    for number in numbers:
        url = f"https://lantern.test/{number}"
        page = a_page(f"<p>{number}</p>", url=url)
        (page_id,) = press.keep_pages(connection, [page])
        article = an_article(url=url, id=f"{number:026d}", published=NOON + timedelta(hours=number))
        shelf.keep_article(connection, article, page_id=page_id, stage="extract", version=1)
        shown[page_id] = Shown(url=url, lines=lines, places=(("h1", True),))
    return habits.keep_shown(connection, shown)


def page_ids(connection: Connection) -> list[str]:
    return [page for page, _ in habits.shown(connection, "us-lantern", most=9)]


def test_what_pages_show_counts_for_their_outlet_the_newest_article_first(store: Store) -> None:
    with store.write() as connection:
        noted = keep(connection, 1, 3, 2)
        assert (3, {"us-lantern": (0, 3)}) == (len(noted.fresh), dict(noted.grown))
        addresses = [each.url for _, each in habits.shown(connection, "us-lantern", most=9)]
    assert [f"https://lantern.test/{number}" for number in (3, 2, 1)] == addresses


def test_a_page_that_is_read_again_counts_once_and_shows_what_it_shows_now(store: Store) -> None:
    with store.write() as connection:
        keep(connection, 1, 2)
        noted = keep(connection, 1, 2, lines=("b",))
        assert (frozenset(), {}) == (noted.fresh, dict(noted.grown))
        assert {("b",)} == {
            each.lines for _, each in habits.shown(connection, "us-lantern", most=9)
        }


def test_growth_is_told_from_what_was_there_before(store: Store) -> None:
    with store.write() as connection:
        keep(connection, 1, 2)
        assert {"us-lantern": (2, 3)} == dict(keep(connection, 2, 3).grown)


def test_the_outlet_of_a_page_is_known_once_it_was_read(store: Store) -> None:
    with store.write() as connection:
        keep(connection, 1)
        known = habits.page_outlets(connection, [*page_ids(connection), "unknown"])
    assert ["us-lantern"] == list(known.values())


def test_habits_are_read_as_they_were_kept(store: Store) -> None:
    learned = OutletHabits(
        pages=3, lines=("a", "b"), places=(("h1", 2, 3),), parts=("sport", "thelantern")
    )
    with store.write() as connection:
        for each in (OutletHabits(), learned):
            habits.keep_habits(connection, {"us-lantern": each}, stage="habits", version=1)
        assert {"us-lantern": learned} == habits.habits(connection, ["us-lantern", "us-ledger"])


def test_only_pages_that_articles_stand_on_are_read_again(store: Store) -> None:
    with store.write() as connection:
        keep(connection, 1, 2)
        every = page_ids(connection)
        revised = a_page("<p>1, changed</p>", url="https://lantern.test/1")
        (now_on,) = press.keep_pages(connection, [revised])
        article = an_article(
            "Changed.", url="https://lantern.test/1", published=NOON, seen=NOON + timedelta(days=9)
        )
        shelf.keep_article(connection, article, page_id=now_on, stage="extract", version=1)
        assert sorted((now_on, every[0])) == habits.still_shown(connection, [*every, now_on])


def test_what_past_pages_showed_is_dropped(store: Store) -> None:
    with store.write() as connection:
        keep(connection, 2, 1, 3)
        every = page_ids(connection)
        for most in (4, 3, 2):
            habits.drop_past(connection, "us-lantern", most=most)
        assert every[:2] == page_ids(connection)
        assert every[:1] == [page for page, _ in habits.shown(connection, "us-lantern", most=1)]
