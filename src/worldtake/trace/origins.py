"""Trace the articles of a story back to where they began: stated edges from credits, measured ones from copies.

An edge that no sentence states and no shared text bears is not drawn. Photo credits lead nowhere. Roots of the graph are
the origins, ownership groups counted once; what may or may not be independent gives an interval, never a point.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from worldtake.model import TEXT_CREDITS, Edge, Lineage, Origin, quote_evidence
from worldtake.trace.discarded import part_text

if TYPE_CHECKING:
    from worldtake.model import Copy, Credit, Evidence, Report, Skip, Span, StoryFile

#: Longest receipts for one measured edge: the longest shared passages.
MAX_RECEIPTS = 3
#: A second measured edge needs this share of its characters in runs that the first does not touch.
MIN_NEW_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceOrigins:
    """Trace the lineage of a story."""

    name: ClassVar[str] = "trace-origins"
    version: ClassVar[int] = 2

    def __call__(self, file: StoryFile) -> Lineage | Skip:
        """Return edges and origins of the story."""
        graph = _Graph(file)
        graph.add_stated()
        graph.add_measured()
        return graph.lineage()


class _Graph:
    def __init__(self, file: StoryFile) -> None:
        self.file = file
        self.reports = {report.article.id: report for report in file.reports}
        self.edges: list[Edge] = []
        self.onward: defaultdict[str, list[str]] = defaultdict(list)
        #: Article -> its runs of words whose origin has an edge.
        self.explained: defaultdict[str, list[Span]] = defaultdict(list)

    def add_stated(self) -> None:
        """Add an edge for each outlet that an article credits with words or facts."""
        for report in self.file.reports:
            by_outlet: dict[str, list[Credit]] = {}
            for credit in report.trace.credits:
                if credit.kind in TEXT_CREDITS and credit.outlet_id != report.outlet.id:
                    by_outlet.setdefault(credit.outlet_id or credit.outlet, []).append(credit)
            for outlet, found in by_outlet.items():
                self._add_stated(report, outlet, found)

    def _add_stated(self, report: Report, outlet: str, found: list[Credit]) -> None:
        target = self._earliest(outlet, report)
        if target is not None and self._reaches(target, report.article.id):
            target = None
        self._add(
            Edge(
                article_id=report.article.id,
                to_outlet=outlet,
                to_article=target,
                basis="stated",
                kind=found[0].kind,
                evidence=tuple(_credit_evidence(report, credit) for credit in found),
            )
        )

    def _earliest(self, outlet: str, report: Report) -> str | None:
        """Return the first article of `outlet` in the story that is not later than `report`."""
        theirs = [
            other
            for other in self.file.reports
            if other.outlet.id == outlet and other.article.moment() <= report.article.moment()
        ]
        theirs.sort(key=lambda other: (other.article.moment(), other.article.id))
        return theirs[0].article.id if theirs else None

    def add_measured(self) -> None:
        """Add an edge for each copy whose direction is known, that no credit states and no other copy explains.

        Two subscribers of one agency share its words: that is an edge from each to the agency, and none between them.
        """
        directed = [copy for copy in self.file.copies if self._is_directed(copy)]
        for copy in sorted(directed, key=self._likeliest_first):
            later = self.reports[copy.b if copy.origin == copy.a else copy.a]
            origin = self.reports[copy.origin or copy.a]
            if self._tied(later.article.id, origin):
                self._explain(later, copy)
            elif not (
                self._reaches(origin.article.id, later.article.id)
                or self._share_agency(later, origin)
                or self._is_explained(later, copy)
            ):
                self._explain(later, copy)
                self._add(_measured(later, origin, copy))

    def _is_directed(self, copy: Copy) -> bool:
        return copy.origin in (copy.a, copy.b) and {copy.a, copy.b} <= self.reports.keys()

    def _likeliest_first(self, copy: Copy) -> tuple[bool, object, float, str, str]:
        """Order copies by how likely the other article is where the words began: agencies, then the earliest."""
        origin = self.reports[copy.origin or copy.a]
        agency = origin.outlet.kind == "agency"
        return (not agency, origin.article.moment(), -copy.score, copy.a, copy.b)

    def _explain(self, later: Report, copy: Copy) -> None:
        self.explained[later.article.id].extend(_runs_in(later, copy))

    def _is_explained(self, later: Report, copy: Copy) -> bool:
        """Tell whether nearly all words of a copy stand in copies that already have their edge."""
        runs = _runs_in(later, copy)
        known = self.explained[later.article.id]
        new = sum(len(run) for run in runs if not any(run.overlaps(other) for other in known))
        return new < MIN_NEW_SHARE * sum(len(run) for run in runs)

    def _share_agency(self, one: Report, other: Report) -> bool:
        return bool(self._stated_agencies(one) & self._stated_agencies(other))

    def _stated_agencies(self, report: Report) -> set[str]:
        return {
            edge.to_outlet
            for edge in self.edges
            if edge.article_id == report.article.id
            and edge.basis == "stated"
            and edge.kind in ("agency", "dateline")
        }

    def _tied(self, later: str, origin: Report) -> bool:
        """Tell whether an edge already leads from `later` to that article or its outlet, or on to it."""
        direct = any(
            edge.article_id == later and edge.to_outlet == origin.outlet.id for edge in self.edges
        )
        return direct or self._reaches(later, origin.article.id)

    def _add(self, edge: Edge) -> None:
        self.edges.append(edge)
        if edge.to_article is not None:
            self.onward[edge.article_id].append(edge.to_article)

    def _reaches(self, start: str, goal: str) -> bool:
        seen, waiting = set(), [start]
        while waiting:
            here = waiting.pop()
            if here == goal:
                return True
            if here not in seen:
                seen.add(here)
                waiting.extend(self.onward[here])
        return False

    def lineage(self) -> Lineage:
        """Return the lineage that the edges make."""
        origins = self._origins()
        most = self._most(origins)
        return Lineage(
            story_id=self.file.story.id,
            edges=tuple(self.edges),
            origins=origins,
            origins_low=min(self._least(origins), most),
            origins_high=most,
        )

    def _origins(self) -> tuple[Origin, ...]:
        """Return the articles and outlets where chains end, ownership groups as one."""
        led: dict[tuple[str, str | None], set[str]] = {}
        voices: dict[str, tuple[str, str | None]] = {}
        for report in self.file.reports:
            for outlet, article in self._roots(report.article.id, ()):
                voice = self._voice(outlet, article)
                key = voices.setdefault(voice, (outlet, article))
                led.setdefault(key, set()).add(report.article.id)
        order = {report.article.id: at for at, report in enumerate(self.file.reports)}
        return tuple(
            Origin(
                outlet=outlet,
                article_id=article,
                articles=tuple(sorted(articles, key=order.__getitem__)),
            )
            for (outlet, article), articles in led.items()
        )

    def _roots(self, article: str, path: tuple[str, ...]) -> set[tuple[str, str | None]]:
        """Return where the chains that start at `article` end: (outlet, article), no article where it was not seen."""
        outward = [edge for edge in self.edges if edge.article_id == article]
        if not outward or article in path:
            return {(self.reports[article].outlet.id, article)}
        roots: set[tuple[str, str | None]] = set()
        for edge in outward:
            if edge.to_article is None:
                roots.add((edge.to_outlet, None))
            else:
                roots |= self._roots(edge.to_article, (*path, article))
        return roots

    def _voice(self, outlet: str, article: str | None) -> str:
        if article is not None:
            return self.reports[article].outlet.voice()
        known = [report.outlet for report in self.file.reports if report.outlet.id == outlet]
        return known[0].voice() if known else outlet

    def _most(self, origins: tuple[Origin, ...]) -> int:
        """Return how many origins are independent at most: no more than there are voices that tell the story.

        An article that credits another outlet may also report of its own, unless it is a copy.
        """
        copied = {
            edge.article_id
            for edge in self.edges
            if edge.basis == "measured" or edge.kind in ("agency", "dateline", "republication")
        }
        own = {
            report.outlet.voice() for report in self.file.reports if report.article.id not in copied
        }
        roots = {self._voice(origin.outlet, origin.article_id) for origin in origins}
        telling = {report.outlet.voice() for report in self.file.reports}
        return min(len(own | roots), len(telling))

    def _least(self, origins: tuple[Origin, ...]) -> int:
        """Return how many origins are independent at least: groups that no article and no copy ties together.

        An article that names two origins does not say that they are independent of each other.
        """
        ties = [set(origin.articles) for origin in origins]
        ties += [{copy.a, copy.b} for copy in self.file.copies if copy.origin is None]
        groups: list[set[str]] = []
        for tie in ties:
            apart = [group for group in groups if group.isdisjoint(tie)]
            joined = tie.union(*(group for group in groups if not group.isdisjoint(tie)))
            groups = [*apart, joined]
        return len(groups)


def _credit_evidence(report: Report, credit: Credit) -> Evidence:
    text = part_text(report.article, credit.part)
    return quote_evidence(text, credit.span, article_id=report.article.id, part=credit.part)


def _measured(later: Report, origin: Report, copy: Copy) -> Edge:
    return Edge(
        article_id=later.article.id,
        to_outlet=origin.outlet.id,
        to_article=origin.article.id,
        basis="measured",
        kind=copy.kind,
        evidence=_copy_evidence(later, copy),
    )


def _runs_in(report: Report, copy: Copy) -> tuple[Span, ...]:
    return copy.spans_a if report.article.id == copy.a else copy.spans_b


def _copy_evidence(report: Report, copy: Copy) -> tuple[Evidence, ...]:
    longest = sorted(_runs_in(report, copy), key=lambda span: (-len(span), span.start))[
        :MAX_RECEIPTS
    ]
    return tuple(
        quote_evidence(report.article.text, span, article_id=report.article.id)
        for span in sorted(longest)
    )
