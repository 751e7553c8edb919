"""Cut a plain text page into lines with their place; paragraphs that were wrapped at a fixed width are put together again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from worldtake.extract.writing import ends_sentence, weight, word_key
from worldtake.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = regex.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
#: Width at which plain text is wrapped, characters, and how much the lines of one paragraph differ.
WRAP_CHARS = (50, 110)
WRAP_SLACK = 24
#: Lines from which a run of them can be one wrapped paragraph.
WRAP_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, or one wrapped paragraph."""

    #: The words as they stand in the file, white space at the ends left out.
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
    lines: list[Line] = []
    for group in _groups(text):
        spans = [Span(group[0].start, group[-1].end)] if _is_wrapped(text, group) else group
        lines.extend(_line(text, span, apart=span is spans[0]) for span in spans)
    return tuple(lines)


def _line(text: str, span: Span, *, apart: bool) -> Line:
    words = span.cut(text)
    return Line(
        text=words,
        raw=span,
        key=word_key(words),
        weight=weight(words),
        ended=ends_sentence(words),
        apart=apart,
    )


def _groups(text: str) -> Iterator[list[Span]]:
    """Yield runs of lines without a blank line between them."""
    group: list[Span] = []
    for found in _LINE.finditer(text):
        stripped = found.group().strip()
        if not stripped:
            continue
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        span = Span(start, start + len(stripped))
        if group and _is_blank_between(text[group[-1].end : start]):
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _is_blank_between(gap: str) -> bool:
    return gap.replace("\r\n", "\n").count("\n") + gap.replace("\r\n", "\n").count("\r") > 1


def _is_wrapped(text: str, group: list[Span]) -> bool:
    if len(group) < WRAP_LINES:
        return False
    full, last = [len(span) for span in group[:-1]], len(group[-1])
    low, high = WRAP_CHARS
    if min(full) < low or max(full) > high or max(full) - min(full) > WRAP_SLACK:
        return False
    ended = sum(ends_sentence(span.cut(text)) for span in group[:-1])
    return last <= max(full) + WRAP_SLACK and ended * 2 < len(full)
