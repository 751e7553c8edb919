"""Find the feeds that a page announces: `link rel="alternate"`, then links that look like feeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import regex
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.model import FeedKind

_KINDS: dict[str, FeedKind] = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
}
_FEED_PATH = regex.compile(
    r"(?:^|/)(?:rss|feed|atom|feeds)(?:/|$|\.xml$)|\.(?:rss|atom|rdf)$", regex.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that a page announces."""

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
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    if root is None:
        return ()
    found: dict[str, FoundFeed] = {}
    for feed in (*_announced(root, base), *_linked(root, base)):
        found.setdefault(feed.url, feed)
    return tuple(found.values())


def _announced(root: etree._Element, base: str) -> Iterator[FoundFeed]:
    for link in root.iter("link"):
        kind = _KINDS.get((link.get("type") or "").split(";")[0].strip().lower())
        if kind and "alternate" in (link.get("rel") or "").lower().split():
            yield from _feed(link, base, kind, link.get("title") or "")


def _linked(root: etree._Element, base: str) -> Iterator[FoundFeed]:
    for link in root.iter("a"):
        if _FEED_PATH.search(_path(link.get("href") or "")):
            yield from _feed(
                link, base, "unknown", " ".join("".join(map(str, link.itertext())).split())
            )


def _path(href: str) -> str:
    try:
        return urlsplit(href).path
    except ValueError:
        return ""


def _feed(link: etree._Element, base: str, kind: FeedKind, title: str) -> Iterator[FoundFeed]:
    try:
        url = urljoin(base, (link.get("href") or "").strip())
    except ValueError:
        return
    if url.startswith(("http://", "https://")) and url != base:
        yield FoundFeed(url=url, kind=kind, title=title)
