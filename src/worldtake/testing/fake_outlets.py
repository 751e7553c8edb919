"""Small invented sites for tests: a few articles, a feed, a home page, robots.txt, and any other answer by path."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from worldtake.model import Feed
from worldtake.testing.feed_writers import (
    Announcement,
    Channel,
    atom,
    json_feed,
    newest_first,
    news_sitemap,
    rss,
)
from worldtake.testing.markup import fill
from worldtake.testing.press import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worldtake.testing.press import Request

FakeFeed: TypeAlias = Literal["rss", "atom", "json", "sitemap"]

#: Where a fake outlet announces its articles, and as what.
FAKE_FEEDS: dict[FakeFeed, tuple[str, str]] = {
    "rss": ("/rss.xml", "application/rss+xml"),
    "atom": ("/feed.atom", "application/atom+xml"),
    "json": ("/feed.json", "application/feed+json"),
    "sitemap": ("/sitemap-news.xml", "application/xml"),
}
_WRITERS = {"rss": rss, "atom": atom, "json": json_feed, "sitemap": news_sitemap}

_PAGE = """<!DOCTYPE html>
<html lang="{{language}}"><head><meta charset="utf-8"><title>{{title}} | {{site}}</title>
<meta property="og:site_name" content="{{site}}"><link rel="canonical" href="{{url}}"></head>
<body><header><a href="/">{{site}}</a></header>
<main><article><h1>{{title}}</h1>
<p class="byline">{{author}} <time datetime="{{iso}}">{{iso}}</time></p>
{{#paragraphs}}<p>{{.}}</p>
{{/paragraphs}}</article></main>
<footer><p>Invented for a test.</p></footer></body></html>
"""
_HOME = """<!DOCTYPE html>
<html lang="{{language}}"><head><meta charset="utf-8"><title>{{site}}</title>
<link rel="alternate" type="{{feed_type}}" href="{{feed_path}}"></head>
<body><h1>{{site}}</h1>{{#articles}}<p><a href="{{path}}">{{title}}</a></p>{{/articles}}
<footer><p>Invented for a test.</p></footer></body></html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeArticle:
    """An article for a test."""

    #: Path of its page.
    path: str = "/news/1"
    title: str = "Lanterns return to the old harbour"
    paragraphs: tuple[str, ...] = (
        "The lanterns along the old harbour were lit again on Friday after eleven years.",
        "Two hundred people came to watch, and the baker gave out bread until midnight.",
    )
    published: datetime = datetime(2026, 9, 11, 18, 30, tzinfo=UTC)
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeOutlet:
    """A site for a test; add it to a `Press`."""

    host: str = "lantern.localhost"
    name: str = "The Lantern"
    language: str = "en"
    articles: tuple[FakeArticle, ...] = (FakeArticle(),)
    feed: FakeFeed = "rss"
    #: Text of robots.txt; None where there is none.
    robots: str | None = "User-agent: *\nAllow: /\n"
    #: Other answers by path, in place of what would be there.
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def feed_path(self) -> str:
        """Return the path of its feed."""
        return FAKE_FEEDS[self.feed][0]

    def model_feed(self, port: int, outlet_id: str = "us-lantern") -> Feed:
        """Return the feed as the house knows feeds."""
        url = f"http://{self.host}:{port}{self.feed_path}"
        return Feed(url=url, outlet_id=outlet_id, kind=self.feed, language=self.language)

    def answer(self, request: Request, port: int) -> Answer | None:
        """Return the answer to `request`, or None where nothing is there."""
        if request.path in self.answers:
            return self.answers[request.path]
        if request.path == "/robots.txt" and self.robots is not None:
            return Answer(body=self.robots.encode(), media_type="text/plain")
        if request.path == self.feed_path:
            return Answer(body=self._feed(port), media_type=FAKE_FEEDS[self.feed][1])
        if request.path == "/":
            return Answer(body=self._home().encode())
        found = next((a for a in self.articles if a.path == request.path), None)
        return Answer(body=self._page(found, port).encode()) if found else None

    def _feed(self, port: int) -> bytes:
        base = f"http://{self.host}:{port}"
        items = newest_first(
            Announcement(
                url=base + a.path,
                title=a.title,
                published=a.published,
                summary=a.paragraphs[0] if a.paragraphs else "",
                author=a.author or None,
            )
            for a in self.articles
        )
        channel = Channel(
            title=self.name,
            home=f"{base}/",
            url=base + self.feed_path,
            language=self.language,
            description="Invented for a test.",
            items=items,
        )
        return _WRITERS[self.feed](channel)

    def _page(self, article: FakeArticle, port: int) -> str:
        values = {
            "language": self.language,
            "site": self.name,
            "title": article.title,
            "url": f"http://{self.host}:{port}{article.path}",
            "author": article.author,
            "iso": article.published.isoformat(),
            "paragraphs": article.paragraphs,
        }
        return fill(_PAGE, values)

    def _home(self) -> str:
        path, media_type = FAKE_FEEDS[self.feed]
        values = {
            "language": self.language,
            "site": self.name,
            "feed_type": media_type,
            "feed_path": path,
            "articles": [{"path": a.path, "title": a.title} for a in self.articles],
        }
        return fill(_HOME, values)
