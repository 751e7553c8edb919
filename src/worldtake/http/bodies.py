"""Read a body piece by piece, decompressed, and stop where it grows beyond its cap."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterable

#: What is asked for; each can be undone step by step under a cap.
ACCEPTED = "gzip, deflate"


class TooLargeError(Exception):
    """A body beyond its cap."""


class _Inflater(Protocol):
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, piece: bytes, max_length: int, /) -> bytes: ...


async def read_body(pieces: AsyncIterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """Return the body in `pieces`, undoing `encoding` (a `Content-Encoding`).

    Raises:
        TooLargeError: if it is longer than `max_bytes`, packed or unpacked.
        ValueError: if it is not what `encoding` says.
    """
    body = bytearray()
    packed = 0
    unpack = _Unpacker(encoding)
    async for piece in pieces:
        packed += len(piece)
        body += unpack(piece, max_bytes + 1 - len(body))
        if packed > max_bytes or len(body) > max_bytes:
            raise TooLargeError
    return bytes(body)


class _Unpacker:
    """Undo one content encoding."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding.strip().lower()
        if self._encoding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            message = f"content encoding {encoding!r} was not asked for"
            raise ValueError(message)
        self._inflater: _Inflater | None = None

    def __call__(self, piece: bytes, room: int) -> bytes:
        """Return what `piece` unpacks to, no more than `room` bytes of it."""
        if self._encoding in {"", "identity"}:
            return piece
        if self._inflater is None:
            self._inflater = zlib.decompressobj(self._window(piece))
        try:
            return self._inflater.decompress(self._inflater.unconsumed_tail + piece, room)
        except zlib.error as error:
            message = f"the body is not {self._encoding}: {error}"
            raise ValueError(message) from error

    def _window(self, first: bytes) -> int:
        """Return zlib's window: gzip, zlib, or the bare deflate that some servers send as such."""
        if "gzip" in self._encoding:
            return 16 + zlib.MAX_WBITS
        return zlib.MAX_WBITS if first[:1] == b"\x78" else -zlib.MAX_WBITS
