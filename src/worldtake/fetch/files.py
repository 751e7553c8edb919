"""Read pages from disk: HTML, gzipped HTML, or the plain text of a page."""

from __future__ import annotations

import gzip
import io
import mimetypes
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from worldtake.errors import UnreadableInputError
from worldtake.model import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

#: Largest file read as one page, in bytes; the largest real article pages seen have 4 MB.
MAX_FILE_BYTES = 20_000_000
GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """Read a file as a page: HTML, gzipped HTML, or the plain text of a page."""

    name: ClassVar[str] = "read.files"
    version: ClassVar[int] = 1
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
