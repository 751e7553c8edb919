"""Text cut into runs, each with the marks that lie on it, so that overlapping marks print as well-formed HTML.

Positions are code points of the whole text; a run keeps its own so that a script can find any character again.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worldtake.model.spans import Span

#: What a mark says of the words under it; `receipt` is what the reader was led to, `rendered` stands within quotation
#: marks of a translation: not the words that were said.
MarkKind: TypeAlias = Literal["quote", "speaker", "credit", "receipt", "rendered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark on a stretch of text."""

    span: Span
    kind: MarkKind
    #: Its fragment in the page's address; empty where nothing leads to it.
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters under the same marks."""

    text: str
    #: Kinds of the marks on it, without repeats.
    kinds: tuple[MarkKind, ...] = ()
    #: Anchors of the marks on it.
    on: tuple[str, ...] = ()
    #: Anchors of the marks that begin with it.
    starts: tuple[str, ...] = ()


def anchor(span: Span, part: str = "text") -> str:
    """Return the fragment that leads to a span, such as `s12-40`; the part gives the letter, `pair` that of a sentence on both sides."""
    letters = {"text": "s", "title": "h", "discarded": "d", "translation": "t", "pair": "p"}
    letter = letters.get(part, "s")
    return f"{letter}{span.start}-{span.end}"


def cut(text: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Run, ...]:
    """Return `text[start:end]` as runs under `marks`."""
    here = [m for m in marks if m.span.start < end and start < m.span.end]
    edges = {start, end}
    for mark in here:
        edges |= {max(start, mark.span.start), min(end, mark.span.end)}
    return tuple(_run(text, a, b, here) for a, b in pairwise(sorted(edges)))


def _run(text: str, start: int, end: int, marks: Iterable[Mark]) -> Run:
    over = [m for m in marks if m.span.start <= start and end <= m.span.end]
    return Run(
        text=text[start:end],
        kinds=tuple(dict.fromkeys(m.kind for m in over)),
        on=tuple(dict.fromkeys(m.anchor for m in over if m.anchor)),
        starts=tuple(dict.fromkeys(m.anchor for m in over if m.anchor and m.span.start == start)),
    )
