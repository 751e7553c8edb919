"""Tie stories that follow one another over days and weeks into threads.

Stories of a thread share their subject, not their happening: their centroids are less alike than articles of one story,
and they name the same rare people, places and things; "epicentre" in two articles makes two earthquakes no thread.  Over a longer
silence more of the names must return.  In scripts without capital letters every rare term counts, and more are needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import regex
from scipy.sparse import csr_array

from worldtake.cluster.frequencies import (
    Counts,
    DocumentFrequencies,
    Vocabulary,
    english_frequencies,
)
from worldtake.cluster.items import ClusterItem
from worldtake.cluster.joining import Threads
from worldtake.cluster.settings import ClusterSettings
from worldtake.cluster.vectors import Reader, weigh
from worldtake.cluster.window import DAY_SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

#: Days of silence over which likeness alone ties stories (stage design).
NEAR_DAYS = 14.0
#: Least cosine between centroids (stage design: .12 to .18).
LIKENESS = 0.15
#: A term is rare when at most this share of stories and of the shipped table hold it.
RARE_SHARE = 0.02
#: Rare names that stories within `NEAR_DAYS` must share, and those further apart.
NAMES_NEAR, NAMES_FAR = 2, 4
#: Rare terms that they must share where the script has no capital letters.
TERMS_NEAR, TERMS_FAR = 6, 12
#: Terms kept of a story: it is longer than an article.
STORY_TERMS = 120

#: A capitalised word that does not begin a sentence.
_NAME = regex.compile(r"(?<=[\p{Ll},;] )\p{Lu}[\p{L}\p{M}]+")
_CASED = regex.compile(r"\p{Ll}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySummary:
    """One story as threads see it."""

    #: `Story.id`.
    id: str
    #: Moments of its first and last article, aware.
    first: datetime
    last: datetime
    #: Titles and leads of its articles.
    text: str = field(repr=False)
    #: BCP 47 tag of `text`.
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindThreads:
    """Group stories into threads by likeness of subject, shared rare terms and nearness in time."""

    name: ClassVar[str] = "cluster.threads"
    version: ClassVar[int] = 1

    #: Document frequencies known before; the shipped table where None.
    frequencies: DocumentFrequencies | None = None
    #: Least cosine between centroids.
    likeness: float = LIKENESS
    #: Reads stories; one that remembers those of the last time spares reading them again.
    reader: Reader | None = field(default=None, repr=False, compare=False)

    def __call__(self, stories: Sequence[StorySummary]) -> tuple[tuple[str, ...], ...]:
        """Return the story ids of each thread in time order; a story alone is a thread of one."""
        ordered = sorted(stories, key=lambda story: (story.first, story.id))
        if not ordered:
            return ()
        vectors, shared = self._vectors(ordered)
        groups = Threads(
            vectors=vectors,
            names=shared,
            cased=[bool(_CASED.search(story.text)) for story in ordered],
            first=[story.first.timestamp() / DAY_SECONDS for story in ordered],
            last=[story.last.timestamp() / DAY_SECONDS for story in ordered],
            needed=_needed,
            least=self.likeness,
        )
        return tuple(
            tuple(ordered[place].id for place in sorted(group)) for group in groups.joined()
        )

    def _vectors(self, stories: Sequence[StorySummary]) -> tuple[csr_array, list[frozenset[int]]]:
        """Return one row of unit length per story over the terms used, and which rare names each holds."""
        prior = self.frequencies or english_frequencies()
        counts, reader = Counts(vocabulary=Vocabulary(prior=prior)), self.reader or Reader()
        moment = stories[0].first
        read = [reader.read(_item(story, moment, story.text), counts) for story in stories]
        for article in read:
            counts.count(article.language, article.day, article.numbers)
        matrix = weigh(read, counts, ClusterSettings(top_terms=STORY_TERMS))
        used = np.unique(matrix.indices)
        held = counts.vocabulary.priors[used] + counts.counts[used]
        rare = held <= RARE_SHARE * (prior.articles + len(stories))
        rare_terms = frozenset(used[rare].tolist())
        named = [
            rare_terms.intersection(reader.read(_named(story, moment), counts).numbers.tolist())
            for story in stories
        ]
        return csr_array(matrix[:, used]), named


def _item(story: StorySummary, moment: datetime, text: str) -> ClusterItem:
    return ClusterItem(
        id=story.id, moment=moment, outlet_id="", language=story.language, title="", text=text
    )


def _named(story: StorySummary, moment: datetime) -> ClusterItem:
    """Return the names of a story as an item of their own."""
    return replace(_item(story, moment, _names(story.text)), id=f"names/{story.id}")


def _names(text: str) -> str:
    """Return the names of `text`; all of it where the script has no small letters."""
    return " ".join(_NAME.findall(text)) if _CASED.search(text) else text


def _needed(silence: float, *, cased: bool) -> int:
    """Return how many rare names stories must share after so many days of silence."""
    near, far = (NAMES_NEAR, NAMES_FAR) if cased else (TERMS_NEAR, TERMS_FAR)
    return near if silence <= NEAR_DAYS else far
