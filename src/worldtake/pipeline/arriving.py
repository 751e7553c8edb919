"""Steps that bring pages in: files read from disk, feeds called, pages fetched."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from worldtake.fetch import FeedFetch, FeedState, Polling, ReadFile, fetch_feed, fetch_page
from worldtake.pipeline.executors import Failure
from worldtake.pipeline.step import Done, Following, Step
from worldtake.store import press
from worldtake.store.records import moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.http import Door
    from worldtake.model import Entry, Feed, Outlet, Page
    from worldtake.pipeline.house import House
    from worldtake.store import Connection

#: Feeds or pages claimed in one go.
FETCH_BATCH = 256


def arriving_steps(house: House) -> tuple[Step, ...]:
    """Return the steps in their order."""
    return (_files(house), _entries(house), _pages())


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _NoFeed(Failure):
    """What a feed's address gave instead of a feed."""

    fetched: FeedFetch


def _entries(house: House) -> Step:
    polling = Polling(
        min_seconds=house.settings.poll_minutes * 60,
        max_seconds=house.settings.max_poll_hours * 3600,
    )

    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return press.feed_states(connection, items)

    async def call(door: Door, given: tuple[Feed, dict[str, Any]]) -> FeedFetch | _NoFeed:
        feed, state = given
        fetched = await fetch_feed(door, feed, _state(state), house.parse, polling)
        if not fetched.unreadable:
            return fetched
        return _NoFeed(
            message=fetched.problem or "",
            details="",
            final=True,
            outcome="unreadable",
            fetched=fetched,
        )

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        return [following for done in batch for following in _keep_feed(connection, done, house)]

    def failed(connection: Connection, done: Done) -> None:
        if isinstance(done.answer, _NoFeed):
            _keep_state(connection, done.given, done.answer.fetched, house)

    return Step(
        name="fetch.entries",
        version=1,
        place="network",
        batch=FETCH_BATCH,
        load=load,
        call=call,
        write=write,
        failed=failed,
    )


def _state(kept: Mapping[str, Any]) -> FeedState:
    """Return what is remembered of a feed; what another version has kept beside it is passed over."""
    known = {each.name for each in fields(FeedState)}
    return FeedState(**{name: value for name, value in kept.items() if name in known})


def _keep_feed(connection: Connection, done: Done, house: House) -> list[Following]:
    fetched: FeedFetch = done.answer
    _keep_state(connection, done.given, fetched, house)
    if fetched.parse is None:
        return []
    fresh = press.keep_entries(connection, fetched.parse.entries)
    return [("fetch.pages", url) for url in fresh]


def _keep_state(
    connection: Connection, given: tuple[Feed, dict[str, Any]], fetched: FeedFetch, house: House
) -> None:
    feed, before = given
    parse = fetched.parse
    hub = {"hub": parse.hub, "topic": parse.self_url} if parse else _hub(before)
    due = moment(house.clock()) + round(max(fetched.state.next_due_seconds, 0) * 1e6)
    kept = replace(feed, kind=parse.kind if parse else feed.kind)
    press.keep_feed_state(
        connection, feed.url, state=asdict(fetched.state) | hub, due=due, feed=kept
    )


def _hub(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return which hub tells of the feed's news, as the feed last said (WebSub)."""
    return {name: state.get(name) for name in ("hub", "topic")}


def _pages() -> Step:
    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        found = press.entries(connection, items)
        wanted = sorted({entry.outlet_id for entry in found.values()})
        houses = {each.id: each for each in press.outlets(connection, wanted)}
        return {url: (entry, houses[entry.outlet_id]) for url, entry in found.items()}

    async def call(door: Door, given: tuple[Entry, Outlet]) -> Any:
        return await fetch_page(door, *given)

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
