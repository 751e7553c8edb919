"""Who has it from whom, as a tree: an origin, under it the articles that lead to it, under those what leads to them.

An article stands in it once, at its shortest way to an origin, stated steps before measured ones; its other steps stand beside it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from worldtake.model.outlets import Outlet
    from worldtake.model.traces import Edge, Lineage
    from worldtake.model.views import Headline, StoryView

#: Steps that are followed; longer chains were never seen, and a page must end.
MAX_STEPS = 40
#: Which step an article is placed by where it has several as short.
BASES = ("stated", "measured", "inferred")
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
class Step:
    """What an article does with another, and the words or the shared text that bear it."""

    edge: Edge
    #: Name of the outlet it leads to.
    towards: str

    def said(self) -> str:
        """Return what the article does with the other."""
        return SAID.get(self.edge.kind, self.edge.kind)


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
    step: Step | None
    #: Its steps towards others.
    also: tuple[Step, ...] = ()
    children: tuple[Descent, ...] = ()

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
        below=_place(view.lineage),
    )
    trees = [grower.node(o.outlet, o.article_id) for o in view.lineage.origins]
    return tuple(sorted(trees, key=lambda tree: -tree.size()))


def _place(lineage: Lineage) -> dict[str, list[Edge]]:
    """Return the steps by which articles stand below others, level by level from the origins."""
    towards: dict[str, list[Edge]] = defaultdict(list)
    for edge in sorted(lineage.edges, key=lambda e: BASES.index(e.basis)):
        towards[edge.to_article or edge.to_outlet].append(edge)
    level = [origin.article_id or origin.outlet for origin in lineage.origins]
    placed, below = set(level), defaultdict(list)
    for _ in range(MAX_STEPS):
        steps = [(key, edge) for key in level for edge in towards[key]]
        level = []
        for key, edge in sorted(steps, key=lambda step: BASES.index(step[1].basis)):
            if edge.article_id not in placed:
                placed.add(edge.article_id)
                below[key].append(edge)
                level.append(edge.article_id)
    _place_rest(lineage, placed, below)
    return below


def _place_rest(lineage: Lineage, placed: set[str], below: dict[str, list[Edge]]) -> None:
    """Put what no step reached straight under the origin that it is said to lead to."""
    first = {edge.article_id: edge for edge in reversed(lineage.edges)}
    for origin in lineage.origins:
        for article in origin.articles:
            if article not in placed and article in first:
                placed.add(article)
                below[origin.article_id or origin.outlet].append(first[article])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grower:
    lineage: Lineage
    outlets: Mapping[str, Outlet]
    headlines: Mapping[str, Headline]
    #: Article or outlet -> the steps of what stands below it.
    below: Mapping[str, Sequence[Edge]]

    def node(self, outlet: str, article_id: str | None, edge: Edge | None = None) -> Descent:
        known = self.outlets.get(outlet)
        return Descent(
            outlet=self._name(outlet),
            outlet_id=known.id if known else None,
            headline=self.headlines.get(article_id or ""),
            step=self._step(edge) if edge else None,
            also=tuple(self._step(e) for e in self._others(article_id, edge)),
            children=tuple(
                self.node(self._outlet_of(e), e.article_id, e)
                for e in self.below.get(article_id or outlet, ())
            ),
        )

    def _others(self, article_id: str | None, edge: Edge | None) -> Iterable[Edge]:
        """Return an article's further steps, one for each outlet and kind."""
        seen = {(edge.to_outlet, edge.kind)} if edge else set()
        for other in self.lineage.edges:
            key = (other.to_outlet, other.kind)
            if other.article_id == article_id and key not in seen:
                seen.add(key)
                yield other

    def _step(self, edge: Edge) -> Step:
        return Step(edge=edge, towards=self._name(edge.to_outlet))

    def _name(self, outlet: str) -> str:
        return self.outlets[outlet].name if outlet in self.outlets else outlet

    def _outlet_of(self, edge: Edge) -> str:
        headline = self.headlines.get(edge.article_id)
        return headline.outlet.id if headline else edge.article_id
