"""Which articles of a story were made from another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worldtake.model import StoryFile

#: Least share of the shorter text that makes one article a copy of another.
COPIED_SHARE = 0.5


def derived_articles(file: StoryFile) -> frozenset[str]:
    """Return the ids of articles that copy another of the story; of an undirected pair, the later one."""
    place = {name: number for number, name in enumerate(file.story.articles)}
    derived: set[str] = set()
    for copy in file.copies:
        known = copy.a in place and copy.b in place
        if known and copy.kind != "passage" and copy.score >= COPIED_SHARE:
            later = max(copy.a, copy.b, key=place.__getitem__)
            derived.add(_other(copy.a, copy.b, copy.origin) or later)
    return frozenset(derived)


def _other(a: str, b: str, origin: str | None) -> str | None:
    return {a: b, b: a}.get(origin) if origin else None
