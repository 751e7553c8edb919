"""Outlets and their feeds as OPML 2.0, with country, language and owner as attributes of the outlines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from worldtake.catalog.index import domain_of
from worldtake.catalog.pages import outlet_from_page
from worldtake.errors import UnreadableInputError
from worldtake.model import Feed, Outlet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def write_opml(outlets: Iterable[Outlet], title: str = "worldtake") -> bytes:
    """Return the outlets with their feeds below them as an OPML file."""
    root = etree.Element("opml", {"version": "2.0"})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for outlet in outlets:
        outline = etree.SubElement(body, "outline", _attributes(outlet))
        for feed in outlet.feeds:
            etree.SubElement(outline, "outline", _feed_attributes(feed, outlet))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def read_opml(content: bytes) -> tuple[Outlet, ...]:
    """Return the outlets of an OPML file: those that it names, else one for each domain of its feeds.

    Raises:
        UnreadableInputError: if it is not OPML or names no feed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        message = f"not OPML ({error}); export it again from where it comes"
        raise UnreadableInputError(message) from error
    outlets: dict[str, Outlet] = {}
    for outline in root.iter("outline"):
        for outlet in _outlets_of(outline):
            known = outlets.get(outlet.id, outlet)
            feeds = tuple(dict.fromkeys((*known.feeds, *outlet.feeds)))
            outlets[outlet.id] = replace(known, feeds=feeds)
    if not outlets:
        message = "the OPML names no feed (no outline with xmlUrl); export it again with its feeds"
        raise UnreadableInputError(message)
    return tuple(outlets.values())


def _attributes(outlet: Outlet) -> dict[str, str]:
    given = {
        "text": outlet.name,
        "outletId": outlet.id,
        "nativeName": outlet.native_name,
        "htmlUrl": f"https://{outlet.domains[0]}/" if outlet.domains else None,
        "domains": ",".join(outlet.domains),
        "country": outlet.country,
        "language": ",".join(outlet.languages),
        "owner": outlet.owner,
    }
    return {name: value for name, value in given.items() if value}


def _feed_attributes(feed: Feed, outlet: Outlet) -> dict[str, str]:
    given = {
        "type": "rss",
        "text": feed.section or outlet.name,
        "xmlUrl": feed.url,
        "section": feed.section,
        "language": feed.language,
        "country": outlet.country,
        "owner": outlet.owner,
    }
    return {name: value for name, value in given.items() if value}


def _outlets_of(outline: etree._Element) -> Iterator[Outlet]:
    """Yield the outlet of a feed's outline, or the one that an outline names together with its feeds."""
    parent = outline.getparent()
    if outline.get("outletId"):
        yield _named(outline)
    elif outline.get("xmlUrl") and (parent is None or not parent.get("outletId")):
        yield _of_domain(outline)


def _named(outline: etree._Element) -> Outlet:
    outlet_id = outline.get("outletId", "")
    return Outlet(
        id=outlet_id,
        name=outline.get("text") or outlet_id,
        native_name=outline.get("nativeName"),
        domains=_list(outline.get("domains")),
        country=outline.get("country"),
        languages=_list(outline.get("language")),
        owner=outline.get("owner"),
        feeds=tuple(_feed(each, outlet_id) for each in outline if each.get("xmlUrl")),
        provenance="reader",
    )


def _of_domain(outline: etree._Element) -> Outlet:
    url = outline.get("xmlUrl", "")
    home = outline.get("htmlUrl") or url
    name = outline.get("title") or outline.get("text") or domain_of(home)
    made = outlet_from_page(name, home, outline.get("country"), outline.get("language"))
    return replace(
        made, owner=outline.get("owner"), feeds=(_feed(outline, made.id),), provenance="reader"
    )


def _feed(outline: etree._Element, outlet_id: str) -> Feed:
    return Feed(
        url=outline.get("xmlUrl", ""),
        outlet_id=outlet_id,
        language=outline.get("language"),
        section=outline.get("section"),
    )


def _list(value: str | None) -> tuple[str, ...]:
    return tuple(part for part in (value or "").split(",") if part)
