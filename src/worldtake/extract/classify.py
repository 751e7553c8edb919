"""Find how likely each block of a page is to be the article's text, by trees learned from pages that people read.

`evals/extraction/train.py` learns them, with publishers held out; what it measured stands in docs/explanation/extraction.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from worldtake.extract.features import Stated, block_features
from worldtake.extract.trees import Forest

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from worldtake.extract.dom import Dom

#: The trees that worldtake ships, beside this file.
SHIPPED = "blocks.npz"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weighed:
    """What trees go by for each block or line of a page."""

    #: Names of the columns.
    names: tuple[str, ...]
    #: Numbers that describe each block, shape (blocks, columns).
    rows: NDArray[np.floating]
    #: Log-odds before anything is known of a block.
    start: float
    #: How far each column moves each block's log-odds from there, shape (blocks, columns).
    shares: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BlockClassifier:
    """Tells the text's blocks from the others."""

    forest: Forest

    @classmethod
    def read(cls, path: Path) -> BlockClassifier:
        """Return the classifier of a file written by the training script."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(forest=Forest.read(arrays, "text"))

    def __call__(self, dom: Dom, stated: Stated) -> list[float]:
        """Return for each block the chance that it is text, 0 to 1; what boxes say of themselves is weighed on the way."""
        rows, _ = block_features(dom, stated)
        chances: list[float] = self.forest.chances(rows).tolist()
        return chances

    def weigh(self, dom: Dom, stated: Stated) -> Weighed:
        """Return what each column of numbers says of each block; as a call, of blocks that were not weighed before."""
        rows, names = block_features(dom, stated)
        return Weighed(
            names=names, rows=rows, start=self.forest.start, shares=self.forest.shares(rows)
        )


@cache
def shipped() -> BlockClassifier:
    """Return the classifier that worldtake ships, read once a process."""
    path = files(__package__).joinpath(SHIPPED)
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return BlockClassifier(forest=Forest.read(arrays, "text"))
