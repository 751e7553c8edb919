"""Cut an article into segments, each with the language it is in, and name the translations that are remembered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from worldtake.model import base_language
from worldtake.text.fold import squeeze
from worldtake.text.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from worldtake.model import Article, Span, Tier

#: Length of a key, in bytes of the hash.
KEY_BYTES = 16
#: Sentences of the text that are translated of every article, beside the headline: 18 per cent of the characters, 92 to 98
#: per cent of the power to find the same story (stage design of translation).
LEAD_SEGMENTS = 3
_LETTER = regex.compile(r"\p{L}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One sentence of an article's text, or its title."""

    #: In `Article.text`; None for the title.
    span: Span | None
    #: The words.
    text: str
    #: Their language, BCP 47: that of the block where it has one of its own.
    language: str
    #: False where it stands as it is: already in the target language, or without a letter.
    foreign: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A segment's translation, whose it is, and what the checks found."""

    #: The words in the target language.
    target: str
    #: Engine id and version.
    engine: str
    version: str
    #: What it is called on pages.
    model: str
    #: How far it may be trusted.
    tier: Tier
    #: When it was made, aware.
    made: datetime
    #: What the checks found.
    flags: tuple[str, ...] = ()
    #: Language in between and the words in it; empty where there is none.
    via: str = ""
    pivot: str = ""


def segments(article: Article, target: str) -> tuple[Segment, ...]:
    """Return the article's title, where it has one, and the sentences of its text in order."""
    return tuple(_cut(article, base_language(target)))


def lead(article: Article, target: str) -> tuple[Segment, ...]:
    """Return what of an article is translated before anybody asks for it: its title and first sentences."""
    every = segments(article, target)
    titles = bool(every) and every[0].span is None
    return every[: LEAD_SEGMENTS + titles]


def _cut(article: Article, target: str) -> Iterator[Segment]:
    if article.title.strip():
        yield _segment(None, article.title, article.language, target)
    other = [(each.span, each.language) for each in article.blocks if each.language]
    for span in split(article.text):
        language = next(
            (tag for block, tag in other if block.start <= span.start < block.end),
            article.language,
        )
        yield _segment(span, span.cut(article.text), language or article.language, target)


def _segment(span: Span | None, text: str, language: str, target: str) -> Segment:
    foreign = base_language(language) != target and _LETTER.search(text) is not None
    return Segment(span=span, text=text, language=language, foreign=foreign)


def segment_key(text: str, source: str, target: str, signature: str) -> str:
    """Return the key of a translation of `text`: 32 hex digits, the same however it is spaced.

    Of the source language only the base counts ("sr" for "sr-Cyrl"): the words show the script. `signature` names who
    translates, and how, so that another version misses on purpose.
    """
    parts = (squeeze(text), base_language(source), target.casefold(), signature)
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=KEY_BYTES).hexdigest()


def signature_of(engine: str, version: str, revision: str = "") -> str:
    """Return what a remembered translation hangs on beside its words: engine, its version, its model's revision."""
    return f"{engine}\x1e{version}\x1e{revision}"
