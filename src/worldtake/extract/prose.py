"""Tell of each line of a plain text page how likely it is the article's, and how likely the headline, by trees grown on real pages.

`evals/train_lines.py` grows them and writes `prose.json` with its report (boosted trees; judged on publishers held out). Those of the
headline also see what the others say of the lines around.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from worldtake.extract.cues import measure_lines, run_columns, weightiest_run
from worldtake.extract.trees import COUNTS, LEAST_COUNT, unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from worldtake.extract.lines import Line

    Floats = npt.NDArray[np.float64]

TREES = Path(__file__).with_name("prose.json")
#: Neighbours whose answer the trees of the headline see, and windows in which answers are summed, lines.
NEAR = (-3, -2, -1, 1, 2, 3)
WINDOWS = (5, 12, 30)
#: Weight that a line of no prose costs a run of it.
GAP_COSTS = (5.0, 20.0, 80.0)
#: Weight above which more of a line counts no more.
MOST_WEIGHT = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Trees of one depth, to be summed; the children of node n are 2n+1 and 2n+2, right where the number is greater."""

    start: float
    columns: npt.NDArray[np.int64]
    thresholds: Floats
    leaves: Floats
    #: How much of what was learned from came to each leaf; None where that was not counted.
    counts: Floats | None = None

    def odds(self, rows: Floats) -> Floats:
        """Return the log odds of each row."""
        trees = np.arange(len(self.columns))[:, None]
        found: Floats = self.start + self.leaves[trees, self._leaf(rows)].sum(axis=0)
        return found

    def shares(self, rows: Floats) -> tuple[float, Floats]:
        """Return the mean log odds of what was counted, and how far each column moves each row's, shape (rows, columns).

        As each node is passed, the mean of the leaves below changes; the change is the share of the column asked there (A. Saabas,
        "Interpreting random forests", 2014).
        """
        inner = self.columns.shape[1]
        means = self._means()
        found = np.zeros(rows.shape)
        trees, index = np.arange(len(self.columns))[:, None], np.arange(len(rows))[None, :]
        node = np.zeros((len(self.columns), len(rows)), np.int64)
        while inner and node[0, 0] < inner:
            column = self.columns[trees, node]
            below = 2 * node + 1 + (rows[index, column] > self.thresholds[trees, node])
            moved = means[trees, below] - means[trees, node]
            np.add.at(found, (np.broadcast_to(index, column.shape), column), moved)
            node = below
        return self.start + float(means[:, 0].sum()), found

    def reached(self, rows: Floats, weights: Floats) -> Floats:
        """Return how much weight of the rows comes to each leaf, in the shape of `leaves`."""
        found = np.zeros(self.leaves.shape)
        for tree, leaf in enumerate(self._leaf(rows)):
            found[tree] = np.bincount(leaf, weights, self.leaves.shape[1])
        return found

    def _means(self) -> Floats:
        """Return the mean of the leaves below each node, the leaves themselves last, one row a tree."""
        inner = self.columns.shape[1]
        sizes = np.ones(self.leaves.shape) if self.counts is None else self.counts + LEAST_COUNT
        sums = np.hstack((np.zeros(self.columns.shape), self.leaves * sizes))
        sizes = np.hstack((np.zeros(self.columns.shape), sizes))
        for node in range(inner - 1, -1, -1):
            for every in (sums, sizes):
                every[:, node] = every[:, 2 * node + 1] + every[:, 2 * node + 2]
        return sums / sizes

    def _leaf(self, rows: Floats) -> npt.NDArray[np.int64]:
        """Return the leaf that each row comes to, shape (trees, rows)."""
        inner = self.columns.shape[1]
        trees, index = np.arange(len(self.columns))[:, None], np.arange(len(rows))[None, :]
        node = np.zeros((len(self.columns), len(rows)), np.int64)
        while inner and node[0, 0] < inner:
            greater = rows[index, self.columns[trees, node]] > self.thresholds[trees, node]
            node = 2 * node + 1 + greater
        found: npt.NDArray[np.int64] = node - inner
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """What the trees say of a page's lines: log odds, one a line."""

    #: That it is the article's text.
    body: Floats
    #: That it is the headline.
    title: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The trees of the text, and those of the headline."""

    body: Trees
    title: Trees

    def __call__(self, lines: Sequence[Line]) -> Odds:
        """Return the odds of each line."""
        if not lines:
            return Odds(body=np.zeros(0), title=np.zeros(0))
        rows = measure_lines(lines)
        body = self.body.odds(rows)
        return Odds(body=body, title=self.title.odds(with_answers(rows, body, lines)))


@cache
def reader() -> Reader:
    """Return the trees that the project ships."""
    stored = json.loads(TREES.read_text("utf-8"))
    return Reader(**{name: read_trees(stored[name]) for name in ("body", "title")})


def read_trees(stored: dict[str, Any]) -> Trees:
    """Return trees from their stored form."""
    return Trees(
        start=float(stored["start"]),
        columns=np.array(stored["columns"], np.int64),
        thresholds=np.array(stored["thresholds"], np.float64),
        leaves=np.array(stored["leaves"], np.float64),
        counts=unpacked(np.array(stored[COUNTS], np.uint8)) if COUNTS in stored else None,
    )


def with_answers(rows: Floats, odds: Floats, lines: Sequence[Line]) -> Floats:
    """Return the rows with what the trees of the text say of each line and of those around it."""
    share = 1 / (1 + np.exp(-odds))
    weights = np.minimum([float(line.weight) for line in lines], MOST_WEIGHT)
    mass = share * weights
    sums = np.concatenate(([0.0], np.cumsum(mass)))
    total = max(1.0, float(sums[-1]))
    index = np.arange(len(lines))
    columns = [_neighbour(share, offset) for offset in NEAR]
    for width in WINDOWS:
        columns.append(sums[index] - sums[np.maximum(0, index - width)])
        columns.append(sums[np.minimum(len(lines), index + 1 + width)] - sums[index + 1])
    columns += [sums[:-1] / total, 1 - sums[1:] / total]
    gains = np.where(share > 1 / 2, weights * (2 * share - 1), 0.0)
    for cost in GAP_COSTS:
        columns += run_columns(index.astype(np.float64), weightiest_run(gains, cost))
    return np.hstack((rows, np.column_stack((*columns, odds))))


def _neighbour(share: Floats, offset: int) -> Floats:
    moved = np.zeros_like(share)
    if abs(offset) < len(share):
        if offset > 0:
            moved[:-offset] = share[offset:]
        else:
            moved[-offset:] = share[:offset]
    return moved
