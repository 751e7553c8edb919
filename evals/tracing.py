"""Tracing: quotes on two public corpora, the two seeds read by hand, and what is planted in the sample press.

Quotes count direct and partial ones that name a speaker: right where words and speaker both overlap the annotation. Recall is
over annotations with quotation marks and a source. `python -m evals tracing` prints the table.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from worldtake.model import (
    TEXT_CREDITS,
    Article,
    Outlet,
    OutletKind,
    Quote,
    Report,
    Skip,
    article_id,
)
from worldtake.testing import load_sample, outlets
from worldtake.trace import TraceArticle, copies
from worldtake.trace.quotes import FindQuotes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from worldtake.model import Span
    from worldtake.testing import Sample, SampleArticle

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
#: Just under what was reached when each was last raised.
FLOORS: dict[str, float] = {
    "polnear-dev quotes F1": 0.855,
    "polnear-dev quotes precision": 0.86,
    "polnear-dev quotes shown precision": 0.88,
    "german-dev quotes F1": 0.56,
    "seeds direct quotes right": 1.0,
    "seeds credits found": 1.0,
    "sample edges precision": 0.99,
    "sample edges recall": 0.99,
    "sample quotes found": 0.99,
    "sample quotes speaker right": 0.95,
    "sample copies precision": 1.0,
    "sample copies recall": 1.0,
}
#: Confidence from which a quote is shown as said by its speaker.
SHOWN = 0.8
_MARKS = '"“”„«»‘’'
_NOON = datetime(2026, 9, 12, 12, 0, tzinfo=UTC)
_Places: TypeAlias = list[tuple[int, int]]
#: Source spans and content spans of one annotation.
_Gold: TypeAlias = tuple[_Places, _Places]
#: Outlets that the seeds credit: id, name, kind, alias.
_SEED_OUTLETS: tuple[tuple[str, str, OutletKind, tuple[str, ...]], ...] = (
    ("gb-telegraph", "The Telegraph", "newspaper", ()),
    ("us-atlantic", "The Atlantic", "magazine", ()),
    ("gb-dailymail", "Daily Mail", "newspaper", ("dailymail",)),
    ("us-axios", "Axios", "portal", ()),
    ("fr-afp", "AFP", "agency", ()),
    ("gb-ft", "Financial Times", "newspaper", ()),
    ("gb-guardian", "The Guardian", "newspaper", ()),
    ("us-washpost", "The Washington Post", "newspaper", ()),
    ("us-getty", "Getty Images", "agency", ("Getty",)),
    ("gb-reuters", "Reuters", "agency", ()),
)
#: File of each seed and the outlets that its text credits, by reading.
_SEED_CREDITS = {
    "000": {"gb-telegraph", "us-atlantic", "gb-dailymail"},
    "001": {"gb-telegraph"},
    "002": {"fr-afp", "us-axios", "gb-ft", "gb-guardian"},
    "003": {"gb-ft", "us-washpost"},
    "004": set(),
}


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return every figure whose corpus is there."""
    attribution = shared / "corpora/attribution"
    return {
        **_quotes("polnear-dev", attribution / "polnear-dev.jsonl", "en", _polnear),
        **_quotes("german-dev", attribution / "german-quotes-dev.jsonl", "de", _german),
        **_seeds(shared / "seeds"),
        **_sample(),
    }


def article(text: str, language: str, name: str = "x") -> Article:
    """Return a bare article with `text`."""
    url = f"https://eval.test/{name}"
    return Article(
        id=article_id(url, _NOON), url=url, outlet_id=None, title="", text=text, language=language, seen=_NOON
    )  # fmt: skip


@dataclass
class _Tally:
    right: int = 0
    said: int = 0
    found: int = 0
    wanted: int = 0
    shown_right: int = 0
    shown: int = 0

    def figures(self, name: str) -> dict[str, float]:
        precision, recall = self.right / max(1, self.said), self.found / max(1, self.wanted)
        return {
            f"{name} precision": precision,
            f"{name} recall": recall,
            f"{name} F1": 2 * precision * recall / max(1e-9, precision + recall),
            f"{name} shown precision": self.shown_right / max(1, self.shown),
        }


