"""Who has it from whom, as a tree: an origin, under it the articles that lead to it, under those what leads to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worldtake.model.outlets import Outlet
    from worldtake.model.traces import Edge, Lineage
    from worldtake.model.views import Headline, StoryView

#: Steps that are followed; longer chains were never seen, and a page must end.
MAX_STEPS = 40
#: What an article does with the one above it; other kinds are printed as they are.
SAID = {
    "report": "cites it",
    "interview": "takes its interview",
    "agency": "carries its agency text",
    "dateline": "carries its dispatch",
    "republication": "republishes it",
    "rewrite": "rewrites its text",
    "passage": "shares a passage with it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Descent:
    """One article, or an outlet whose article was not seen, and what descends from it."""

    #: The outlet's name.
    outlet: str
    #: `Outlet.id`; None where the catalogue does not know it.
    outlet_id: str | None
    #: None where the article was not seen.
    headline: Headline | None
    #: The step towards its parent; None for an origin.
    edge: Edge | None
    children: tuple[Descent, ...] = ()

    def said(self) -> str:
        """Return how its step towards its parent is said."""
        return SAID.get(self.edge.kind, self.edge.kind) if self.edge else ""

    def size(self) -> int:
        """Return how many articles are in it, itself included where seen."""
        return (self.headline is not None) + sum(child.size() for child in self.children)


def trace_descent(view: StoryView) -> tuple[Descent, ...]:
    """Return the origins of a story with all that descends from each, largest first."""
    if view.lineage is None:
        return ()
    grower = _Grower(
        lineage=view.lineage,
        outlets={o.id: o for o in (*(h.outlet for h in view.headlines), *view.outlets)},
        headlines={headline.article_id: headline for headline in view.headlines},
    )
    trees = [grower.node(o.outlet, o.article_id) for o in view.lineage.origins]
    return tuple(sorted(trees, key=lambda tree: -tree.size()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grower:
    lineage: Lineage
    outlets: Mapping[str, Outlet]
    headlines: Mapping[str, Headline]
    #: Articles and outlets whose descent is printed already; it is printed once.
    grown: set[str] = field(default_factory=set)

    def node(
        self, outlet: str, article_id: str | None, edge: Edge | None = None, step: int = 0
    ) -> Descent:
        known = self.outlets.get(outlet)
        return Descent(
            outlet=known.name if known else outlet,
            outlet_id=known.id if known else None,
            headline=self.headlines.get(article_id or ""),
            edge=edge,
            children=self._children(outlet, article_id, step),
        )

    def _children(self, outlet: str, article_id: str | None, step: int) -> tuple[Descent, ...]:
        key = article_id or outlet
        if key in self.grown or step == MAX_STEPS:
            return ()
        self.grown.add(key)
        return tuple(
            self.node(self._outlet_of(edge), edge.article_id, edge, step + 1)
            for edge in self._towards(outlet, article_id)
        )

    def _towards(self, outlet: str, article_id: str | None) -> list[Edge]:
        """Return the steps that lead straight here, one for each article below."""
        found: dict[str, Edge] = {}
        for edge in self.lineage.edges:
            same_article = edge.to_article is not None and edge.to_article == article_id
            unseen = edge.to_article is None and article_id is None and edge.to_outlet == outlet
            if same_article or unseen:
                found.setdefault(edge.article_id, edge)
        return list(found.values())

    def _outlet_of(self, edge: Edge) -> str:
        headline = self.headlines.get(edge.article_id)
        return headline.outlet.id if headline else edge.article_id
