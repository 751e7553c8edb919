r"""Scores of one text beside its gold: 4-word shingles and bags of words, their precision, recall and F1, and the bootstrap over pages.

Shingles are those of the benchmark of the scrapinghub pages: `\w+` tokens, four in a row, counted as often as they stand; a text
below four tokens is one shingle. A bag of words is the same with single tokens, so that a Korean word with its particle, parted by
spaces alone, is one token.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Words in a shingle, as the benchmark has it.
SHINGLE = 4
#: Resamples of a bootstrap: its probabilities are then right to .01.
RESAMPLES = 10_000
_TOKEN = regex.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of two multisets is the same."""

    #: Share of what was given that is in the gold.
    precision: float
    #: Share of the gold that was given.
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of the two."""
        return f1(self.precision, self.recall)


def words(text: str) -> Counter[str]:
    """Return the words of `text`, counted."""
    return Counter(_TOKEN.findall(text))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the 4-word shingles of `text`, counted."""
    tokens = _TOKEN.findall(text)
    last = max(1, len(tokens) - SHINGLE + 1)
    return Counter(tuple(tokens[n : n + SHINGLE]) for n in range(last)) if tokens else Counter()


def overlap(expected: Counter[Any], actual: Counter[Any]) -> Overlap:
    """Return precision and recall of `actual`; both 1 where neither holds anything."""
    both = (expected & actual).total()
    if not expected and not actual:
        return Overlap(1.0, 1.0)
    return Overlap(both / max(1, actual.total()), both / max(1, expected.total()))


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def mean_f1(pages: Sequence[Overlap]) -> float:
    """Return the F1 of mean precision and mean recall, as the benchmark does, not the mean of F1."""
    count = max(1, len(pages))
    return f1(
        sum(each.precision for each in pages) / count, sum(each.recall for each in pages) / count
    )


def resampled_f1(pages: Sequence[Overlap], seed: int = 1) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return `mean_f1` of each resample of the pages; the same seed draws the same pages for every extractor."""
    values = np.array([(each.precision, each.recall) for each in pages])
    drawn = np.random.default_rng(seed).integers(len(pages), size=(RESAMPLES, len(pages)))
    means = values[drawn].mean(axis=1)
    total = means.sum(axis=1)
    return np.asarray(2 * means.prod(axis=1) / np.maximum(total, np.finfo(np.float64).tiny))


def interval(pages: Sequence[Overlap]) -> tuple[float, float]:
    """Return the 95 per cent bootstrap interval of `mean_f1`."""
    low, high = np.quantile(resampled_f1(pages), (0.025, 0.975))
    return float(low), float(high)


def probability_higher(ours: Sequence[Overlap], theirs: Sequence[Overlap] | float) -> float:
    """Return in which share of resamples our F1 is higher: paired by page, or against one published figure."""
    other = theirs if isinstance(theirs, float) else resampled_f1(theirs)
    return float(np.mean(resampled_f1(ours) > other))