def _quotes(
    name: str, path: Path, language: str, gold: Callable[[dict[str, Any]], list[_Gold]]
) -> dict[str, float]:
    if not path.is_file():
        return {}
    tally = _Tally()
    for line in path.read_text(encoding="utf-8").splitlines():
        values = json.loads(line)
        _count(tally, values["text"], language, gold(values))
    return tally.figures(f"{name} quotes")


def _polnear(values: dict[str, Any]) -> list[_Gold]:
    return [(one["source"], one["content"]) for one in values["attributions"]]


def _german(values: dict[str, Any]) -> list[_Gold]:
    def places(one: dict[str, Any], key: str) -> _Places:
        return [(span["charBegin"], span["charEnd"]) for span in one[key]["spans"]]

    return [(places(one, "speaker"), places(one, "quote")) for one in values["annotations"]]


def _count(tally: _Tally, text: str, language: str, golds: list[_Gold]) -> None:
    hits: set[int] = set()
    for quote in _said(text, language):
        matched = [at for at, gold in enumerate(golds) if _right(quote, gold)]
        hits.update(matched)
        tally.said += 1
        tally.right += bool(matched)
        if quote.confidence >= SHOWN:
            tally.shown += 1
            tally.shown_right += bool(matched)
    quoted = {at for at, gold in enumerate(golds) if gold[0] and _is_quoted(text, gold[1])}
    tally.wanted += len(quoted)
    tally.found += len(quoted & hits)


def _said(text: str, language: str) -> list[Quote]:
    found = FindQuotes()(article(text, language))
    quotes = () if isinstance(found, Skip) else found
    return [one for one in quotes if one.kind in ("direct", "partial") and one.speaker]


def _right(quote: Quote, gold: _Gold) -> bool:
    words = any(_meets(span, place) for span in quote.content for place in gold[1])
    return words and quote.speaker is not None and any(_meets(quote.speaker, p) for p in gold[0])


def _meets(span: Span, place: tuple[int, int]) -> bool:
    return span.start < place[1] and place[0] < span.end


def _is_quoted(text: str, places: _Places) -> bool:
    double = set(_MARKS) - set("‘’")
    return any(double & set(text[max(0, start - 1) : end + 1]) for start, end in places)


def _seeds(folder: Path) -> dict[str, float]:
    path = folder / "gold-example.json"
    if not path.is_file():
        return {}
    gold = json.loads(path.read_text(encoding="utf-8"))
    stage = TraceArticle(
        outlets=tuple(
            Outlet(id=id, name=name, kind=kind, aliases=aliases)
            for id, name, kind, aliases in _SEED_OUTLETS  # noqa: A001 the fields' names
        )
    )
    texts = {one.name[:3]: one.read_bytes().decode() for one in sorted(folder.glob("0*.txt"))}
    found = credited = 0
    for name, wanted in _SEED_CREDITS.items():
        trace = stage(article(texts[name], "en", name))
        assert not isinstance(trace, Skip)
        named = {one.outlet_id for one in trace.credits if one.kind in TEXT_CREDITS}
        found += len(named & wanted) - len(named - wanted)
        credited += len(wanted)
    right, direct = _seed_quotes(gold, texts)
    return {"seeds direct quotes right": right / direct, "seeds credits found": found / credited}


def _seed_quotes(gold: dict[str, Any], texts: dict[str, str]) -> tuple[int, int]:
    right = total = 0
    files = {one["id"]: one["file"][:3] for one in gold["documents"]}
    for want in gold["quotes"]:
        if want["kind"] != "direct":
            continue
        total += 1
        places = [(one["start"], one["end"]) for one in want["content"]]
        for quote in _said(texts[files[want["doc"]]], "en"):
            same = [(span.start, span.end) for span in quote.content] == places
            anonymous = want["entity"].startswith("anon:")
            right += same and (anonymous or quote.speaker_name == want["entity"])
    return right, total


