"""Steps that bring pages in: files read from disk, feeds called, pages fetched."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from worldtake.errors import UnreadableInputError
from worldtake.fetch import FeedState, ReadFile, fetch_feed, fetch_page
from worldtake.pipeline.step import Done, Following, Step
from worldtake.store import press
from worldtake.store.records import moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.fetch import FeedFetch
    from worldtake.http import Door
    from worldtake.model import Entry, Feed, Outlet, Page
    from worldtake.pipeline.house import House, Parse
    from worldtake.store import Connection

#: Sitemaps of an index that are read; indexes of archives list thousands, the newest first or by day.
CHILD_SITEMAPS = 12
#: Pages fetched in one go; hosts are paced one by one within it.
FETCH_BATCH = 48


def arriving_steps(house: House) -> tuple[Step, ...]:
    """Return the steps in their order."""
    return (_files(house), _entries(house), _pages(house))


def _files(house: House) -> Step:
    stage = ReadFile(clock=house.clock)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        return [("extract", each) for each in press.keep_pages(connection, _answers(batch))]

    return Step(
        name=stage.name,
        version=stage.version,
        place="here",
        load=lambda _connection, items: {item: item for item in items},
        call=stage,
        write=write,
    )


def _answers(batch: Sequence[Done]) -> list[Page]:
    return [done.answer for done in batch]


def _entries(house: House) -> Step:
    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return press.feed_states(connection, items)

    def call(given: Sequence[tuple[Feed, dict[str, Any]]]) -> list[Any]:
        async def one(door: Door, each: tuple[Feed, dict[str, Any]]) -> Any:
            feed, state = each
            fetched = await fetch_feed(door, feed, FeedState(**state), house.parse)
            if fetched.unreadable:
                raise UnreadableInputError(fetched.problem)
            return await _with_children(door, feed, fetched, house.parse)

        return house.switchboard.call_all(one, given)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        return [following for done in batch for following in _keep_feed(connection, done, house)]

    return Step(
        name="fetch.entries",
        version=1,
        place="network",
        batch=FETCH_BATCH,
        load=load,
        call=call,
        write=write,
    )


async def _with_children(door: Door, feed: Feed, fetched: FeedFetch, parse: Parse) -> FeedFetch:
    """Return the fetch of a sitemap index with the entries of its newest sitemaps."""
    if fetched.parse is None or not fetched.parse.children:
        return fetched
    entries = list(fetched.parse.entries)
    for url in fetched.parse.children[:CHILD_SITEMAPS]:
        child = await fetch_feed(door, replace(feed, url=url), FeedState(), parse)
        entries += child.parse.entries if child.parse else ()
    # Its children change while the index stays the same: read it whole each time.
    state = replace(fetched.state, digest="", etag=None, last_modified=None)
    return replace(fetched, state=state, parse=replace(fetched.parse, entries=tuple(entries)))


def _keep_feed(connection: Connection, done: Done, house: House) -> list[Following]:
    feed, _ = done.given
    fetched = done.answer
    due = moment(house.clock()) + round(max(fetched.state.next_due_seconds, 0) * 1e6)
    kind = fetched.parse.kind if fetched.parse else feed.kind
    state = asdict(fetched.state)
    press.keep_feed_state(connection, feed.url, state=state, due=due, feed=replace(feed, kind=kind))
    if fetched.parse is None:
        return []
    fresh = press.keep_entries(connection, fetched.parse.entries)
    return [("fetch.pages", url) for url in fresh]


def _pages(house: House) -> Step:
    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        found = press.entries(connection, items)
        wanted = sorted({entry.outlet_id for entry in found.values()})
        houses = {each.id: each for each in press.outlets(connection, wanted)}
        return {url: (entry, houses[entry.outlet_id]) for url, entry in found.items()}

    def call(given: Sequence[tuple[Entry, Outlet]]) -> list[Any]:
        async def one(door: Door, each: tuple[Entry, Outlet]) -> Any:
            return await fetch_page(door, *each)

        return house.switchboard.call_all(one, given)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        return [("extract", each) for each in press.keep_pages(connection, _answers(batch))]

    return Step(
        name="fetch.pages",
        version=1,
        place="network",
        batch=FETCH_BATCH,
        load=load,
        call=call,
        write=write,
    )
