"""Bring in the pages of a web archive (WARC): our own, or one of others such as Common Crawl's news.

Pages go in by batches; with each one the place that is reached is noted, so that a reading that was broken off goes on there.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from worldtake.errors import UnreadableInputError
from worldtake.fetch.warcs import read_warc
from worldtake.newsroom.downloads import download
from worldtake.store import ledger, press
from worldtake.store.records import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from worldtake.fetch.warcs import Found
    from worldtake.http import DoorSettings
    from worldtake.model import Page
    from worldtake.store import Store

    #: Told of each batch: "archive" and its pages.
    Progress = Callable[[str, int], None]

#: Pages written in one transaction, and the bytes after which fewer are.
BATCH_PAGES = 200
BATCH_BYTES = 32_000_000
#: Records without pages after which the place is noted all the same.
BATCH_RECORDS = 20_000
#: Endings of archives.
ARCHIVE_ENDINGS = (".warc.gz", ".warc")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveReading:
    """How far a file was read, and what was in it."""

    #: Record that was read last; reading goes on after it. None before the first.
    offset: int | None = None
    #: Pages, and those of them that were not known yet.
    pages: int = 0
    fresh: int = 0
    #: Records that are no pages: requests, images, redirects.
    others: int = 0
    #: Records that could not be read, and what was wrong with the first of them.
    broken: int = 0
    problem: str = ""
    #: Whether the file was read to its end.
    whole: bool = False

    def words(self) -> str:
        """Return what was in it, for a reader."""
        parts = [f"{self.pages:,} pages, {self.fresh:,} of them new"]
        if self.others:
            parts.append(f"{self.others:,} other records passed over")
        if self.broken:
            parts.append(f"{self.broken:,} that cannot be read (the first: {self.problem})")
        return "; ".join(parts)


@dataclass(slots=True)
class _Batch:
    reading: ArchiveReading
    pages: list[Page] = field(default_factory=list)
    bytes: int = 0
    records: int = 0

    def take(self, found: Found) -> None:
        """Count a record and hold its page."""
        self.records += 1
        before = self.reading
        self.reading = replace(
            before,
            offset=found.offset,
            pages=before.pages + (found.page is not None),
            others=before.others + (found.page is None and not found.problem),
            broken=before.broken + bool(found.problem),
            problem=before.problem or found.problem,
        )
        if found.page is not None:
            self.pages.append(found.page)
            self.bytes += len(found.page.body)

    def is_full(self) -> bool:
        return (
            len(self.pages) >= BATCH_PAGES
            or self.bytes >= BATCH_BYTES
            or self.records >= BATCH_RECORDS
        )


def add_archive(
    store: Store, path: Path, *, now: datetime, progress: Progress | None = None
) -> ArchiveReading:
    """Make the pages of an archive due for reading; a file that was read before in part is read on, one read whole not again.

    Raises:
        UnreadableInputError: if the file cannot be read or is no archive.
    """
    try:
        state = path.stat()
        name = f"archive {path.resolve()} {state.st_size} {state.st_mtime_ns}"
        return _add(store, path, name, now=now, progress=progress)
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); check the path and its rights"
        raise UnreadableInputError(message) from error


def fetch_archive(
    store: Store,
    url: str,
    folder: Path,
    *,
    door: DoorSettings,
    now: datetime,
    progress: Progress | None = None,
) -> ArchiveReading:
    """Fetch an archive into `folder`, make its pages due for reading as `add_archive` does, and delete it.

    Raises:
        WorldtakeError: if it cannot be fetched or is no archive.
    """
    name = f"archive {url}"
    known = _noted(store, name)
    if known.whole:
        return known
    path = folder / f"{hashlib.blake2b(url.encode(), digest_size=12).hexdigest()}.warc"
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            download(url, path, door)
        reading = _add(store, path, name, now=now, progress=progress)
    except OSError as error:
        message = f"{folder}: cannot be written or read ({error.strerror}); free space there"
        raise UnreadableInputError(message) from error
    except UnreadableInputError as error:
        path.unlink(missing_ok=True)
        message = f"{url}: no web archive (WARC) can be read out of it; check the address"
        raise UnreadableInputError(message) from error
    path.unlink()
    return reading


def _noted(store: Store, name: str) -> ArchiveReading:
    with store.read() as connection:
        known = ledger.note(connection, name)
    return ArchiveReading(**json.loads(known)) if known else ArchiveReading()


def _add(
    store: Store, path: Path, name: str, *, now: datetime, progress: Progress | None
) -> ArchiveReading:
    batch = _Batch(_noted(store, name))
    if batch.reading.whole:
        return batch.reading
    told = batch.reading.pages
    with path.open("rb") as stream:
        for found in _after(read_warc(stream, start=batch.reading.offset or 0), batch.reading):
            batch.take(found)
            if batch.is_full():
                batch = _Batch(_write(store, name, batch, now=now))
                if progress:
                    progress("archive", batch.reading.pages - told)
                    told = batch.reading.pages
    reading = batch.reading
    if not (reading.pages or reading.others):
        message = f"{path}: no web archive (WARC) can be read out of it; check what the file is"
        raise UnreadableInputError(message)
    batch.reading = replace(reading, whole=True)
    return _write(store, name, batch, now=now)


def _after(every: Iterator[Found], reading: ArchiveReading) -> Iterator[Found]:
    """Leave out the record that was counted last."""
    if reading.offset is not None:
        next(every, None)
    return every


def _write(store: Store, name: str, batch: _Batch, *, now: datetime) -> ArchiveReading:
    with store.write() as connection:
        fresh = press.unknown_pages(connection, batch.pages)
        items = press.keep_pages(connection, fresh)
        ledger.file_work(connection, "extract", items, now=moment(now))
        reading = replace(batch.reading, fresh=batch.reading.fresh + len(items))
        ledger.keep_note(connection, name, json.dumps(asdict(reading)))
    return reading
