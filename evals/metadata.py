"""Metadata: titles, authors, dates and languages as fundus labels them, and the days of publication of `dates`.

Fundus: title equal after folding; author names F1, of people alone (`fundus_authors`) and with the agencies that we keep apart
(`fundus_authors_agencies`); same day; same minute with its zone, over pages whose label has a time (a label without a zone is
compared by its clock). Dates: exact day, scored as htmldate's own evaluation does: a wrong day counts against precision, a
missing one against recall. `confidence_*`: how far the stated confidence is from the share that is right, on average.
"""

from __future__ import annotations

import gzip
import json
import statistics
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from evals.extraction.corpora import SHARED
from worldtake.extract import ExtractArticle
from worldtake.extract.dom import parse
from worldtake.extract.known import Known
from worldtake.extract.metadata import read_metadata
from worldtake.model import Article, Page
from worldtake.text.decode import decode
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from pathlib import Path

#: Just under what was reached when each was last raised.
FLOORS: dict[str, float] = {
    "fundus_title": 0.85,
    "fundus_authors": 0.805,
    "fundus_authors_agencies": 0.825,
    "fundus_day": 0.985,
    "fundus_minute": 0.99,
    "dates_precision": 0.955,
    "dates_recall": 0.95,
    "dates_f1": 0.953,
}
#: When the pages of `dates` are taken to have been fetched: after the newest of them.
FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


@dataclass
class Marks:
    """What was right, by figure, and how sure it was said to be."""

    right: dict[str, list[float]] = field(default_factory=dict)
    sure: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def add(self, name: str, right: float, article: Article | None = None, value: str = "") -> None:
        """Count one page; with an article, how sure it was of `value`."""
        self.right.setdefault(name, []).append(right)
        said = dict(article.confidences).get(value) if article else None
        if said is not None:
            self.sure.setdefault(value, []).append((said, right))

    def figures(self) -> dict[str, float]:
        """Return the means, and for each value how far confidence and share right are apart."""
        apart = {
            f"confidence_{value}": abs(
                statistics.fmean(said for said, _ in pairs)
                - statistics.fmean(right for _, right in pairs)
            )
            for value, pairs in self.sure.items()
        }
        return {name: statistics.fmean(each) for name, each in self.right.items()} | apart


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return every figure whose corpus is there."""
    return {
        **_fundus(shared / "corpora/extraction/fundus"),
        **_dates(shared / "corpora/dates"),
    }


def _fundus(folder: Path) -> dict[str, float]:
    if not (folder / "gold.jsonl").exists():
        return {}
    marks = Marks()
    spent: list[float] = []
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        body = gzip.decompress((folder / gold["file"]).read_bytes())
        fetched = datetime.fromisoformat(gold["fetched"]).replace(tzinfo=UTC)
        _mark(marks, gold, _read(Page(url=gold["url"], body=body, fetched=fetched)))
        spent.append(_milliseconds(body, Known(url=gold["url"], fetched=fetched)))
    print(f"metadata: {statistics.median(spent):.2f} ms a page in the median")
    return marks.figures()


def _milliseconds(body: bytes, known: Known) -> float:
    root = parse(decode(body, charset=None, html=True).text)
    begun = time.process_time()
    read_metadata(root, known)
    return (time.process_time() - begun) * 1000


def _mark(marks: Marks, gold: dict[str, Any], article: Article | None) -> None:
    title = article.title if article else ""
    marks.add("fundus_title", float(fold(gold["title"] or "") == fold(title)), article, "title")
    people = article.authors if article else ()
    agencies = article.agencies if article else ()
    named = {fold(each) for each in gold["authors"] or ()}
    for name, said in (
        ("fundus_authors", people),
        ("fundus_authors_agencies", (*people, *agencies)),
    ):
        if named or said:
            marks.add(name, _f1(named, {fold(each) for each in said}))
    if gold["published"]:
        _mark_published(marks, datetime.fromisoformat(gold["published"]), article)


def _mark_published(marks: Marks, stated: datetime, article: Article | None) -> None:
    published = article.published if article else None
    day = published is not None and stated.date() in _days(published, stated)
    marks.add("fundus_day", float(day), article, "published")
    if stated.time() == datetime.min.time():
        return
    marks.add("fundus_minute", float(published is not None and _same_minute(published, stated)))


def _days(published: datetime, stated: datetime) -> set[object]:
    zone = stated.tzinfo
    return {published.date(), published.astimezone(zone).date() if zone else published.date()}


def _same_minute(published: datetime, stated: datetime) -> bool:
    if stated.tzinfo is None:
        return abs(published.replace(tzinfo=None) - stated) < _MINUTE
    return abs(published - stated) < _MINUTE


def _dates(folder: Path) -> dict[str, float]:
    if not (folder / "eval_default.jsonl").exists():
        return {}
    right = wrong = missing = 0
    for line in (folder / "eval_default.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        body = gzip.decompress((folder / gold["file"]).read_bytes())
        article = _read(Page(url=gold["url"], body=body, fetched=FETCHED))
        published = article.published if article else None
        if published is None:
            missing += 1
        elif published.date().isoformat() == gold["date"]:
            right += 1
        else:
            wrong += 1
    precision, recall = right / max(1, right + wrong), right / max(1, right + missing)
    return {
        "dates_precision": precision,
        "dates_recall": recall,
        "dates_f1": 2 * precision * recall / max(1e-9, precision + recall),
    }


def _read(page: Page) -> Article | None:
    found = ExtractArticle()(page)
    return found if isinstance(found, Article) else None


def _f1(expected: set[str], actual: set[str]) -> float:
    return 2 * len(expected & actual) / max(1, len(expected) + len(actual))
