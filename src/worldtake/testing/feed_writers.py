"""Write feeds as sites write them: RSS 2.0, Atom, JSON Feed, news sitemaps and sitemap indexes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One article as a feed announces it."""

    url: str
    title: str
    published: datetime
    #: Empty where none.
    summary: str = ""
    #: None where none.
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed's own words and its items, newest first."""

    title: str
    #: Address of the site's home page.
    home: str
    #: Address of the feed.
    url: str
    #: BCP 47.
    language: str
    #: What it says of itself.
    description: str
    items: tuple[Announcement, ...]


def newest_first(items: Iterable[Announcement]) -> tuple[Announcement, ...]:
    """Return `items` by time of publication, the newest first; ties by address."""
    return tuple(sorted(items, key=lambda item: (item.published, item.url), reverse=True))


def rss(channel: Channel) -> bytes:
    """Return the channel as RSS 2.0."""
    items = "".join(
        f"<item><title>{escape(i.title)}</title><link>{escape(i.url)}</link>"
        f'<guid isPermaLink="true">{escape(i.url)}</guid>'
        f"<pubDate>{format_datetime(i.published)}</pubDate>"
        + (f"<dc:creator>{escape(i.author)}</dc:creator>" if i.author else "")
        + (f"<description>{escape(i.summary)}</description>" if i.summary else "")
        + "</item>\n"
        for i in channel.items
    )
    return (
        f'{XML_HEAD}<rss version="2.0" xmlns:dc="{DUBLIN_CORE}"><channel>\n'
        f"<title>{escape(channel.title)}</title><link>{escape(channel.home)}</link>"
        f"<description>{escape(channel.description)}</description>"
        f"<language>{channel.language}</language>\n{items}</channel></rss>\n"
    ).encode()


def atom(channel: Channel) -> bytes:
    """Return the channel as Atom 1.0."""
    entries = "".join(
        f"<entry><title>{escape(i.title)}</title><link href={quoteattr(i.url)}/>"
        f"<id>{escape(i.url)}</id><published>{i.published.isoformat()}</published>"
        f"<updated>{i.published.isoformat()}</updated>"
        + (f"<author><name>{escape(i.author)}</name></author>" if i.author else "")
        + (f"<summary>{escape(i.summary)}</summary>" if i.summary else "")
        + "</entry>\n"
        for i in channel.items
    )
    updated = channel.items[0].published.isoformat() if channel.items else "2026-09-01T00:00:00Z"
    return (
        f'{XML_HEAD}<feed xmlns="{ATOM}" xml:lang="{channel.language}">\n'
        f"<title>{escape(channel.title)}</title><subtitle>{escape(channel.description)}</subtitle>"
        f'<link rel="self" href={quoteattr(channel.url)}/><link href={quoteattr(channel.home)}/>'
        f"<id>{escape(channel.url)}</id><updated>{updated}</updated>"
        f"<author><name>{escape(channel.title)}</name></author>\n{entries}</feed>\n"
    ).encode()


def json_feed(channel: Channel) -> bytes:
    """Return the channel as JSON Feed 1.1."""
    items = [
        {
            "id": i.url,
            "url": i.url,
            "title": i.title,
            "date_published": i.published.isoformat(),
            **({"summary": i.summary, "content_text": i.summary} if i.summary else {}),
            **({"authors": [{"name": i.author}]} if i.author else {}),
        }
        for i in channel.items
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.url,
        "language": channel.language,
        "description": channel.description,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def news_sitemap(channel: Channel) -> bytes:
    """Return the channel as a sitemap with the news extension."""
    urls = "".join(
        f"<url><loc>{escape(i.url)}</loc><news:news><news:publication>"
        f"<news:name>{escape(channel.title)}</news:name>"
        f"<news:language>{channel.language}</news:language></news:publication>"
        f"<news:publication_date>{i.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(i.title)}</news:title></news:news></url>\n"
        for i in channel.items
    )
    return (f'{XML_HEAD}<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">\n{urls}</urlset>\n').encode()


def sitemap_index(urls: Iterable[str]) -> bytes:
    """Return an index of the sitemaps at `urls`."""
    maps = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in urls)
    return f'{XML_HEAD}<sitemapindex xmlns="{SITEMAP}">\n{maps}</sitemapindex>\n'.encode()
