from __future__ import annotations

from worldtake.fetch import discover_feeds, robots_sitemaps, usual_places

PAGE = """<html><head>
<link rel="alternate" type="application/rss+xml; charset=utf-8" title="Vse" href="/rss">
<link rel="ALTERNATE" type="application/feed+json" href="https://glas.example/feed.json">
<link rel="alternate" type="application/json" href="https://glas.example/wp-json/wp/v2/pages/1">
<link rel="alternate" type="application/json" title="JSON Feed" href="/all.json">
<link rel="sitemap" href="/sitemap.xml">
<link rel="alternate" type="text/html" hreflang="en" href="/en"><link rel="stylesheet" href="/feed.css">
</head><body><a href="/rss">RSS</a><a href="world/feed/">Svet</a><a href="javascript:rss">x</a>
<a href="/about">About feeds</a><a href="http://[x/rss">y</a><a href="/?feed=rss2">Blog</a>
<a href="/kultura" type="application/atom+xml">Kultura</a><a href="/sitemap-news.xml">N</a></body></html>"""


def test_announced_feeds_come_before_linked_ones_and_each_once() -> None:
    found = [
        (feed.url, feed.kind, feed.title)
        for feed in discover_feeds(PAGE, "https://glas.example/sl/")
    ]
    assert [
        ("https://glas.example/rss", "rss", "Vse"),
        ("https://glas.example/feed.json", "json", ""),
        ("https://glas.example/all.json", "json", "JSON Feed"),
        ("https://glas.example/sitemap.xml", "sitemap", ""),
        ("https://glas.example/sl/world/feed/", "unknown", "Svet"),
        ("https://glas.example/?feed=rss2", "unknown", "Blog"),
        ("https://glas.example/kultura", "atom", "Kultura"),
        ("https://glas.example/sitemap-news.xml", "sitemap", "N"),
    ] == found


def test_links_start_from_the_base_that_the_page_states() -> None:
    page = '<base href="https://www.glas.example/x/"><a href="rss.xml">RSS</a>'
    (found,) = discover_feeds(page, "https://glas.example/")
    assert "https://www.glas.example/x/rss.xml" == found.url


def test_a_page_without_feeds_has_none() -> None:
    assert [(), (), ()] == [
        discover_feeds(page, "https://a.example/") for page in ("", "   ", "<p>x")
    ]


def test_robots_txt_names_sitemaps_those_of_news_first() -> None:
    robots = (
        "User-agent: *\nDisallow: /x\nSitemap: https://glas.example/sitemap-tags.xml\r\n"
        "SITEMAP : /sitemap.xml # all\nsitemap:https://glas.example/news-sitemap.xml\nSitemap: mailto:x"
    )
    found = robots_sitemaps(robots, "https://glas.example/robots.txt")
    assert [
        "https://glas.example/news-sitemap.xml",
        "https://glas.example/sitemap.xml",
        "https://glas.example/sitemap-tags.xml",
    ] == [each.url for each in found]
    assert {"sitemap"} == {each.kind for each in found}


def test_usual_places_are_on_the_same_site() -> None:
    urls = [each.url for each in usual_places("https://glas.example/sl/")]
    assert "https://glas.example/feed/" in urls
    assert "https://glas.example/sitemap-news.xml" in urls
