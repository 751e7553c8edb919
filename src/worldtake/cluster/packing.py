"""Write the state of a stream to bytes and read it back: a line of JSON, then the arrays as they lie in memory."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

#: First bytes of a packed state; the digit is raised when the layout changes.
MAGIC = b"worldtake-stories-1\n"


def pack(plain: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return JSON-like values and arrays as bytes; the same input gives the same bytes."""
    shapes = [(name, array.dtype.str, len(array)) for name, array in arrays.items()]
    head = json.dumps({"plain": plain, "arrays": shapes}, ensure_ascii=False, separators=(",", ":"))
    body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays.values())
    return MAGIC + zlib.compress(head.encode() + b"\n" + body, level=1)


def unpack(packed: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return what `pack` was given.

    Raises:
        ValueError: if the bytes are not a packed state.
    """
    if not packed.startswith(MAGIC):
        message = "not a packed state of stories: group the articles anew"
        raise ValueError(message)
    head, _, body = zlib.decompress(packed[len(MAGIC) :]).partition(b"\n")
    read = json.loads(head)
    arrays: dict[str, NDArray[Any]] = {}
    start = 0
    for name, kind, length in read["arrays"]:
        arrays[name] = np.frombuffer(body, kind, length, start).copy()
        start += arrays[name].nbytes
    return read["plain"], arrays
