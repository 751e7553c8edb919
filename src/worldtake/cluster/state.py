"""Turn how a stream stands into plain values and arrays, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array

from worldtake.cluster.frequencies import Counts, Vocabulary
from worldtake.cluster.grouping import Grouping
from worldtake.cluster.vectors import Weighed
from worldtake.cluster.window import Window

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from worldtake.cluster.frequencies import DocumentFrequencies


def grouping_plain(grouping: Grouping) -> dict[str, Any]:
    """Return what of `grouping` is not an array."""
    counts = grouping.counts
    return {
        "terms": list(counts.vocabulary.numbers),
        "articles": counts.articles,
        "origin": counts.origin,
        "merged": list(grouping.merged.items()),
        "splits": grouping.splits,
        "lengths": grouping.lengths,
        "width": grouping.window.vectors.shape[1],
    }


def grouping_arrays(grouping: Grouping) -> dict[str, NDArray[Any]]:
    """Return the arrays of `grouping`."""
    window = grouping.window
    return {
        "counts": grouping.counts.counts,
        "data": window.vectors.data,
        "indices": window.vectors.indices.astype(np.int32),
        "indptr": window.vectors.indptr.astype(np.int64),
        "positions": window.positions,
        "window_labels": window.labels,
        "days": window.days,
        "labels": grouping.labels,
    }


def read_grouping(
    plain: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], prior: DocumentFrequencies
) -> Grouping:
    """Return the grouping that `grouping_plain` and `grouping_arrays` were taken from."""
    vocabulary = Vocabulary(prior=prior)
    vocabulary.number(plain["terms"])
    rows = len(arrays["indptr"]) - 1
    parts = (arrays["data"], arrays["indices"], arrays["indptr"])
    return Grouping(
        counts=Counts(
            vocabulary=vocabulary,
            counts=arrays["counts"],
            articles=dict(plain["articles"]),
            origin=plain["origin"],
        ),
        window=Window(
            vectors=csr_array(parts, shape=(rows, plain["width"])),
            positions=arrays["positions"],
            labels=arrays["window_labels"],
            days=arrays["days"],
        ),
        labels=arrays["labels"],
        merged={int(young): int(old) for young, old in plain["merged"]},
        splits=plain["splits"],
        lengths=tuple(plain["lengths"]),
    )


def weighed_plain(articles: Sequence[Weighed]) -> list[Any]:
    """Return the open articles as plain values."""
    return [
        [
            article.language,
            article.day,
            article.numbers.tolist(),
            article.said.tolist(),
            article.length,
        ]
        for article in articles
    ]


def read_weighed(plain: Sequence[Any]) -> list[Weighed]:
    """Return the open articles that `weighed_plain` was given."""
    return [
        Weighed(
            language=language,
            day=day,
            numbers=np.array(numbers, dtype=np.int32),
            said=np.array(said, dtype=np.float64),
            length=length,
        )
        for language, day, numbers, said, length in plain
    ]
