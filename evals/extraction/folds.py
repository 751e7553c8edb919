"""Which reader a page is measured with: one whose trees never saw the page's publisher."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from worldtake.extract import BlockClassifier, ExtractArticle

if TYPE_CHECKING:
    from evals.extraction.corpora import Sample

#: Parts that the publishers are dealt to, and where the trees learned without each of them are.
FOLDS = 5
FOLDER = Path(__file__).with_name("folds_learned")


def fold_of(publisher: str) -> int:
    """Return the fold of a publisher, by the hash of its domain."""
    return int(hashlib.md5(publisher.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def reader(sample: Sample) -> ExtractArticle:
    """Return the extraction that never saw the publisher of `sample`."""
    return _reader(fold_of(sample.publisher))


@cache
def _reader(fold: int) -> ExtractArticle:
    return ExtractArticle(classifier=BlockClassifier.read(FOLDER / f"{fold}.npz"))
