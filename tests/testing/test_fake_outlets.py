from __future__ import annotations

import html
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import feedparser
import pytest

from worldtake.testing import FakeArticle, FakeOutlet, Request

if TYPE_CHECKING:
    from worldtake.testing.fake_outlets import FakeFeed

PORT = 8123
OLD = FakeArticle(path="/old", title="Old & < news", published=datetime(2026, 9, 1, tzinfo=UTC))
NEW = FakeArticle(path="/new", title="新しい知らせ", published=datetime(2026, 9, 2, tzinfo=UTC))


def body(outlet: FakeOutlet, path: str) -> bytes:
    answer = outlet.answer(Request(method="GET", host=outlet.host, path=path, headers={}), PORT)
    assert answer is not None
    return answer.body


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_feed_gives_its_articles_newest_first(kind: FakeFeed) -> None:
    outlet = FakeOutlet(articles=(OLD, NEW), feed=kind)
    entries = feedparser.parse(body(outlet, outlet.feed_path)).entries
    assert [html.unescape(entry.title) for entry in entries] == ["新しい知らせ", "Old & < news"]
    assert [entry.link for entry in entries] == [
        "http://lantern.localhost:8123/new",
        "http://lantern.localhost:8123/old",
    ]
    assert entries[0].published_parsed[:3] == (2026, 9, 2)


def test_a_json_feed_gives_its_articles_newest_first() -> None:
    outlet = FakeOutlet(articles=(OLD, NEW), feed="json")
    items = json.loads(body(outlet, "/feed.json"))["items"]
    assert [item["title"] for item in items] == ["新しい知らせ", "Old & < news"]


def test_a_news_sitemap_names_pages_titles_and_moments() -> None:
    outlet = FakeOutlet(articles=(NEW,), feed="sitemap")
    sitemap = body(outlet, "/sitemap-news.xml").decode()
    assert "<loc>http://lantern.localhost:8123/new</loc>" in sitemap
    assert "<news:publication_date>2026-09-02T00:00:00+00:00</news:publication_date>" in sitemap


def test_the_home_page_points_to_the_feed() -> None:
    outlet = FakeOutlet(feed="atom")
    link = '<link rel="alternate" type="application/atom+xml" href="/feed.atom">'
    assert link in body(outlet, "/").decode()


def test_a_page_holds_title_and_paragraphs() -> None:
    page = body(FakeOutlet(articles=(OLD,)), "/old").decode()
    assert "<h1>Old &amp; &lt; news</h1>" in page
    assert all(f"<p>{paragraph}</p>" in page for paragraph in OLD.paragraphs)


def test_its_feed_is_known_to_the_house() -> None:
    feed = FakeOutlet(feed="json").model_feed(PORT, "us-lantern")
    assert (feed.url, feed.kind) == ("http://lantern.localhost:8123/feed.json", "json")
