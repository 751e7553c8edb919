"""Give the discarded texts of an article as the one text into which spans of the part `discarded` count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worldtake.model import Article, Part


def discarded_text(article: Article) -> str:
    """Return what extraction left out of `article`, a line end between pieces."""
    return "\n".join(piece.text for piece in article.discarded)


def part_text(article: Article, part: Part) -> str:
    """Return the text of `article` into which spans of `part` count."""
    if part == "title":
        return article.title
    return discarded_text(article) if part == "discarded" else article.text
