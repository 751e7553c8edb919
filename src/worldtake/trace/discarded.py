"""Give the discarded texts of an article as the one text into which spans of the part `discarded` count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldtake.model import Span

if TYPE_CHECKING:
    from worldtake.model import Article, Part

#: Reasons under which extraction leaves out a line that closes the article itself, or stands in all of an outlet's.
CLOSING_REASONS = frozenset({"sign_off", "source_note", "credit", "dateline", "recurring"})


def discarded_text(article: Article) -> str:
    """Return what extraction left out of `article`, a line end between pieces."""
    return "\n".join(piece.text for piece in article.discarded)


def closing_spans(article: Article) -> tuple[Span, ...]:
    """Return where in `discarded_text` the lines stand that close the article and may say where it comes from."""
    spans, at = [], 0
    for piece in article.discarded:
        if piece.reason in CLOSING_REASONS and piece.text:
            spans.append(Span(at, at + len(piece.text)))
        at += len(piece.text) + 1
    return tuple(spans)


def part_text(article: Article, part: Part) -> str:
    """Return the text of `article` into which spans of `part` count."""
    if part == "title":
        return article.title
    return discarded_text(article) if part == "discarded" else article.text
