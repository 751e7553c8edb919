"""Which reports of a story speak with one voice: copies of each other, told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.model import StoryFile

#: Least share of the shorter text that two reports share to be one voice.
COPIED_SHARE = 0.5
#: Kinds of steps back that carry the words along.
COPYING_KINDS = frozenset(("agency", "republication", "rewrite"))


def voices(file: StoryFile) -> dict[str, str]:
    """Return for each article of the story the id of the earliest article with whose words it speaks."""
    place = {name: number for number, name in enumerate(file.story.articles)}
    leader = {name: name for name in file.story.articles}
    for one, two in _same_words(file):
        if one in place and two in place:
            old, young = sorted((leader[one], leader[two]), key=place.__getitem__)
            leader = {name: old if led == young else led for name, led in leader.items()}
    return leader


def _same_words(file: StoryFile) -> Iterator[tuple[str, str]]:
    for copy in file.copies:
        if copy.kind != "passage" and copy.score >= COPIED_SHARE:
            yield copy.a, copy.b
    for edge in file.lineage.edges if file.lineage else ():
        if edge.to_article and edge.kind in COPYING_KINDS:
            yield edge.article_id, edge.to_article
