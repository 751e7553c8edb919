"""Delete what is kept no longer: old days of the archive, and bytes of pages that the archive holds, too.

It may be killed anywhere and begun again: rows go before files, and what is left on the disk is found there by its day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from worldtake.errors import StoreError
from worldtake.store.records import moment
from worldtake.store.tables import ARCHIVE, PAGE, PAGE_HELD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from worldtake.store.database import Store

#: Pages that one transaction empties: writers beside it wait a tenth of a second.
CHUNK_PAGES = 500
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OURS = "worldtake-*.warc.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidied:
    """What was deleted."""

    #: Files of the archive, and their bytes.
    files: int
    freed_bytes: int
    #: Pages whose bytes only the archive holds now.
    pages: int


def tidy(
    store: Store, folder: Path, *, now: datetime, archive_days: float, page_days: float
) -> Tidied:
    """Delete the files of days that ended more than `archive_days` ago, and archived bytes from pages older than `page_days`.

    A page keeps its row without bytes; what was read out of it stays.

    Raises:
        StoreError: if the archive's folder does not let files be deleted.
    """
    pages = _drop_bodies(store, before=moment(now - timedelta(days=page_days)))
    oldest = (now - timedelta(days=archive_days)).astimezone(UTC).date().isoformat()
    with store.write() as connection:
        connection.execute(ARCHIVE.delete().where(ARCHIVE.c.day < oldest))
    try:
        freed = [_delete(path) for day in _days(folder, oldest) for path in sorted(day.glob(_OURS))]
        for day in _days(folder, oldest):
            if not any(day.iterdir()):
                day.rmdir()
    except OSError as error:
        message = f"{folder}: old files cannot be deleted ({error.strerror}); check its rights"
        raise StoreError(message) from error
    return Tidied(files=len(freed), freed_bytes=sum(freed), pages=pages)


def _drop_bodies(store: Store, *, before: int) -> int:
    """Drop the bytes of pages first fetched before a moment, where the archive holds them or held them."""
    old = sa.select(PAGE.c.id).where(PAGE_HELD, PAGE.c.fetched < before).limit(CHUNK_PAGES)
    dropped = 0
    while True:
        with store.write() as connection:
            ids = list(connection.scalars(old))
            connection.execute(PAGE.update().where(PAGE.c.id.in_(ids)).values(body=None))
        dropped += len(ids)
        if len(ids) < CHUNK_PAGES:
            return dropped


def _days(folder: Path, oldest: str) -> Iterator[Path]:
    """Yield the folders of days before `oldest`."""
    if folder.is_dir():
        for each in sorted(folder.iterdir()):
            if _DAY.fullmatch(each.name) and each.name < oldest and each.is_dir():
                yield each


def _delete(path: Path) -> int:
    size = path.stat().st_size
    path.unlink()
    return size
