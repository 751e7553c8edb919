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

    @classmethod
    def read(cls, arrays: Mapping[str, NDArray[np.float32]], name: str) -> Forest:
        """Return the forest called `name` of a file's arrays."""
        found = {each: arrays[f"{name}.{each}"] for each in ARRAYS}
        return cls(
            columns=found["columns"].astype(np.int16),
            borders=found["borders"].astype(np.float32),
            levels=found["levels"].astype(np.int16),
            leaves=found["leaves"].astype(np.float32),
            bias=float(found["bias"]),
        )

    def chances(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how likely it is for each row of numbers, shape (rows,), each 0 to 1."""
        answers = (rows.T[self.columns] > self.borders[:, None]).view(np.uint8)
        trees = self.leaves.shape[0]
        leaf = np.zeros((trees, len(rows)), np.uint8)
        for bit, questions in enumerate(self.levels):
            leaf |= answers[questions] << bit
        at = leaf + (np.arange(trees, dtype=np.int32) * self.leaves.shape[1])[:, None]
        odds = self.bias + self.leaves.ravel()[at].sum(0)
        return np.asarray(1 / (1 + np.exp(-odds)), np.float32)
