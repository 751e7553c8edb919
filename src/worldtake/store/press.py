"""Outlets, feeds, entries and pages in the store."""

from __future__ import annotations

import json
import sys
import zlib
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from worldtake.errors import UnreadableInputError
from worldtake.model import Entry, Feed, Outlet, Page, Skip
from worldtake.store.archive import DIGEST_CHARS, read_page
from worldtake.store.ledger import insert_missing, upsert
from worldtake.store.records import dump, load, moment
from worldtake.store.tables import ENTRY, FEED, OUTLET, PAGE

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from worldtake.store.archive import Archive

ZSTD_LEVEL = 3
_ZSTD = b"\x28\xb5\x2f\xfd"


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


def entries(connection: sa.Connection, urls: Sequence[str]) -> dict[str, Entry]:
    """Return address -> entry."""
    query = sa.select(ENTRY.c.url, ENTRY.c.record).where(ENTRY.c.url.in_(urls))
    return {str(row.url): load(Entry, row.record) for row in connection.execute(query)}


def page_id(page: Page) -> str:
    """Return the id of a page: the same bytes from the same address are the same page."""
    return f"{page.digest()}/{page.url}"


def keep_pages(
    connection: sa.Connection, pages: Iterable[Page], archive: Archive | None = None
) -> list[str]:
    """Keep pages as they came, in the archive, too, where one is given; return their ids.

    Bytes that came from the same address before are the same page: its row keeps when they first came, its record when last.
    """
    by_id = {page_id(page): page for page in pages}
    known = set(connection.scalars(sa.select(PAGE.c.id).where(PAGE.c.id.in_(by_id))))
    rows = {each: _page_row(each, page) for each, page in by_id.items()}
    insert_missing(connection, PAGE, [rows[each] for each in by_id if each not in known])
    for each in known:
        again = {name: rows[each][name] for name in ("record", "body")}
        connection.execute(PAGE.update().where(PAGE.c.id == each).values(**again))
    if archive is not None:
        archive.keep(connection, by_id)
    return list(by_id)


def unknown_pages(connection: sa.Connection, pages_: Iterable[Page]) -> list[Page]:
    """Return the pages that the store does not hold, each once."""
    by_id = {page_id(page): page for page in pages_}
    known = set(connection.scalars(sa.select(PAGE.c.id).where(PAGE.c.id.in_(by_id))))
    return [page for each, page in by_id.items() if each not in known]


def pages(
    connection: sa.Connection, ids: Sequence[str], archive: Path | None = None
) -> dict[str, Page | Skip]:
    """Return id -> page, its bytes from the store or from the archive's folder; a `Skip` where they are not there any more."""
    query = sa.select(PAGE).where(PAGE.c.id.in_(ids))
    return {str(row.id): _page(row, archive) for row in connection.execute(query)}


def last_validators(
    connection: sa.Connection, urls: Sequence[str]
) -> dict[str, tuple[str | None, str | None]]:
    """Return address -> ETag and Last-Modified of the page that last came from it, where it had one of them."""
    query = sa.select(PAGE.c.url, PAGE.c.record).where(PAGE.c.url.in_(urls))
    newest: dict[str, Page] = {}
    for row in connection.execute(query.order_by(PAGE.c.fetched, PAGE.c.id)):
        page = load(Page, row.record, body=b"")
        if row.url not in newest or newest[row.url].fetched <= page.fetched:
            newest[row.url] = page
    return {
        url: (page.etag, page.last_modified)
        for url, page in newest.items()
        if page.etag or page.last_modified
    }


def _page_row(identity: str, page: Page) -> dict[str, object]:
    return {
        "id": identity,
        "url": page.url,
        "fetched": moment(page.fetched),
        "record": dump(page, without=frozenset({"body"})),
        "body": _packed(page.body),
        "digest": identity[:DIGEST_CHARS],
    }


def _page(row: sa.Row[Any], archive: Path | None) -> Page | Skip:
    try:
        body = _body(row, archive)
    except UnreadableInputError as error:
        return Skip(str(error))
    return load(Page, row.record, body=body)


def _body(row: sa.Row[Any], archive: Path | None) -> bytes:
    if row.body is not None:
        return _unpacked(row.body)
    if row.archive_file is None or archive is None:
        message = f"{row.url}: its bytes are not kept any more (page_days)"
        raise UnreadableInputError(message)
    return read_page(archive, row.archive_file, row.archive_offset)


def _packed(body: bytes) -> bytes:
    """Return the bytes as a zstd frame: a page of 167 KB takes 1.0 ms (zlib at level 6: 5.7), and 20 % of its size (the same)."""
    return zstd.compress(body, ZSTD_LEVEL)


def _unpacked(body: bytes) -> bytes:
    """Return the bytes again, also those that the first version packed with zlib."""
    return zstd.decompress(body) if body.startswith(_ZSTD) else zlib.decompress(body)
