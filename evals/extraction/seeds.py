"""Two plain text pages read by hand: chrome and body as characters of the file, and whether title, byline, outlet and date are right."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from statistics import fmean
from typing import TYPE_CHECKING, Any

from evals.extraction.scores import overlap
from worldtake.extract import ExtractArticle
from worldtake.model import Article, Outlet, Page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from worldtake.model import Block, Discarded

FETCHED = datetime(2025, 12, 15, tzinfo=UTC)
#: Outlets of the two pages, as a catalogue would hold them.
OUTLETS = (
    Outlet(id="gb-gb-news", name="GB News", country="GB"),
    Outlet(id="xk-rksnews", name="RksNews", country="XK"),
)


def seeds(folder: Path) -> dict[str, float]:
    """Return the means over the pages; empty where they are not on the machine."""
    if not (folder / "gold-example.json").exists():
        return {}
    gold = json.loads((folder / "gold-example.json").read_text("utf-8"))
    marks = [_marks(folder, each) for each in gold["documents"]]
    return {f"seeds_{name}": fmean(each.get(name, 0.0) for each in marks) for name in marks[0]}


def _marks(folder: Path, gold: dict[str, Any]) -> dict[str, float]:
    page = Page(
        url=f"file:{gold['file']}",
        body=(folder / gold["file"]).read_bytes(),
        fetched=FETCHED,
        media_type="text/plain",
        file=gold["file"],
    )
    article = ExtractArticle(outlets=OUTLETS)(page)
    if not isinstance(article, Article):
        return {}
    published = article.published.strftime("%Y-%m-%dT%H:%M") if article.published else None
    byline = (gold["byline"]["name"],) if gold["byline"] else ()
    outlet = article.outlet_id is not None and gold["outlet"]["name"] == article.site
    body = _places(gold["body"]) | _places(gold["standfirst"])
    return {
        "chrome_f1": _f1(_places(gold["chrome"]), _raw(article.discarded)),
        "body_f1": _f1(body, _raw(article.blocks)),
        "title": float(gold["clean_title"] == article.title),
        "byline": float(byline == article.authors),
        "outlet": float(outlet),
        "date": float(gold["published"]["stated"] == published),
    }


def _places(spans: list[dict[str, Any]]) -> Counter[int]:
    return Counter({place for span in spans for place in range(span["start"], span["end"])})


def _raw(parts: Iterable[Block | Discarded]) -> Counter[int]:
    return Counter(
        {place for part in parts if part.raw for place in range(part.raw.start, part.raw.end)}
    )


def _f1(expected: Counter[int], actual: Counter[int]) -> float:
    return overlap(expected, actual).f1
