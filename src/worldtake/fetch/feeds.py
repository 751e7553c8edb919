"""Read a feed of any kind: RSS 0.9 to 2.0, RDF and Atom by feedparser, JSON Feed and sitemaps by our own readers."""

from __future__ import annotations

import calendar
import html
import io
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urljoin
from xml.sax import SAXException

import feedparser
import nh3
import regex

from worldtake.errors import UnreadableInputError
from worldtake.fetch import jsonfeeds, sitemaps
from worldtake.fetch.addresses import canonical
from worldtake.fetch.items import Item
from worldtake.model import Entry, Feed, FeedKind
from worldtake.text.fold import squeeze

if TYPE_CHECKING:
    import time
    from collections.abc import Iterable, Mapping

#: Longest feed after unpacking, in bytes.
MAX_UNPACKED_BYTES = 50_000_000
#: Longest title, summary and author kept, in characters; feeds that carry whole articles are cut.
MAX_TITLE_CHARS = 500
MAX_SUMMARY_CHARS = 2_000
_GZIP = b"\x1f\x8b"
_TAG = regex.compile(r"<\s*/?\s*[a-zA-Z!][^>]*>")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedParse:
    """What a feed announces."""

    #: Announcements in feed order, one for an address.
    entries: tuple[Entry, ...]
    #: Addresses of further sitemaps, for a sitemap index.
    children: tuple[str, ...] = ()
    #: What kind of feed it is.
    kind: FeedKind = "unknown"
    #: Its title; empty where none.
    title: str = ""
    #: BCP 47 tag that it declares; None where it does not.
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseFeed:
    """Read the entries out of the bytes of a feed."""

    name: ClassVar[str] = "entries"
    version: ClassVar[int] = 1

    def __call__(self, body: FeedBody) -> FeedParse:
        """Return what the feed announces; empty where it announces nothing now.

        Raises:
            UnreadableInputError: if it is no feed, or broken so far that nothing can be kept.
        """
        content = _unpacked(body)
        try:
            if jsonfeeds.looks_like(content):
                return _from_json(body, content)
            if sitemaps.looks_like(content):
                return _from_sitemap(body, content)
        except ValueError as error:
            raise _unreadable(body, str(error)) from error
        return _from_xml(body, content)


def plain(markup: str, max_chars: int) -> str:
    """Return the text of `markup` on one line, at most `max_chars` characters."""
    text = markup[: max_chars * 10]
    if _TAG.search(text):
        text = nh3.clean(_TAG.sub(r" \g<0>", text), tags=set())
    text = squeeze(html.unescape(text).replace("\x00", ""))
    return text if len(text) <= max_chars else text[: max_chars - 1].rstrip() + "…"


def _unreadable(body: FeedBody, why: str) -> UnreadableInputError:
    return UnreadableInputError(
        f"feed {body.feed.url} of {body.feed.outlet_id} cannot be read: {why}; "
        "open it in a browser, and correct its address in the catalogue if it has moved"
    )


def _unpacked(body: FeedBody) -> bytes:
    if not body.body.startswith(_GZIP):
        return body.body
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        content = inflater.decompress(body.body, MAX_UNPACKED_BYTES + 1)
    except zlib.error as error:
        raise _unreadable(body, f"broken gzip ({error})") from error
    if len(content) > MAX_UNPACKED_BYTES:
        raise _unreadable(body, f"more than {MAX_UNPACKED_BYTES} bytes unpacked")
    return content


def _from_json(body: FeedBody, content: bytes) -> FeedParse:
    found = jsonfeeds.read(content)
    return FeedParse(
        entries=_entries(body, found.items, found.language),
        kind="json",
        title=plain(found.title, MAX_TITLE_CHARS),
        language=found.language,
    )


