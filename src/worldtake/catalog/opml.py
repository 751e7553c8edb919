"""Lists of feeds as OPML 2.0, with country, language and owner as attributes of each outlet's outline."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from worldtake.catalog.index import outlet_from_page
from worldtake.errors import UnreadableInputError
from worldtake.model import Feed, Outlet

if TYPE_CHECKING:
    from collections.abc import Iterable


def read_opml(body: bytes) -> tuple[Outlet, ...]:
    """Return an outlet for each site of an OPML list, with its feeds.

    Raises:
        UnreadableInputError: if it is not OPML or lists no feed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        message = f"not OPML ({error}); export the list from your feed reader again"
        raise UnreadableInputError(message) from error
    lines = (
        [each for each in root.iter("outline") if each.get("xmlUrl")] if root is not None else []
    )
    if not lines:
        message = "no feed is listed (no outline with xmlUrl); export the list from your feed reader again"
        raise UnreadableInputError(message)
    return _merged(_outlet(line) for line in lines)


def write_opml(outlets: Iterable[Outlet]) -> bytes:
    """Return the outlets' feeds as an OPML list."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "worldtake"
    body = etree.SubElement(root, "body")
    for outlet in outlets:
        for feed in outlet.feeds:
            attributes = {
                "type": "rss",
                "text": outlet.name,
                "xmlUrl": feed.url,
                "country": outlet.country,
                "language": feed.language or next(iter(outlet.languages), None),
                "owner": outlet.owner,
            }
            given = {name: value for name, value in attributes.items() if value}
            etree.SubElement(body, "outline", given)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _outlet(line: etree._Element) -> Outlet:
    url = str(line.get("xmlUrl"))
    name = line.get("text") or line.get("title") or urlsplit(url).hostname
    country, language = line.get("country"), line.get("language")
    made = outlet_from_page(name, line.get("htmlUrl") or url, country, language)
    feed = Feed(url=url, outlet_id=made.id, language=language)
    return Outlet(
        id=made.id,
        name=made.name,
        domains=made.domains,
        country=country,
        languages=made.languages,
        owner=line.get("owner"),
        feeds=(feed,),
        provenance="reader",
    )


def _merged(outlets: Iterable[Outlet]) -> tuple[Outlet, ...]:
    merged: dict[str, Outlet] = {}
    for outlet in outlets:
        known = merged.get(outlet.id)
        feeds = (*known.feeds, *outlet.feeds) if known else outlet.feeds
        unique = tuple({feed.url: feed for feed in feeds}.values())
        merged[outlet.id] = Outlet(
            id=outlet.id,
            name=outlet.name,
            domains=(known or outlet).domains,
            country=(known or outlet).country,
            languages=(known or outlet).languages,
            owner=(known or outlet).owner,
            feeds=unique,
            provenance="reader",
        )
    return tuple(merged.values())
