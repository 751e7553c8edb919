"""Plain text of pages: the five seeds by characters, and public pages whose markup was taken away by words.

Seeds: F1 over the characters of body and of chrome, whether title, byline, outlet and date are right, file by file; two were read
for the project, three for this eval (`seeds.json`: offsets and the file's sha-256, no words). fundus and scrapinghub: the pages as
`evals.flatten` saves them, copied and wrapped, against the gold body as `evals.extraction` scores it. What is not on the machine
is left out.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

import regex

from evals.flatten import copied_text, wrapped_text
from worldtake.extract import ExtractArticle
from worldtake.extract.lines import read_lines
from worldtake.extract.plain import ROLES, label_lines
from worldtake.model import Article, Outlet, Page
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from worldtake.extract.prose import Reader

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
#: Just under what was reached when each was last raised.
FLOORS: dict[str, float] = {
    "plain_fundus_body": 0.943,
    "plain_fundus_title": 0.58,
    "plain_fundus_wrapped_body": 0.936,
    "plain_scrapinghub_f1": 0.917,
    "plain_scrapinghub_wrapped_f1": 0.911,
    **{
        f"seed_{file}_{figure}": 1.0
        for file in ("000", "001", "002", "003", "004")
        for figure in ("body_f1", "chrome_f1", "title", "byline", "outlet", "date")
    },
}
_TOKEN = regex.compile(r"\w+")
_SHINGLE = 4
#: Outlets of the seeds that a catalogue would hold.
_OUTLETS = (
    Outlet(id="gb-gb-news", name="GB News", country="GB"),
    Outlet(id="xk-rksnews", name="RksNews", country="XK"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A public page without its markup, and what is right of it."""

    corpus: str
    outlet: str
    copied: str
    #: Empty where the corpus gives none.
    title: str
    body: str


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return every figure whose corpus is there; the public pages are read by trees that have not seen their publishers."""
    return {**_seeds(shared / "seeds"), **_held_out(shared)}


def _held_out(shared: Path) -> dict[str, float]:
    # The trees' trainer scores with this module.
    from evals.train_lines import cross_fitted, samples, selections  # noqa: PLC0415

    whole = samples(shared)
    if not whole:
        return {}
    readers, _ = cross_fitted(whole, selections(whole))
    return held_out_figures((each.gold, readers[each.fold]) for each in whole)


def public_pages(shared: Path = SHARED) -> Iterator[Gold]:
    """Yield the pages of fundus and scrapinghub that are on the machine."""
    folder = shared / "corpora/extraction/fundus"
    for line in _lines(folder / "gold.jsonl"):
        gold = json.loads(line)
        body = gzip.decompress((folder / gold["file"]).read_bytes())
        yield Gold(
            corpus="fundus",
            outlet=gold["outlet"],
            copied=copied_text(body),
            title=gold["title"] or "",
            body="\n".join(gold["paragraphs"]),
        )
    folder = shared / "corpora/extraction/scrapinghub"
    for name, gold in json.loads("".join(_lines(folder / "ground-truth.json")) or "{}").items():
        body = gzip.decompress((folder / f"html/{name}.html.gz").read_bytes())
        host = gold["url"].split("/")[2].removeprefix("www.")
        yield Gold(
            corpus="scrapinghub",
            outlet=host,
            copied=copied_text(body),
            title="",
            body=gold["articleBody"],
        )


def _lines(path: Path) -> list[str]:
    text = path.read_text("utf-8") if path.exists() else ""
    return [line for line in text.split("\n") if line]


def held_out_figures(pages: Iterable[tuple[Gold, Reader]]) -> dict[str, float]:
    """Return the means over pages, each read by the reader given with it, as copied and as wrapped."""
    scores: defaultdict[str, list[float]] = defaultdict(list)
    for gold, reader in pages:
        for style, text in (("", gold.copied), ("_wrapped", wrapped_text(gold.copied))):
            lines = read_lines(text)
            labelled = label_lines(lines, reader(lines))
            words = "\n\n".join(each.line.text for each in labelled if each.label in ROLES)
            title = next((each.line.text for each in labelled if each.label == "title"), "")
            for name, value in score(gold, title, words).items():
                scores[f"plain_{gold.corpus}{style}_{name}"].append(value)
    return _means(scores)


def score(gold: Gold, title: str, text: str) -> dict[str, float]:
    """Return the figures of one page: words of the body for fundus, precision and recall of shingles for scrapinghub."""
    if gold.corpus == "fundus":
        expected, actual = Counter(_TOKEN.findall(gold.body)), Counter(_TOKEN.findall(text))
        return {
            "body": _f1(*_overlap(expected, actual)),
            "title": float(fold(gold.title) == fold(title)),
        }
    precision, recall = _overlap(_shingles(gold.body), _shingles(text))
    return {"precision": precision, "recall": recall}


def _means(scores: dict[str, list[float]]) -> dict[str, float]:
    """Return means; the F1 of mean precision and mean recall, as the benchmark counts."""
    means = {name: fmean(values) for name, values in scores.items()}
    found: dict[str, float] = {}
    for name, value in means.items():
        if name.endswith("_precision"):
            stem = name.removesuffix("precision")
            found[f"{stem}f1"] = _f1(value, means[f"{stem}recall"])
        found[name] = value
    return found


def read_plain(body: bytes, file: str = "page.txt") -> Article | None:
    """Return the article that a plain text page gives; None where there is none."""
    if not body:
        return None
    page = Page(
        url=f"file:{file}",
        body=body,
        fetched=datetime(2025, 12, 15, tzinfo=UTC),
        media_type="text/plain",
        file=file,
    )
    found = ExtractArticle(outlets=_OUTLETS)(page)
    return found if isinstance(found, Article) else None


def _seeds(folder: Path) -> dict[str, float]:
    if not (folder / "gold-example.json").exists():
        return {}
    found: dict[str, float] = {}
    for place in (folder / "gold-example.json", Path(__file__).with_name("seeds.json")):
        for gold in json.loads(place.read_text("utf-8"))["documents"]:
            name = f"seed_{gold['file'][:3]}"
            for figure, value in _seed(folder, gold).items():
                found[f"{name}_{figure}"] = value
    return found


def _seed(folder: Path, gold: dict[str, Any]) -> dict[str, float]:
    body = (folder / gold["file"]).read_bytes()
    if hashlib.sha256(body).hexdigest() != gold["sha256"]:
        message = f"{gold['file']} is not the file that was labelled: label it anew"
        raise ValueError(message)
    article = read_plain(body, gold["file"])
    if article is None:
        return {"body_f1": 0.0, "chrome_f1": 0.0}
    blocks = {place for each in article.blocks if each.raw for place in _places(each.raw)}
    left = {place for each in article.discarded if each.raw for place in _places(each.raw)}
    expected = {place for span in (*gold["body"], *gold["standfirst"]) for place in _gold(span)}
    chrome = {place for span in gold["chrome"] for place in _gold(span)}
    published = article.published.strftime("%Y-%m-%dT%H:%M") if article.published else None
    words = body.decode()
    return {
        "body_f1": _set_f1(expected, blocks),
        "chrome_f1": _set_f1(chrome, left),
        "title": float(_said(words, gold["title"]) == (article.title or None)),
        "byline": float(tuple(filter(None, [_said(words, gold["byline"])])) == article.authors),
        "outlet": float(_said(words, gold["outlet"]) == article.site),
        "date": float(published in _dates(gold["published"])),
    }


def _said(words: str, gold: dict[str, Any] | None) -> str | None:
    """Return a labelled value: its name where the label has one, else the characters that it points at."""
    if gold is None:
        return None
    return gold.get("name") or words[gold["start"] : gold["end"]]


def _dates(gold: dict[str, Any]) -> tuple[str | None, ...]:
    """Return what is right of a date: what is stated; where that is a weekday without its year, none or the day it names."""
    named = gold.get("named_day")
    return (gold["stated"], f"{named}T00:00") if named else (gold["stated"],)


def _places(span: Any) -> range:
    return range(span.start, span.end)


def _gold(span: dict[str, Any]) -> range:
    return range(span["start"], span["end"])


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    last = max(1, len(tokens) - _SHINGLE + 1)
    return Counter(tuple(tokens[n : n + _SHINGLE]) for n in range(last)) if tokens else Counter()


def _overlap(expected: Counter[Any], actual: Counter[Any]) -> tuple[float, float]:
    """Return precision and recall."""
    if not expected and not actual:
        return 1.0, 1.0
    both = (expected & actual).total()
    return both / max(1, actual.total()), both / max(1, expected.total())


def _set_f1(expected: set[int], actual: set[int]) -> float:
    return _f1(*_overlap(Counter(expected), Counter(actual)))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
