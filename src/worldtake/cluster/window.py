"""The articles that stories are compared by: rows of vectors with story labels, and the centroids they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, vstack

if TYPE_CHECKING:
    from numpy.typing import NDArray


#: Seconds of a day.
DAY_SECONDS = 86400.0


def _no_ints() -> NDArray[np.int64]:
    return np.empty(0, np.int64)


@dataclass(slots=True, kw_only=True)
class Window:
    """Articles of the last days in the order of the stream."""

    #: One row of unit length per article.
    vectors: csr_array = field(default_factory=lambda: csr_array((0, 0)))
    #: Position of each article in the stream.
    positions: NDArray[np.int64] = field(default_factory=_no_ints)
    #: Story of each article: the position of the article that began it.
    labels: NDArray[np.int64] = field(default_factory=_no_ints)
    #: Moment of each article in days.
    days: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    #: The sums of its stories once they were asked for.
    _stories: Centroids | None = field(default=None, repr=False)

    def widened(self, width: int) -> Window:
        """Return the window with room for terms up to `width`."""
        parts = (self.vectors.data, self.vectors.indices, self.vectors.indptr)
        wide = csr_array(parts, shape=(self.vectors.shape[0], max(width, self.vectors.shape[1])))
        return Window(vectors=wide, positions=self.positions, labels=self.labels, days=self.days)

    def since(self, day: float) -> Window:
        """Return the window without articles before `day`."""
        first = int(np.searchsorted(self.days, day))
        if first == 0:
            return self
        return Window(
            vectors=self.vectors[first:],
            positions=self.positions[first:],
            labels=self.labels[first:],
            days=self.days[first:],
        )

    def extended(
        self, rows: csr_array, first: int, labels: NDArray[np.int64], days: NDArray[np.float64]
    ) -> Window:
        """Return the window with `rows` after it, the first at position `first` of the stream."""
        return Window(
            vectors=csr_array(vstack([self.vectors, rows], format="csr")),
            positions=np.concatenate([self.positions, first + np.arange(rows.shape[0])]),
            labels=np.concatenate([self.labels, labels]),
            days=np.concatenate([self.days, days]),
        )

    def relabelled(self, labels: NDArray[np.int64]) -> Window:
        """Return the window with other story labels."""
        if np.array_equal(labels, self.labels):
            return self
        return Window(vectors=self.vectors, positions=self.positions, labels=labels, days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Centroids:
    """Sums of the vectors of each story in a window."""

    #: Labels of the stories, ascending.
    labels: NDArray[np.int64]
    #: Index into `labels` for each article of the window.
    member_of: NDArray[np.int64]
    #: One row per story: the sum of its articles.
    sums: csr_array
    #: Length of each sum.
    norms: NDArray[np.float64]
    #: Moments in days of the first and last article of each in the window.
    first: NDArray[np.float64]
    last: NDArray[np.float64]
    #: Articles of each in the window.
    sizes: NDArray[np.int64]

    def dots(self, rows: csr_array) -> csr_array:
        """Return the dot product of each of `rows` with each sum."""
        # The other way round the large table of sums would have to be turned each time.
        return csr_array((self.sums @ rows.T.tocsr()).T.tocsr())


def centroids(window: Window) -> Centroids:
    """Sum the articles of each story; a window remembers the sums."""
    if window._stories is None:  # noqa: SLF001 of this module
        window._stories = _summed(window)  # noqa: SLF001 the same
    return window._stories  # noqa: SLF001 the same


def _summed(window: Window) -> Centroids:
    labels, member_of, sizes = np.unique(window.labels, return_inverse=True, return_counts=True)
    count, rows = len(labels), len(window.labels)
    ones = csr_array((np.ones(rows), (member_of, np.arange(rows))), shape=(count, rows))
    sums = csr_array(ones @ window.vectors)
    first, last = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(first, member_of, window.days)
    np.maximum.at(last, member_of, window.days)
    return Centroids(
        labels=labels,
        member_of=member_of,
        sums=sums,
        norms=np.sqrt(_squares(sums)),
        first=first,
        last=last,
        sizes=sizes,
    )


def _squares(sums: csr_array) -> NDArray[np.float64]:
    parts = (sums.data**2, sums.indices, sums.indptr)
    return np.asarray(csr_array(parts, shape=sums.shape).sum(axis=1))


def gaps(
    day: NDArray[np.float64] | float, first: NDArray[np.float64], last: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the days between `day` and each interval, 0 inside it."""
    return np.maximum(0.0, np.maximum(day - last, first - day))


def fading(
    gap: NDArray[np.float64], per_day: float, longest: float = np.inf
) -> NDArray[np.float64]:
    """Return how much likeness is left over a gap in days; the first day is free, none beyond `longest`."""
    left: NDArray[np.float64] = np.exp(-per_day * np.maximum(0.0, gap - 1.0))
    left[gap > longest] = 0.0
    return left
