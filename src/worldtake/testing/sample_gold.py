"""What is planted in the sample press, gathered for end-to-end tests: stories, copies, credits, differences, gaps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, TypeAlias

from worldtake.model import TEXT_CREDITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from worldtake.model import Article
    from worldtake.testing.sample_nouns import (
        PlantedDifference,
        SampleArticle,
        SampleCredit,
        SampleFigure,
        SampleQuote,
        SampleStory,
    )

#: `source`: one was made from the other, at once or by way of a third; `sibling`: both from a third.
Kinship: TypeAlias = Literal["source", "sibling"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedCopy:
    """Two articles of one language that share text because of how they were made."""

    #: Ids of the two, the lower first.
    a: str
    b: str
    kinship: Kinship
    #: The one that the other was made from; None for siblings.
    origin: str | None
    #: How many sentences stand in both, word for word; siblings may share none.
    shared_sentences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleGold:
    """All that is planted in the sample press."""

    #: Article id -> story id.
    stories: Mapping[str, str]
    #: Address without scheme and port -> article id.
    addresses: Mapping[str, str]
    copies: tuple[PlantedCopy, ...]
    #: Article id -> its credits.
    credits: Mapping[str, tuple[SampleCredit, ...]]
    #: Article id -> its direct quotes.
    quotes: Mapping[str, tuple[SampleQuote, ...]]
    #: Article id -> its figures.
    figures: Mapping[str, tuple[SampleFigure, ...]]
    differences: tuple[PlantedDifference, ...]
    #: Pairs of the correcting and the corrected article.
    corrections: tuple[tuple[str, str], ...]
    #: Outlets of each credit chain, from the last teller to the first.
    chains: tuple[tuple[str, ...], ...]
    #: Story id -> countries whose press leaves it out, or `all countries but XX`.
    gaps: Mapping[str, tuple[str, ...]]
    #: Name of a thread -> its stories in time order.
    threads: Mapping[str, tuple[str, ...]]
    #: Speaker and the articles that carry the same words of theirs.
    shared_quotes: tuple[tuple[str, tuple[str, ...]], ...]
    #: Pairs of stories that look alike and are two.
    look_alikes: tuple[tuple[str, str], ...]


def gather_gold(stories: Iterable[SampleStory], articles: Iterable[SampleArticle]) -> SampleGold:
    """Return what is planted in `stories` and `articles`."""
    stories, articles = tuple(stories), tuple(articles)
    return SampleGold(
        stories={a.id: a.story for a in articles},
        addresses={a.address: a.id for a in articles},
        copies=_copies(articles),
        credits={a.id: a.credits for a in articles},
        quotes={a.id: a.quotes for a in articles},
        figures={a.id: a.figures for a in articles},
        differences=tuple(d for s in stories for d in s.differences),
        corrections=tuple(c for s in stories for c in s.corrections),
        chains=tuple(c for s in stories for c in s.chains),
        gaps={s.id: s.gaps for s in stories if s.gaps},
        threads=_threads(stories, articles),
        shared_quotes=tuple(q for s in stories for q in s.shared_quotes),
        look_alikes=tuple(
            (s.id, s.look_alike) for s in stories if s.look_alike and s.id < s.look_alike
        ),
    )


def planted_edges(gold: SampleGold) -> frozenset[tuple[str, str]]:
    """Return each article with each outlet that a sentence, dateline or credit line of it credits."""
    return frozenset(
        (article_id, credit.outlet_id)
        for article_id, given in gold.credits.items()
        for credit in given
        if credit.kind in TEXT_CREDITS
    )


def planted_copies(gold: SampleGold, least_shared: int = 3) -> frozenset[tuple[str, str]]:
    """Return the pairs of articles that share at least `least_shared` sentences word for word."""
    return frozenset((c.a, c.b) for c in gold.copies if c.shared_sentences >= least_shared)


def sample_ids(gold: SampleGold, articles: Iterable[Article]) -> dict[str, str]:
    """Return the sample's id of each of `articles` that is from the sample, by its own id."""
    found = ((article.id, gold.addresses.get(address_of(article.url))) for article in articles)
    return {ours: theirs for ours, theirs in found if theirs}


def address_of(url: str) -> str:
    """Return host and path of `url` without scheme and port, as in `SampleGold.addresses`."""
    host, slash, path = url.split("://", 1)[-1].partition("/")
    return f"{host.split(':')[0]}{slash}{path.split('#')[0]}"


def _threads(
    stories: Iterable[SampleStory], articles: Iterable[SampleArticle]
) -> dict[str, tuple[str, ...]]:
    first = {}
    for article in sorted(articles, key=lambda a: a.published, reverse=True):
        first[article.story] = article.published
    threads: dict[str, tuple[str, ...]] = {}
    for story in sorted(stories, key=lambda s: first[s.id]):
        if story.thread:
            threads[story.thread] = (*threads.get(story.thread, ()), story.id)
    return threads


def _copies(articles: tuple[SampleArticle, ...]) -> tuple[PlantedCopy, ...]:
    ancestry = _ancestry(articles)
    families: dict[str, list[SampleArticle]] = {}
    for article in articles:
        families.setdefault(ancestry[article.id][-1], []).append(article)
    return tuple(
        _copy(*sorted(pair, key=lambda a: a.id), ancestry=ancestry)
        for family in families.values()
        for pair in combinations(family, 2)
    )


def _ancestry(articles: Iterable[SampleArticle]) -> dict[str, tuple[str, ...]]:
    """Return for each article itself and what it was made from, up to the first."""
    ancestry: dict[str, tuple[str, ...]] = {}
    for article in articles:
        above = ancestry[article.source_id] if article.source_id else ()
        ancestry[article.id] = (article.id, *above)
    return ancestry


def _copy(
    a: SampleArticle, b: SampleArticle, *, ancestry: Mapping[str, tuple[str, ...]]
) -> PlantedCopy:
    origin = None
    if a.id in ancestry[b.id]:
        origin = a.id
    elif b.id in ancestry[a.id]:
        origin = b.id
    return PlantedCopy(
        a=a.id,
        b=b.id,
        kinship="source" if origin else "sibling",
        origin=origin,
        shared_sentences=len({s.source for s in a.sentences()} & {s.source for s in b.sentences()}),
    )
