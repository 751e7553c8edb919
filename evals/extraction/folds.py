"""Which reader a page is measured with: one whose model never saw the page's publisher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldtake.extract import ExtractArticle

if TYPE_CHECKING:
    from evals.extraction.corpora import Sample


def reader(sample: Sample) -> ExtractArticle:  # noqa: ARG001  # nothing is learned of any page yet
    """Return the extraction that never saw the publisher of `sample`."""
    return ExtractArticle()
