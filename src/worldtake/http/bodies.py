"""Read a body piece by piece, unpacked (RFC 9110: gzip, deflate, br; RFC 8878: zstd), and stop where it grows beyond its caps.

Never more is held than what is kept of the body and one piece of `PIECE_BYTES` for each coding.
"""

from __future__ import annotations

import sys
import zlib
from typing import TYPE_CHECKING, Protocol

import brotli  # type: ignore[import-untyped]  # it ships no types

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Callable, Iterator

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: What is asked for.
ACCEPTED = "gzip, deflate, br, zstd"
#: Bytes that are unpacked at a time.
PIECE_BYTES = 64 * 1024
#: A body that unpacks to more than this many times its size is a bomb, once it is longer than `RATIO_FROM_BYTES`; news pages
#: pack 3 to 20 times, and gzip at most 1030 times.
MAX_RATIO = 200
RATIO_FROM_BYTES = 1_000_000
#: Codings in a row that are undone.
MAX_CODINGS = 2
#: Members (gzip) or frames (zstd) of one body; packers in parallel write one for each 128 KB.
MAX_MEMBERS = 1000
#: Longest look back of a zstd frame, as a power of two: 8 MB (RFC 9659).
ZSTD_WINDOW_LOG = 23

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
#: What servers write where they mean that nothing is packed.
_PLAIN = frozenset({"", "identity", "none", "utf-8"})


class TooLargeError(Exception):
    """A body beyond its cap, in bytes or in how much it unpacks to."""


class TruncatedError(Exception):
    """A packed body that ends before its end."""


class Unpacker(Protocol):
    """Undo one coding, a piece at a time."""

    def unpack(self, piece: bytes) -> Iterator[bytes]:
        """Yield what `piece` unpacks to, in pieces; raises ValueError where it is not what it should be."""
        ...

    def is_whole(self) -> bool:
        """Tell whether the end has been seen."""
        ...


async def read_body(
    pieces: AsyncIterable[bytes], encoding: str, max_bytes: int, *, cut: bool = False
) -> bytes:
    """Return the body in `pieces`, undoing `encoding` (a `Content-Encoding`); with `cut`, no more than `max_bytes` of it.

    Raises:
        TooLargeError: if it is longer than `max_bytes`, packed or unpacked, or unpacks to suspiciously much.
        TruncatedError: if it ends before its end.
        ValueError: if it is not what `encoding` says, or that was not asked for.
    """
    body = bytearray()
    packed = 0
    chain = _unpackers(encoding)
    async for piece in pieces:
        packed += len(piece)
        for part in _through(chain, piece):
            body += part
            if cut and len(body) >= max_bytes:
                return bytes(body[:max_bytes])
            _check(len(body), packed, max_bytes)
        if cut and packed > max_bytes:
            return bytes(body)
        _check(len(body), packed, max_bytes)
    if packed and not all(unpacker.is_whole() for unpacker in chain):
        message = f"the body breaks off after {packed} bytes"
        raise TruncatedError(message)
    return bytes(body)


def _check(length: int, packed: int, max_bytes: int) -> None:
    if packed > max_bytes or length > max_bytes:
        message = f"is longer than {max_bytes} bytes"
        raise TooLargeError(message)
    if length > RATIO_FROM_BYTES and length > packed * MAX_RATIO:
        message = f"unpacks to more than {MAX_RATIO} times its size"
        raise TooLargeError(message)


def _unpackers(encoding: str) -> tuple[Unpacker, ...]:
    """Return what undoes `encoding`, the coding that was applied last first."""
    names = [name.strip().lower() for name in encoding.split(",")] if encoding else []
    codings = [name for name in reversed(names) if name not in _PLAIN]
    unknown = [name for name in codings if name not in _MAKERS]
    if unknown or len(codings) > MAX_CODINGS:
        message = f"content encoding {encoding[:100]!r} was not asked for"
        raise ValueError(message)
    return tuple(_MAKERS[name]() for name in codings)


def _through(chain: tuple[Unpacker, ...], piece: bytes) -> Iterator[bytes]:
    if not chain:
        yield piece
        return
    for part in chain[0].unpack(piece):
        yield from _through(chain[1:], part)


