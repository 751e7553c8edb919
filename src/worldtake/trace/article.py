"""Trace one article: its quotes, credits, figures and times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from worldtake.model import Outlet, Skip, Trace
from worldtake.trace.credits import FindCredits
from worldtake.trace.figures import FindFigures
from worldtake.trace.quotes import FindQuotes
from worldtake.trace.times import FindTimes

if TYPE_CHECKING:
    from worldtake.model import Article

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceArticle:
    """Find where an article has its words and facts from."""

    name: ClassVar[str] = "trace-article"
    version: ClassVar[int] = 1
    #: Outlets that may be credited.
    outlets: tuple[Outlet, ...]

    def __call__(self, article: Article) -> Trace | Skip:
        """Return all that was found in `article`; skip one without text."""
        if not article.text.strip():
            return Skip("no-text")
        return Trace(
            article_id=article.id,
            quotes=_found(FindQuotes()(article)),
            credits=_found(FindCredits(outlets=self.outlets)(article)),
            figures=_found(FindFigures()(article)),
            times=_found(FindTimes()(article)),
        )


def _found(result: tuple[_Found, ...] | Skip) -> tuple[_Found, ...]:
    return () if isinstance(result, Skip) else result
