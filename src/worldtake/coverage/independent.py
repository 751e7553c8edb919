"""What of a story its coverage is told by, and which of its articles were made from another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worldtake.model import Copy, Outlet, Story, StoryFile

#: Least share of the shorter text that makes one article a copy of another.
COPIED_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A story and who carries it, without the words."""

    story: Story
    #: Article id -> its outlet, for every article of the story, in its order.
    outlets: Mapping[str, Outlet]
    copies: tuple[Copy, ...] = ()
    #: Independent origins at least; None before origins were traced.
    origins: int | None = None


def carried(file: StoryFile) -> Carried:
    """Return who carries the story of a file."""
    return Carried(
        story=file.story,
        outlets={report.article.id: report.outlet for report in file.reports},
        copies=file.copies,
        origins=file.lineage.origins_low if file.lineage else None,
    )


def derived_articles(told: Carried) -> frozenset[str]:
    """Return the ids of articles that copy another of the story; of an undirected pair, the later one."""
    place = {name: number for number, name in enumerate(told.story.articles)}
    derived: set[str] = set()
    for copy in told.copies:
        known = copy.a in place and copy.b in place
        if known and copy.kind != "passage" and copy.score >= COPIED_SHARE:
            later = max(copy.a, copy.b, key=place.__getitem__)
            derived.add(_other(copy.a, copy.b, copy.origin) or later)
    return frozenset(derived)


def own_outlets(told: Carried) -> list[Outlet]:
    """Return the outlets of the articles that copy no other."""
    derived = derived_articles(told)
    return [outlet for article, outlet in told.outlets.items() if article not in derived]


def _other(a: str, b: str, origin: str | None) -> str | None:
    return {a: b, b: a}.get(origin) if origin else None
