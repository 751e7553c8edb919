"""Habits of outlets: long sentences that recur on three articles of an outlet, told furniture from the reports' own.

The Helsinki articles are many of each outlet on one event, so that reports repeat each other: the hardest case. All long
sentences that recur there were read by hand; the hashes of those that are furniture stand here. Beside that the largest share
of an article that is left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from worldtake.extract.found import Found, Part
from worldtake.extract.habits import RECURRING, label_recurring, observe
from worldtake.extract.learning import LEAST_PAGES, learn
from worldtake.extract.writing import weight

CORPUS = Path(__file__).resolve().parents[2] / "shared/corpora/copies/helsinki.jsonl"
#: 1.0, 10 of 11 and 0.79 measured. Three articles of an outlet by themselves: precision 0.13, of 86 sentences.
FLOORS = {
    "habits.furniture_precision": 1.0,
    "habits.furniture_recall": 0.9,
    "habits.least_share_kept": 0.75,
}
#: Notices of rights, appeals to subscribe, scripts, a motto beside the text: 11 of the 86, counted by outlet.
FURNITURE = frozenset(
    ("T62ZotiJ", "ghUQ9lvB", "Av94M80b", "KtkksfNi", "KG9dWEXk", "mk2r0Yrs", "bHDTgdCo")
)


def measure() -> dict[str, float]:
    """Return how much of what is learned is furniture, how much of it is learned, and the least that is left of an article."""
    if not CORPUS.exists():
        return {}
    learned = right = there = 0
    kept = [1.0]
    for lines in _by_outlet():
        shown = [observe(_found(each), str(n)) for n, each in enumerate(lines)]
        habits = learn(shown)
        prose = [line for each in shown for line in each.prose]
        recurring = {line for line in prose if prose.count(line) >= LEAST_PAGES}
        found = recurring & set(habits.lines)
        learned += len(found)
        right += len(found & FURNITURE)
        there += len(recurring & FURNITURE)
        for each in lines:
            labels = label_recurring([(line, "paragraph") for line in each], habits)
            kept.append(_share_kept(each, labels))
    return {
        "habits.furniture_precision": right / max(1, learned),
        "habits.furniture_recall": right / max(1, there),
        "habits.least_share_kept": min(kept),
    }


def _by_outlet() -> list[list[list[str]]]:
    """Return the lines of each article of each outlet with enough of them."""
    found = defaultdict(list)
    for row in map(json.loads, CORPUS.read_text("utf-8").splitlines()):
        found[row["outlet"]].append(
            [line for each in row["text"].split("\n") if (line := each.strip())]
        )
    return [articles for articles in found.values() if len(articles) >= LEAST_PAGES]


def _found(lines: list[str]) -> Found:
    return Found(title="", parts=tuple(Part(text=line, role="paragraph") for line in lines))


def _share_kept(lines: list[str], labels: tuple[str, ...]) -> float:
    kept = sum(
        weight(line) for line, label in zip(lines, labels, strict=True) if label != RECURRING
    )
    return kept / max(1, sum(map(weight, lines)))
