"""Boosted oblivious trees, read from a small file and asked with numpy alone.

An oblivious tree asks one question a level: all its leaves are told apart by the same few comparisons, so that a page's blocks
are sorted through all trees at once (Prokhorenkova et al., "CatBoost: unbiased boosting with categorical features", NeurIPS 2018).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

#: Arrays of a file by name, after the forest's own name and a full stop.
ARRAYS = ("columns", "borders", "levels", "leaves", "bias")
#: The array of packed counts, which a file may lack, and how finely they are packed: steps to a doubling.
COUNTS, DOUBLING_STEPS = "counts", 12
#: What a leaf weighs to which nothing came.
LEAST_COUNT = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forest:
    """Trees that together say how likely something is."""

    #: Column of each question, shape (questions,).
    columns: NDArray[np.int16]
    #: What a value is compared with, shape (questions,): the answer is whether it is more.
    borders: NDArray[np.float32]
    #: Questions of each tree, the lowest bit first, shape (levels, trees).
    levels: NDArray[np.int16]
    #: Log-odds at each leaf, shape (trees, 2 ** levels).
    leaves: NDArray[np.float32]
    #: Log-odds before any tree.
    bias: float
    #: How much of what was learned from comes to each leaf, half of it what is looked for, shape (trees, 2 ** levels); None where
    #: that was not counted.
    counts: NDArray[np.float64] | None = None

    @classmethod
    def read(cls, arrays: Mapping[str, NDArray[np.float32]], name: str) -> Forest:
        """Return the forest called `name` of a file's arrays."""
        found = {each: arrays[f"{name}.{each}"] for each in ARRAYS}
        counts = arrays.get(f"{name}.{COUNTS}")
        return cls(
            columns=found["columns"].astype(np.int16),
            borders=found["borders"].astype(np.float32),
            levels=found["levels"].astype(np.int16),
            leaves=found["leaves"].astype(np.float32),
            bias=float(found["bias"]),
            counts=None if counts is None else unpacked(counts),
        )

    @property
    def start(self) -> float:
        """The mean log-odds over all leaves as `counts` weighs them: what is said before any question is answered."""
        return float(self.bias + open_means(self.leaves, self.counts)[0].sum())

    def chances(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how likely it is for each row of numbers, shape (rows,), each 0 to 1."""
        leaf = self._leaf(rows)
        at = leaf + (np.arange(len(leaf), dtype=np.int32) * self.leaves.shape[1])[:, None]
        odds = self.bias + self.leaves.ravel()[at].sum(0)
        return np.asarray(1 / (1 + np.exp(-odds)), np.float32)

    def shares(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return how far each column moves each row's log-odds from `start`, shape (rows, columns of a row).

        As each question of a tree is answered, the mean of the leaves still open changes; the change is the question's column's
        (A. Saabas, "Interpreting random forests", 2014, for boosted oblivious trees). A row's shares add up to its log-odds
        less `start`.
        """
        leaf = self._leaf(rows)
        found = np.zeros((rows.shape[1], len(rows)))
        means = open_means(self.leaves, self.counts)
        trees = np.arange(len(leaf))[:, None]
        before = means[0][trees, np.zeros_like(leaf)]
        for bit, questions in enumerate(self.levels):
            after = means[bit + 1][trees, leaf & (2 ** (bit + 1) - 1)]
            np.add.at(found, self.columns[questions], after - before)
            before = after
        return found.T

    def reached(
        self, rows: NDArray[np.float32], weights: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return how much weight of the rows comes to each leaf, in the shape of `leaves`."""
        found = np.zeros(self.leaves.shape)
        for tree, leaf in enumerate(self._leaf(rows)):
            found[tree] = np.bincount(leaf, weights, self.leaves.shape[1])
        return found

    def _leaf(self, rows: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Return the leaf that each row comes to, shape (trees, rows)."""
        answers = (rows.T[self.columns] > self.borders[:, None]).view(np.uint8)
        leaf = np.zeros((self.leaves.shape[0], len(rows)), np.uint8)
        for bit, questions in enumerate(self.levels):
            leaf |= answers[questions] << bit
        return leaf


def open_means(
    leaves: NDArray[np.float32], counts: NDArray[np.float64] | None
) -> list[NDArray[np.float64]]:
    """Return the means of the leaves still open once the first 0, 1, ... questions are answered, each (trees, 2 ** answered).

    Leaves weigh as `counts` says, all alike where it is None; so do those that nothing came to.
    """
    means = [leaves.astype(np.float64)]
    sizes = np.ones(leaves.shape) if counts is None else counts + LEAST_COUNT
    while means[0].shape[1] > 1:
        # The last question is the highest bit, so its two answers are the two halves.
        halves = sizes.reshape(len(leaves), 2, -1)
        whole = halves.sum(1)
        means.insert(0, (means[0].reshape(halves.shape) * halves).sum(1) / whole)
        sizes = whole
    return means


def packed(counts: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return counts in a byte each: logarithms, exact to 3 per cent."""
    return np.round(DOUBLING_STEPS * np.log2(1 + counts)).astype(np.uint8)


def unpacked(counts: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return counts that were packed in a byte each."""
    return np.exp2(np.asarray(counts, np.float64) / DOUBLING_STEPS) - 1
