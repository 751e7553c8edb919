"""Grow boosted trees for two classes: logistic loss, histograms of binned numbers, trees of one depth (Friedman 2001).

All trees have the same full shape, so that they are read by arithmetic: the children of node n are 2n+1 and 2n+2.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Whole = npt.NDArray[np.int64]

#: Threshold above every number.
NEVER = 1e12


@dataclass(frozen=True, slots=True, kw_only=True)
class Grower:
    """How trees are grown."""

    trees: int = 150
    depth: int = 4
    #: Share of each tree's answer that is added.
    rate: float = 0.12
    #: Most bins of one column.
    bins: int = 32
    #: Pull of a leaf towards 0, and least weight of one.
    ridge: float = 2.0
    least: float = 3.0
    #: Share of rows and of columns that each tree sees.
    rows: float = 0.5
    columns: float = 0.4
    seed: int = 4

    def grow(self, rows: Floats, target: Floats, weights: Floats) -> Trees:
        """Return trees whose sum is the log odds of `target`."""
        random = np.random.default_rng(self.seed)
        edges = [_edges(rows[:, n], self.bins) for n in range(rows.shape[1])]
        # By columns: each is read whole at every level.
        binned = np.asfortranarray(
            np.column_stack(
                [np.searchsorted(edge, rows[:, n], side="left") for n, edge in enumerate(edges)]
            ).astype(np.int16)
        )
        share = float(np.average(target, weights=weights))
        start = float(np.log(share / (1 - share)))
        odds = np.full(len(target), start)
        kept: list[_Tree] = []
        for _ in range(self.trees):
            odds_to = 1 / (1 + np.exp(-odds))
            slope, bend = weights * (target - odds_to), weights * odds_to * (1 - odds_to)
            taken = np.flatnonzero(random.random(len(target)) < self.rows)
            seen = np.flatnonzero(random.random(len(edges)) < self.columns)
            tree = self._tree(binned, slope, bend, taken, seen)
            kept.append(tree)
            odds += tree.leaf_values(binned)
        return Trees(start=start, depth=self.depth, edges=edges, kept=kept)

    def _tree(self, binned: Whole, slope: Floats, bend: Floats, taken: Whole, seen: Whole) -> _Tree:
        inner = 2**self.depth - 1
        column, split = np.zeros(inner, np.int64), np.full(inner, self.bins, np.int64)
        node = np.zeros(len(binned), np.int64)
        part = np.asfortranarray(binned[taken][:, seen])
        for level in range(self.depth):
            first, count = 2**level - 1, 2**level
            best = self._splits(part, slope[taken], bend[taken], node[taken] - first, count)
            column[first : first + count] = seen[best[0]]
            split[first : first + count] = best[1]
            right = binned[np.arange(len(binned)), column[node]] > split[node]
            node = 2 * node + 1 + right
        leaf = node - inner
        size = inner + 1
        up = np.bincount(leaf[taken], slope[taken], size)
        down = np.bincount(leaf[taken], bend[taken], size)
        return _Tree(column=column, split=split, leaves=self.rate * up / (down + self.ridge))

    def _splits(
        self, binned: Whole, slope: Floats, bend: Floats, node: Whole, count: int
    ) -> tuple[Whole, Whole]:
        """Return the best column and bin of each node of one level; the last bin where none is worth it."""
        width = self.bins + 1
        best, column = np.zeros(count), np.zeros(count, np.int64)
        split = np.full(count, self.bins, np.int64)
        for each in range(binned.shape[1]):
            cell = node * width + binned[:, each]
            up = np.bincount(cell, slope, count * width).reshape(count, width).cumsum(1)
            down = np.bincount(cell, bend, count * width).reshape(count, width).cumsum(1)
            gain = _gain(up, down, self.ridge)
            gain[(down < self.least) | (down[:, -1:] - down < self.least)] = 0.0
            top = gain.argmax(1)
            top_gain = gain[np.arange(count), top]
            better = np.flatnonzero(top_gain > best)
            best[better] = top_gain[better]
            column[better], split[better] = each, top[better]
        return column, split


def _gain(up: Floats, down: Floats, ridge: float) -> Floats:
    all_up, all_down = up[:, -1:], down[:, -1:]
    left = up**2 / (down + ridge)
    right = (all_up - up) ** 2 / (all_down - down + ridge)
    gain: Floats = left + right - all_up**2 / (all_down + ridge)
    return gain


def _edges(values: Floats, bins: int) -> Floats:
    """Return the borders between bins, at most `bins - 1`: a value is in the bin of the first border not under it."""
    kinds = np.unique(values)
    if len(kinds) > bins:
        return np.unique(np.quantile(values, np.linspace(0, 1, bins + 1)[1:-1]))
    return (kinds[:-1] + kinds[1:]) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tree:
    column: Whole
    split: Whole
    leaves: Floats

    def leaf_values(self, binned: Whole) -> Floats:
        node = np.zeros(len(binned), np.int64)
        inner = len(self.column)
        index = np.arange(len(binned))
        while node[0] < inner:
            node = 2 * node + 1 + (binned[index, self.column[node]] > self.split[node])
        values: Floats = self.leaves[node - inner]
        return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Grown trees."""

    start: float
    depth: int
    edges: list[Floats]
    kept: list[_Tree] = field(repr=False)

    def stored(self) -> dict[str, Any]:
        """Return columns and thresholds of the inner nodes (right where greater) and values of the leaves, one row a tree."""
        return {
            "start": round(self.start, 4),
            "columns": [tree.column.tolist() for tree in self.kept],
            "thresholds": [
                [
                    self._threshold(column, split)
                    for column, split in zip(tree.column.tolist(), tree.split.tolist(), strict=True)
                ]
                for tree in self.kept
            ],
            "leaves": [[round(each, 4) for each in tree.leaves.tolist()] for tree in self.kept],
        }

    def _threshold(self, column: int, split: int) -> float:
        edges = self.edges[column]
        # What no number exceeds stands for "never right": JSON knows no infinity.
        return float(f"{edges[split]:.6g}") if split < len(edges) else NEVER
