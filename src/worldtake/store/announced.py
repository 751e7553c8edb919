"""Take in what a feed announces, whether it was called or a hub sent it: once each, counted, and anew where it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from worldtake.http.addresses import article_key, spellings
from worldtake.store.again import changed_entries
from worldtake.store.ledger import BATCH_ROWS, insert_missing
from worldtake.store.records import dump
from worldtake.store.tables import ENTRY
from worldtake.store.volumes import count_entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.model import Entry


def take_in(connection: sa.Connection, entries: Sequence[Entry], *, now: int) -> list[str]:
    """Keep what is announced and return the addresses of pages to fetch: those of new articles and of changed ones.

    An article announced under http and https, with and without `www.`, is one; the address seen first stands for it.
    """
    one_each = {article_key(entry.url): entry for entry in reversed(entries)}
    fresh = _unknown(connection, list(one_each.values()))
    rows = [
        {"url": entry.url, "feed_url": entry.feed_url, "outlet_id": entry.outlet_id}
        | {"record": dump(entry)}
        for entry in fresh
    ]
    insert_missing(connection, ENTRY, rows)
    count_entries(connection, fresh, now=now)
    urls = {entry.url for entry in fresh}
    known = [entry for entry in entries if entry.url not in urls]
    return sorted({*urls, *changed_entries(connection, known, now=now)})


def _unknown(connection: sa.Connection, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that are not there under any of their spellings, by address."""
    names = {entry.url: spellings(entry.url) for entry in entries}
    every = sorted({name for each in names.values() for name in each})
    known: set[str] = set()
    for at in range(0, len(every), BATCH_ROWS):
        some = every[at : at + BATCH_ROWS]
        known.update(connection.scalars(sa.select(ENTRY.c.url).where(ENTRY.c.url.in_(some))))
    unknown = [entry for entry in entries if known.isdisjoint(names[entry.url])]
    return sorted(unknown, key=lambda entry: entry.url)
