"""Steps that bring pages in: files read from disk, feeds called, pages fetched."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from worldtake.fetch import (
    FeedFetch,
    FeedState,
    PageValidators,
    Polling,
    ReadFile,
    fetch_feed,
    fetch_page,
)
from worldtake.http.outcomes import OUTCOMES
from worldtake.model import Page
from worldtake.pipeline.executors import Failure
from worldtake.pipeline.step import Done, Following, Step
from worldtake.store import press, subscriptions
from worldtake.store.announced import take_in
from worldtake.store.records import moment

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from worldtake.fetch import Unchanged
    from worldtake.http import Door
    from worldtake.model import Entry, Feed, Outlet
    from worldtake.pipeline.house import House
    from worldtake.store import Connection

#: Feeds or pages claimed in one go.
FETCH_BATCH = 256
#: Least pause between two calls of a feed whose hub tells of its news, in seconds: a hub may fall silent.
HEARD_SECONDS = 6 * 3600.0


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
        if not fetched.unreadable and not _is_first_of_passing(fetched):
            return fetched
        return _NoFeed(
            message=fetched.problem or "",
            details="",
            final=fetched.unreadable,
            outcome=fetched.outcome,
            retry_after_seconds=fetched.retry_after_seconds,
            fetched=fetched,
        )

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        now = moment(house.clock())
        heard = subscriptions.verified(connection, now)
        keep = _KeepFeed(connection, now=now, heard=heard)
        return [following for done in batch for following in keep(done)]

    def failed(connection: Connection, done: Done) -> None:
        if isinstance(done.answer, _NoFeed):
            keep = _KeepFeed(connection, now=moment(house.clock()), heard=set())
            keep.state(done.given, done.answer.fetched)

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


def _is_first_of_passing(fetched: FeedFetch) -> bool:
    """Tell whether a feed has just failed for the first time in a row, for a reason that may pass."""
    return fetched.state.failures == 1 and OUTCOMES[fetched.outcome].passing


def _state(kept: Mapping[str, Any]) -> FeedState:
    """Return what is remembered of a feed; what another version has kept beside it is passed over."""
    known = {each.name for each in fields(FeedState)}
    return FeedState(**{name: value for name, value in kept.items() if name in known})


@dataclass(frozen=True, slots=True)
class _KeepFeed:
    """Keep what calls of feeds found, and say which pages are to be fetched."""

    connection: Connection
    now: int
    #: Feeds whose hub has promised to call.
    heard: Collection[str]

    def __call__(self, done: Done) -> list[Following]:
        fetched: FeedFetch = done.answer
        self.state(done.given, fetched)
        if fetched.parse is None:
            return []
        due = take_in(self.connection, fetched.parse.entries, now=self.now)
        return [("fetch.pages", url) for url in due]

    def state(self, given: tuple[Feed, dict[str, Any]], fetched: FeedFetch) -> None:
        """Keep what is to be remembered of the feed, and when it is called again."""
        feed, before = given
        parse = fetched.parse
        hub = {"hub": parse.hub, "topic": parse.self_url} if parse else _hub(before)
        pause = max(
            fetched.state.next_due_seconds, HEARD_SECONDS if feed.url in self.heard else 0.0
        )
        press.keep_feed_state(
            self.connection,
            feed.url,
            state=asdict(fetched.state) | hub,
            due=self.now + round(pause * 1e6),
            feed=replace(feed, kind=parse.kind if parse else feed.kind),
        )


def _hub(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return which hub tells of the feed's news, as the feed last said (WebSub)."""
    return {name: state.get(name) for name in ("hub", "topic")}


def _pages(house: House) -> Step:
    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        found = press.entries(connection, items)
        wanted = sorted({entry.outlet_id for entry in found.values()})
        houses = {each.id: each for each in press.outlets(connection, wanted)}
        seen = press.last_validators(connection, list(found))
        return {
            url: (entry, houses.get(entry.outlet_id), seen.get(url)) for url, entry in found.items()
        }

    async def call(
        door: Door, given: tuple[Entry, Outlet | None, tuple[str | None, str | None] | None]
    ) -> Page | Unchanged:
        entry, outlet, seen = given
        known = PageValidators(etag=seen[0], last_modified=seen[1]) if seen else None
        return await fetch_page(door, entry, outlet, known)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        pages = [done.answer for done in batch if isinstance(done.answer, Page)]
        return [("extract", each) for each in press.keep_pages(connection, pages, house.archive)]

    return Step(
        name="fetch.pages",
        version=1,
        place="network",
        batch=FETCH_BATCH,
        load=load,
        call=call,
        write=write,
    )
