"""Read the pages of one call one after the other, each with what those before it taught of their outlet.

Each page is answered as soon as it is read, so the first pages of an outlet, from which it is learned, keep what recurs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from worldtake.extract.habits import touches
from worldtake.extract.learning import KEPT_PAGES, is_time, learn
from worldtake.model import Article, OutletHabits, Page, Shown, Skip

if TYPE_CHECKING:
    from worldtake.extract import ExtractArticle


@dataclass(slots=True)
class LearningReader:
    """Read pages, learning as they arrive; a page of which something recurs is read a second time, no other one."""

    stage: ExtractArticle
    #: Outlet, host or site -> what its newest pages show, and how many there were.
    _shown: dict[str, list[Shown]] = field(default_factory=dict, repr=False)
    _counts: dict[str, int] = field(default_factory=dict, repr=False)
    _known: dict[str, OutletHabits] = field(default_factory=dict, repr=False)

    def __call__(self, page: Page) -> Article | Skip:
        """Return the article, or why there is none."""
        found = self.stage.read(page)
        if isinstance(found, Skip):
            return found
        article = found.article
        outlet = article.outlet_id or urlsplit(article.url).hostname or article.site
        if not outlet:
            return article
        known = self._known.get(outlet)
        self._learn(outlet, found.shown)
        if known is None or not touches(found.shown, None, known):
            return article
        return self.stage(replace(page, habits=known))

    def _learn(self, outlet: str, shown: Shown) -> None:
        newest = [*self._shown.get(outlet, ()), shown][-KEPT_PAGES:]
        before = self._counts.get(outlet, 0)
        self._shown[outlet], self._counts[outlet] = newest, before + 1
        if is_time(before, before + 1):
            self._known[outlet] = learn(newest)
