"""Serve the whole sample press on loopback: home pages, feeds, sitemaps, robots.txt and every article."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from worldtake.testing.feed_writers import (
    Announcement,
    Channel,
    atom,
    json_feed,
    news_sitemap,
    rss,
    sitemap_index,
)
from worldtake.testing.press import Answer, Press
from worldtake.testing.sample_pages import render_article, render_home, summary_of
from worldtake.testing.sample_press import FEED_PATHS, feed_url, load_sample, outlets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from worldtake.model import Outlet
    from worldtake.testing.press import Request
    from worldtake.testing.sample_nouns import FeedShape, SampleArticle, SampleOutlet
    from worldtake.testing.sample_press import Sample

#: Media types of the feeds that a home page points to.
FEED_TYPES: dict[FeedShape, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
_WRITERS: dict[FeedShape, Callable[[Channel], bytes]] = {
    "rss": rss,
    "atom": atom,
    "json": json_feed,
    "sitemap": news_sitemap,
}
#: Charsets that the sites state in the header too; the others leave it to the page's meta element.
STATED_CHARSETS = ("utf-8", "shift_jis")
_PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90" role="img">'
    b'<rect width="160" height="90" fill="#8fa3ad"/><text x="80" y="50" text-anchor="middle" '
    b'font-size="14">invented</text></svg>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSite:
    """One outlet's site."""

    outlet: SampleOutlet
    #: All its articles, the newest first.
    articles: tuple[SampleArticle, ...] = field(repr=False)
    words: Mapping[str, Mapping[str, Any]] = field(repr=False)
    #: Moment up to which articles are out; None where all are.
    until: Callable[[], datetime | None]

    @property
    def host(self) -> str:
        """Return the name that it answers to."""
        return self.outlet.host

    def answer(self, request: Request, port: int) -> Answer | None:
        """Return the answer to `request`, or None where nothing is there (yet)."""
        path = request.path
        if path == "/robots.txt":
            return Answer(body=self._robots(port), media_type="text/plain")
        if path == "/":
            return self._page(self._home(port))
        if path.startswith("/images/"):
            return Answer(body=_PICTURE, media_type="image/svg+xml", charset=None)
        return self._announced(path, port) or self._article(path, port)

    def out(self) -> tuple[SampleArticle, ...]:
        """Return the articles that are out, the newest first."""
        until = self.until()
        return tuple(a for a in self.articles if until is None or a.published <= until)

    def _article(self, path: str, port: int) -> Answer | None:
        out = self.out()
        found = next((a for a in out if a.path == path), None)
        if found is None:
            return None
        page = render_article(
            found,
            self.outlet,
            earlier=[a for a in out if a.published < found.published],
            words=self.words,
            port=port,
            feed=self._feed_link(port),
        )
        return self._page(page)

    def _page(self, body: bytes) -> Answer:
        encoding = self.outlet.encoding
        return Answer(body=body, charset=encoding if encoding in STATED_CHARSETS else None)

    def _home(self, port: int) -> bytes:
        is_feed = self.outlet.feed in FEED_TYPES
        return render_home(
            self.outlet,
            self.out(),
            words=self.words,
            port=port,
            feed=self._feed_link(port) if is_feed else None,
            sitemap=None if is_feed else feed_url(self.outlet, port),
        )

    def _feed_link(self, port: int) -> dict[str, str]:
        media_type = FEED_TYPES.get(self.outlet.feed, "application/xml")
        return {"url": feed_url(self.outlet, port), "type": media_type}

    def _robots(self, port: int) -> bytes:
        sitemap = feed_url(self.outlet, port) if self.outlet.feed not in FEED_TYPES else ""
        line = f"Sitemap: {sitemap}\n" if sitemap else ""
        return f"User-agent: *\nDisallow: /admin/\n{line}".encode()

    def _announced(self, path: str, port: int) -> Answer | None:
        shape = self.outlet.feed
        if shape == "sitemap-index":
            return self._by_day(path, port)
        if path != FEED_PATHS[shape]:
            return None
        if shape == "sitemap-gzip":
            packed = gzip.compress(news_sitemap(self._channel(self.out(), port)), mtime=0)
            return Answer(body=packed, media_type="application/gzip", charset=None)
        body = _WRITERS[shape](self._channel(self.out(), port))
        return Answer(body=body, media_type=FEED_TYPES.get(shape, "application/xml"))

    def _by_day(self, path: str, port: int) -> Answer | None:
        by_day: dict[str, list[SampleArticle]] = {}
        for article in self.out():
            by_day.setdefault(f"/sitemap-{article.published.date()}.xml", []).append(article)
        if path == FEED_PATHS["sitemap-index"]:
            index = sitemap_index(f"http://{self.host}:{port}{day}" for day in by_day)
            return Answer(body=index, media_type="application/xml")
        if path in by_day:
            body = news_sitemap(self._channel(tuple(by_day[path]), port))
            return Answer(body=body, media_type="application/xml")
        return None

    def _channel(self, articles: tuple[SampleArticle, ...], port: int) -> Channel:
        outlet = self.outlet
        return Channel(
            title=outlet.printed_name,
            home=f"http://{outlet.host}:{port}/",
            url=feed_url(outlet, port),
            language=outlet.languages[0],
            description=self.words[outlet.languages[0]]["invented"],
            items=tuple(
                Announcement(
                    url=f"http://{outlet.host}:{port}{a.path}",
                    title=a.title.source,
                    published=a.published,
                    summary=summary_of(a),
                    author=a.author,
                )
                for a in articles
            ),
        )


class SamplePress(Press):
    """The sample press on loopback; a context manager, or `start` and `stop`.

    `published_until` hides what comes later, and can be moved on to let days pass.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        sample: Sample | None = None,
        published_until: datetime | None = None,
    ) -> None:
        super().__init__(port=port)
        self.sample = sample or load_sample()
        self.published_until = published_until
        newest_first = sorted(self.sample.articles, key=lambda a: (a.published, a.id), reverse=True)
        for outlet in self.sample.outlets:
            own = tuple(a for a in newest_first if a.outlet_id == outlet.id)
            self.add(
                SampleSite(
                    outlet=outlet,
                    articles=own,
                    words=self.sample.words,
                    until=lambda: self.published_until,
                )
            )

    def outlets(self) -> tuple[Outlet, ...]:
        """Return the outlets as the house knows outlets, their feeds on this press's port."""
        return outlets(self.port, self.sample)
