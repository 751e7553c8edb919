"""The sample press: invented outlets and stories, written by hand in many languages, with what is planted in them.

Everything in it is invented but the countries and cities. Its hand-written English fills the translator's cache, so that
the sample can be read with no translator.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from worldtake.model import Feed, FeedKind, Outlet
from worldtake.testing.sample_files import (
    read_outlets,
    read_stories,
    read_words,
    sample_folder,
)
from worldtake.testing.sample_gold import SampleGold, gather_gold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from worldtake.testing.sample_nouns import (
        FeedShape,
        SampleArticle,
        SampleOutlet,
        SampleStory,
        Sentence,
    )

#: Where a site announces its articles, by the shape of its feed.
FEED_PATHS: dict[FeedShape, str] = {
    "rss": "/rss.xml",
    "atom": "/feed.atom",
    "json": "/feed.json",
    "sitemap": "/sitemap-news.xml",
    "sitemap-index": "/sitemap.xml",
    "sitemap-gzip": "/sitemap-news.xml.gz",
}
#: What the model calls these shapes.
FEED_KINDS: dict[FeedShape, FeedKind] = {
    "rss": "rss",
    "atom": "atom",
    "json": "json",
    "sitemap": "sitemap",
    "sitemap-index": "sitemap",
    "sitemap-gzip": "sitemap",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The whole sample press."""

    outlets: tuple[SampleOutlet, ...]
    stories: tuple[SampleStory, ...]
    #: In the order of the story files; a source stands before what was made from it.
    articles: tuple[SampleArticle, ...]
    gold: SampleGold
    #: Words of the sites' chrome by language.
    words: Mapping[str, Mapping[str, Any]]


def load_sample() -> Sample:
    """Return the shipped sample press.

    Raises:
        UnreadableInputError: if a recipe or an outlet in its files does not fit.
    """
    folder = sample_folder()
    outlets, words = read_outlets(folder), read_words(folder)
    stories, articles = read_stories(folder, outlets, words)
    return Sample(
        outlets=outlets,
        stories=stories,
        articles=articles,
        gold=gather_gold(stories, articles),
        words=words,
    )


def phrasebook(sample: Sample) -> dict[tuple[str, str], str]:
    """Return the English of every sentence of the sample that is not in English.

    Keys are the language, once as written in the sample (`sr-Cyrl`) and once as its base (`sr`), and the sentence: of
    titles, standfirsts, captions, bodies and credit lines; datelines alone and before the first sentence as well; and
    neighbours in a paragraph as one, since a quotation that runs over both may be kept in one piece.
    """
    phrases: dict[tuple[str, str], str] = {}
    for article in sample.articles:
        base = article.language.split("-")[0]
        if base != "en":
            for source, english in _pairs(article):
                phrases[article.language, source] = english
                phrases.setdefault((base, source), english)
    return phrases


def outlets(base_port: int, sample: Sample | None = None) -> tuple[Outlet, ...]:
    """Return the sample's outlets as the house knows outlets, their feeds on `base_port`."""
    chosen = sample.outlets if sample else read_outlets(sample_folder())
    return tuple(_outlet(outlet, base_port) for outlet in chosen)


def feed_url(outlet: SampleOutlet, port: int) -> str:
    """Return the address of the outlet's feed on `port`."""
    return f"http://{outlet.host}:{port}{FEED_PATHS[outlet.feed]}"


def _pairs(article: SampleArticle) -> Iterator[tuple[str, str]]:
    first = article.paragraphs[0][0]
    if article.dateline:
        yield article.dateline.strip(), article.dateline.strip()
        yield article.dateline + first.source, article.dateline + first.english
    for sentence in _phrases(article):
        yield sentence.source, sentence.english
    for paragraph in article.paragraphs:
        for one, two in pairwise(paragraph):
            yield article.space.join((one.source, two.source)), f"{one.english} {two.english}"


def _phrases(article: SampleArticle) -> Iterator[Sentence]:
    yield article.title
    if article.standfirst:
        yield article.standfirst
    if article.image:
        yield article.image.caption
    yield from article.sentences()
    if article.credit_line:
        yield article.credit_line


def _outlet(outlet: SampleOutlet, port: int) -> Outlet:
    feed = Feed(
        url=feed_url(outlet, port),
        outlet_id=outlet.id,
        kind=FEED_KINDS[outlet.feed],
        language=outlet.languages[0],
    )
    return Outlet(
        id=outlet.id,
        name=outlet.name,
        native_name=outlet.native_name,
        domains=(outlet.host,),
        country=outlet.country,
        languages=outlet.languages,
        kind=outlet.kind,
        owner=outlet.group,
        group=outlet.group,
        aliases=outlet.aliases,
        feeds=(feed,),
        policy="full",
        provenance="sample",
    )
