"""Bring in what a reader names: a web address (a feed or a page), a list of feeds."""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from worldtake.catalog import outlet_from_page, read_opml
from worldtake.errors import UnreadableInputError, WorldtakeError
from worldtake.fetch import FeedBody, discover_feeds, fetch_page, parse_in_child
from worldtake.http import DoorSettings
from worldtake.model import Entry, Feed, Page, Skip
from worldtake.pipeline.executors import Failure
from worldtake.pipeline.switchboard import Switchboard
from worldtake.store import ledger, press
from worldtake.store.records import moment
from worldtake.text.decode import decode

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from worldtake.fetch import FeedParse, Unchanged
    from worldtake.http import Door, Response
    from worldtake.model import Outlet
    from worldtake.store import Store

#: Feeds called to see whether the press can be reached at all.
PROBES = 6
#: Seconds that an outlet has to answer when we ask whether the press can be reached.
KNOCK_SECONDS = 4.0
#: Beginnings of a body that say it is HTML and not a feed.
_HTML_STARTS = (b"<!doctype html", b"<html")


def add_address(store: Store, url: str, *, hosts: tuple[str, ...], now: datetime) -> str:
    """Add what stands at `url` and return in words what it was: a feed with its entries, or a page.

    Raises:
        WorldtakeError: if it cannot be fetched or is neither.
    """

    async def fetch(door: Door, address: str) -> Response:
        return await door.fetch(address)

    with closing(Switchboard(DoorSettings(allow_hosts=hosts))) as switchboard:
        response = switchboard.call_all(fetch, [url])[0]
    if isinstance(response, Skip):
        raise WorldtakeError(response.reason)
    if isinstance(response, Failure):
        raise WorldtakeError(response.message)
    if _is_html(response.body):
        return _add_page(store, response, now=now)
    try:
        return _add_feed(store, response, url)
    except UnreadableInputError as error:
        _hold_feed(store, url, str(error), now=now)
        raise


def call_page(url: str, door: DoorSettings) -> Page:
    """Return the page at `url`, called as every page is; nothing is kept of it.

    Raises:
        WorldtakeError: if it may not be called, cannot be had, or is no page.
    """

    async def fetch(opened: Door, address: str) -> Page | Unchanged:
        return await fetch_page(opened, Entry(url=address, feed_url="", outlet_id=""))

    with closing(Switchboard(door)) as switchboard:
        found = switchboard.call_all(fetch, [url])[0]
    if isinstance(found, Failure):
        raise WorldtakeError(found.message)
    assert isinstance(found, Page)
    return replace(found, entry=None)


def add_list(store: Store, path: Path) -> int:
    """Add every feed of an OPML file; return how many.

    Raises:
        UnreadableInputError: if the file is not readable OPML.
    """
    try:
        outlets = read_opml(path.read_bytes())
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); check the path and its rights"
        raise UnreadableInputError(message) from error
    with store.write() as connection:
        press.keep_outlets(connection, _unknown(store, outlets))
    return sum(len(outlet.feeds) for outlet in outlets)


def reaches_press(store: Store) -> bool:
    """Tell whether any of some catalogue feeds answers now, with whatever status."""

    async def knock(door: Door, address: str) -> bool:
        await asyncio.wait_for(door.fetch(address), KNOCK_SECONDS)
        return True

    with store.read() as connection:
        feeds = press.feeds(connection)
        invented = {each.id for each in press.outlets(connection) if each.provenance == "sample"}
    real = [feed.url for feed in feeds if feed.outlet_id not in invented]
    some = real[:: max(1, len(real) // PROBES)][:PROBES]
    with closing(Switchboard(DoorSettings())) as switchboard:
        return any(answer is True for answer in switchboard.call_all(knock, some))


def _is_html(body: bytes) -> bool:
    return body.lstrip()[:200].lower().startswith(_HTML_STARTS)


def _add_page(store: Store, response: Response, *, now: datetime) -> str:
    page = Page(
        url=response.url,
        body=response.body,
        fetched=now,
        media_type=response.media_type or "text/html",
        charset=response.charset,
        entry=Entry(url=response.url, feed_url="", outlet_id=""),
    )
    with store.write() as connection:
        items = press.keep_pages(connection, [replace(page, entry=None)])
        ledger.file_work(connection, "extract", items, now=moment(now))
    text = decode(response.body, charset=response.charset, html=True).text
    feeds = discover_feeds(text, response.url)
    more = f"; its feeds: {', '.join(feed.url for feed in feeds[:3])}" if feeds else ""
    return f"a page{more}"


def _add_feed(store: Store, response: Response, url: str) -> str:
    parse = parse_in_child(
        FeedBody(
            feed=Feed(url=url, outlet_id=""),
            url=response.url,
            body=response.body,
            media_type=response.media_type,
            charset=response.charset,
        )
    )
    outlet = _outlet_of(parse, url)
    with store.write() as connection:
        press.keep_outlets(connection, [outlet])
    return f"a feed of {outlet.name} with {len(parse.entries)} entries"


def _hold_feed(store: Store, url: str, message: str, *, now: datetime) -> None:
    """Keep an address that gives no feed, in quarantine: `quarantine retry` calls it again."""
    made = outlet_from_page(None, url, None, None)
    feeds = (Feed(url=url, outlet_id=made.id),)
    with store.write() as connection:
        press.keep_outlets(connection, [replace(made, provenance="reader", feeds=feeds)])
        ledger.quarantine(
            connection,
            "fetch.entries",
            url,
            message=message,
            details="",
            tries=1,
            now=moment(now),
        )


def _outlet_of(parse: FeedParse, url: str) -> Outlet:
    made = outlet_from_page(parse.title or None, url, None, parse.language)
    feed = Feed(url=url, outlet_id=made.id, kind=parse.kind, language=parse.language)
    return replace(made, provenance="reader", feeds=(feed,))


def _unknown(store: Store, outlets: tuple[Outlet, ...]) -> list[Outlet]:
    """Return the outlets as they are to be kept: feeds of a known one are added to it."""
    with store.read() as connection:
        known = {each.id: each for each in press.outlets(connection)}
    kept: list[Outlet] = []
    for outlet in outlets:
        before = known.get(outlet.id)
        if before is None:
            kept.append(outlet)
            continue
        urls = {feed.url for feed in before.feeds}
        more = tuple(feed for feed in outlet.feeds if feed.url not in urls)
        kept.append(replace(before, feeds=before.feeds + more))
    return kept
