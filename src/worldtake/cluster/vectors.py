"""Turn articles into sparse vectors of unit length: title and lead weigh more, rare terms weigh more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from worldtake.cluster.window import DAY_SECONDS
from worldtake.cluster.words import Terms, base_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from worldtake.cluster.frequencies import Counts
    from worldtake.cluster.items import ClusterItem
    from worldtake.cluster.settings import ClusterSettings

#: Times that a word of the title counts.
TITLE_WEIGHT = 3.0
#: Times that a word of the lead counts.
LEAD_WEIGHT = 2.0
#: Terms of the lead.
LEAD_TERMS = 50
#: Terms of the body that are read at all.
BODY_TERMS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Terms of one article with how much each was said."""

    #: Base language of the terms.
    language: str
    #: Moment in days since the epoch.
    day: float
    #: Distinct terms as numbers of the vocabulary, in the order of their letters.
    numbers: NDArray[np.int32]
    #: 1 + log of the weighted count of each.
    said: NDArray[np.float64]
    #: Terms of the article, repeats counted.
    length: int


@dataclass(slots=True)
class Reader:
    """Read articles into weighed terms; remembers stems."""

    _terms: dict[str, Terms] = field(default_factory=dict)

    def read(self, item: ClusterItem, counts: Counts) -> Weighed:
        """Return the terms of `item`, numbered by the vocabulary of `counts`."""
        language = base_language(item.language)
        terms = self._terms.setdefault(language, Terms(language))
        title, body = terms(item.title), terms(item.text)[:BODY_TERMS]
        said: Counter[str] = Counter()
        for words, weight in ((title, TITLE_WEIGHT), (body[:LEAD_TERMS], LEAD_WEIGHT), (body, 1.0)):
            for word in words:
                said[word] += weight  # type: ignore[assignment]
        names = sorted(said)
        weights = np.fromiter((said[name] for name in names), dtype=np.float64, count=len(names))
        return Weighed(
            language=language,
            day=item.moment.timestamp() / DAY_SECONDS,
            numbers=counts.vocabulary.number(names),
            said=1.0 + np.log(weights),
            length=len(title) + len(body),
        )


def weigh(articles: Sequence[Weighed], counts: Counts, settings: ClusterSettings) -> csr_array:
    """Return one row of unit length (or empty) for each article."""
    rows = [_row(article, counts, settings) for article in articles]
    indptr = np.concatenate([[0], np.cumsum([len(numbers) for numbers, _ in rows])])
    indices = np.concatenate([numbers for numbers, _ in rows] or [np.empty(0, np.int32)])
    values = np.concatenate([weights for _, weights in rows] or [np.empty(0)])
    width = len(counts.vocabulary.numbers)
    matrix = csr_array((values, indices, indptr), shape=(len(rows), width))
    matrix.sort_indices()
    return matrix


def _row(
    article: Weighed, counts: Counts, settings: ClusterSettings
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    idf = counts.idf(article.language, article.day, article.numbers)
    weights = article.said * np.maximum(idf, 0.0) ** settings.idf_power
    best = np.argsort(-weights.round(9), kind="stable")[: settings.top_terms]
    norm = float(np.sqrt((weights[best] ** 2).sum()))
    if norm == 0.0:
        return np.empty(0, np.int32), np.empty(0)
    return article.numbers[best], weights[best] / norm
