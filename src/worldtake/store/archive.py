"""Keep fetched pages as WARC files, a folder a day: `2026-11-22/worldtake-OWNER-0001.warc.gz`.

Each page is in it exactly once, whenever the process is killed: the table `archive` says how long each file is as far as
transactions reach, and before anything is appended the file is cut to that length. What is appended is on the disk before the
transaction that counts it. The same bytes again are a short record that refers to the first one.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import zlib
from dataclasses import dataclass
from datetime import UTC
from itertools import count, groupby
from typing import TYPE_CHECKING, BinaryIO

import sqlalchemy as sa

from worldtake.errors import StoreError, UnreadableInputError
from worldtake.log import logger
from worldtake.store.ledger import insert_missing, note, upsert
from worldtake.store.records import read_moment
from worldtake.store.tables import ARCHIVE, NOTE, OUTLET, PAGE
from worldtake.store.warc import (
    BrokenRecordError,
    info_record,
    part_of,
    read_body,
    response_record,
    revisit_record,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from worldtake.model import Page
    from worldtake.settings import Settings
    from worldtake.store.database import Store

#: Length from which a file is closed and the next one begun, in bytes: what tools for WARC expect.
MAX_FILE_BYTES = 1_000_000_000
#: Hexadecimal digits of a page's id that are the hash of its bytes.
DIGEST_CHARS = 32
_NAME_NOTE = "archive"
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the bytes of a page are, and what was fetched there."""

    file: str
    offset: int
    url: str
    fetched: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Write the archive of one process or machine; every `owner` has files of its own."""

    #: Holds a folder for each day.
    folder: Path
    #: Stands in the names of files: letters, digits, dots and dashes.
    owner: str
    #: Name of the whole archive, as the store has it: a file of another one is never cut.
    name: str
    max_file_bytes: int = MAX_FILE_BYTES

    def keep(self, connection: sa.Connection, pages: Mapping[str, Page]) -> None:
        """Archive pages, given by id, in the transaction that keeps them; what is no web page or of the sample press is left out.

        Raises:
            StoreError: if the folder cannot be written.
        """
        wanted = {each: page for each, page in pages.items() if page.url.startswith(_WEB)}
        invented = _invented(connection, {page.outlet_id or "" for page in wanted.values()})
        wanted = {each: page for each, page in wanted.items() if page.outlet_id not in invented}
        if not wanted:
            return
        if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
            lock = zlib.crc32(f"archive of {self.owner}".encode())
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))
        places = _places(connection, {each[:DIGEST_CHARS] for each in wanted})
        ordered = sorted(wanted.items(), key=lambda item: (_day(item[1].fetched), item[0]))
        try:
            for day, group in groupby(ordered, key=lambda item: _day(item[1].fetched)):
                self._append(connection, day, list(group), places)
        except OSError as error:
            message = f"{self.folder}: the archive cannot be written ({error.strerror}); free space, check its rights, or set archive = false"
            raise StoreError(message) from error
        _note_places(connection, {each: places[each[:DIGEST_CHARS]] for each in wanted})

    def _append(
        self,
        connection: sa.Connection,
        day: str,
        pages: Sequence[tuple[str, Page]],
        places: dict[str, _Place],
    ) -> None:
        file, stream = self._open(connection, day)
        with stream:
            if not stream.tell():
                stream.write(info_record(pages[0][1].fetched, self.name))
            for identity, page in pages:
                digest = identity[:DIGEST_CHARS]
                first = places.get(digest)
                if first is None:
                    places[digest] = _Place(
                        file=file, offset=stream.tell(), url=page.url, fetched=page.fetched
                    )
                    stream.write(response_record(page))
                else:
                    stream.write(
                        revisit_record(page, first_url=first.url, first_fetched=first.fetched)
                    )
            stream.flush()
            os.fsync(stream.fileno())
            row = {"file": file, "day": day, "length": stream.tell()}
        upsert(connection, ARCHIVE, [row])

    def _open(self, connection: sa.Connection, day: str) -> tuple[str, BinaryIO]:
        """Return the day's newest file that takes more, cut to what transactions have counted, at its end."""
        own = re.compile(rf"{day}/worldtake-{re.escape(self.owner)}-(\d+)\.warc\.gz")
        rows = connection.execute(sa.select(ARCHIVE).where(ARCHIVE.c.day == day))
        counted = {
            int(match[1]): int(row.length) for row in rows if (match := own.fullmatch(row.file))
        }
        for number in count(max(counted, default=1)):
            length = counted.get(number, 0)
            if length >= self.max_file_bytes:
                continue
            file = f"{day}/worldtake-{self.owner}-{number:04d}.warc.gz"
            stream = self._cut(self.folder / file, length, counted=number in counted)
            if stream is not None:
                return file, stream
        raise AssertionError  # numbers do not end

    def _cut(self, path: Path, length: int, *, counted: bool) -> BinaryIO | None:
        """Open the file with nothing beyond `length`; None where it is not ours to go on with."""
        fresh = not path.exists()
        _make_folder(path.parent)
        stream = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+b")
        size = stream.seek(0, os.SEEK_END)
        if size < length or (size and not counted and not self._is_own(stream)):
            logger(__name__).warning("an archive file is not as the store knows it", file=str(path))
            stream.close()
            return None
        if fresh:
            _sync_folder(path.parent)
        stream.truncate(length)
        stream.seek(length)
        return stream

    def _is_own(self, stream: BinaryIO) -> bool:
        """Tell whether the file was begun by a process of this store that was killed; another store's stays."""
        stream.seek(0)
        name = part_of(stream)
        return name is None or name == self.name


