"""See by its first bytes whether a page is text: refuse images, archives and programs by name, and know UTF-16 and UTF-32 without a mark."""

from __future__ import annotations

import codecs

from worldtake.errors import UnreadableInputError

#: How much is looked at to see whether bytes are text at all, bytes.
HEAD_BYTES = 4096
#: Share of control characters from which bytes are no text. Real pages have none.
CONTROL_SHARE = 0.02
#: Share of zeros at every other place from which bytes are UTF-16: markup and spaces alone make as many.
WIDE_SHARE = 0.03
#: Share of characters that are controls or not assigned up to which it is text: emoji are newer than Python.
ODD_SHARE = 0.01

#: First bytes of what is no text -> its name.
_KINDS = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF media file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"%PDF", "a PDF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"SQLite format 3", "a SQLite database"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x0e\x0f\x1b"))
#: Characters that show nothing and stand in text: joiners, direction marks, soft hyphens, the mark of a broken one.
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\u2066\u2067\u2068\u2069\ufeff\ufffd\xad\x1b"
)


def refuse_binary(body: bytes, *, wide: bool) -> None:
    """Refuse what is no text; `wide` says that its label allows zeros.

    Raises:
        UnreadableInputError: naming what the bytes are.
    """
    head = body[:HEAD_BYTES]
    kind = next((name for magic, name in _KINDS if head.startswith(magic)), None)
    if kind is None and not wide and _looks_binary(head):
        kind = "binary data"
    if kind and not wide:
        message = f"this is {kind}, not a page: give the page as HTML or as text"
        raise UnreadableInputError(message)


def _looks_binary(head: bytes) -> bool:
    if wide_guess(head):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return head.count(0) > 1 or controls > CONTROL_SHARE * len(head)


def wide_guess(head: bytes) -> str | None:
    """Name UTF-16 or UTF-32 without a mark: markup and spaces leave zeros at every other place, and none between."""
    whole = head[: len(head) // 4 * 4]
    if not whole.count(0):
        return None
    for codec, high in (("utf-32-le", whole[3::4]), ("utf-32-be", whole[0::4])):
        if not any(high) and is_plain(whole, codec):
            return codec
    even, odd = whole[0::2], whole[1::2]
    for codec, zeros, letters in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if (
            zeros.count(0) > WIDE_SHARE * len(zeros)
            and not letters.count(0)
            and is_plain(whole, codec)
        ):
            return codec
    return None


def is_plain(body: bytes, codec: str) -> bool:
    """Return whether bytes read as text with next to no control characters and such as are not assigned."""
    try:
        # The last character may be cut.
        text = codecs.getincrementaldecoder(codec)("strict").decode(body, final=False)
    except UnicodeDecodeError:
        return False
    odd = sum(not (char.isprintable() or char.isspace() or char in _INVISIBLE) for char in text)
    return bool(text) and odd <= ODD_SHARE * len(text)
