"""Learning an outlet's habits, and which of its pages are read again for it."""

from __future__ import annotations

from dataclasses import replace

from worldtake.extract import ExtractArticle
from worldtake.model import OutletHabits, Shown, Skip
from worldtake.pipeline.habits import LearnHabits, OutletPages, with_habits
from worldtake.store import Store
from worldtake.store import habits as shelf
from worldtake.testing.builders import a_page, an_outlet

LEARN = LearnHabits()


def given(*lines: str, before: OutletHabits | None = None) -> OutletPages:
    """Return an outlet whose pages show these lines, a letter each, and sentences of their own."""
    shown = tuple(
        (
            f"p{n}",
            Shown(url=str(n), lines=tuple(each), prose=tuple(f"{n}.{part}" for part in range(8))),
        )
        for n, each in enumerate(lines)
    )
    return OutletPages(before=before, shown=shown)


def test_pages_are_read_again_that_show_what_is_newly_known_to_recur() -> None:
    found = LEARN(given("a", "ab", "a", "b", ""))
    assert (("a",), ("p0", "p1", "p2")) == (found.habits.lines, found.again)


def test_no_page_is_read_again_for_what_was_known() -> None:
    learned = LEARN(given("a", "ab", "a", "b", "")).habits
    assert () == LEARN(given("a", "ab", "a", "b", "", before=learned)).again


def test_pages_are_read_again_for_what_turns_out_not_to_recur() -> None:
    found = LEARN(given("a", "a", before=OutletHabits(lines=("a",))))
    assert ((), ("p0", "p1")) == (found.habits.lines, found.again)


def test_a_page_is_given_what_is_known_of_its_outlet(store: Store) -> None:
    lantern = an_outlet()
    learned = OutletHabits(pages=3, lines=("a",))
    named = a_page("1", outlet_id=lantern.id)
    pages = {
        "named": named,
        "by domain": a_page("2", url="https://www.lantern.test/2"),
        "of nobody": a_page("3", url="https://elsewhere.test/3"),
        "gone": Skip("not kept"),
    }
    with store.write() as connection:
        shelf.keep_habits(connection, {lantern.id: learned}, stage="habits", version=1)
        found = with_habits(connection, pages, ExtractArticle(outlets=(lantern,)))
    assert replace(named, habits=learned) == found["named"]
    assert {"named": learned, "by domain": learned, "of nobody": None, "gone": None} == {
        each: getattr(page, "habits", None) for each, page in found.items()
    }