def open_archive(store: Store, settings: Settings, owner: str) -> Archive | None:
    """Return the archive that the settings ask for; None where they ask for none."""
    if not settings.archive:
        return None
    with store.write() as connection:
        insert_missing(connection, NOTE, [{"name": _NAME_NOTE, "value": secrets.token_hex(8)}])
        name = note(connection, _NAME_NOTE) or ""
    slug = re.sub(r"[^A-Za-z0-9.-]+", "-", owner).strip(".-") or "house"
    return Archive(folder=archive_folder(settings), owner=slug, name=name)


def archive_folder(settings: Settings) -> Path:
    """Return the folder of the archive."""
    return settings.archive_folder or settings.home / "archive"


def read_page(folder: Path, file: str, offset: int) -> bytes:
    """Return the bytes of the page at a place of the archive.

    Raises:
        UnreadableInputError: if they are not there; the message says why.
    """
    path = folder / file
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            return read_body(stream)
    except FileNotFoundError as error:
        message = f"{path}: deleted by the retention of the archive (archive_days), or on another machine; the page is read again only if it is fetched again"
        raise UnreadableInputError(message) from error
    except (OSError, BrokenRecordError) as error:
        message = f"{path}: the archive cannot be read at {offset} ({error}); restore the file"
        raise UnreadableInputError(message) from error


def _invented(connection: sa.Connection, outlet_ids: Collection[str]) -> set[str]:
    sample = OUTLET.c.id.in_(outlet_ids) & (OUTLET.c.provenance == "sample")
    return set(connection.scalars(sa.select(OUTLET.c.id).where(sample)))


def _places(connection: sa.Connection, digests: Collection[str]) -> dict[str, _Place]:
    """Return digest -> where these bytes are archived, as far as the file is still kept."""
    query = (
        sa.select(
            PAGE.c.digest, PAGE.c.archive_file, PAGE.c.archive_offset, PAGE.c.url, PAGE.c.fetched
        )
        .join(ARCHIVE, ARCHIVE.c.file == PAGE.c.archive_file)
        .where(PAGE.c.digest.in_(digests))
        .order_by(PAGE.c.fetched.desc(), PAGE.c.id.desc())
    )
    return {
        str(row.digest): _Place(
            file=row.archive_file,
            offset=row.archive_offset,
            url=row.url,
            fetched=read_moment(row.fetched),
        )
        for row in connection.execute(query)
    }


def _note_places(connection: sa.Connection, found: Mapping[str, _Place]) -> None:
    changed = PAGE.update().where(PAGE.c.id == sa.bindparam("page"))
    changed = changed.values(archive_file=sa.bindparam("file"), archive_offset=sa.bindparam("at"))
    rows = [{"page": each, "file": at.file, "at": at.offset} for each, at in found.items()]
    connection.execute(changed, rows)


def _day(when: datetime) -> str:
    return when.astimezone(UTC).date().isoformat()


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can say that."""
    with contextlib.suppress(OSError):
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)
