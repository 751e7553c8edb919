"""Undo what went wrong with a page's characters before it was sent, where that is certain; each repair is named.

`twice`: UTF-8 was read as windows-1252 or windows-1251 and written as UTF-8 again (`Ã©` for `é`). `mixed`: bytes of
windows-1252 stand in a page of UTF-8. `controls`: the punctuation of windows-1252 stands as control characters. `cut`: the page
ends within a character. Where it is not certain, the text stays as it came.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import Literal, TypeAlias

import regex

Repair: TypeAlias = Literal["twice", "mixed", "controls", "cut"]

#: Letters that come out of such runs from which a page was written twice: in right text one in thousands does.
TWICE_LETTERS = 8
#: How many of them there are at least for each letter beyond ASCII that nothing comes out of.
TWICE_RATIO = 4
#: Share of a text's letters that are Latin from which a stray byte is a letter of windows-1252; else it can be punctuation alone.
LATIN_SHARE = 0.9
#: How much of a text shows its script, characters.
SHOWN_CHARS = 20_000

#: How many runs show whether a text was written twice.
TWICE_RUNS = 500

#: Readings -> what most letters that were written twice begin with, in UTF-8. In bytes, and beginning with one that is sure: a page
#: is searched in 0.2 ms, against 20 ms in characters.
_PAIRS = {
    "cp1252": re.compile(rb"\xc3[\x82-\xb4][\xc2\xc3\xc5\xc6\xcb\xe2]"),
    "cp1251": re.compile(rb"\xd0[\x92-\xbf](?:\xc2|\xe2|\xd0[\x80-\x8f]|\xd1[\x90-\x9f])"),
}
_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
_CONTROL = re.compile("[\x80-\x9f]")
_STRAY = regex.compile("[\udc80-\udcff]+")
_LATIN = regex.compile(r"\p{Latin}")
_LETTER = regex.compile(r"\p{L}")


def read_mixed(body: bytes) -> str:
    """Read UTF-8 with other bytes in it: those are windows-1252 where they can be, else the mark of a broken character."""
    text = body.decode("utf-8", "surrogateescape")
    shown = text[:SHOWN_CHARS]
    letters = len(_LETTER.findall(shown))
    latin = len(_LATIN.findall(shown)) >= LATIN_SHARE * letters

    def mended(found: regex.Match[str]) -> str:
        read = found.group().encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        return "".join(char if latin or not char.isalpha() else "\ufffd" for char in read)

    return _STRAY.sub(mended, text)


def read_controls(text: str) -> str:
    """Return `text` with the control characters that no page means read as the punctuation of windows-1252."""
    return text.translate(_controls()) if _CONTROL.search(text) else text


def holds_controls(body: bytes) -> bool:
    """Return whether UTF-8 holds such characters."""
    return _CONTROLS.search(body) is not None


def read_twice(text: str, body: bytes) -> str:
    """Return `text`, of the UTF-8 in `body`, with what was read as another encoding and written again undone, where that is certain."""
    for reading, pair in _PAIRS.items():
        pairs = sum(1 for _ in islice(pair.finditer(body), TWICE_LETTERS))
        if pairs == TWICE_LETTERS and _is_twice(text, reading):
            return _without(text, reading)
    return text


def _is_twice(text: str, reading: str) -> bool:
    good = bad = 0
    for found in islice(_runs(reading).finditer(text), TWICE_RUNS):
        run = found.group()
        undone = _undone(run, reading)
        good += len(undone or "")
        bad += len(run) if undone is None else 0
    return good >= TWICE_LETTERS and good >= TWICE_RATIO * bad


def _without(text: str, reading: str) -> str:
    def undone(found: regex.Match[str]) -> str:
        return _undone(found.group(), reading) or found.group()

    return _runs(reading).sub(undone, text)


def _undone(run: str, reading: str) -> str | None:
    """Return what a run was before; None where it was nothing else."""
    try:
        return bytes(map(_bytes(reading).__getitem__, run)).decode("utf-8")
    except UnicodeDecodeError:
        return None


@cache
def _bytes(reading: str) -> dict[str, int]:
    """Return character -> byte of the upper half of a codec; what it leaves undefined stands for itself."""
    table = {}
    for byte in range(0x80, 0xA0):
        table[chr(byte)] = byte
    for byte in range(0x80, 0x100):
        char = bytes((byte,)).decode(reading, "ignore")
        if char:
            table[char] = byte
    return table


@cache
def _runs(reading: str) -> regex.Pattern[str]:
    return regex.compile("[" + "".join(map(regex.escape, sorted(_bytes(reading)))) + "]+")


@cache
def _controls() -> dict[int, str]:
    found = {}
    for byte in range(0x80, 0xA0):
        char = bytes((byte,)).decode("cp1252", "ignore")
        if char:
            found[byte] = char
    return found
