"""Maintenance of stories after each block: merge what grew together, move what stands wrong, split what fell apart.

Each function takes a window and gives its labels anew; none looks at single pairs of articles, so no chain of chance
likenesses can tie two stories.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from worldtake.cluster.assign import SCORE_DIGITS
from worldtake.cluster.window import centroids, fading, gaps

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from worldtake.cluster.settings import ClusterSettings, Level
    from worldtake.cluster.window import Centroids, Window

#: Rounds of merging; each merges every story at most once.
MERGE_ROUNDS = 6
#: Members of a story that a split looks at; beyond this the pairwise table is too large.
SPLIT_LIMIT = 1500
#: Labels from here on were given by splits; below, a label is the position of the article that began the story.
FIRST_SPLIT = 1 << 40


@dataclass(slots=True)
class Mended:
    """A window after maintenance, with what became of labels."""

    window: Window
    #: Merged label -> label that stays, in the order of merging.
    merged: list[tuple[int, int]] = field(default_factory=list)
    #: Stories split off so far in the stream.
    splits: int = 0


def mend(
    window: Window,
    touched: NDArray[np.int64],
    *,
    level: Level,
    settings: ClusterSettings,
    splits: int = 0,
) -> Mended:
    """Merge, repair and split the stories with labels `touched`; `splits` stories were split off before."""
    state = Mended(window, splits=splits)
    _merge_stories(state, touched, level, settings)
    if level.repair:
        for _ in range(settings.repair_rounds):
            state.window = repair_members(state.window, touched, level, settings)
        _split_stories(state, touched, settings)
        _merge_stories(state, touched, level, settings)
    return state


def _merge_stories(
    state: Mended, touched: NDArray[np.int64], level: Level, settings: ClusterSettings
) -> None:
    """Merge stories whose centroids are alike, best first; the older label stays."""
    for _ in range(MERGE_ROUNDS):
        stories = centroids(state.window)
        pairs = _merges(stories, level.merge, settings, touched)
        if not pairs:
            break
        labels = stories.labels.copy()
        for younger, older in pairs:
            state.merged.append((int(labels[younger]), int(labels[older])))
            labels[younger] = stories.labels[older]
        state.window = state.window.relabelled(labels[stories.member_of])


def _merges(
    stories: Centroids, least: float, settings: ClusterSettings, touched: NDArray[np.int64]
) -> list[tuple[int, int]]:
    active = np.flatnonzero(np.isin(stories.labels, touched))
    alike = stories.dots(stories.sums[active]).tocoo()
    one, two = active[alike.row], alike.col
    silence = np.maximum(
        stories.first[one] - stories.last[two], stories.first[two] - stories.last[one]
    )
    cosine = alike.data / stories.norms[one] / stories.norms[two]
    score = (cosine * fading(silence, settings.decay_per_day)).round(SCORE_DIGITS)
    good = (one != two) & (score >= least) & (silence <= settings.silence_days)
    older, younger, score = np.minimum(one, two)[good], np.maximum(one, two)[good], score[good]
    used: set[int] = set()
    renamed: list[tuple[int, int]] = []
    for place in np.lexsort((younger, older, -score)):
        pair = (int(younger[place]), int(older[place]))
        if used.isdisjoint(pair):
            used.update(pair)
            renamed.append(pair)
    return renamed


def repair_members(
    window: Window, touched: NDArray[np.int64], level: Level, settings: ClusterSettings
) -> Window:
    """Move members of touched stories to another that suits them better, each counted without them."""
    rows = np.flatnonzero(np.isin(window.labels, touched))
    stories = centroids(window)
    vectors = window.vectors[rows]
    dots = stories.dots(vectors)
    squares = np.asarray(vectors.multiply(vectors).sum(axis=1))
    labels = window.labels.copy()
    for place, row in enumerate(rows):
        part = slice(dots.indptr[place], dots.indptr[place + 1])
        near, dot = dots.indices[part], dots.data[part]
        own = int(stories.member_of[row])
        scores = _without(near, dot, float(squares[place]), own, stories)
        gap = gaps(float(window.days[row]), stories.first[near], stories.last[near])
        scores *= fading(gap, settings.decay_per_day, settings.silence_days)
        scores[near == own] += settings.repair_margin
        best = _best(near, scores, level.join)
        if best is not None and best != own:
            labels[row] = stories.labels[best]
    return window.relabelled(labels)


def _without(
    near: NDArray[np.int32], dot: NDArray[np.float64], square: float, own: int, stories: Centroids
) -> NDArray[np.float64]:
    """Return cosines of an article to the stories `near`, its own story taken without it."""
    norms = stories.norms[near].copy()
    dot = dot.copy()
    mine = near == own
    left = norms[mine] ** 2 - 2 * dot[mine] + square
    dot[mine] -= square
    alone = stories.sizes[near[mine]] == 1
    norms[mine] = np.where(alone, 1.0, np.sqrt(np.maximum(left, 1e-12)))
    return dot / norms


def _best(near: NDArray[np.int32], scores: NDArray[np.float64], least: float) -> int | None:
    scores = scores.round(SCORE_DIGITS)
    if not len(near) or scores.max() < least:
        return None
    return int(near[scores == scores.max()].min())


def _split_stories(state: Mended, touched: NDArray[np.int64], settings: ClusterSettings) -> None:
    """Split large loose stories in two by average link; the larger part keeps the label."""
    window = state.window
    stories = centroids(window)
    labels = window.labels.copy()
    big = (stories.sizes >= settings.split_size) & (stories.sizes <= SPLIT_LIMIT)
    for story in np.flatnonzero(big & np.isin(stories.labels, touched)):
        rows = np.flatnonzero(stories.member_of == story)
        if _tightness(stories, int(story), len(rows)) < settings.split_below:
            parts = _halves(window.vectors[rows])
            labels[rows[parts == _smaller(parts)]] = FIRST_SPLIT + state.splits
            state.splits += 1
    state.window = window.relabelled(labels)


def _tightness(stories: Centroids, story: int, size: int) -> float:
    """Mean cosine over pairs of members, from the length of their sum."""
    return float((stories.norms[story] ** 2 - size) / (size * (size - 1)))


def _halves(vectors: csr_array) -> NDArray[np.int64]:
    distances = 1.0 - (vectors @ vectors.T).toarray()
    upper = distances[np.triu_indices(len(distances), 1)].clip(0.0).round(SCORE_DIGITS)
    return np.asarray(fcluster(linkage(upper, "average"), 2, "maxclust"), np.int64)


def _smaller(parts: NDArray[np.int64]) -> int:
    sizes = np.bincount(parts)[1:]
    return 1 if sizes[0] < sizes[-1] else 2
