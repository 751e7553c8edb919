"""Steps that bring pages in: files read from disk, feeds called, pages fetched."""

from __future__ import annotations

import gzip
import io
import mimetypes
import zlib
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldtake.errors import UnreadableInputError
from worldtake.fetch import FeedState, fetch_feed, fetch_page
from worldtake.model import Page
from worldtake.pipeline.step import Done, Following, Step
from worldtake.store import press
from worldtake.store.records import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from worldtake.fetch import FeedFetch
    from worldtake.http import Door
    from worldtake.model import Entry, Feed, Outlet
    from worldtake.pipeline.house import House, Parse
    from worldtake.store import Connection

#: Largest file read as one page, in bytes; the largest real article pages seen have 4 MB.
MAX_FILE_BYTES = 20_000_000
#: Sitemaps of an index that are read; indexes of archives list thousands, the newest first or by day.
CHILD_SITEMAPS = 12
GZIP_MAGIC = b"\x1f\x8b"
#: Pages fetched in one go; hosts are paced one by one within it.
FETCH_BATCH = 48


def arriving_steps(house: House) -> tuple[Step, ...]:
    """Return the steps in their order."""
    return (_files(house), _entries(house), _pages(house))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """Read a file as a page: HTML, gzipped HTML, or the plain text of a page."""

    name = "read.files"
    version = 1
    #: Now, aware.
    clock: Callable[[], datetime]

    def __call__(self, path: str) -> Page:
        """Return the page in the file at `path`; raises as `read_page` does."""
        return read_page(Path(path), self.clock())


def read_page(file: Path, now: datetime) -> Page:
    """Return the page in a file.

    Raises:
        UnreadableInputError: if it is not there, not readable, empty or too large.
    """
    try:
        size = file.stat().st_size
        body = file.read_bytes() if size <= MAX_FILE_BYTES else b""
    except OSError as error:
        message = f"{file}: cannot be read ({error.strerror}); check the path and its rights"
        raise UnreadableInputError(message) from error
    if size > MAX_FILE_BYTES:
        message = (
            f"{file}: {size / 1e6:.0f} MB is too large for one page "
            f"(at most {MAX_FILE_BYTES / 1e6:.0f} MB); save the article alone"
        )
        raise UnreadableInputError(message)
    if not body.strip():
        message = f"{file}: the file is empty; save the page again"
        raise UnreadableInputError(message)
    return Page(
        url=file.resolve().as_uri(),
        body=_unzipped(file, body),
        fetched=now,
        media_type=_media_type(file, body),
        file=file.name,
    )


def _unzipped(file: Path, body: bytes) -> bytes:
    """Return the content of a gzip file, at most `MAX_FILE_BYTES` of it; other bodies as they are."""
    if not body.startswith(GZIP_MAGIC):
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as zipped:
            plain = zipped.read(MAX_FILE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        message = f"{file}: broken gzip ({error}); compress the page again"
        raise UnreadableInputError(message) from error
    if len(plain) > MAX_FILE_BYTES:
        message = (
            f"{file}: more than {MAX_FILE_BYTES / 1e6:.0f} MB when unpacked; save the article alone"
        )
        raise UnreadableInputError(message)
    return plain


def _media_type(file: Path, body: bytes) -> str:
    name = file.name.removesuffix(".gz")
    guessed = mimetypes.guess_type(name)[0] or "text/html"
    if guessed == "text/plain" and body.lstrip()[:15].lower().startswith((b"<!doctype", b"<html")):
        return "text/html"
    return "text/plain" if guessed == "text/plain" else "text/html"


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