def _sample() -> dict[str, float]:
    sample = load_sample()
    stage = TraceArticle(outlets=outlets(8765, sample))
    traced = {one.id: _traced(stage, one) for one in sample.articles}
    return {
        **_sample_edges(sample, traced),
        **_sample_quotes(sample, traced),
        **_sample_copies(sample, traced),
    }


def _traced(stage: TraceArticle, one: SampleArticle) -> Report:
    made = Article(
        id=article_id(one.address, one.published),
        url=f"http://{one.address}",
        outlet_id=one.outlet_id,
        title=one.title.source,
        text=one.text() if one.standfirst is None else f"{one.standfirst.source}\n\n{one.text()}",
        language=one.language,
        published=one.published,
        published_precision="minute",
        seen=one.published,
    )
    trace = stage(made)
    assert not isinstance(trace, Skip)
    outlet = next(each for each in stage.outlets if each.id == one.outlet_id)
    return Report(article=made, outlet=outlet, translation=None, trace=trace)


def _sample_edges(sample: Sample, traced: dict[str, Report]) -> dict[str, float]:
    got = {
        (id, credit.outlet_id)
        for id, report in traced.items()  # noqa: A001 the sample's id
        for credit in report.trace.credits
        if credit.kind in TEXT_CREDITS
    }
    want = {
        (one.id, credit.outlet_id)
        for one in sample.articles
        for credit in one.credits
        if credit.kind in TEXT_CREDITS
    }
    return {
        "sample edges precision": len(got & want) / max(1, len(got)),
        "sample edges recall": len(got & want) / max(1, len(want)),
    }


def _sample_quotes(sample: Sample, traced: dict[str, Report]) -> dict[str, float]:
    planted = found = spoken = 0
    for one in sample.articles:
        if one.source_id is not None:
            continue
        report = traced[one.id]
        for want in one.quotes:
            planted += 1
            hits = list(_holding(report, want.content[0]))
            found += bool(hits)
            spoken += any(want.speaker is None or _same_mention(m, want.speaker) for m in hits)
    return {"sample quotes found": found / planted, "sample quotes speaker right": spoken / planted}


def _holding(report: Report, words: str) -> Iterator[str]:
    """Yield the mentions of the speakers of quotes that hold the first of `words`."""
    for quote in report.trace.quotes:
        text = report.article.title if quote.part == "title" else report.article.text
        content = " ".join(span.cut(text) for span in quote.content)
        if quote.kind not in {"indirect", "term"} and words[:25].strip(" .,，。") in content:
            yield quote.speaker.cut(text) if quote.speaker else ""


def _same_mention(mention: str, want: str) -> bool:
    return mention != "" and (
        mention in want or want in mention or bool(set(mention.split()) & set(want.split()))
    )


def _sample_copies(sample: Sample, traced: dict[str, Report]) -> dict[str, float]:
    ours = {report.article.id: id for id, report in traced.items()}  # noqa: A001 the sample's id
    roots: dict[str, str] = {}
    for one in sample.articles:
        roots[one.id] = roots[one.source_id] if one.source_id else one.id
    got = {frozenset((ours[copy.a], ours[copy.b])) for copy in copies(tuple(traced.values()))}
    want = set(_related(sample.articles, roots))
    return {
        "sample copies precision": len(got & want) / max(1, len(got)),
        "sample copies recall": len(got & want) / max(1, len(want)),
    }


def _related(articles: Iterable[SampleArticle], roots: dict[str, str]) -> Iterator[frozenset[str]]:
    known = list(articles)
    for at, one in enumerate(known):
        for other in known[at + 1 :]:
            if roots[one.id] == roots[other.id] and one.outlet_id != other.outlet_id:
                yield frozenset((one.id, other.id))
