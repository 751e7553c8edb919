"""Find the feeds of a site: those that a page announces or links, those that its robots.txt names, and places worth a call.

`link rel="alternate"` comes first, then links that look like feeds; of sitemaps those named after news come first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import regex
from lxml import etree

from worldtake.fetch.entries import web_address
from worldtake.fetch.feeds import ChildSitemap
from worldtake.fetch.sitemaps import chosen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.model import FeedKind

_KINDS: dict[str, FeedKind] = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/x-rss+xml": "rss",
    "text/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
}
#: Types that say only how a feed is written; the link's title or address must say that it is one.
_PLAIN_KINDS: dict[str, FeedKind] = {
    "application/json": "json",
    "application/xml": "unknown",
    "text/xml": "unknown",
}
_FEED_PATH = regex.compile(
    r"(?:^|/)(?:rss|feed|atom|feeds)(?:/|$|\.(?:xml|php|json|aspx?)$)|\.(?:rss|atom|rdf)$|"
    r"(?:^|/)(?:rss|feed|atom)[-_]?[\w-]*\.(?:xml|json)$|[-_](?:rss|feed|atom)\.(?:xml|json)$",
    regex.IGNORECASE,
)
_FEED_QUERY = regex.compile(
    r"(?:^|&)(?:feed|format)=(?:rss2?|atom|rdf|feed|json)(?:&|$)", regex.IGNORECASE
)
_SITEMAP_PATH = regex.compile(r"sitemap[\w./-]*\.xml(?:\.gz)?$", regex.IGNORECASE)
_ROBOTS_LINE = regex.compile(r"^\s*sitemap\s*:\s*(\S+)", regex.IGNORECASE | regex.MULTILINE)
#: Longest page and robots.txt looked through, in characters.
MAX_PAGE_CHARS = 5_000_000
MAX_ROBOTS_CHARS = 500_000
#: Where sites keep feeds and sitemaps without a word, most frequent first.
_USUAL_FEEDS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json")
_USUAL_SITEMAPS = (
    "/news-sitemap.xml",
    "/sitemap-news.xml",
    "/sitemap_news.xml",
    "/sitemap_index.xml",
    "/sitemap.xml",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed or sitemap that a page announces."""

    #: Its address.
    url: str
    #: Its format; `unknown` for a plain link.
    kind: FeedKind
    #: Its title; empty where none.
    title: str


def discover_feeds(html: str, base: str) -> tuple[FoundFeed, ...]:
    """Return the feeds that the page `html` at `base` announces, announced ones before linked ones."""
    if not html.strip():
        return ()
    parser = etree.HTMLParser(no_network=True, recover=True, encoding="utf-8")
    root = etree.fromstring(html[:MAX_PAGE_CHARS].encode("utf-8", "replace"), parser)
    if root is None:
        return ()
    for stated in root.iter("base"):
        base = web_address(base, stated.get("href") or "") or base
        break
    found: dict[str, FoundFeed] = {}
    for feed in (*_announced(root, base), *_linked(root, base)):
        found.setdefault(feed.url, feed)
    return tuple(found.values())


def robots_sitemaps(robots: str, base: str) -> tuple[FoundFeed, ...]:
    """Return the sitemaps that a robots.txt at `base` names, the likeliest to have the newest articles first."""
    named = _ROBOTS_LINE.findall(robots[:MAX_ROBOTS_CHARS].removeprefix("\ufeff"))
    urls = [url for each in named if (url := web_address(base, each))]
    best = chosen([ChildSitemap(url=url) for url in urls])
    return tuple(FoundFeed(url=each.url, kind="sitemap", title="") for each in best)


def usual_places(base: str) -> tuple[FoundFeed, ...]:
    """Return where the site of `base` may have feeds and news sitemaps that it announces nowhere; each is worth one call."""
    made = [FoundFeed(url=urljoin(base, path), kind="unknown", title="") for path in _USUAL_FEEDS]
    made += [
        FoundFeed(url=urljoin(base, path), kind="sitemap", title="") for path in _USUAL_SITEMAPS
    ]
    return tuple(made)


def _announced(root: etree._Element, base: str) -> Iterator[FoundFeed]:
    for link in root.iter("link"):
        rels = (link.get("rel") or "").lower().split()
        kind = _kind(link)
        if kind and ("alternate" in rels or "feed" in rels):
            yield from _feed(link, base, kind, link.get("title") or "")
        elif "sitemap" in rels:
            yield from _feed(link, base, "sitemap", link.get("title") or "")


def _linked(root: etree._Element, base: str) -> Iterator[FoundFeed]:
    for link in root.iter("a"):
        kind: FeedKind | None = _KINDS.get(_type(link))
        path, query = _place(link.get("href") or "")
        if kind is None and (_FEED_PATH.search(path) or _FEED_QUERY.search(query)):
            kind = "unknown"
        if kind is None and _SITEMAP_PATH.search(path):
            kind = "sitemap"
        if kind:
            title = " ".join("".join(map(str, link.itertext())).split())
            yield from _feed(link, base, kind, title or link.get("title") or "")


def _type(link: etree._Element) -> str:
    return (link.get("type") or "").split(";")[0].strip().lower()


def _kind(link: etree._Element) -> FeedKind | None:
    stated = _type(link)
    if stated in _PLAIN_KINDS:
        path, query = _place(link.get("href") or "")
        title = (link.get("title") or "").lower()
        named = (
            _FEED_PATH.search(path)
            or _FEED_QUERY.search(query)
            or "feed" in title
            or "rss" in title
        )
        return _PLAIN_KINDS[stated] if named else None
    return _KINDS.get(stated)


def _place(href: str) -> tuple[str, str]:
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return "", ""
    return parts.path, parts.query


def _feed(link: etree._Element, base: str, kind: FeedKind, title: str) -> Iterator[FoundFeed]:
    url = web_address(base, link.get("href") or "")
    if url and url != base:
        yield FoundFeed(url=url, kind=kind, title=" ".join(title.split()))
