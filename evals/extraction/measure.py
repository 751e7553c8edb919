"""Every figure of extraction: two public sets of pages, and two plain text pages read by hand.

Pages are read with a reader that never saw their publisher. What is not on the machine is left out of the answer.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from evals.extraction.corpora import SHARED, samples
from evals.extraction.folds import reader
from evals.extraction.marks import Reading, figures, mark
from evals.extraction.seeds import seeds
from worldtake.model import Article

if TYPE_CHECKING:
    from pathlib import Path

    from evals.extraction.corpora import Sample
    from worldtake.extract import ExtractArticle

#: Just under what was reached when each was last raised.
FLOORS: dict[str, float] = {
    "seeds_chrome_f1": 1.0,
    "seeds_body_f1": 1.0,
    "seeds_title": 1.0,
    "seeds_byline": 1.0,
    "seeds_outlet": 1.0,
    "seeds_date": 1.0,
    "scrapinghub_f1": 0.973,
    "scrapinghub_exact": 0.42,
    "fundus_body": 0.976,
    "fundus_non_latin": 0.99,
    "fundus_hangul": 0.99,
    "fundus_over_98": 0.76,
    "fundus_title": 0.85,
    "fundus_day": 0.985,
    "fundus_minute": 0.99,
    "fundus_authors": 0.82,
}
#: The same of what should be small.
CEILINGS: dict[str, float] = {
    "captions_leaked": 0.006,
    "title_echoed": 0.0,
    "slowest_page_seconds": 2.0,
}


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return every figure whose corpus is there."""
    return {**seeds(shared / "seeds"), **_pages(samples(shared))}


def read(sample: Sample, stage: ExtractArticle) -> Reading:
    """Return what the house reads out of a page; empty where it skips it."""
    found = stage(sample.page())
    if not isinstance(found, Article):
        return Reading()
    return Reading(
        text=found.text, title=found.title, authors=found.authors, published=found.published
    )


def _pages(pages: tuple[Sample, ...]) -> dict[str, float]:
    if not pages:
        return {}
    readings: list[Reading] = []
    seconds: list[float] = []
    for sample in pages:
        stage = reader(sample)
        begun = time.perf_counter()
        readings.append(read(sample, stage))
        seconds.append(time.perf_counter() - begun)
    return {
        **figures([mark(*each) for each in zip(pages, readings, strict=True)]),
        "slowest_page_seconds": max(seconds),
        "pages_a_second": len(seconds) / sum(seconds),
    }
