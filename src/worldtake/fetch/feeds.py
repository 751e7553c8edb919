"""Read a feed of any kind: RSS 0.9 to 2.0, RDF and Atom by feedparser (plain RSS 2.0 faster, with its answer), JSON Feed and sitemaps by our own readers."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from worldtake.errors import UnreadableInputError
from worldtake.fetch import jsonfeeds, plainrss, sitemaps, xmlfeeds
from worldtake.fetch.entries import (
    MAX_ENTRIES,
    MAX_TITLE_CHARS,
    entries_of,
    language_tag,
    newest,
    plain,
    web_address,
)

if TYPE_CHECKING:
    from datetime import datetime

    from worldtake.fetch.items import Announced
    from worldtake.model import Entry, Feed, FeedKind

#: Longest feed after unpacking, in bytes; sitemaps may have 50 MB by their specification.
MAX_UNPACKED_BYTES = 52_500_000
#: The greatest pause that a feed is believed to ask for, in seconds.
MAX_TTL_SECONDS = 30 * 24 * 3600.0
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedBody:
    """The bytes of a feed, and what is known of them."""

    #: The feed as the catalogue has it.
    feed: Feed
    #: Address that answered; relative links start from it.
    url: str
    #: The bytes, perhaps packed by gzip.
    body: bytes = field(repr=False)
    #: `Content-Type` without parameters; empty where not declared.
    media_type: str = ""
    #: Charset of the `Content-Type`; None where not declared.
    charset: str | None = None
    #: `Content-Language`; None where not declared.
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSitemap:
    """A sitemap that an index names."""

    #: Its address.
    url: str
    #: When it last changed, as stated, aware; None where not stated.
    updated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedParse:
    """What a feed announces."""

    #: Announcements in feed order, one for an article.
    entries: tuple[Entry, ...]
    #: Announcements without any address, in feed order, with an empty `url`: headlines of which no page can be fetched.
    unlinked: tuple[Entry, ...] = ()
    #: Older announcements beyond the most that are kept.
    left_out: int = 0
    #: Addresses of further sitemaps, for a sitemap index: the newest, at most 12.
    children: tuple[str, ...] = ()
    #: The same sitemaps with what the index says of them.
    child_sitemaps: tuple[ChildSitemap, ...] = ()
    #: What kind of feed it is.
    kind: FeedKind = "unknown"
    #: Its title; empty where none.
    title: str = ""
    #: BCP 47 tag that it declares; None where it does not.
    language: str | None = None
    #: Address of its hub (WebSub), and the address by which the hub knows it; None where not announced.
    hub: str | None = None
    self_url: str | None = None
    #: How long it asks to be taken as it is (RSS `ttl`, `sy:updatePeriod`), in seconds; None where it does not.
    ttl_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseFeed:
    """Read the entries out of the bytes of a feed."""

    name: ClassVar[str] = "entries"
    version: ClassVar[int] = 2

    def __call__(self, body: FeedBody) -> FeedParse:
        """Return what the feed announces; empty where it announces nothing now.

        Raises:
            UnreadableInputError: if it is no feed, or broken so far that nothing can be kept.
        """
        try:
            return _parsed(body, _announced(body, _unpacked(body)))
        except ValueError as error:
            why = str(error).strip() or type(error).__name__
            message = (
                f"feed {body.feed.url} of {body.feed.outlet_id} cannot be read: {why}; "
                "open it in a browser, and correct its address in the catalogue if it has moved"
            )
            raise UnreadableInputError(message) from error


def _unpacked(body: FeedBody) -> bytes:
    if not body.body.startswith(_GZIP):
        content = body.body
    else:
        inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            content = inflater.decompress(body.body, MAX_UNPACKED_BYTES + 1)
        except zlib.error as error:
            message = f"broken gzip ({error})"
            raise ValueError(message) from error
    if len(content) > MAX_UNPACKED_BYTES:
        message = f"more than {MAX_UNPACKED_BYTES} bytes unpacked"
        raise ValueError(message)
    return content


def _announced(body: FeedBody, content: bytes) -> Announced:
    if jsonfeeds.looks_like(content):
        return jsonfeeds.read(content)
    if sitemaps.looks_like(content):
        return sitemaps.read(content)
    headers = _headers(body)
    return plainrss.read(content, headers) or xmlfeeds.read(content, headers)


def _headers(body: FeedBody) -> dict[str, str]:
    declared = body.media_type or "application/xml"
    if body.charset:
        declared += f"; charset={body.charset}"
    headers = {"content-type": declared, "content-location": body.url}
    return headers | ({"content-language": body.language} if body.language else {})


def _parsed(body: FeedBody, found: Announced) -> FeedParse:
    language = language_tag(found.language)
    entries, unlinked = entries_of(body.feed, body.url, found.items, language)
    kept = newest(entries)
    children = tuple(
        ChildSitemap(url=url, updated=place.updated)
        for place in found.places
        if (url := web_address(body.url, place.link))
    )
    chosen = sitemaps.chosen(children)
    return FeedParse(
        entries=kept,
        unlinked=unlinked[:MAX_ENTRIES],
        left_out=found.left_out + len(entries) - len(kept),
        children=tuple(child.url for child in chosen),
        child_sitemaps=chosen,
        kind=found.kind,
        title=plain(found.title, MAX_TITLE_CHARS),
        language=language,
        hub=web_address(body.url, found.hub) or None,
        self_url=web_address(body.url, found.self_url) or None,
        ttl_seconds=_bounded(found.ttl_seconds),
    )


def _bounded(seconds: float | None) -> float | None:
    return min(seconds, MAX_TTL_SECONDS) if seconds and seconds > 0 else None
