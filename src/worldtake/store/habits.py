"""What pages show of their outlets' habits, and what was learned of each outlet, in the store.

A page has one row, however often it is read, so that nothing counts twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from worldtake.model import OutletHabits, Shown
from worldtake.store.ledger import upsert
from worldtake.store.records import dump, load
from worldtake.store.tables import ARTICLE, HABITS, PAGE, SHOWN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What came of keeping what pages show."""

    #: Pages that show it for the first time.
    fresh: frozenset[str]
    #: Outlet -> how many pages of it are kept, before and now, where it has more than before.
    grown: Mapping[str, tuple[int, int]]


def keep_shown(connection: sa.Connection, shown: Mapping[str, Shown]) -> Noted:
    """Keep, by page id, what pages show; call it in the transaction that keeps their articles, and after that.

    It is counted for the outlet that the article at the page's address is of.
    """
    urls = sorted({each.url for each in shown.values()})
    query = sa.select(ARTICLE.c.url, ARTICLE.c.outlet_id, ARTICLE.c.moment)
    articles = {row.url: row for row in connection.execute(query.where(ARTICLE.c.url.in_(urls)))}
    rows = [
        {"outlet_id": article.outlet_id, "page_id": page, "moment": article.moment}
        | {"record": dump(each)}
        for page, each in shown.items()
        if (article := articles.get(each.url))
    ]
    known = page_outlets(connection, list(shown))
    fresh = Counter(row["outlet_id"] for row in rows if row["page_id"] not in known)
    before = _counts(connection, fresh)
    upsert(connection, SHOWN, rows)
    return Noted(
        fresh=frozenset(shown.keys() - known.keys()),
        grown={each: (before[each], before[each] + fresh[each]) for each in sorted(fresh)},
    )


def _counts(connection: sa.Connection, outlet_ids: Collection[str]) -> Counter[str]:
    query = sa.select(SHOWN.c.outlet_id, sa.func.count()).group_by(SHOWN.c.outlet_id)
    rows = connection.execute(query.where(SHOWN.c.outlet_id.in_(outlet_ids)))
    return Counter({str(outlet): int(count) for outlet, count in rows})


def page_outlets(connection: sa.Connection, page_ids: Sequence[str]) -> dict[str, str]:
    """Return page -> outlet of the pages that were read before."""
    query = sa.select(SHOWN.c.page_id, SHOWN.c.outlet_id).where(SHOWN.c.page_id.in_(page_ids))
    return {str(page): str(outlet) for page, outlet in connection.execute(query)}


def shown(connection: sa.Connection, outlet_id: str, *, most: int) -> tuple[tuple[str, Shown], ...]:
    """Return what the newest pages of an outlet show, by page id, that of the newest article first."""
    query = sa.select(SHOWN.c.page_id, SHOWN.c.record).where(SHOWN.c.outlet_id == outlet_id)
    newest = query.order_by(SHOWN.c.moment.desc(), SHOWN.c.page_id).limit(most)
    rows = connection.execute(newest)
    return tuple((str(page), load(Shown, record)) for page, record in rows)


def drop_past(connection: sa.Connection, outlet_id: str, *, most: int) -> None:
    """Remove what pages show of which an outlet has `most` newer ones."""
    theirs = SHOWN.c.outlet_id == outlet_id
    newest = sa.select(SHOWN.c.moment).where(theirs).order_by(SHOWN.c.moment.desc())
    oldest_kept = connection.scalar(newest.offset(most - 1).limit(1))
    if oldest_kept is not None:
        connection.execute(SHOWN.delete().where(theirs & (SHOWN.c.moment < oldest_kept)))


def keep_habits(
    connection: sa.Connection, learned: Mapping[str, OutletHabits], *, stage: str, version: int
) -> None:
    """Keep what was learned, by outlet id, in place of what was known."""
    rows = [
        {"outlet_id": outlet, "record": dump(each), "stage": stage, "version": version}
        for outlet, each in sorted(learned.items())
    ]
    upsert(connection, HABITS, rows)


def habits(connection: sa.Connection, outlet_ids: Collection[str]) -> dict[str, OutletHabits]:
    """Return outlet -> what was learned of it."""
    query = sa.select(HABITS.c.outlet_id, HABITS.c.record)
    rows = connection.execute(query.where(HABITS.c.outlet_id.in_(sorted(outlet_ids))))
    return {str(outlet): load(OutletHabits, record) for outlet, record in rows}


def still_shown(connection: sa.Connection, page_ids: Sequence[str]) -> list[str]:
    """Return those pages that articles stand on as they are now, and whose bytes are there to be read again."""
    held = PAGE.c.body.is_not(None) | PAGE.c.archive_file.is_not(None)
    query = sa.select(PAGE.c.id).join(ARTICLE, ARTICLE.c.page_id == PAGE.c.id)
    return sorted(connection.scalars(query.where(PAGE.c.id.in_(page_ids) & held)))
