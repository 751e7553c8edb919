"""How many articles a term is found in: a shipped table for English, and counts of the stream that fade.

A term's weight is its inverse document frequency.  A stream that has just begun knows none, so the table stands in for
`PRIOR_ARTICLES` articles; from then on the stream's own counts decide, with a half-life so that the words of last month's
news become rare again.
"""

from __future__ import annotations

import functools
import hashlib
import math
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from worldtake.cluster.words import Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

#: Articles that a shipped table stands for.
PRIOR_ARTICLES = 300.0
#: Articles that an unknown language starts with: enough that the first words are not infinitely rare.
COLD_ARTICLES = 20.0
#: Articles of the prior in which an unlisted word is expected.
UNLISTED_ARTICLES = 0.5
#: Half-life of the stream's counts.
HALF_LIFE_DAYS = 14.0
#: Counts are scaled back when a new article weighs more than 2 to this.
RESCALE_HALVINGS = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFrequencies:
    """Shares of articles that hold a term, known before the stream begins."""

    #: Term with its language (`en:flood`) -> share of articles, 0 to 1.
    shares: Mapping[str, float]
    #: Languages that the table knows.
    languages: frozenset[str]
    #: Articles that the table stands for.
    articles: float = PRIOR_ARTICLES

    def digest(self) -> str:
        """Return a hash of the table, so that a grouping can name what it was made with."""
        lines = "\n".join(f"{term}\t{share:.6f}" for term, share in sorted(self.shares.items()))
        return hashlib.blake2b(f"{self.articles}\n{lines}".encode(), digest_size=8).hexdigest()

    def weight_of(self, language: str) -> float:
        """Return how many articles the table stands for in `language`."""
        return self.articles if language in self.languages else COLD_ARTICLES

    def count_of(self, term: str) -> float:
        """Return in how many of those articles `term` is expected."""
        share = self.shares.get(term)
        return UNLISTED_ARTICLES if share is None else share * self.articles


@functools.cache
def english_frequencies() -> DocumentFrequencies:
    """Read the shipped table of common English words."""
    terms = Terms("en")
    shares: dict[str, float] = {}
    table = files("worldtake.cluster").joinpath("common_words.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        share, _, listed = line.partition(" ")
        if share.startswith("#"):
            continue
        for term in terms(listed):
            shares.setdefault(term, float(share))
    return DocumentFrequencies(shares=shares, languages=frozenset(("en",)))


@dataclass(slots=True, kw_only=True)
class Vocabulary:
    """Number terms as they come, and keep what the prior says of each."""

    prior: DocumentFrequencies
    #: Term -> number.
    numbers: dict[str, int] = field(default_factory=dict)
    #: Prior count of each numbered term; longer than `numbers`.
    priors: NDArray[np.float64] = field(default_factory=lambda: np.zeros(1024))

    def number(self, terms: Iterable[str]) -> NDArray[np.int32]:
        """Return the numbers of `terms`, giving new ones where needed."""
        return np.fromiter((self._number(term) for term in terms), dtype=np.int32)

    def _number(self, term: str) -> int:
        known = self.numbers.get(term)
        if known is None:
            known = self.numbers[term] = len(self.numbers)
            self.priors = lengthened(self.priors, known + 1)
            self.priors[known] = self.prior.count_of(term)
        return known


@dataclass(slots=True, kw_only=True)
class Counts:
    """Decayed document frequencies of a stream on top of a prior."""

    vocabulary: Vocabulary
    #: Count of each term, prior left out, in units of an article at `origin`.
    counts: NDArray[np.float64] = field(default_factory=lambda: np.zeros(1024))
    #: Language -> articles, in the same units.
    articles: dict[str, float] = field(default_factory=dict)
    #: Moment in days at which an article counts as one; None before the first.
    origin: float | None = None

    def count(self, language: str, day: float, numbers: NDArray[np.int32]) -> None:
        """Count one article of `language` at `day` (days since the epoch) with its distinct terms."""
        weight = self._weight(day)
        self.counts = lengthened(self.counts, int(numbers.max(initial=-1)) + 1)
        self.counts[numbers] += weight
        self.articles[language] = self.articles.get(language, 0.0) + weight

    def idf(self, language: str, day: float, numbers: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return log inverse document frequencies of counted terms as they stand at `day`."""
        weight = self._weight(day)
        prior = self.vocabulary.prior.weight_of(language)
        total = prior + self.articles.get(language, 0.0) / weight
        held = self.vocabulary.priors[numbers] + self.counts[numbers] / weight
        return np.log((total + 1.0) / np.minimum(held, total))

    def copied(self) -> Counts:
        """Return counts that can go on without touching these; the numbering is shared."""
        return replace(self, counts=self.counts.copy(), articles=dict(self.articles))

    def _weight(self, day: float) -> float:
        if self.origin is None:
            self.origin = day
        halvings = (day - self.origin) / HALF_LIFE_DAYS
        if halvings > RESCALE_HALVINGS:
            factor = math.exp2(-halvings)
            self.counts = self.counts * factor
            self.articles = {name: count * factor for name, count in self.articles.items()}
            self.origin = day
            halvings = 0.0
        return math.exp2(max(0.0, halvings))


def lengthened(array: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Return `array` with zeros after it so that it holds `size` values; twice as long where it must grow."""
    if size <= len(array):
        return array
    return np.concatenate([array, np.zeros(max(size, 2 * len(array)) - len(array))])
