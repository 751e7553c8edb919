"""Tie stories that follow one another over days and weeks into threads.

Stories of a thread share their subject, not their happening: their centroids are less alike than articles of one story,
and they name the same rare people, places and things; "epicentre" in two articles makes two earthquakes no thread.  Over a longer
silence more of the names must return.  In scripts without capital letters every rare term counts, and more are needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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
from worldtake.cluster.settings import ClusterSettings
from worldtake.cluster.vectors import Reader, weigh
from worldtake.cluster.window import DAY_SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

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

    def __call__(self, stories: Sequence[StorySummary]) -> tuple[tuple[str, ...], ...]:
        """Return the story ids of each thread in time order; a story alone is a thread of one."""
        ordered = sorted(stories, key=lambda story: (story.first, story.id))
        if not ordered:
            return ()
        vectors, shared = self._vectors(ordered)
        cased = np.array([bool(_CASED.search(story.text)) for story in ordered])
        groups = _Groups(
            alike=(vectors @ vectors.T).toarray(),
            names=shared,
            cased=cased,
            first=np.array([story.first.timestamp() / DAY_SECONDS for story in ordered]),
            last=np.array([story.last.timestamp() / DAY_SECONDS for story in ordered]),
            members=[[place] for place in range(len(ordered))],
            least=self.likeness,
        )
        while (pair := groups.closest()) is not None:
            groups.join(*pair)
        return tuple(
            tuple(ordered[place].id for place in sorted(group)) for group in groups.members if group
        )

    def _vectors(self, stories: Sequence[StorySummary]) -> tuple[csr_array, list[frozenset[int]]]:
        """Return one row of unit length per story over the terms used, and which rare names each holds."""
        prior = self.frequencies or english_frequencies()
        counts, reader = Counts(vocabulary=Vocabulary(prior=prior)), Reader()
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
            rare_terms.intersection(
                reader.read(_item(story, moment, _names(story.text)), counts).numbers.tolist()
            )
            for story in stories
        ]
        return csr_array(matrix[:, used]), named


def _item(story: StorySummary, moment: datetime, text: str) -> ClusterItem:
    return ClusterItem(
        id=story.id, moment=moment, outlet_id="", language=story.language, title="", text=text
    )


def _names(text: str) -> str:
    """Return the names of `text`; all of it where the script has no small letters."""
    return " ".join(_NAME.findall(text)) if _CASED.search(text) else text


@dataclass(slots=True, kw_only=True)
class _Groups:
    """Threads while they grow; one that went into another keeps its place with no members."""

    #: Dot products of the threads' sums of vectors.
    alike: NDArray[np.float64]
    #: Rare names of each.
    names: list[frozenset[int]]
    #: Whether the script of each tells names by capital letters.
    cased: NDArray[np.bool_]
    #: First and last day of each.
    first: NDArray[np.float64]
    last: NDArray[np.float64]
    members: list[list[int]]
    #: Least cosine for joining.
    least: float
    #: Cosines where two threads may be joined, else 0; above the diagonal.
    _open: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        self._open = np.zeros_like(self.alike)
        for place in range(len(self.members)):
            self._look(place)

    def closest(self) -> tuple[int, int] | None:
        """Return the two threads that are most alike of those that may be joined; None where none may."""
        best = int(np.argmax(self._open))
        one, two = best // len(self.members), best % len(self.members)
        return (one, two) if self._open[one, two] > 0 else None

    def join(self, one: int, two: int) -> None:
        """Put the later thread `two` into `one`."""
        self.alike[one] += self.alike[two]
        self.alike[:, one] += self.alike[:, two]
        self.names[one] |= self.names[two]
        self.cased[one] &= self.cased[two]
        self.first[one] = min(self.first[one], self.first[two])
        self.last[one] = max(self.last[one], self.last[two])
        self.members[one] += self.members[two]
        self.members[two] = []
        self._open[two] = self._open[:, two] = 0.0
        self._look(one)

    def _look(self, one: int) -> None:
        """Write down which threads `one` may be joined with."""
        norms = np.sqrt(self.alike.diagonal())
        scale = np.where(norms > 0, norms, 1.0)
        cosine = (self.alike[one] / scale / scale[one]).round(6)
        silence = np.maximum(self.first[one] - self.last, self.first - self.last[one])
        cased = self.cased & self.cased[one]
        near = np.where(cased, NAMES_NEAR, TERMS_NEAR)
        needed = np.where(silence <= NEAR_DAYS, near, np.where(cased, NAMES_FAR, TERMS_FAR))
        for two in np.flatnonzero(cosine >= self.least).tolist():
            both = len(self.names[one] & self.names[two])
            fits = two != one and bool(self.members[two]) and both >= needed[two]
            self._open[min(one, two), max(one, two)] = cosine[two] if fits else 0.0
        low = np.flatnonzero(cosine < self.least)
        self._open[np.minimum(one, low), np.maximum(one, low)] = 0.0
