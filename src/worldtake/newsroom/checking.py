"""Call each feed of outlets once and say how it stands; write what was seen into the outlet files."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from worldtake.fetch import FeedState, ParseChild, fetch_feed
from worldtake.http import Door
from worldtake.newsroom.reports import LIVE, FeedReport
from worldtake.newsroom.working import door_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from worldtake.fetch import FeedFetch
    from worldtake.model import Feed, Outlet
    from worldtake.newsroom.outlets import Shelf
    from worldtake.newsroom.reports import State
    from worldtake.settings import Settings

#: Age of the newest entry from which a feed is stale.
STALE_DAYS = 14
#: What an outcome says of a feed; those of an answer depend on its entries, all others are `failing`.
_STATE_OF: dict[str, State] = {
    "moved": "moved",
    "login": "blocked",
    "paywall": "blocked",
    "forbidden": "blocked",
    "withheld": "blocked",
    "robots": "blocked",
    "gone": "gone",
    "not-found": "gone",
    "unreadable": "not-a-feed",
    "wrong-type": "not-a-feed",
}


def check_feeds(
    outlets: Sequence[Outlet],
    settings: Settings,
    tell: Callable[[FeedReport], None],
    *,
    now: datetime,
    hosts: tuple[str, ...] = (),
) -> None:
    """Call every feed of the outlets, many hosts side by side, and `tell` of each as it ends; Ctrl-C ends it."""
    asyncio.run(_check_all(outlets, settings, tell, now, hosts))


async def _check_all(
    outlets: Sequence[Outlet],
    settings: Settings,
    tell: Callable[[FeedReport], None],
    now: datetime,
    hosts: tuple[str, ...],
) -> None:
    with ParseChild() as parse:
        async with Door(door_settings(settings, hosts)) as door, asyncio.TaskGroup() as calls:

            async def check(outlet: Outlet, feed: Feed) -> None:
                found = await fetch_feed(door, feed, FeedState(), parse)
                tell(report(outlet, feed, found, now))

            for outlet in outlets:
                for feed in outlet.feeds:
                    calls.create_task(check(outlet, feed))


def report(outlet: Outlet, feed: Feed, found: FeedFetch, now: datetime) -> FeedReport:
    """Return what one call of a feed says of it."""
    entries = found.parse.entries if found.parse else ()
    dates = [moment for each in entries if (moment := each.published or each.updated)]
    newest = max(dates, default=None)
    moved = found.state.moved_to if found.state.moved_to != feed.url else None
    state = _STATE_OF.get(found.outcome, "failing")
    if found.parse is not None:
        state = _answered(len(entries), newest, now, moved=moved is not None)
    return FeedReport(
        outlet_id=outlet.id,
        country=outlet.country,
        url=feed.url,
        state=state,
        outcome=found.outcome,
        entries=len(entries) if found.parse else None,
        newest=newest,
        moved_to=moved,
        problem=found.problem,
    )


def _answered(entries: int, newest: datetime | None, now: datetime, *, moved: bool) -> State:
    if moved:
        return "moved"
    if entries == 0:
        return "empty"
    if newest and now - newest > timedelta(days=STALE_DAYS):
        return "stale"
    return "alive"


def write_reports(
    shelf: Shelf, outlets: Iterable[Outlet], reports: Iterable[FeedReport], day: str
) -> tuple[Path, ...]:
    """Write the day into feeds that answered, and the new addresses of moved ones; return the files written.

    A shipped outlet is copied to the reader's own files only where a feed has moved: a copy no longer follows the shipped one.
    """
    seen: dict[str, dict[str, FeedReport]] = defaultdict(dict)
    for each in reports:
        seen[each.outlet_id][each.url] = each
    files = shelf.folders.files()
    written: list[Path] = []
    for outlet in outlets:
        found = seen.get(outlet.id, {})
        mine = shelf.own in files[outlet.id].parents if outlet.id in files else True
        changed = with_reports(outlet, found, day)
        if changed != outlet and (mine or any(each.moved_to for each in found.values())):
            written.append(shelf.keep(changed))
    return tuple(written)


def with_reports(outlet: Outlet, found: dict[str, FeedReport], day: str) -> Outlet:
    """Return the outlet with what was seen of its feeds."""
    feeds: dict[str, Feed] = {}
    for feed in outlet.feeds:
        seen = found.get(feed.url)
        if seen and seen.state in LIVE:
            feed = replace(feed, url=seen.moved_to or feed.url, checked=day)  # noqa: PLW2901 as seen
        feeds.setdefault(feed.url, feed)
    return replace(outlet, feeds=tuple(feeds.values()))
