"""Say which pages are to be fetched again: those whose feed announces a change, and young articles as they come of age."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from worldtake.store.ledger import keep_note, note
from worldtake.store.press import entries
from worldtake.store.records import dump
from worldtake.store.tables import ARTICLE, ENTRY, PAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.model import Entry

HOUR_MICROS = 3_600_000_000
#: Least time between two fetches of one page because its feed announced a change.
AGAIN_MICROS = HOUR_MICROS // 6
#: Ages at which a young article is looked at again: most changes come within hours, few after a day.
LOOK_AGAIN_HOURS = (1, 6, 24)
_LOOKED_NOTE = "young articles looked for"


def changed_entries(
    connection: sa.Connection, announced: Sequence[Entry], *, now: int
) -> list[str]:
    """Keep what the same feed announces anew of an article, a later change or another headline; return the addresses to fetch again.

    One whose page came less than `AGAIN_MICROS` ago is left for the next call of the feed.
    """
    first = {entry.url: entry for entry in reversed(announced)}
    known = entries(connection, list(first))
    changed = {
        url: entry for url, entry in first.items() if url in known and _is_news(known[url], entry)
    }
    if not changed:
        return []
    recent = (PAGE.c.fetched > now - AGAIN_MICROS) & PAGE.c.url.in_(changed)
    just_read = set(connection.scalars(sa.select(PAGE.c.url).where(recent)))
    due = sorted(changed.keys() - just_read)
    for url in due:
        row = ENTRY.update().where(ENTRY.c.url == url)
        connection.execute(row.values(record=dump(changed[url])))
    return due


def due_again(connection: sa.Connection, *, now: int, most: int = 1000) -> list[str]:
    """Return addresses of young articles that are to be looked at again: those that came of age since this was last asked."""
    asked = note(connection, _LOOKED_NOTE)
    since = max(int(asked) if asked else now, now - max(LOOK_AGAIN_HOURS) * HOUR_MICROS)
    keep_note(connection, _LOOKED_NOTE, str(now))
    ages = [
        (ARTICLE.c.moment > since - hours * HOUR_MICROS)
        & (ARTICLE.c.moment <= now - hours * HOUR_MICROS)
        for hours in LOOK_AGAIN_HOURS
    ]
    query = sa.select(ENTRY.c.url).join(ARTICLE, ARTICLE.c.url == ENTRY.c.url).where(sa.or_(*ages))
    return list(connection.scalars(query.order_by(ARTICLE.c.moment.desc()).limit(most)))


def _is_news(known: Entry, entry: Entry) -> bool:
    """Tell whether a feed says that an article changed; other feeds word and date it their own way."""
    if entry.feed_url != known.feed_url:
        return False
    if entry.title and known.title and entry.title.split() != known.title.split():
        return True
    before = known.updated or known.published
    return entry.updated is not None and before is not None and entry.updated > before
