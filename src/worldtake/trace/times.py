"""Find the times an article says, anchored at its publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from worldtake.model import Skip, TimeMention
from worldtake.text.dates import mentions

if TYPE_CHECKING:
    from worldtake.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTimes:
    """Find the times of an article."""

    name: ClassVar[str] = "find-times"
    version: ClassVar[int] = 1

    def __call__(self, article: Article) -> tuple[TimeMention, ...] | Skip:
        """Return the times of the text in order; relative ones stay unresolved without a publication date."""
        if not article.text.strip():
            return Skip("no-text")
        anchor = article.published.date() if article.published else None
        return tuple(
            TimeMention(span=one.span, value=one.value, granularity=one.granularity)
            for one in mentions(article.text, article.language, anchor)
        )