def _from_sitemap(body: FeedBody, content: bytes) -> FeedParse:
    found = sitemaps.read(content)
    children = (urljoin(body.url, child) for child in found.children)
    return FeedParse(
        entries=_entries(body, found.items, None),
        children=tuple(dict.fromkeys(children)),
        kind="sitemap",
    )


def _from_xml(body: FeedBody, content: bytes) -> FeedParse:
    declared = body.media_type or "application/xml"
    if body.charset:
        declared += f"; charset={body.charset}"
    headers = {"content-type": declared, "content-location": body.url}
    found = feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False)
    if not found.entries and not found.get("version"):
        why = found.get("bozo_exception") or "it is neither RSS, Atom, JSON Feed nor a sitemap"
        raise _unreadable(body, str(why).strip() or type(why).__name__)
    language = _tag(found.feed.get("language"))
    entries = _entries(body, (_item(entry) for entry in found.entries), language)
    if not entries and isinstance(broken := found.get("bozo_exception"), SAXException):
        raise _unreadable(body, f"broken XML and nothing in it can be kept ({broken})")
    return FeedParse(
        entries=entries,
        kind="atom" if str(found.get("version", "")).startswith("atom") else "rss",
        title=plain(str(found.feed.get("title", "")), MAX_TITLE_CHARS),
        language=language,
    )


def _item(entry: Mapping[str, Any]) -> Item:
    people = entry.get("authors") or ()
    names = [str(person.get("name") or "") for person in people]
    if not any(names) and entry.get("author"):
        names = [str(entry["author"])]
    title = entry.get("title_detail") or {}
    return Item(
        link=_link(entry),
        title=str(entry.get("title") or ""),
        summary=_summary(entry),
        published=_moment(entry.get("published_parsed")),
        updated=_moment(entry.get("updated_parsed")) if "updated_parsed" in entry else None,
        language=_tag(title.get("language")),
        authors=tuple(names),
    )


def _link(entry: Mapping[str, Any]) -> str:
    """Return the entry's address: its link, else an id that is one, else what it encloses."""
    links = [str(link.get("href") or "") for link in entry.get("links") or ()]
    enclosed = [str(link.get("href") or "") for link in entry.get("enclosures") or ()]
    named = str(entry.get("id") or "")
    candidates = (
        str(entry.get("link") or ""),
        named if named.startswith(("http://", "https://")) else "",
        *links,
        *enclosed,
    )
    return next((candidate for candidate in candidates if candidate.strip()), "")


def _summary(entry: Mapping[str, Any]) -> str:
    summary = str(entry.get("summary") or "")
    if summary:
        return summary
    contents = entry.get("content") or ()
    return str(contents[0].get("value") or "") if contents else ""


def _moment(parsed: time.struct_time | None) -> datetime | None:
    """Return feedparser's broken-down moment, which is in UTC."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _tag(language: object) -> str | None:
    tag = str(language or "").strip().replace("_", "-")
    return tag if regex.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag) else None


def _entries(body: FeedBody, items: Iterable[Item], language: str | None) -> tuple[Entry, ...]:
    """Return the items as entries, relative links resolved; of two with one address the first."""
    kept: dict[str, Entry] = {}
    for item in items:
        url = _address(body.url, item.link)
        if url and url not in kept:
            kept[url] = Entry(
                url=url,
                feed_url=body.feed.url,
                outlet_id=body.feed.outlet_id,
                title=plain(item.title, MAX_TITLE_CHARS),
                summary=plain(item.summary, MAX_SUMMARY_CHARS),
                published=item.published,
                updated=item.updated,
                language=_tag(item.language) or language,
                authors=tuple(filter(None, (plain(name, 100) for name in item.authors))),
            )
    return tuple(kept.values())


def _address(base: str, link: str) -> str:
    """Return `link` as an http or https address; empty where it is none."""
    try:
        joined = urljoin(base, link.strip())
    except ValueError:
        return ""
    return canonical(joined) if link.strip() and joined.startswith(("http://", "https://")) else ""
