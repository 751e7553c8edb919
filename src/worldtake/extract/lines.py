"""Cut a plain text page into lines with their place; paragraphs that were wrapped at a fixed width are put together again.

A page is wrapped where its lines press against one column: then a line is joined to the one above it if its first word had no
room there (the reverse of RFC 3676's soft breaks, which few files mark). Marks of mail quotation ("> ") before lines are read as
blanks, so that places still lead to the file's characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from worldtake.extract.writing import ends_sentence, weight, word_key
from worldtake.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = regex.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_BREAK = regex.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]")
#: Width at which plain text is wrapped, columns, and how much the lines of one paragraph differ.
WRAP_CHARS = (50, 110)
WRAP_SLACK = 24
#: Lines from which a run of them can be one wrapped paragraph.
WRAP_LINES = 3
#: A line presses against the column where it ends this near to it, columns: most words are shorter.
PRESS = 14
#: Share of a page's long lines that press against the column of a wrapped page, and how many there must be.
PRESSED_SHARE = 0.6
PRESSED_LINES = 6
#: Lines that begin with ">" from which they are a quoted mail, and the share of the page's lines they must be.
QUOTED_LINES = 3
QUOTED_SHARE = 0.3
_QUOTED = regex.compile(r"[ \t]*(?:>[ \t]?)+")
_WIDE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\u3000-\u303f\uff01-\uff60]")
_MARK = regex.compile(r"\p{M}")
_UNSPACED = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_ITEM = regex.compile(r"(?:[•·▪◦●■►▶‣*+–—-]|\p{N}{1,3}[.)]|\[\p{N}+\])\s")


@dataclass(frozen=True, slots=True)
class _Row:
    """One physical line: where its words are, and how many blanks stand before them."""

    span: Span
    indent: int

    def right(self, text: str) -> int:
        """Return the column at which it ends."""
        return self.indent + _columns(self.span.cut(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, or one wrapped paragraph."""

    #: The words as they stand in the file, white space at the ends left out, marks of mail quotation within as spaces.
    text: str
    #: Where in the file.
    raw: Span
    #: Folded words; equal for lines that differ in case, accents and punctuation alone.
    key: tuple[str, ...]
    #: How many Latin letters' worth it is.
    weight: int
    #: True where it ends as a sentence does.
    ended: bool
    #: True where a blank line, or the start of the file, stands before it.
    apart: bool


def read_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of `text` that hold anything, in order."""
    shown = _without_quotation(text)
    groups = tuple(_groups(shown))
    column = _column(shown, groups)
    lines: list[Line] = []
    for group in groups:
        spans = _unwrapped(shown, group, column)
        lines.extend(_line(shown, span, apart=span is spans[0]) for span in spans)
    return tuple(lines)


def _without_quotation(text: str) -> str:
    """Return `text` with the ">" before lines of a quoted mail as spaces; of the same length."""
    starts = [found for found in _LINE.finditer(text) if not found.group().isspace()]
    quoted = [found for found in starts if found.group().lstrip().startswith(">")]
    if len(quoted) < max(QUOTED_LINES, QUOTED_SHARE * len(starts)):
        return text
    pieces: list[str] = []
    place = 0
    for found in quoted:
        mark = _QUOTED.match(found.group())
        end = found.start() + (mark.end() if mark else 0)
        pieces += (text[place : found.start()], " " * (end - found.start()))
        place = end
    return "".join((*pieces, text[place:]))


def _line(text: str, span: Span, *, apart: bool) -> Line:
    words = span.cut(text)
    return Line(
        text=words,
        raw=span,
        key=word_key(words.replace("’", "'")),
        weight=weight(words),
        ended=ends_sentence(words),
        apart=apart,
    )


def _groups(text: str) -> Iterator[list[_Row]]:
    """Yield runs of lines without a blank line between them."""
    group: list[_Row] = []
    for found in _LINE.finditer(text):
        words = found.group()
        stripped = words.strip()
        if not stripped:
            continue
        indent = len(words) - len(words.lstrip())
        start = found.start() + indent
        if group and _is_blank_between(text[group[-1].span.end : start]):
            yield group
            group = []
        group.append(_Row(Span(start, start + len(stripped)), indent))
    if group:
        yield group


def _is_blank_between(gap: str) -> bool:
    return gap != "\n" and len(_BREAK.findall(gap)) > 1


def _column(text: str, groups: Sequence[list[_Row]]) -> int | None:
    """Return the column at which the page is wrapped; None where it is not."""
    low, high = WRAP_CHARS
    longest = max((row.indent + len(row.span) for group in groups for row in group), default=0)
    # Wide letters take two columns, so that half as many may fill a line.
    if not low // 2 <= longest <= high:
        return None
    column = max(row.right(text) for group in groups for row in group)
    # Lines that another follows without a blank: in a wrapped page they are full.
    followed = [row.right(text) for group in groups for row in group[:-1]]
    pressed = sum(end > column - PRESS for end in followed)
    if pressed < PRESSED_LINES or pressed < PRESSED_SHARE * len(followed):
        return None
    return column if low <= column <= high else None


def _columns(words: str) -> int:
    """Return how many columns of a terminal the words take."""
    if words.isascii():
        return len(words)
    return len(words) + len(_WIDE.findall(words)) - len(_MARK.findall(words))


def _unwrapped(text: str, group: list[_Row], column: int | None) -> list[Span]:
    """Return the group's lines, those of one wrapped paragraph as one."""
    spans = [row.span for row in group]
    if column is None:
        return [Span(spans[0].start, spans[-1].end)] if _is_wrapped(text, spans) else spans
    joined = spans[:1]
    for above, row in pairwise(group):
        words = row.span.cut(text)
        full = above.right(text) + _room(words) > column
        if full and not _ITEM.match(words):
            joined[-1] = Span(joined[-1].start, row.span.end)
        else:
            joined.append(row.span)
    return joined


def _room(words: str) -> int:
    """Return the columns that the first word of a line would have taken on the line above."""
    if _WIDE.match(words) or _UNSPACED.match(words):
        return 2
    return 1 + min(_columns(words.split(maxsplit=1)[0]), PRESS)


def _is_wrapped(text: str, group: list[Span]) -> bool:
    """Tell whether the lines of one group are one paragraph, on a page that is not wrapped as a whole."""
    if len(group) < WRAP_LINES:
        return False
    full, last = [len(span) for span in group[:-1]], len(group[-1])
    low, high = WRAP_CHARS
    if min(full) < low or max(full) > high or max(full) - min(full) > WRAP_SLACK:
        return False
    ended = sum(ends_sentence(span.cut(text)) for span in group[:-1])
    return last <= max(full) + WRAP_SLACK and ended * 2 < len(full)
