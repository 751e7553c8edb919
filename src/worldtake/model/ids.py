"""Ids that sort in time and are the same for the same input, in the layout of ULID (48 bits of milliseconds, 80 of hash)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

#: Crockford's base 32: digits and lower case letters without i, l, o, u.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
#: Characters of an id: 130 bits, of which 128 are used.
ID_CHARS = 26


def timed_id(moment: datetime, *parts: str) -> str:
    """Return 26 characters that sort by `moment` and are fixed by `moment` and `parts`.

    Raises:
        ValueError: if `moment` has no zone.
    """
    if moment.tzinfo is None:
        message = f"an id needs an aware moment, got {moment!r}"
        raise ValueError(message)
    millis = max(0, int(moment.timestamp() * 1000)) & ((1 << 48) - 1)
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=10).digest()
    return _encoded((millis << 80) | int.from_bytes(digest, "big"))


def _encoded(number: int) -> str:
    digits = []
    for _ in range(ID_CHARS):
        number, digit = divmod(number, 32)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))
