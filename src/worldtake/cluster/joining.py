"""Join stories into threads, the most alike first, without a table of all pairs.

Average link over sums of vectors: of all pairs that are alike enough and fit otherwise, the most alike are joined (of equals
the earliest), until no pair is left.  Dot products come from the columns of the terms that a thread holds, so that work
grows with the pairs that share terms.  They are summed in another order than in a full table; rounding to `DIGITS` keeps
that from deciding, but for a cosine that lies on the very border.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    class Needed(Protocol):
        """How many rare names two threads must share."""

        def __call__(self, silence: float, *, cased: bool) -> int:
            """Return it for so many days of silence between them."""


#: Digits of a cosine that are compared.
DIGITS = 6
#: Rows whose dot products with all others are in memory at once.
BLOCK = 256


@dataclass(slots=True, kw_only=True)
class Threads:
    """Threads while they grow: one that went into another keeps its place with no members."""

    #: One row of unit length (or empty) per story, in time order.
    vectors: csr_array
    #: Rare names of each.
    names: list[frozenset[int]]
    #: Whether the script of each tells names by capital letters.
    cased: list[bool]
    #: First and last day of each.
    first: list[float]
    last: list[float]
    needed: Needed
    #: Least cosine for joining.
    least: float
    _members: list[list[int]] = field(init=False)
    #: Thread of each story.
    _home: NDArray[np.int64] = field(init=False)
    #: Length of each thread's sum of vectors, 1 where it is empty.
    _norms: NDArray[np.float64] = field(init=False)
    #: Times that each thread has grown: what the heap says of it before is void.
    _grown: list[int] = field(init=False)
    #: (-cosine, earlier thread, later thread, growth of each).
    _heap: list[tuple[float, int, int, int, int]] = field(init=False, default_factory=list)

    def joined(self) -> Iterator[list[int]]:
        """Yield the stories of each thread."""
        count = self.vectors.shape[0]
        self._members = [[place] for place in range(count)]
        self._home = np.arange(count)
        self._grown = [0] * count
        norms = np.sqrt(np.asarray(self.vectors.multiply(self.vectors).sum(axis=1)))
        self._norms = np.where(norms > 0, norms, 1.0)
        by_term = self.vectors.T.tocsr()
        self._look_at_all(by_term)
        while self._heap:
            _, one, two, *grown = heapq.heappop(self._heap)
            if grown == [self._grown[one], self._grown[two]]:
                self._join(one, two)
                self._look(one, by_term)
        return (members for members in self._members if members)

    def _look_at_all(self, by_term: csr_array) -> None:
        for start in range(0, self.vectors.shape[0], BLOCK):
            rows = self.vectors[start : start + BLOCK]
            alike = (rows @ by_term).tocoo()
            one, two = alike.row + start, alike.col
            cosine = (alike.data / self._norms[two] / self._norms[one]).round(DIGITS)
            near = (cosine >= self.least) & (one < two)
            for pair in zip(
                one[near].tolist(), two[near].tolist(), cosine[near].tolist(), strict=True
            ):
                self._offer(*pair)
        heapq.heapify(self._heap)

    def _look(self, one: int, by_term: csr_array) -> None:
        """Offer the thread `one` with each that it may be joined with now."""
        total = self.vectors[self._members[one]].sum(axis=0)
        terms = np.flatnonzero(total)
        dots = total[terms] @ by_term[terms]
        alike = np.bincount(self._home, weights=dots, minlength=len(self._members))
        self._norms[one] = np.sqrt(alike[one])
        cosine = (alike / self._norms / self._norms[one]).round(DIGITS)
        for two in np.flatnonzero(cosine >= self.least).tolist():
            if two != one and self._members[two]:
                self._offer(min(one, two), max(one, two), float(cosine[two]))

    def _offer(self, one: int, two: int, cosine: float) -> None:
        silence = max(self.first[one] - self.last[two], self.first[two] - self.last[one])
        needed = self.needed(silence, cased=self.cased[one] and self.cased[two])
        if len(self.names[one] & self.names[two]) >= needed:
            offer = (-cosine, one, two, self._grown[one], self._grown[two])
            heapq.heappush(self._heap, offer)

    def _join(self, one: int, two: int) -> None:
        """Put the later thread `two` into `one`."""
        self.names[one] |= self.names[two]
        self.cased[one] &= self.cased[two]
        self.first[one] = min(self.first[one], self.first[two])
        self.last[one] = max(self.last[one], self.last[two])
        self._home[self._members[two]] = one
        self._members[one] += self._members[two]
        self._members[two] = []
        for place in (one, two):
            self._grown[place] += 1
