"""Tell what kind of page an article stands on: behind a paywall or free, running on as a live blog; its section and keywords."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from worldtake.extract.evidence import LD, Evidence, strings, text_of
from worldtake.text.fold import fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Most keywords that are kept, and longest one, characters: what is longer is a sentence.
KEYWORDS, KEYWORD_CHARS = 40, 60
#: How much a barrier says to its reader, characters: the template's empty box is on every page, and what holds more is the article.
BARRIER_CHARS = range(40, 600)
_YES, _NO = (
    frozenset(("true", "yes", "1", "free")),
    frozenset(("false", "no", "0", "http://schema.org/false", "https://schema.org/false")),
)
_LOCKED = frozenset(
    ("locked", "paid", "premium", "subscriber", "subscribers", "plus", "abo", "abonnes", "hard")
)
#: Meta tags that state the tier of the content.
_TIERS = (
    "article:content_tier",
    "content_tier",
    "content-tier",
    "article:access",
    "access",
    "paywall",
    "article:paywall",
    "content-access",
)
_BARRIER = (
    "paywall|paywalled|regwall|premium-wall|subscription-wall|subscriber-only|abowall|piano-paywall"
)
_BARRIER_CLASS = regex.compile(rf"(?:^|[\s_-])(?:{_BARRIER})(?=$|[\s_-])", regex.IGNORECASE)
_COMMAS = regex.compile(r"\s*[,;،、，]\s*")
_LIVE = regex.compile(
    r"(?:^|\W)(?:live[ -]?(?:blog|ticker|updates?|stream|coverage)|news[ -]?(?:ticker|blog)|minuto a minuto|as it happened|minute by minute|"
    r"en directo|(?:^|[|:–-] )en direct\b|ao vivo|canl[ıi] (?:blog|anlat[ıi]m)|онлайн[- ]трансляция|текстова трансляція|文字直播|실시간 (?:중계|속보)|بث مباشر|تغطية مباشرة)(?:\W|$)"
    r"|^live\s?[:|–-]|\blive:\s"
)


def paywalled(found: Evidence) -> tuple[bool, str] | None:
    """Return whether a page says that its article must be paid for, with the place; None where it says neither."""
    said = next(_access(found), None)
    if said:
        return said
    for element in found.walls:
        names = element.get("class")
        if _BARRIER_CLASS.search(names) and len(text_of(element)) in BARRIER_CHARS:
            return True, f"class {names[:60]}"
    return None


def _access(found: Evidence) -> Iterator[tuple[bool, str]]:
    values = [found.article.get("isAccessibleForFree"), *found.items.get("isAccessibleForFree", ())]
    parts = found.article.get("hasPart")
    values += [
        False
        for part in (parts if isinstance(parts, list) else [parts])
        if isinstance(part, dict) and str(part.get("isAccessibleForFree")).strip().lower() in _NO
    ]
    for value in values:
        said = str(value).strip().lower()
        if said in _YES | _NO:
            yield said in _NO, f"{LD} isAccessibleForFree"
    for tier in _TIERS:
        for value in found.meta.get(tier, ()):
            said = value.strip().lower()
            if said in _LOCKED or said == "free":
                yield said in _LOCKED, tier


def live(found: Evidence, title: str) -> tuple[bool, str] | None:
    """Return that a page is a live blog, with the place that shows it; None where none does."""
    for node in (found.article, *found.nodes):
        if "LiveBlogPosting" in str(node.get("@type")):
            return True, f"{LD} LiveBlogPosting"
    if found.article.get("coverageStartTime") or found.items.get("coverageStartTime"):
        return True, f"{LD} coverageStartTime"
    return (True, "title") if _LIVE.search(fold(title)) else None


def section(found: Evidence) -> tuple[str, str] | None:
    """Return the section that a page states, with the place."""
    stated = (
        *((f"{LD} articleSection", each) for each in strings(found.article.get("articleSection"))),
        *(
            (name, each)
            for name in ("article:section", "parsely-section", "section")
            for each in found.meta.get(name, ())
        ),
        *(("itemprop articleSection", each) for each in found.items.get("articleSection", ())),
    )
    return next(
        (
            (squeeze(words), place)
            for place, words in stated
            if 1 < len(words) <= KEYWORD_CHARS and "://" not in words
        ),
        None,
    )


def keywords(found: Evidence) -> tuple[tuple[str, ...], str] | None:
    """Return the keywords that a page states, with the place."""
    stated: tuple[tuple[str, list[str]], ...] = (
        (f"{LD} keywords", strings(found.article.get("keywords"))),
        ("news_keywords", found.meta.get("news_keywords", [])),
        ("article:tag", found.meta.get("article:tag", [])),
        ("keywords", found.meta.get("keywords", [])),
        ("parsely-tags", found.meta.get("parsely-tags", [])),
    )
    for place, values in stated:
        words = [squeeze(each) for value in values for each in _COMMAS.split(value)]
        kept = tuple(dict.fromkeys(each for each in words if 1 < len(each) <= KEYWORD_CHARS))[
            :KEYWORDS
        ]
        if kept:
            return kept, place
    return None
