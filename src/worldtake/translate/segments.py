"""Cut an article into segments, each with the key under which its translation is remembered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from worldtake.text.fold import squeeze
from worldtake.text.sentences import split

if TYPE_CHECKING:
    from worldtake.model import Article, Span, Tier

#: Length of a key, in bytes of the hash.
KEY_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One sentence of an article's text, or its title."""

    #: In `Article.text`; None for the title.
    span: Span | None
    #: The words.
    text: str
    #: See `segment_key`.
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A segment's translation, and whose it is."""

    #: The words in the target language.
    target: str
    #: Engine id and version.
    engine: str
    version: str
    #: How far it may be trusted.
    tier: Tier


def segments(article: Article, target: str) -> tuple[Segment, ...]:
    """Return the article's title, where it has one, and the sentences of its text in order."""
    title = [(None, article.title)] if article.title.strip() else []
    cut = [(span, span.cut(article.text)) for span in split(article.text)]
    return tuple(
        Segment(span=span, text=text, key=segment_key(text, article.language, target))
        for span, text in (*title, *cut)
    )


def segment_key(text: str, source: str, target: str) -> str:
    """Return the key of `text` between two languages: 32 hex digits, the same however it is spaced.

    Of the source language only the base counts ("sr" for "sr-Cyrl"): the words show the script.
    """
    parts = (squeeze(text), base(source), target.casefold())
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=KEY_BYTES).hexdigest()


def base(language: str) -> str:
    """Return the language of a BCP 47 tag without script and region."""
    return language.partition("-")[0].casefold()
