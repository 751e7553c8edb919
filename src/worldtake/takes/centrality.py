"""How much of a story one of its sentences says: likeness to all reports together, with the lead in front.

Sentences are TF-IDF vectors over the story's own sentences; each report weighs the same, however long it is.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from worldtake.text.fold import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.takes.passages import Passage

#: How much more the first sentence counts than one far below; half of it is left at the second.
LEAD_BONUS = 0.5
#: Digits of a score that are compared.
SCORE_DIGITS = 6


def scores(reports: Sequence[Sequence[Passage]]) -> list[list[float]]:
    """Return for each passage of each report how central it is to the story, 0 to 1.5."""
    said = [[Counter(_terms(passage.text)) for passage in report] for report in reports]
    held = Counter(term for report in said for sentence in report for term in sentence)
    total = sum(len(report) for report in said)
    vectors = [[_vector(sentence, held, total) for sentence in report] for report in said]
    centre: dict[str, float] = {}
    for report in vectors:
        for vector in report:
            for term, weight in vector.items():
                centre[term] = centre.get(term, 0.0) + weight / len(report)
    norm = math.sqrt(sum(weight * weight for weight in centre.values())) or 1.0
    return [
        [
            round(_dot(vector, centre) / norm * _lead(passage.place), SCORE_DIGITS)
            for vector, passage in zip(report, passages, strict=True)
        ]
        for report, passages in zip(vectors, reports, strict=True)
    ]


def _terms(text: str) -> list[str]:
    """Return words; runs of a script without spaces as pairs of characters."""
    terms: list[str] = []
    for word in words(text):
        if word.isascii() or len(word) < len("ab") or not _unspaced(word):
            terms.append(word)
        else:
            terms.extend(word[start : start + 2] for start in range(len(word) - 1))
    return terms


def _unspaced(word: str) -> bool:
    return any("\u0e00" <= char <= "\u0eff" or "\u3040" <= char <= "\u9fff" for char in word)


def _vector(sentence: Mapping[str, int], held: Mapping[str, int], total: int) -> dict[str, float]:
    weights = {
        term: (1.0 + math.log(count)) * math.log(1.0 + total / held[term])
        for term, count in sorted(sentence.items())
    }
    norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / norm for term, weight in weights.items()}


def _dot(vector: Mapping[str, float], centre: Mapping[str, float]) -> float:
    return sum(weight * centre[term] for term, weight in vector.items())


def _lead(place: int) -> float:
    return 1.0 + LEAD_BONUS / (1.0 + place)
