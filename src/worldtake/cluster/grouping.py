"""How a stream of articles stands, and how it stands after one more block: no state of its own, only new values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from worldtake.cluster.assign import assign
from worldtake.cluster.mending import mend
from worldtake.cluster.vectors import weigh
from worldtake.cluster.window import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from worldtake.cluster.frequencies import Counts
    from worldtake.cluster.settings import ClusterSettings, Level
    from worldtake.cluster.vectors import Weighed

#: Articles by whose median length a stream counts as one of bodies or of headlines.
LENGTHS_KEPT = 1024


@dataclass(slots=True, kw_only=True)
class Grouping:
    """How things stand after a number of articles."""

    counts: Counts
    window: Window = field(default_factory=Window)
    #: Story label of each article of the stream, by position, before `merged` is followed.
    labels: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    #: Label of a merged story -> label of the one that it went into.
    merged: dict[int, int] = field(default_factory=dict)
    #: Stories split off so far.
    splits: int = 0
    #: Lengths in terms of the latest articles.
    lengths: tuple[int, ...] = ()

    def label_of(self, label: int) -> int:
        """Return the label that a story goes by now."""
        while label in self.merged:
            label = self.merged[label]
        return label

    def extended(self, block: Sequence[Weighed], settings: ClusterSettings) -> Grouping:
        """Return how things stand after one more block; this one is left alone."""
        counts = self.counts.copied()
        for article in block:
            counts.count(article.language, article.day, article.numbers)
        rows = weigh(block, counts, settings)
        days = np.array([article.day for article in block])
        lengths = (*self.lengths, *(article.length for article in block))[-LENGTHS_KEPT:]
        level = _level(lengths, settings)
        window = self.window.since(float(days[0]) - settings.window_days).widened(rows.shape[1])
        start = len(self.labels)
        labels = assign(
            rows,
            days,
            window,
            start=start,
            join=level.join,
            decay=settings.decay_per_day,
            silence=settings.silence_days,
        )
        window = window.extended(rows, start, labels, days)
        mended = mend(window, np.unique(labels), level=level, settings=settings, splits=self.splits)
        everything = np.concatenate([self.labels, labels])
        everything[mended.window.positions] = mended.window.labels
        return Grouping(
            counts=counts,
            window=mended.window,
            labels=everything,
            merged={**self.merged, **dict(mended.merged)},
            splits=mended.splits,
            lengths=lengths,
        )


def _level(lengths: Sequence[int], settings: ClusterSettings) -> Level:
    bodies = float(np.median(lengths)) >= settings.body_terms
    return settings.bodies if bodies else settings.headlines
