"""The sentences of a report that may stand for it: in the reader's language, each with the words of the original that bear it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from worldtake.model import UNTRANSLATED, Span, quote_evidence
from worldtake.text.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.model import Article, Evidence, Report, Translation

#: Length of a passage in characters of an alphabet; one of a script without spaces holds twice as much.
SHORTEST, LONGEST = 40, 320
#: Factor on both for Chinese, Japanese and other scripts without spaces.
DENSE = 0.4
#: Blocks that carry the report; headings and datelines do not.
TOLD_ROLES = frozenset(("standfirst", "paragraph", "quote", "list"))

_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_FURNITURE = regex.compile(
    r"https?://|www\.|©|\S@\S|\b(?:newsletter|subscribe|sign up|cookies?|all rights reserved|follow us)\b"
    r"|^\W*(?:photo|image|foto|video|read (?:more|also))\s*[:/]|^\W*\([^)]*\)\W*$",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence of a report."""

    #: The words in the article's language, in `Article.text`.
    evidence: Evidence
    #: The words in the reader's language.
    text: str
    #: True where `text` is a translation.
    translated: bool
    #: Place among the report's sentences, from 0.
    place: int


def passages(report: Report) -> tuple[Passage, ...]:
    """Return the sentences of a report with their receipts; those that tell nothing are left out."""
    told = [passage for passage in _all(report) if _tells(passage.text)]
    fitting = [passage for passage in told if _fits(passage.text)]
    return tuple(fitting or (passage for passage in told if len(passage.text) <= LONGEST))


def passage_at(report: Report, span: Span) -> Passage | None:
    """Return the sentence of `Article.text` that holds the start of `span`; None where none does."""
    for passage in _all(report):
        if passage.evidence.span.start <= span.start < passage.evidence.span.end:
            return passage
    return None


def _all(report: Report) -> Iterator[Passage]:
    translation = report.shown
    if translation is not None and translation.alignment:
        yield from _translated(report.article, translation)
    else:
        yield from _printed(report.article)


def _translated(article: Article, translation: Translation) -> Iterator[Passage]:
    changed = translation.language.split("-", 1)[0] != article.language.split("-", 1)[0]
    for place, pair in enumerate(translation.alignment):
        if UNTRANSLATED in pair.flags or not _told(article, pair.source):
            continue
        yield Passage(
            evidence=quote_evidence(article.text, pair.source, article_id=article.id),
            text=pair.target.cut(translation.text).strip(),
            translated=changed,
            place=place,
        )


def _printed(article: Article) -> Iterator[Passage]:
    for place, span in enumerate(split(article.text)):
        if _told(article, span):
            yield Passage(
                evidence=quote_evidence(article.text, span, article_id=article.id),
                text=span.cut(article.text).strip(),
                translated=False,
                place=place,
            )


def _told(article: Article, span: Span) -> bool:
    """Tell whether a span stands in a block that carries the report."""
    roles = [block.role for block in article.blocks if block.span.overlaps(span)]
    return not roles or any(role in TOLD_ROLES for role in roles)


def _tells(text: str) -> bool:
    return bool(text) and not _FURNITURE.search(text)


def _fits(text: str) -> bool:
    dense = len(_DENSE.findall(text)) > len(text) / 2
    scale = DENSE if dense else 1.0
    return SHORTEST * scale <= len(text) <= LONGEST * scale
