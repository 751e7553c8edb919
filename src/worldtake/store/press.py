"""Outlets, feeds, entries and pages in the store."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from worldtake.model import Entry, Feed, Outlet, Page
from worldtake.store.ledger import insert_missing, upsert
from worldtake.store.records import dump, load, moment
from worldtake.store.tables import ENTRY, FEED, OUTLET, PAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def keep_outlets(connection: sa.Connection, outlets: Iterable[Outlet]) -> None:
    """Keep the outlets and their feeds; what a feed's last fetch said stays."""
    every = list(outlets)
    upsert(
        connection,
        OUTLET,
        [
            {"id": each.id, "country": each.country, "provenance": each.provenance}
            | {"record": dump(each)}
            for each in every
        ],
    )
    upsert(
        connection,
        FEED,
        [
            {"url": feed.url, "outlet_id": feed.outlet_id, "record": dump(feed)}
            for each in every
            for feed in each.feeds
        ],
    )


def outlets(connection: sa.Connection, ids: Sequence[str] | None = None) -> tuple[Outlet, ...]:
    """Return the outlets with these ids (all without ids), by id."""
    query = sa.select(OUTLET.c.record).order_by(OUTLET.c.id)
    if ids is not None:
        query = query.where(OUTLET.c.id.in_(ids))
    return tuple(load(Outlet, record) for record in connection.scalars(query))


def outlets_of(connection: sa.Connection, country: str) -> tuple[Outlet, ...]:
    """Return the outlets of a country, by id."""
    query = sa.select(OUTLET.c.record).where(OUTLET.c.country == country).order_by(OUTLET.c.id)
    return tuple(load(Outlet, record) for record in connection.scalars(query))


def feeds(connection: sa.Connection, *, due_by: int | None = None) -> tuple[Feed, ...]:
    """Return the feeds, or those due by a moment, by address."""
    query = sa.select(FEED.c.record).order_by(FEED.c.url)
    if due_by is not None:
        query = query.where(FEED.c.due <= due_by)
    return tuple(load(Feed, record) for record in connection.scalars(query))


def feed_states(
    connection: sa.Connection, urls: Sequence[str]
) -> dict[str, tuple[Feed, dict[str, Any]]]:
    """Return address -> the feed and what its last fetch said."""
    query = sa.select(FEED.c.url, FEED.c.record, FEED.c.state).where(FEED.c.url.in_(urls))
    return {
        str(row.url): (load(Feed, row.record), json.loads(row.state))
        for row in connection.execute(query)
    }


def healthy_feeds(connection: sa.Connection) -> set[str]:
    """Return the ids of outlets with a feed whose last fetch went well."""
    query = sa.select(FEED.c.outlet_id, FEED.c.state)
    return {
        str(row.outlet_id)
        for row in connection.execute(query)
        if (state := json.loads(row.state)) and not state.get("failures", 0)
    }


def keep_feed_state(
    connection: sa.Connection, url: str, *, state: dict[str, Any], due: int, feed: Feed
) -> None:
    """Keep what a fetch of the feed said and when it is due again."""
    values = {"state": json.dumps(state), "due": due, "record": dump(feed)}
    connection.execute(FEED.update().where(FEED.c.url == url).values(**values))


def keep_entries(connection: sa.Connection, entries: Sequence[Entry]) -> list[str]:
    """Keep entries not seen before and return their addresses."""
    urls = list(dict.fromkeys(entry.url for entry in entries))
    known = set(connection.scalars(sa.select(ENTRY.c.url).where(ENTRY.c.url.in_(urls))))
    fresh = {entry.url: entry for entry in reversed(entries) if entry.url not in known}
    rows = [
        {"url": url, "feed_url": entry.feed_url, "outlet_id": entry.outlet_id}
        | {"record": dump(entry)}
        for url, entry in sorted(fresh.items())
    ]
    insert_missing(connection, ENTRY, rows)
    return sorted(fresh)


def entries(connection: sa.Connection, urls: Sequence[str]) -> dict[str, Entry]:
    """Return address -> entry."""
    query = sa.select(ENTRY.c.url, ENTRY.c.record).where(ENTRY.c.url.in_(urls))
    return {str(row.url): load(Entry, row.record) for row in connection.execute(query)}


def page_id(page: Page) -> str:
    """Return the id of a page: the same bytes from the same address are the same page."""
    return f"{page.digest()}/{page.url}"


def keep_pages(connection: sa.Connection, pages: Iterable[Page]) -> list[str]:
    """Keep pages as they came and return their ids."""
    rows = [
        {"id": page_id(page), "url": page.url, "fetched": moment(page.fetched)}
        | {"record": dump(page, without=frozenset({"body"})), "body": zlib.compress(page.body, 6)}
        for page in pages
    ]
    insert_missing(connection, PAGE, rows)
    return [str(row["id"]) for row in rows]


def pages(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Page]:
    """Return id -> page."""
    query = sa.select(PAGE).where(PAGE.c.id.in_(ids))
    return {
        str(row.id): load(Page, row.record, body=zlib.decompress(row.body))
        for row in connection.execute(query)
    }
