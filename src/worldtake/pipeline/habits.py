"""The step that learns the habits of outlets, and what the reading of pages has to do with it.

What a page shows is kept as it is read. Habits are learned of that only once reading has come to rest, so that they do not hang
on the order in which pages came; what was read without them, and would be read otherwise with them, is then read again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from worldtake.extract.habits import touches
from worldtake.extract.learning import KEPT_PAGES, is_time, learn
from worldtake.extract.outlets import of_address
from worldtake.model import Page
from worldtake.pipeline.step import Step
from worldtake.store import habits as shelf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.extract import ExtractArticle
    from worldtake.model import OutletHabits, Shown, Skip
    from worldtake.pipeline.step import Done, Following
    from worldtake.store import Connection

#: Learning takes at most an eleventh of the time while pages come in.
REST_FACTOR = 10.0


def with_habits(
    connection: Connection, pages: Mapping[str, Page | Skip], stage: ExtractArticle
) -> dict[str, Page | Skip]:
    """Return the pages with what is known of their outlets."""
    read_before = shelf.page_outlets(connection, list(pages))
    outlets = {
        each: read_before.get(each) or _outlet_of(page, stage)
        for each, page in pages.items()
        if isinstance(page, Page)
    }
    known = shelf.habits(connection, {each for each in outlets.values() if each})
    return {
        each: replace(page, habits=found)
        if isinstance(page, Page) and (found := known.get(outlets[each] or ""))
        else page
        for each, page in pages.items()
    }


def _outlet_of(page: Page, stage: ExtractArticle) -> str | None:
    if page.outlet_id:
        return page.outlet_id
    outlet = of_address(page.url, stage.domains)
    return outlet.id if outlet else None


def keep_shown(
    connection: Connection, shown: Mapping[str, Shown]
) -> tuple[frozenset[str], list[Following]]:
    """Keep what pages show; return those that were read for the first time, and the outlets that are due to be learned."""
    noted = shelf.keep_shown(connection, shown)
    due = [outlet for outlet, counts in noted.grown.items() if is_time(*counts)]
    return noted.fresh, [("habits", outlet) for outlet in due]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletPages:
    """What is known of an outlet, and what its pages show."""

    before: OutletHabits | None
    #: Its newest pages, by page id, that of the newest article first.
    shown: tuple[tuple[str, Shown], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What was learned of an outlet."""

    habits: OutletHabits
    #: Pages that are to be read again.
    again: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnHabits:
    """Learn the habits of an outlet from its newest pages."""

    name: ClassVar[str] = "habits"
    version: ClassVar[int] = 1

    def __call__(self, given: OutletPages) -> Learned:
        """Return the habits, and the pages that would be read otherwise with them."""
        found = learn(shown for _, shown in given.shown)
        return Learned(
            habits=found,
            again=tuple(page for page, shown in given.shown if touches(shown, given.before, found)),
        )


def habits_step() -> Step:
    """Return the step: it works on outlets, each filed as more of its pages are read."""
    stage = LearnHabits()

    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        known = shelf.habits(connection, items)
        pages = {item: shelf.shown(connection, item, most=KEPT_PAGES) for item in items}
        # An outlet without any was forgotten meanwhile.
        return {
            item: OutletPages(before=known.get(item), shown=shown)
            for item, shown in pages.items()
            if shown
        }

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        learned = {done.item: done.answer.habits for done in batch}
        shelf.keep_habits(connection, learned, stage=stage.name, version=stage.version)
        again = [page for done in batch for page in done.answer.again]
        for done in batch:
            shelf.drop_past(connection, done.item, most=KEPT_PAGES)
        return [("extract", page) for page in shelf.still_shown(connection, again)]

    return Step(
        name=stage.name,
        version=stage.version,
        place="at-rest",
        load=load,
        call=stage,
        write=write,
        rest_factor=REST_FACTOR,
    )
