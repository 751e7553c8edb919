from __future__ import annotations

from worldtake.fetch import discover_feeds

PAGE = """<html><head>
<link rel="alternate" type="application/rss+xml; charset=utf-8" title="Vse" href="/rss">
<link rel="ALTERNATE" type="application/feed+json" href="https://glas.example/feed.json">
<link rel="alternate" type="text/html" hreflang="en" href="/en"><link rel="stylesheet" href="/feed.css">
</head><body><a href="/rss">RSS</a><a href="world/feed/">Svet</a><a href="javascript:rss">x</a>
<a href="/about">About feeds</a><a href="http://[x/rss">y</a></body></html>"""


def test_announced_feeds_come_before_linked_ones_and_each_once() -> None:
    found = [
        (feed.url, feed.kind, feed.title)
        for feed in discover_feeds(PAGE, "https://glas.example/sl/")
    ]
    assert [
        ("https://glas.example/rss", "rss", "Vse"),
        ("https://glas.example/feed.json", "json", ""),
        ("https://glas.example/sl/world/feed/", "unknown", "Svet"),
    ] == found


def test_a_page_without_feeds_has_none() -> None:
    assert [(), (), ()] == [
        discover_feeds(page, "https://a.example/") for page in ("", "   ", "<p>x")
    ]
