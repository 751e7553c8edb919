"""Build model objects for tests: every builder gives something whole, and takes what matters to the test by keyword."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from worldtake.model import (
    Aligned,
    Article,
    Block,
    Credit,
    Entry,
    Evidence,
    Feed,
    Figure,
    Maker,
    Outlet,
    Page,
    Quote,
    Report,
    Span,
    Story,
    StoryFile,
    Trace,
    Translation,
    article_id,
    quote_evidence,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

#: When things happen in tests unless they say otherwise.
NOON = datetime(2026, 9, 11, 12, 0, tzinfo=UTC)
#: How long after publication an article is seen.
SEEN_LATER = timedelta(minutes=5)
LANTERN_TEXT = (
    "The lanterns along the old harbour were lit again on Friday after eleven years.\n\n"
    "“We never threw the keys away,” said Ada Brankovic, the keeper of the harbour.\n\n"
    "Two hundred people came to watch, the Harbor Ledger reported."
)


def span_of(text: str, words: str, *, after: int = 0) -> Span:
    """Return where `words` stand in `text`, the first time from `after` on.

    Raises:
        ValueError: if they do not.
    """
    start = text.index(words, after)
    return Span(start, start + len(words))


def a_feed(**changes: Any) -> Feed:
    """Return a feed."""
    feed = Feed(url="https://lantern.test/rss.xml", outlet_id="us-lantern", kind="rss")
    return replace(feed, **changes)


def an_outlet(**changes: Any) -> Outlet:
    """Return an outlet; its domain follows its id unless it is given."""
    identity = changes.get("id", "us-lantern")
    country, _, label = identity.partition("-")
    outlet = Outlet(
        id=identity,
        name=changes.get("name", f"The {label.title()}"),
        domains=(f"{label}.test",),
        country=country.upper(),
        languages=("en",),
        kind="newspaper",
    )
    return replace(outlet, **changes)


def an_entry(**changes: Any) -> Entry:
    """Return an announcement."""
    entry = Entry(
        url="https://lantern.test/news/1",
        feed_url="https://lantern.test/rss.xml",
        outlet_id="us-lantern",
        title="Lanterns return to the old harbour",
        published=NOON,
    )
    return replace(entry, **changes)


def a_page(body: bytes | str = b"", **changes: Any) -> Page:
    """Return a page as fetched."""
    page = Page(
        url="https://lantern.test/news/1",
        body=body.encode() if isinstance(body, str) else body,
        fetched=NOON + SEEN_LATER,
        charset="utf-8",
    )
    return replace(page, **changes)


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return a paragraph for each part of `text` between empty lines."""
    blocks: list[Block] = []
    start = 0
    for part in text.split("\n\n"):
        if part:
            blocks.append(Block(span=Span(start, start + len(part)), role="paragraph"))
        start += len(part) + 2
    return tuple(blocks)


def an_article(text: str = LANTERN_TEXT, **changes: Any) -> Article:
    """Return an article with `text`; its address follows outlet and text unless it is given."""
    outlet_id = changes.get("outlet_id", "us-lantern")
    published = changes.get("published", NOON)
    mark = hashlib.blake2b(f"{outlet_id} {text}".encode(), digest_size=6).hexdigest()
    url = changes.get("url", f"https://{str(outlet_id).partition('-')[2]}.test/{mark}")
    seen = changes.get("seen", (published or NOON) + SEEN_LATER)
    article = Article(
        id=article_id(url, published or seen),
        url=url,
        outlet_id=outlet_id,
        title="Lanterns return to the old harbour",
        text=text,
        blocks=blocks_of(text),
        published=published,
        published_precision="second" if published else None,
        published_zone_stated=published is not None,
        language="en",
        language_confidence=1.0,
        seen=seen,
    )
    return replace(article, **changes)


def a_translation(article: Article, text: str, **changes: Any) -> Translation:
    """Return a translation of `article`, aligned block by block where both have as many."""
    ours, theirs = blocks_of(article.text), blocks_of(text)
    pairs = zip(ours, theirs, strict=True) if len(ours) == len(theirs) else ()
    translation = Translation(
        article_id=article.id,
        language="en",
        engine="sample",
        engine_version="1",
        tier="good",
        title=article.title,
        text=text,
        alignment=tuple(Aligned(source=a.span, target=b.span) for a, b in pairs),
    )
    return replace(translation, **changes)


def a_maker(**changes: Any) -> Maker:
    """Return who translated: an engine of the first trust, at noon."""
    maker = Maker(engine="opus", version="1", model="OPUS-MT sl-en", tier="good", made=NOON)
    return replace(maker, **changes)


def a_quote(text: str, words: str, *, speaker: str | None = None, **changes: Any) -> Quote:
    """Return the quote of `words` in `text`, with the mention of who speaks."""
    quote = Quote(
        kind="direct",
        content=(span_of(text, words),),
        speaker=span_of(text, speaker) if speaker else None,
        confidence=0.95,
        rule="test",
        speaker_name=speaker,
    )
    return replace(quote, **changes)


def a_credit(text: str, words: str, *, outlet_id: str = "us-ledger", **changes: Any) -> Credit:
    """Return the credit that `words` in `text` give to an outlet."""
    credit = Credit(
        outlet_id=outlet_id,
        outlet=outlet_id,
        kind="report",
        span=span_of(text, words),
        rule="test",
    )
    return replace(credit, **changes)


def a_figure(text: str, words: str, value: float, **changes: Any) -> Figure:
    """Return the figure that `words` in `text` say."""
    return replace(Figure(span=span_of(text, words), value=value, unit="people"), **changes)


def a_trace(article: Article, **changes: Any) -> Trace:
    """Return a trace of `article`, with nothing found unless it is given."""
    return replace(Trace(article_id=article.id), **changes)


def an_evidence(article: Article, words: str) -> Evidence:
    """Return the receipt for `words` in the text of `article`."""
    return quote_evidence(article.text, span_of(article.text, words), article_id=article.id)


def a_report(article: Article | None = None, **changes: Any) -> Report:
    """Return a report; its outlet and trace follow the article unless they are given."""
    article = article or an_article()
    report = Report(
        article=article,
        outlet=an_outlet(id=article.outlet_id or "us-lantern"),
        translation=None,
        trace=a_trace(article),
    )
    return replace(report, **changes)


def a_story(articles: Sequence[Article], **changes: Any) -> Story:
    """Return the story of `articles`, in time order."""
    ordered = sorted(articles, key=lambda a: (a.moment(), a.id))
    story = Story(
        id=ordered[0].id,
        articles=tuple(a.id for a in ordered),
        first=ordered[0].moment(),
        last=ordered[-1].moment(),
    )
    return replace(story, **changes)


def a_story_file(reports: Sequence[Report] = (), **changes: Any) -> StoryFile:
    """Return a story with `reports` in time order; one report where none is given."""
    ordered = sorted(reports or (a_report(),), key=lambda r: (r.article.moment(), r.article.id))
    story = a_story([report.article for report in ordered])
    return replace(StoryFile(story=story, reports=tuple(ordered)), **changes)
