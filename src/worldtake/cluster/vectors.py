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


@dataclass(frozen=True, slots=True)
class Words:
    """Terms of one article, of no vocabulary yet."""

    #: Hash of what was read.
    mark: int
    #: Base language of the terms.
    language: str
    #: Distinct terms in the order of their letters.
    names: tuple[str, ...]
    #: Weighted count of each.
    said: NDArray[np.float32]
    #: Terms of the article, repeats counted.
    length: int


@dataclass(slots=True)
class Reader:
    """Read articles into weighed terms; remembers words, and the articles that it read last."""

    #: Articles remembered, about 2 KB each: a stream that is grouped again need not be read again.
    kept: int = 0
    _terms: dict[str, Terms] = field(default_factory=dict)
    _read: dict[str, Words] = field(default_factory=dict)

    def read(self, item: ClusterItem, counts: Counts) -> Weighed:
        """Return the terms of `item`, numbered by the vocabulary of `counts`."""
        words = self._words(item)
        return Weighed(
            language=words.language,
            day=item.moment.timestamp() / DAY_SECONDS,
            numbers=counts.vocabulary.number(words.names),
            said=1.0 + np.log(words.said.astype(np.float64)),
            length=words.length,
        )

    def terms(self, language: str) -> Terms:
        """Return what reads the terms of texts in a language (BCP 47)."""
        base = base_language(language)
        known = self._terms.get(base)
        if known is None:
            known = self._terms[base] = Terms(base)
        return known

    def _words(self, item: ClusterItem) -> Words:
        mark = hash((item.language, item.title, item.text))
        known = self._read.pop(item.id, None)
        words = known if known and known.mark == mark else self._read_words(item, mark)
        if self.kept:
            self._read[item.id] = words
            if len(self._read) > self.kept:
                del self._read[next(iter(self._read))]
        return words

    def _read_words(self, item: ClusterItem, mark: int) -> Words:
        terms = self.terms(item.language)
        title, body = terms(item.title), terms(item.text, BODY_TERMS)
        said: Counter[str] = Counter()
        for words, weight in ((title, TITLE_WEIGHT), (body[:LEAD_TERMS], LEAD_WEIGHT), (body, 1.0)):
            for word in words:
                said[word] += weight  # type: ignore[assignment]
        names = sorted(said)
        return Words(
            mark=mark,
            language=terms.language,
            names=tuple(names),
            said=np.fromiter((said[name] for name in names), dtype=np.float32, count=len(names)),
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