class _Gzip:
    """Undo gzip, of one member or several; what follows the last one is left out, as gunzip does."""

    def __init__(self) -> None:
        self._members = 1
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)

    def unpack(self, piece: bytes) -> Iterator[bytes]:
        while piece:
            if self._inflater.eof and not self._next_member(piece):
                return
            yield from _inflated(self._inflater, piece, "gzip")
            piece = self._inflater.unused_data

    def _next_member(self, rest: bytes) -> bool:
        if not rest.startswith(_GZIP[: len(rest)]):
            return False
        self._members += 1
        if self._members > MAX_MEMBERS:
            message = f"the body has more than {MAX_MEMBERS} gzip members"
            raise ValueError(message)
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return True

    def is_whole(self) -> bool:
        return self._inflater.eof


class _Deflate:
    """Undo deflate: in zlib's wrapping, or the bare one that some servers send as such."""

    def __init__(self) -> None:
        self._start = b""
        self._inflater: zlib._Decompress | None = None

    def unpack(self, piece: bytes) -> Iterator[bytes]:
        if self._inflater is None:
            self._start += piece
            if len(self._start) < 2:  # noqa: PLR2004 the length of zlib's header
                return
            wrapped = self._start[0] & 0x0F == zlib.DEFLATED
            wrapped = wrapped and int.from_bytes(self._start[:2]) % 31 == 0
            self._inflater = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
            piece = self._start
        if not self._inflater.eof:
            yield from _inflated(self._inflater, piece, "deflate")

    def is_whole(self) -> bool:
        return self._inflater is not None and self._inflater.eof


def _inflated(inflater: zlib._Decompress, piece: bytes, name: str) -> Iterator[bytes]:
    try:
        while True:
            part = inflater.decompress(piece, PIECE_BYTES)
            if part:
                yield part
            piece = inflater.unconsumed_tail
            if inflater.eof or not (piece or len(part) == PIECE_BYTES):
                return
    except zlib.error as error:
        message = f"the body is not {name}: {error}"
        raise ValueError(message) from error


class _Brotli:
    """Undo brotli."""

    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()

    def unpack(self, piece: bytes) -> Iterator[bytes]:
        try:
            while not self._decoder.is_finished():
                part = self._decoder.process(piece, output_buffer_limit=PIECE_BYTES)
                piece = b""
                if part:
                    yield part
                elif self._decoder.can_accept_more_data():
                    return
        except brotli.error as error:
            message = f"the body is not br: {error}"
            raise ValueError(message) from error

    def is_whole(self) -> bool:
        return bool(self._decoder.is_finished())


class _Zstd:
    """Undo zstd, of one frame or several."""

    def __init__(self) -> None:
        self._frames = 1
        self._decoder = self._decoder_made()

    @staticmethod
    def _decoder_made() -> zstd.ZstdDecompressor:
        return zstd.ZstdDecompressor(
            options={zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG}
        )

    def unpack(self, piece: bytes) -> Iterator[bytes]:
        try:
            while piece:
                if self._decoder.eof and not self._next_frame(piece):
                    return
                yield from self._frame(piece)
                piece = self._decoder.unused_data if self._decoder.eof else b""
        except zstd.ZstdError as error:
            message = f"the body is not zstd: {error}"
            raise ValueError(message) from error

    def _frame(self, piece: bytes) -> Iterator[bytes]:
        while True:
            part = self._decoder.decompress(piece, PIECE_BYTES)
            piece = b""
            if part:
                yield part
            if self._decoder.eof or self._decoder.needs_input:
                return

    def _next_frame(self, rest: bytes) -> bool:
        if not rest.startswith(_ZSTD[: len(rest)]):
            return False
        self._frames += 1
        if self._frames > MAX_MEMBERS:
            message = f"the body has more than {MAX_MEMBERS} zstd frames"
            raise ValueError(message)
        self._decoder = self._decoder_made()
        return True

    def is_whole(self) -> bool:
        return self._decoder.eof


_MAKERS: dict[str, Callable[[], Unpacker]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}
