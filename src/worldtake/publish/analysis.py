"""The analysis of a handful of files as one JSON document: every statement with the characters that bear it.

Offsets are Unicode code points into each file as decoded, end exclusive. For a plain text page that is the file itself;
for HTML it is the extracted text, and the document says so.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldtake.newsroom import open_newsroom
from worldtake.settings import Settings
from worldtake.text.fold import words
from worldtake.text.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from worldtake.model import Evidence, Quote, Report, Span, TakeGroup
    from worldtake.model.views import StoryBundle

VERSION = "worldtake-analysis-1"
#: Words that two quotes must share, in share of the shorter one, to be the same utterance.
SHARED_WORDS = 0.6
#: Words of a quote below which sharing them says nothing.
SHORTEST_QUOTE = 5


def analyse_files(paths: Sequence[Path]) -> tuple[dict[str, Any], list[str]]:
    """Run the whole pipeline over files in a store of its own.

    Returns:
        The analysis, and a line for each file that could not be processed.
    """
    with tempfile.TemporaryDirectory(prefix="worldtake-") as home:
        settings = Settings(home=Path(home), workers=0, cluster_wait_seconds=0, retries=1)
        with open_newsroom(settings) as newsroom:
            newsroom.add_files(paths)
            newsroom.run()
            bundles = newsroom.bundles()
            problems = [f"{each.item}: {each.message}" for each in newsroom.quarantine()]
    order = {path.name: number for number, path in enumerate(paths)}
    return _analysis(bundles, order, {path.name: path for path in paths}), problems


@dataclass(frozen=True, slots=True)
class _Document:
    """One file with its report, and the way from the article's text to the file's characters."""

    id: str
    report: Report
    #: The decoded file for plain text, else the article's text.
    raw: str
    #: True where offsets count into the file itself.
    of_file: bool

    def span(self, start: int, end: int) -> dict[str, Any]:
        line = self.raw.count("\n", 0, start) + 1
        text = self.raw[start:end]
        return {"doc": self.id, "start": start, "end": end, "line": line, "text": text}

    def receipts(self, span: Span, part: str = "text") -> list[dict[str, Any]]:
        """Return where in the file a span of the article stands; one piece for each block it runs over."""
        return [self.span(start, end) for start, end in self._places(span, part)]

    def receipt(self, span: Span | None, part: str = "text") -> dict[str, Any] | None:
        found = self.receipts(span, part) if span else []
        return found[0] if found else None

    def _places(self, span: Span, part: str) -> Iterator[tuple[int, int]]:
        article = self.report.article
        if part == "title":
            if article.title_raw:
                yield article.title_raw.start + span.start, article.title_raw.start + span.end
        elif part == "discarded":
            yield from self._discarded(span)
        elif not self.of_file:
            yield span.start, span.end
        else:
            for block in article.blocks:
                if block.raw and block.span.overlaps(span):
                    shift = block.raw.start - block.span.start
                    start, end = max(span.start, block.span.start), min(span.end, block.span.end)
                    yield start + shift, end + shift

    def _discarded(self, span: Span) -> Iterator[tuple[int, int]]:
        at = 0
        for each in self.report.article.discarded:
            if each.raw and at <= span.start < at + len(each.text):
                start = each.raw.start + span.start - at
                yield start, min(start + len(span), each.raw.end)
            at += len(each.text) + 1


def _analysis(
    bundles: Sequence[StoryBundle], order: dict[str, int], files: dict[str, Path]
) -> dict[str, Any]:
    reports = [report for bundle in bundles for report in bundle.file.reports]
    reports.sort(key=lambda each: order.get(each.article.file or "", len(order)))
    documents = [_document(number, each, files) for number, each in enumerate(reports, start=1)]
    by_article = {each.report.article.id: each for each in documents}
    quotes = [quote for document in documents for quote in _quotes(document)]
    return {
        "version": VERSION,
        "offsets": "Unicode code points into the decoded file, end exclusive (HTML: into clean_body)",
        "documents": [_described(each) for each in documents],
        "quotes": quotes,
        "attributions": [each for document in documents for each in _attributions(document)],
        "lineage": [each for bundle in bundles for each in _lineage(bundle, by_article)],
        "lineage_negatives": _negatives(documents, bundles),
        "quantities": [each for document in documents for each in _quantities(document)],
        "temporal": [each for document in documents for each in _temporal(document)],
        "shared_quotes": _shared_quotes(quotes),
        "differences": [each for bundle in bundles for each in _differences(bundle, by_article)],
        "timeline": _timeline(documents),
        "stances": [],
        "takes": [_take_group(group, by_article) for bundle in bundles for group in bundle.takes],
        "thread": _thread(bundles, by_article),
        "omissions": {"rule": "not computed by this version", "facts": []},
    }


def _document(number: int, report: Report, files: dict[str, Path]) -> _Document:
    article = report.article
    path = files.get(article.file or "")
    of_file = bool(path) and all(block.raw for block in article.blocks)
    raw = path.read_bytes().decode("utf-8", "replace") if path and of_file else article.text
    return _Document(f"D{number}", report, raw, of_file)


def _described(document: _Document) -> dict[str, Any]:
    article, outlet = document.report.article, document.report.outlet
    standfirst = [each for each in article.blocks if each.role == "standfirst"]
    body = [each for each in article.blocks if each.role != "standfirst"]
    roles = {"paragraph": "para"}
    stated = outlet.provenance != "page"
    return {
        "id": document.id,
        "file": article.file,
        "sha256": hashlib.sha256(document.raw.encode()).hexdigest(),
        "chars": len(document.raw),
        "title": document.span(article.title_raw.start, article.title_raw.end)
        if article.title_raw
        else None,
        "standfirst": [each for block in standfirst for each in document.receipts(block.span)],
        "body": [
            receipt | {"role": roles.get(block.role, block.role)}
            for block in body
            for receipt in document.receipts(block.span)
        ],
        "clean_body": "\n\n".join(block.span.cut(article.text) for block in body),
        "chrome": [
            document.span(each.raw.start, each.raw.end) | {"kind": each.reason}
            for each in article.discarded
            if each.raw
        ],
        "clean_title": article.title,
        "outlet": {
            "name": outlet.name,
            "basis": "stated" if article.site else "unknown",
            "evidence": _mentions(document, (outlet.name, *outlet.aliases)),
        },
        "outlet_country": {"value": outlet.country, "basis": "catalogue" if stated else "page"},
        "original_outlet": article.original_site,
        "byline": _byline(document),
        "language": article.language,
        "translated_from": None,
        "published": _published(document),
    }


def _mentions(document: _Document, names: Iterable[str]) -> list[dict[str, Any]]:
    for name in names:
        start = document.raw.casefold().find(name.casefold())
        if start >= 0 and len(document.raw.casefold()) == len(document.raw):
            return [document.span(start, start + len(name))]
    return []


def _byline(document: _Document) -> dict[str, Any] | None:
    authors = document.report.article.authors
    if not authors:
        return None
    start = document.raw.rfind(authors[0], 0, len(document.raw))
    evidence = [document.span(start, start + len(authors[0]))] if start >= 0 else []
    return {"name": ", ".join(authors), "evidence": evidence}


def _published(document: _Document) -> dict[str, Any]:
    article = document.report.article
    if article.published is None:
        return {"stated": None, "inferred": None, "granularity": None, "evidence": []}
    minute = article.published_precision != "day"
    stated = f"{article.published:%Y-%m-%dT%H:%M}" if minute else f"{article.published:%Y-%m-%d}"
    zone = f"{article.published:%z}" if article.published_zone_stated else "assumed"
    return {
        "stated": stated,
        "tz": zone,
        "granularity": article.published_precision,
        "inferred": None,
        "evidence": [
            document.span(each.raw.start, each.raw.end)
            for each in article.discarded
            if each.raw and each.reason.startswith("publication")
        ],
    }


def _quotes(document: _Document) -> Iterator[dict[str, Any]]:
    for number, quote in enumerate(document.report.trace.quotes, start=1):
        content = [r for span in quote.content for r in document.receipts(span, quote.part)]
        if content:
            yield {
                "id": f"{document.id}.q{number}",
                "doc": document.id,
                "kind": quote.kind,
                "content": content,
                "speaker": document.receipt(quote.speaker, quote.part),
                "entity": _entity(document, quote),
                "cue": document.receipt(quote.cue, quote.part),
                "speaker_by": quote.rule,
                "confidence": quote.confidence,
            }


def _entity(document: _Document, quote: Quote) -> str | None:
    if quote.speaker_name or quote.speaker is None:
        return quote.speaker_name
    return quote.speaker.cut(document.report.article.text) if quote.part == "text" else None


def _attributions(document: _Document) -> Iterator[dict[str, Any]]:
    for number, credit in enumerate(document.report.trace.credits, start=1):
        receipt = document.receipt(credit.span, credit.part)
        if receipt:
            kind = {"photo": "image_credit"}.get(credit.kind, credit.kind)
            yield {
                "id": f"{document.id}.a{number}",
                "doc": document.id,
                "outlet": credit.outlet,
                "kind": kind,
                "span": receipt,
            }


def _receipt_of(evidence: Evidence, by_article: dict[str, _Document]) -> list[dict[str, Any]]:
    document = by_article.get(evidence.article_id)
    return document.receipts(evidence.span, evidence.part) if document else []


def _lineage(bundle: StoryBundle, by_article: dict[str, _Document]) -> Iterator[dict[str, Any]]:
    lineage = bundle.file.lineage
    names = {
        credit.outlet_id: credit.outlet
        for report in bundle.file.reports
        for credit in report.trace.credits
    }
    for edge in lineage.edges if lineage else ():
        document = by_article[edge.article_id]
        target = by_article.get(edge.to_article or "")
        yield {
            "doc": document.id,
            "frm": document.report.outlet.name,
            "to": target.report.outlet.name
            if target
            else names.get(edge.to_outlet, edge.to_outlet),
            "kind": edge.kind,
            "evidence": [r for each in edge.evidence for r in _receipt_of(each, by_article)],
            "certainty": edge.basis,
        }


def _negatives(
    documents: Sequence[_Document], bundles: Sequence[StoryBundle]
) -> list[dict[str, Any]]:
    linked = {
        edge.article_id
        for bundle in bundles
        if bundle.file.lineage
        for edge in bundle.file.lineage.edges
    }
    return [
        {"doc": each.id, "statement": "no source outlet stated"}
        for each in documents
        if each.report.article.id not in linked
    ]


def _quantities(document: _Document) -> Iterator[dict[str, Any]]:
    for number, figure in enumerate(document.report.trace.figures, start=1):
        receipt = document.receipt(figure.span)
        if receipt:
            yield {
                "id": f"{document.id}.n{number}",
                "doc": document.id,
                "span": receipt,
                "value": figure.value,
                "unit": figure.unit,
                "op": figure.op,
                "measures": figure.measures,
                "whole": figure.whole,
            }


def _temporal(document: _Document) -> Iterator[dict[str, Any]]:
    published = document.report.article.published
    for mention in document.report.trace.times:
        receipt = document.receipt(mention.span)
        if receipt:
            yield {
                "doc": document.id,
                "span": receipt,
                "value": mention.value,
                "granularity": mention.granularity,
                "anchor": published.date().isoformat() if published else None,
            }


def _shared_quotes(quotes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    bags = [set(words(" ".join(piece["text"] for piece in each["content"]))) for each in quotes]
    found = []
    for at, (one, bag) in enumerate(zip(quotes, bags, strict=True)):
        for other, other_bag in zip(quotes[at + 1 :], bags[at + 1 :], strict=True):
            shorter = min(len(bag), len(other_bag))
            if one["doc"] == other["doc"] or shorter < SHORTEST_QUOTE:
                continue
            if len(bag & other_bag) / shorter >= SHARED_WORDS:
                members = [one["id"], other["id"]]
                found.append({"entity": one["entity"] or other["entity"], "members": members})
    return [{"id": f"SQ{number}", **each} for number, each in enumerate(found, start=1)]


def _differences(bundle: StoryBundle, by_article: dict[str, _Document]) -> Iterator[dict[str, Any]]:
    for number, difference in enumerate(bundle.differences, start=1):
        yield {
            "id": f"X{number}",
            "type": difference.kind,
            "question": difference.question,
            "values": [
                {
                    "value": value.value,
                    "receipts": [
                        r for each in value.receipts for r in _receipt_of(each, by_article)
                    ],
                    "as_of": value.as_of,
                }
                for value in difference.values
            ],
            "show_as": difference.kind,
        }


def _timeline(documents: Sequence[_Document]) -> list[dict[str, Any]]:
    events = []
    for document in documents:
        text = document.report.article.text
        sentences = split(text)
        for mention in document.report.trace.times:
            holding = [each for each in sentences if each.overlaps(mention.span)]
            if mention.value and holding:
                receipts = document.receipts(holding[0])
                events.append({"date": mention.value, "basis": "text", "receipts": receipts})
    events.sort(key=lambda each: str(each["date"]))
    return [{"id": f"E{number}", **each} for number, each in enumerate(events, start=1)]


def _take_group(group: TakeGroup, by_article: dict[str, _Document]) -> dict[str, Any]:
    return {
        "heading": group.heading,
        "view": group.view,
        "takes": [
            {
                "text": take.passage,
                "doc": by_article[take.article_id].id,
                "receipts": _receipt_of(take.evidence, by_article),
            }
            for take in group.takes
        ],
    }


def _thread(
    bundles: Sequence[StoryBundle], by_article: dict[str, _Document]
) -> dict[str, Any] | list[dict[str, Any]]:
    threads: dict[str, list[StoryBundle]] = {}
    for bundle in bundles:
        threads.setdefault(bundle.thread or bundle.file.story.id, []).append(bundle)
    found = [
        {
            "id": f"T{number}",
            "title": members[0].file.reports[0].title(),
            "span": f"{members[0].file.story.first:%Y-%m}/{members[-1].file.story.last:%Y-%m}",
            "stories": [
                {
                    "id": bundle.file.story.id,
                    "title": bundle.file.reports[0].title(),
                    "date": f"{bundle.file.story.first:%Y-%m-%d}",
                    "docs": [by_article[each].id for each in bundle.file.story.articles],
                }
                for bundle in members
            ],
        }
        for number, members in enumerate(threads.values(), start=1)
    ]
    return found[0] if len(found) == 1 else found
