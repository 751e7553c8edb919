"""Read pages out of web archives (WARC 1.0 and 1.1, plain or gzipped): our own, and those of others such as Common Crawl's news.

Pages are the responses with status 200 that are HTML; other records are passed over. What is broken is passed over, too, and
reading goes on at the next record that can be read: a file that was cut off gives all but its last page.
"""

from __future__ import annotations

import contextlib
import os
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from worldtake.http.addresses import canonical
from worldtake.http.bodies import PIECE_BYTES, TooLargeError, TruncatedError, read_body
from worldtake.http.responses import Response
from worldtake.model import Page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from datetime import datetime

    from fastwarc.warc import WarcRecord

#: Longest page, packed or unpacked, in bytes.
MAX_PAGE_BYTES = 20_000_000
#: How much of a broken file is looked through at once for the next record, in bytes.
_SEARCH_BYTES = 1 << 20
#: Enough to see what a gzip member begins with: its table of codes alone may take 300 bytes.
_HEAD_BYTES = 1024
_GZIP = b"\x1f\x8b\x08"
_WARC = b"WARC/1."
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_OK = 200
_HEX = frozenset(b"0123456789abcdefABCDEF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One record, or one place where none could be read."""

    #: From where reading can go on with this record.
    offset: int
    #: None where it holds no page.
    page: Page | None = None
    #: Why it could not be read; empty where it was, or is not meant to be a page.
    problem: str = ""


def read_warc(stream: BinaryIO, *, start: int = 0) -> Iterator[Found]:
    """Yield what the records of a file hold, from the record at `start` on; `stream` can be sought in.

    Raises:
        OSError: if the file cannot be read.
    """
    size = stream.seek(0, os.SEEK_END)
    at: int | None = start
    while at is not None and at < size:
        good: int | None = None
        broken: Found | None = None
        for found, whole in _records(stream, at):
            if not whole:
                broken = found
                break
            good = found.offset
            yield found
        place = at if good is None else _end(stream, good)
        if broken is None and place >= size:
            return
        broken = broken or Found(offset=place, problem="no record can be read there")
        yield broken
        at = _next_start(stream, max(place, broken.offset + 1))


def _records(stream: BinaryIO, start: int) -> Iterator[tuple[Found, bool]]:
    """Yield each record with whether all of it was there, up to the first that cannot be read."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 only archives need it

    at = start
    stream.seek(start)
    # What is broken is said as an OSError, as if the disk had failed; then the search for the next record fails, too.
    with contextlib.suppress(ValueError, EOFError, OSError):
        for record in ArchiveIterator(stream, parse_http=True, quirks_mode=True):
            # Where a whole file is one gzip member, records begin nowhere.
            fresh = _begins(stream, record.stream_pos)
            at = max(at, record.stream_pos) if fresh else at
            found, whole = _found(record, at)
            if fresh and whole and not _is_sound(stream, at, record.content_length):
                found, whole = Found(offset=at, problem="the record is damaged"), False
            yield found, whole


def _end(stream: BinaryIO, at: int) -> int:
    """Return where the record or gzip member ends that begins at `at`."""
    stream.seek(at)
    head = stream.read(_SEARCH_BYTES)
    if not head.startswith(_GZIP):
        length = re.search(rb"\r?\nContent-Length:\s*(\d+)", head, re.IGNORECASE)
        block = re.search(rb"\r?\n\r?\n", head)
        return at + (block.end() + int(length[1]) + 4 if block and length else 1)
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    end = at
    with contextlib.suppress(zlib.error):
        while head and not inflater.eof:
            end += len(head)
            rest = head
            while rest:
                inflater.decompress(rest, _SEARCH_BYTES)
                rest = inflater.unconsumed_tail
            head = stream.read(_SEARCH_BYTES)
    return end - len(inflater.unused_data)


def _is_sound(stream: BinaryIO, at: int, length: int) -> bool:
    """Tell whether the gzip member of a record holds what its checksum says; the stream stays where it is.

    What was cut out of a file goes on in the bytes that follow, and may give words all the same. A member that goes on far beyond
    its first record of `length` bytes holds many, and is read as far as it goes.
    """
    here = stream.tell()
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    left = length + _SEARCH_BYTES
    try:
        stream.seek(at)
        head = stream.read(_SEARCH_BYTES)
        if not head.startswith(_GZIP):
            return True
        while head and not inflater.eof and left > 0:
            left -= len(inflater.decompress(head, left))
            head = inflater.unconsumed_tail or stream.read(_SEARCH_BYTES)
    except zlib.error:
        return False
    finally:
        stream.seek(here)
    return inflater.eof or left <= 0


def _begins(stream: BinaryIO, offset: int) -> bool:
    """Tell whether a record begins at an offset; the stream stays where it is."""
    here = stream.tell()
    try:
        stream.seek(offset)
        return _is_start(stream.read(_HEAD_BYTES))
    finally:
        stream.seek(here)


def _is_start(head: bytes) -> bool:
    if not head.startswith(_GZIP):
        return head.startswith(_WARC)
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, 16).startswith(_WARC)
    except zlib.error:
        return False


def _next_start(stream: BinaryIO, after: int) -> int | None:
    """Return where the next gzipped record begins; None where there is none.

    In a plain file none is looked for: what looks like one may be the words of a page.
    """
    at = after
    while True:
        stream.seek(at)
        piece = stream.read(_SEARCH_BYTES + _HEAD_BYTES)
        offset = piece.find(_GZIP)
        while 0 <= offset < _SEARCH_BYTES:
            if _is_start(piece[offset : offset + _HEAD_BYTES]):
                return at + offset
            offset = piece.find(_GZIP, offset + 1)
        if len(piece) <= _SEARCH_BYTES:
            return None
        at += _SEARCH_BYTES


def _found(record: WarcRecord, at: int) -> tuple[Found, bool]:
    length = record.content_length
    if length > MAX_PAGE_BYTES:
        return Found(offset=at, problem=_too_large(length) if _is_page(record) else ""), True
    body = record.reader.read(length) if length else b""
    if len(body) < length:
        return Found(offset=at, problem="the record is cut short"), False
    if not _is_page(record):
        return Found(offset=at), True
    try:
        page = _page(record, body)
    except (ValueError, TooLargeError, TruncatedError) as error:
        return Found(offset=at, problem=f"{_address(record)}: {error}"), True
    return Found(offset=at, page=page), True


def _too_large(length: int) -> str:
    return f"{length / 1e6:.0f} MB is too large for one page"


def _is_page(record: WarcRecord) -> bool:
    headers = record.headers
    if headers.get("WARC-Type") != "response" or record.http_headers is None:
        return False
    if record.http_headers.status_code != _OK or headers.get("WARC-Truncated"):
        return False
    media = (record.http_headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    return media in _PAGE_TYPES


def _address(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")


def _page(record: WarcRecord, body: bytes) -> Page:
    address = _address(record)
    fetched: datetime | None = record.record_date
    if not address.startswith(("http://", "https://")) or fetched is None:
        message = "the record has no web address or no date"
        raise ValueError(message)
    headers = {name.lower(): value for name, value in reversed(record.http_headers.to_tuples())}
    response = Response(url=address, status=_OK, headers=headers, fetched=fetched)
    plain = _unpacked(_unchunked(body, headers), headers)
    if not plain.strip():
        message = "the page is empty"
        raise ValueError(message)
    return Page(
        url=canonical(address),
        body=plain,
        fetched=fetched,
        media_type=response.media_type,
        charset=response.charset,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
    )


def _unchunked(body: bytes, headers: dict[str, str]) -> bytes:
    """Return the body without its chunks; crawlers leave the header standing where they have undone them."""
    if "chunked" not in headers.get("transfer-encoding", "").lower():
        return body
    plain = bytearray()
    at = 0
    while True:
        end = body.find(b"\r\n", at)
        digits = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not digits or not set(digits) <= _HEX:
            return bytes(plain) if plain else body
        size = int(digits, 16)
        if size == 0:
            return bytes(plain)
        plain += body[end + 2 : end + 2 + size]
        at = end + 4 + size


def _unpacked(body: bytes, headers: dict[str, str]) -> bytes:
    """Return the body unpacked; crawlers leave the header standing where they have done so."""
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in {"gzip", "x-gzip"} and not body.startswith(_GZIP[:2]):
        return body
    try:
        return _read(body, encoding)
    except ValueError:
        if body.lstrip()[:1] == b"<":
            return body
        raise


def _read(body: bytes, encoding: str) -> bytes:
    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(body), PIECE_BYTES):
            yield body[at : at + PIECE_BYTES]

    # Nothing in it waits, so it runs to its end in one go, without an event loop.
    reading = read_body(pieces(), encoding, MAX_PAGE_BYTES)
    try:
        reading.send(None)
    except StopIteration as done:
        plain: bytes = done.value
        return plain
    raise AssertionError
