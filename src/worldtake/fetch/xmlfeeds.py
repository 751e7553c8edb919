"""Read RSS 0.9 to 2.0, RDF and Atom by feedparser, the parser of record: every item that it keeps is kept."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from xml.sax import SAXException

import feedparser

from worldtake.fetch.items import Announced, Item
from worldtake.fetch.stated import as_moment, best_image, best_link, ttl_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from worldtake.model import FeedKind


def read(content: bytes, headers: Mapping[str, str]) -> Announced:
    """Return what the feed in `content` announces; `headers` are those it came with, names in lower case.

    Raises:
        ValueError: if it is no feed, or broken so far that nothing can be kept.
    """
    found = feedparser.parse(
        io.BytesIO(content),
        response_headers=dict(headers),
        sanitize_html=False,  # only plain text is kept of it
        resolve_relative_uris=False,  # those within texts; the feed's own links are resolved all the same
    )
    broken = found.get("bozo_exception")
    if not found.entries and not found.get("version"):
        why = broken or "it is neither RSS, Atom, JSON Feed nor a sitemap"
        raise ValueError(str(why).strip() or type(why).__name__)
    said = found.feed.get("title") or any(map(_says, found.entries))
    if not said and isinstance(broken, SAXException):
        message = f"broken XML and nothing in it can be kept ({broken})"
        raise ValueError(message)
    links = dict(_links(found.feed))
    return Announced(
        items=tuple(_item(entry) for entry in found.entries),
        kind=_kind(str(found.get("version") or "")),
        title=str(found.feed.get("title") or ""),
        language=_stated(found.feed, "language") or _detailed(found.feed, ("title",)),
        hub=links.get("hub", ""),
        self_url=links.get("self", ""),
        ttl_seconds=ttl_seconds(
            str(found.feed.get("ttl") or "").strip(),
            str(found.feed.get("sy_updateperiod") or ""),
            str(found.feed.get("sy_updatefrequency") or "").strip(),
        ),
    )


def _says(entry: Mapping[str, Any]) -> bool:
    return any(entry.get(name) for name in ("link", "title", "summary", "id", "content"))


def _kind(version: str) -> FeedKind:
    return "atom" if version.startswith("atom") else "rss"


def _links(described: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield relation and address of the links, last ones first, so that in a dict the first one stays."""
    for link in reversed(described.get("links") or ()):
        for rel in str(link.get("rel") or "").lower().split():
            yield rel, str(link.get("href") or "")


def _item(entry: Mapping[str, Any]) -> Item:
    return Item(
        link=_link(entry),
        title=str(entry.get("title") or ""),
        summary=_summary(entry),
        published=_moment(entry, "published_parsed") or _moment(entry, "created_parsed"),
        updated=_moment(entry, "updated_parsed"),
        language=_detailed(entry, ("title", "summary", "content")),
        authors=_names(entry),
        image=_image(entry),
    )


def _link(entry: Mapping[str, Any]) -> str:
    links = [
        (str(link.get("rel") or ""), str(link.get("href") or ""))
        for link in entry.get("links") or ()
    ]
    return best_link(
        link=str(entry.get("link") or ""),
        named=str(entry.get("id") or ""),
        original=str(entry.get("feedburner_origlink") or ""),
        links=links,
        enclosed=[str(link.get("href") or "") for link in entry.get("enclosures") or ()],
    )


def _summary(entry: Mapping[str, Any]) -> str:
    summary = str(entry.get("summary") or "")
    contents = entry.get("content") or ()
    return summary or (str(contents[0].get("value") or "") if contents else "")


def _names(entry: Mapping[str, Any]) -> tuple[str, ...]:
    people = entry.get("authors") or ()
    names = [str(person.get("name") or "") for person in people]
    if not any(names) and entry.get("author"):
        return (str(entry["author"]),)
    return tuple(names)


def _detailed(described: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """Return the language of the first of the texts named that declares one."""
    for name in names:
        details = described.get(f"{name}_detail") or next(iter(described.get(name) or ()), None)
        if isinstance(details, dict) and (stated := _stated(details, "language")):
            return stated
    return None


def _stated(described: Mapping[str, Any], name: str) -> str | None:
    return str(described.get(name) or "").strip() or None


def _image(entry: Mapping[str, Any]) -> str:
    return best_image(
        entry.get("media_content") or (),
        entry.get("enclosures") or (),
        entry.get("media_thumbnail") or (),
        str((entry.get("image") or {}).get("href") or ""),
    )


def _moment(entry: Mapping[str, Any], name: str) -> datetime | None:
    """Return a moment of the entry; feedparser's stand-ins for missing ones are not asked for."""
    return as_moment(entry.get(name)) if name in entry else None
