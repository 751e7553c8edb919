"""Lead from places in an article's text to places in its translation, and back: as exact as the segments are.

What lies beside a span is every segment that shares a character with it, whole. White space between segments lies beside
nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from worldtake.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from worldtake.model import Aligned


def to_target(alignment: Sequence[Aligned], span: Span) -> Span | None:
    """Return what of the translation lies beside `span` of the article's text; None where that is white space alone."""
    found = within(alignment, span)
    return Span(found[0].target.start, found[-1].target.end) if found else None


def to_source(alignment: Sequence[Aligned], span: Span) -> Span | None:
    """Return what of the article's text lies beside `span` of the translation; None where that is white space alone."""
    found = within(alignment, span, _target)
    return Span(found[0].source.start, found[-1].source.end) if found else None


def _source(aligned: Aligned) -> Span:
    return aligned.source


def _target(aligned: Aligned) -> Span:
    return aligned.target


def within(
    alignment: Sequence[Aligned], span: Span, side: Callable[[Aligned], Span] = _source
) -> Sequence[Aligned]:
    """Return the segments that share a character with `span` on one side, in order; both sides rise from one to the next."""
    first = bisect_right(alignment, span.start, key=lambda each: side(each).end)
    last = bisect_left(alignment, span.end, key=lambda each: side(each).start)
    return alignment[first:last]
