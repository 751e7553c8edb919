from __future__ import annotations

import gzip
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING

import feedparser
import pytest

from worldtake.testing import SamplePress, address_of
from worldtake.testing.sample_press import FEED_PATHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Reply
    from worldtake.testing import Sample, SampleOutlet


def announced(press: SamplePress, outlet: SampleOutlet, ask: Callable[..., Reply]) -> list[str]:
    """Return the addresses that the outlet's feed announces, as a reader of feeds finds them."""
    body = ask(press, outlet.host, FEED_PATHS[outlet.feed]).body
    if outlet.feed in ("rss", "atom"):
        parsed = feedparser.parse(body)
        assert not parsed.bozo
        return [entry.link for entry in parsed.entries]
    if outlet.feed == "json":
        return [item["url"] for item in json.loads(body)["items"]]
    text = (gzip.decompress(body) if outlet.feed == "sitemap-gzip" else body).decode()
    found = [loc.replace("&amp;", "&") for loc in re.findall("<loc>(.*?)</loc>", text)]
    if outlet.feed == "sitemap-index":
        days = [ask(press, outlet.host, "/" + url.split("/", 3)[3]).body.decode() for url in found]
        return [loc for day in days for loc in re.findall("<loc>(.*?)</loc>", day)]
    return found


def test_every_feed_announces_its_outlets_articles_newest_first(
    served: SamplePress, ask: Callable[..., Reply]
) -> None:
    for outlet in served.sample.outlets:
        own = sorted(
            (a for a in served.sample.articles if a.outlet_id == outlet.id),
            key=lambda a: (a.published, a.id),
            reverse=True,
        )
        found = [address_of(url) for url in announced(served, outlet, ask)]
        assert [a.address for a in own] == found, outlet.id


def test_every_article_is_served_in_its_sites_charset(
    served: SamplePress, ask: Callable[..., Reply]
) -> None:
    encodings = {outlet.id: outlet.encoding for outlet in served.sample.outlets}
    for article in served.sample.articles[::3]:
        host = article.address.partition("/")[0]
        reply = ask(served, host, article.path)
        assert reply.status == 200
        assert article.title.source[:10] in reply.body.decode(encodings[article.outlet_id])


def test_a_charset_may_be_left_to_the_page(served: SamplePress, ask: Callable[..., Reply]) -> None:
    article = next(a for a in served.sample.articles if a.outlet_id == "ru-volzhskielisty")
    reply = ask(served, "volzhskielisty.localhost", article.path)
    assert reply.headers["Content-Type"] == "text/html"
    assert b"charset=windows-1251" in reply.body


def test_home_pages_point_to_feeds_or_sitemaps(
    served: SamplePress, ask: Callable[..., Reply]
) -> None:
    lost = [
        outlet.id
        for outlet in served.sample.outlets
        if served.url(outlet.host, FEED_PATHS[outlet.feed])
        not in ask(served, outlet.host, "/").body.decode(outlet.encoding)
    ]
    assert lost == []


def test_every_kind_of_feed_is_there(sample: Sample) -> None:
    assert {outlet.feed for outlet in sample.outlets} == set(FEED_PATHS)


def test_robots_txt_names_the_sitemap(served: SamplePress, ask: Callable[..., Reply]) -> None:
    robots = ask(served, "haitiannet.localhost", "/robots.txt").body.decode()
    assert f"Sitemap: {served.url('haitiannet.localhost', '/sitemap-news.xml')}" in robots
    assert ask(served, "hansepost.localhost", "/robots.txt").status == 200


def test_days_can_pass(sample: Sample, ask: Callable[..., Reply]) -> None:
    article = next(a for a in sample.articles if a.id == "s01-de-2")
    moment = datetime.fromisoformat("2026-09-08T12:00:00+02:00")
    with SamplePress(sample=sample, published_until=moment) as press:
        feed = ask(press, "rheinblick.localhost", "/feed.atom")
        assert ask(press, "rheinblick.localhost", article.path).status == 404
        assert article.path not in feed.body.decode()
        press.published_until = None
        again = ask(press, "rheinblick.localhost", "/feed.atom", If_None_Match=feed.headers["ETag"])
        assert again.status == 200
        assert article.path in again.body.decode()
        assert ask(press, "rheinblick.localhost", article.path).status == 200


def test_pictures_are_served(served: SamplePress, ask: Callable[..., Reply]) -> None:
    reply = ask(served, "hansepost.localhost", "/images/1.svg")
    assert (reply.status, reply.headers["Content-Type"]) == (200, "image/svg+xml")


def test_outlets_know_the_port(served: SamplePress) -> None:
    assert all(f":{served.port}/" in outlet.feeds[0].url for outlet in served.outlets())


@pytest.mark.parametrize("path", ["/nothing", "/admin/", "/rss.xml?x"])
def test_what_is_not_there_is_not_found(
    served: SamplePress, ask: Callable[..., Reply], path: str
) -> None:
    assert ask(served, "hansepost.localhost", path).status == 404
