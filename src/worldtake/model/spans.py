"""Where in a text something stands: half-open code point offsets, and receipts built on them.

Follows the selectors of the W3C Web Annotation model: position (`Span`) and quote (`Evidence.exact` with its surroundings).
"""

from __future__ import annotations

from dataclasses import dataclass

#: How many characters of surroundings an `Evidence` keeps on each side (W3C quote selector).
CONTEXT_CHARS = 32


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Mark the characters `start` to `end` (exclusive), counted in Unicode code points.

    Raises:
        ValueError: if the span is empty or starts before the text does.
    """

    #: First character, from 0.
    start: int
    #: One past the last character.
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            message = f"a span must hold at least one character, got {self.start}..{self.end}"
            raise ValueError(message)

    def __len__(self) -> int:
        return self.end - self.start

    def __reduce__(self) -> tuple[type[Span], tuple[int, int]]:
        # A frozen class with slots is packed field by field, 20 times slower; articles hold hundreds of spans.
        return Span, (self.start, self.end)

    def cut(self, text: str) -> str:
        """Return the characters of `text` that the span marks."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        """Return the same span `by` characters later."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Point at the words in one immutable text that bear a statement: a receipt."""

    #: The article whose text it is.
    article_id: str
    #: Which of the article's texts: `title`, `text`, `discarded` or `translation`.
    part: str
    #: Where in that text.
    span: Span
    #: The exact words.
    exact: str
    #: Up to `CONTEXT_CHARS` characters before.
    prefix: str = ""
    #: Up to `CONTEXT_CHARS` characters after.
    suffix: str = ""


def quote_evidence(text: str, span: Span, *, article_id: str, part: str = "text") -> Evidence:
    """Build the receipt for `span` of `text`, with its surroundings.

    Raises:
        ValueError: if the span ends after the text does.
    """
    if span.end > len(text):
        message = f"span {span.start}..{span.end} ends after the text of {len(text)} characters"
        raise ValueError(message)
    return Evidence(
        article_id=article_id,
        part=part,
        span=span,
        exact=span.cut(text),
        prefix=text[max(0, span.start - CONTEXT_CHARS) : span.start],
        suffix=text[span.end : span.end + CONTEXT_CHARS],
    )
