"""Fit the arbiter of headlines to fundus, and say how it does on publishers, and on pages, that it was not fitted to.

`python -m evals.headlines` prints the weights for `worldtake.extract.arbiter`. Fundus takes each outlet's headline from the
place that its own parser prefers, so which place is right differs by publisher: the figure over held-out publishers is what
an unknown outlet gets, the one over held-out pages what a known one does.
"""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from evals.extraction.corpora import SHARED
from worldtake.extract import arbiter
from worldtake.extract.dom import parse
from worldtake.extract.evidence import gather
from worldtake.extract.known import Known
from worldtake.extract.metadata import site_name
from worldtake.extract.titles import read_titles
from worldtake.text.decode import decode
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

#: Just under what was reached when each was last raised.
FLOORS: dict[str, float] = {"title_outlets_held_out": 0.825, "title_pages_held_out": 0.84}
#: What is not fitted: too rare on these pages.
BY_HAND = frozenset(("no headline",))
#: Strength of the prior that a weight is nought, and parts that pages and publishers are held out in.
PRIOR, PARTS = 4.0, 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The headlines stated on one page, and the right one."""

    outlet: str
    title: str
    found: Sequence[arbiter.Candidate]

    def right(self) -> int | None:
        """Return which candidate has the right words."""
        key = arbiter.candidates([("gold", self.title)])[0].key
        return next((n for n, each in enumerate(self.found) if each.key == key), None)


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return the share of right titles on publishers and on pages that the weights were not fitted to."""
    pages = _pages(shared / "corpora/extraction/fundus")
    if not pages:
        return {}
    outlets = sorted({each.outlet for each in pages})
    random.Random(1).shuffle(outlets)  # noqa: S311 - parts of a cross-validation
    part_of = {outlet: n % PARTS for n, outlet in enumerate(outlets)}
    return {
        "title_outlets_held_out": _held_out(pages, lambda _, page: part_of[page.outlet]),
        "title_pages_held_out": _held_out(pages, lambda n, _: n % PARTS),
    }


def _held_out(pages: Sequence[Page], part: Callable[[int, Page], int]) -> float:
    right = 0
    for number in range(PARTS):
        weights = fitted([page for n, page in enumerate(pages) if part(n, page) != number])
        own = [page for n, page in enumerate(pages) if part(n, page) == number]
        right += sum(_is_right(page, weights) for page in own)
    return right / len(pages)


def _is_right(page: Page, weights: dict[str, float]) -> bool:
    scores = [_dot(arbiter.features(each, page.found), weights) for each in page.found]
    best = page.found[int(np.argmax(scores))]
    return fold(best.spelling()[1]) == fold(page.title)


def _dot(found: dict[str, float], weights: dict[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in found.items())


def fitted(pages: Sequence[Page]) -> dict[str, float]:
    """Return the weights under which the right candidates are likeliest."""
    usable = [each for each in pages if len(each.found) > 1 and each.right() is not None]
    listed = [[arbiter.features(one, each.found) for one in each.found] for each in usable]
    names = sorted({name for rows in listed for row in rows for name in row} - BY_HAND)
    tables = [np.array([[row.get(name, 0.0) for name in names] for row in rows]) for rows in listed]
    rights = [each.right() or 0 for each in usable]

    def loss(weights: Any) -> tuple[float, Any]:
        total, slope = PRIOR * weights @ weights / 2, PRIOR * weights
        for table, right in zip(tables, rights, strict=True):
            scores = table @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            total -= np.log(shares[right])
            slope = slope - table[right] + shares @ table
        return float(total), slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(float(value), 2) for name, value in zip(names, found, strict=True)}


def _pages(folder: Path) -> list[Page]:
    if not (folder / "gold.jsonl").exists():
        return []
    lines = (folder / "gold.jsonl").read_text("utf-8").splitlines()
    return [_page(folder, json.loads(line)) for line in lines]


def _page(folder: Path, gold: dict[str, Any]) -> Page:
    body = gzip.decompress((folder / gold["file"]).read_bytes())
    found = gather(parse(decode(body, charset=None, html=True).text))
    known = Known(url=gold["url"], fetched=datetime.now(UTC))
    titles = read_titles(found, site_name(found), known)
    return Page(outlet=gold["outlet"], title=gold["title"] or "", found=arbiter.candidates(titles))


def main() -> None:
    """Print the figures and the weights."""
    pages = _pages(SHARED / "corpora/extraction/fundus")
    weights = fitted(pages)
    print(measure(), "fitted", sum(_is_right(each, weights) for each in pages) / len(pages))
    print("WEIGHTS =", json.dumps(weights, indent=4))


if __name__ == "__main__":
    main()
