"""Whether an outlet's pages have changed: articles are no longer found in them, or only pieces of articles.

The share of pages with an article is held against the past by a beta-binomial, as days differ by more than chance; the
length of articles by the median and its deviation, which a few odd days do not move.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaln, gammaln

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Days back from today that may be taken together for enough pages.
RECENT_DAYS = 3
#: Pages, or articles, from which the last days say something; articles from which a day of the past does.
LEAST_PAGES, LEAST_DAY_ARTICLES = 10, 5
#: Pages and days of the past that they may be held against.
PAST_PAGES, PAST_DAYS = 60, 4
#: A layout has changed where the share of pages with an article, or their length, falls under this share of the past.
FALLEN = 0.5
#: Chance under which a share has fallen, and pages that the certainty about a day's share is worth.
CHANCE, STRENGTH = 1e-4, 20.0
#: Deviations from the median by which a length has fallen.
DEVIATIONS = 5.0
#: A median deviation as a standard deviation of a normal distribution.
_NORMAL = 1.4826


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDay:
    """Pages of an outlet read on one day (days since 1970)."""

    day: int
    #: Pages in all, and those that held no article.
    pages: int
    refused: int
    #: Characters of the articles.
    characters: int

    def articles(self) -> int:
        """Return the pages that held an article."""
        return self.pages - self.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What changed: articles, or characters of an article, as expected and as seen."""

    #: In words for a reader.
    reason: str
    expected: float
    seen: int


def changed_layout(read: Sequence[ReadDay], today: int) -> Changed | None:
    """Return what changed in the fewest last days that hold enough pages; None where nothing did."""
    for days in range(RECENT_DAYS):
        new = [each for each in read if each.day >= today - days]
        if sum(each.pages for each in new) >= LEAST_PAGES:
            past = [each for each in read if each.day < today - days]
            return _fewer(past, new) or _shorter(past, new)
    return None


def _fewer(past: Sequence[ReadDay], new: Sequence[ReadDay]) -> Changed | None:
    before, pages = sum(each.pages for each in past), sum(each.pages for each in new)
    articles = sum(each.articles() for each in new)
    if before < PAST_PAGES:
        return None
    share = sum(each.articles() for each in past) / before
    if articles >= FALLEN * share * pages or _chance(articles, pages, share) >= CHANCE:
        return None
    reason = f"Its pages have changed: of the last {pages:,} pages only {articles:,} held an article, where {round(share * pages):,} usually do."
    return Changed(reason=reason, expected=share * pages, seen=articles)


def _chance(articles: int, pages: int, share: float) -> float:
    """Return the chance of at most so many articles in so many pages, at a share that differs by day."""
    a = min(share, 0.99) * STRENGTH
    b = STRENGTH - a
    k = np.arange(articles + 1)
    ways = gammaln(pages + 1) - gammaln(k + 1) - gammaln(pages - k + 1)
    return float(np.exp(ways + betaln(k + a, pages - k + b) - betaln(a, b)).sum())


def _shorter(past: Sequence[ReadDay], new: Sequence[ReadDay]) -> Changed | None:
    usual = [
        each.characters / each.articles() for each in past if each.articles() >= LEAST_DAY_ARTICLES
    ]
    articles = sum(each.articles() for each in new)
    if len(usual) < PAST_DAYS or articles < LEAST_PAGES:
        return None
    length, middle = sum(each.characters for each in new) / articles, median(usual)
    if length >= FALLEN * middle:
        return None
    deviation = _NORMAL * median(abs(each - middle) for each in usual)
    if length > middle - DEVIATIONS * deviation:
        return None
    reason = f"Its pages have changed: articles of {round(length):,} characters on average, where {round(middle):,} are usual."
    return Changed(reason=reason, expected=middle, seen=round(length))
