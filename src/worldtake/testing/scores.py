"""Score what was found against what was planted: B-cubed for groups, precision and recall for sets, words for bodies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import regex

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

#: Words; letters of scripts without spaces count one by one.
_WORD = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]|[\p{L}\p{M}\p{N}]+")
T = TypeVar("T", bound="Hashable")


class Score(NamedTuple):
    """Precision, recall and their harmonic mean, each 0 to 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Generic[T]):
    """A set that was found beside the set that was planted."""

    matched: frozenset[T]
    #: Planted and not found.
    missing: frozenset[T]
    #: Found and not planted.
    extra: frozenset[T]

    def score(self) -> Score:
        """Return precision and recall; nothing found has precision 1, nothing planted recall 1."""
        hits = len(self.matched)
        return score_counts(hits, found=hits + len(self.extra), planted=hits + len(self.missing))


def b_cubed(predicted: Mapping[str, str], gold: Mapping[str, str]) -> Score:
    """Return B-cubed over the items of `gold`; an item that was not predicted stands alone.

    Both map items to groups. Bagga and Baldwin 1998.

    Raises:
        ValueError: if `gold` is empty.
    """
    if not gold:
        message = "B-cubed needs at least one gold item"
        raise ValueError(message)
    found = {item: predicted.get(item, f"alone\x1f{item}") for item in gold}
    both = Counter((found[item], gold[item]) for item in gold)
    by_found, by_gold = Counter(found.values()), Counter(gold.values())
    precision = sum(n * n / by_found[f] for (f, _), n in both.items()) / len(gold)
    recall = sum(n * n / by_gold[g] for (_, g), n in both.items()) / len(gold)
    return Score(precision, recall, _harmonic(precision, recall))


def compare(found: Iterable[T], planted: Iterable[T]) -> Comparison[T]:
    """Return what of `planted` was found, what is missing, and what is extra."""
    found, planted = frozenset(found), frozenset(planted)
    return Comparison(matched=found & planted, missing=planted - found, extra=found - planted)


def compare_edges(
    found: Iterable[tuple[str, str]], planted: Iterable[tuple[str, str]]
) -> Comparison[tuple[str, str]]:
    """Return the comparison of directed edges, such as from an article to the outlet it credits."""
    return compare(found, planted)


def compare_pairs(
    found: Iterable[tuple[str, str]], planted: Iterable[tuple[str, str]]
) -> Comparison[tuple[str, str]]:
    """Return the comparison of undirected pairs, such as two articles that share text."""
    return compare((_ordered(pair) for pair in found), (_ordered(pair) for pair in planted))


def compare_words(found: str, planted: str) -> Score:
    """Return how well the words of a text agree with those it should have, order aside."""
    ours, theirs = Counter(_WORD.findall(found)), Counter(_WORD.findall(planted))
    return score_counts((ours & theirs).total(), found=ours.total(), planted=theirs.total())


def score_counts(hits: int, *, found: int, planted: int) -> Score:
    """Return the score of `hits` among `found` and `planted`; of nothing, all was right."""
    precision = hits / found if found else 1.0
    recall = hits / planted if planted else 1.0
    return Score(precision, recall, _harmonic(precision, recall))


def _ordered(pair: tuple[str, str]) -> tuple[str, str]:
    a, b = pair
    return (a, b) if a <= b else (b, a)


def _harmonic(precision: float, recall: float) -> float:
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0
