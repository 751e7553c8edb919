"""Outlets and their feeds as OPML 2.0, with country, language and owner as attributes of the outlines."""

from __future__ import annotations

import html
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import regex
from lxml import etree

from worldtake.catalog.index import domain_of
from worldtake.catalog.pages import outlet_from_page
from worldtake.catalog.tags import language_tag
from worldtake.errors import UnreadableInputError
from worldtake.model import Feed, Outlet
from worldtake.places import country as is_country
from worldtake.text.decode import decode
from worldtake.text.fold import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Hosts under which feeds of many publishers stand.
SHARED_HOSTS = ("feedburner.com", "feedproxy.google.com", "feedblitz.com", "rss.app", "medium.com")
_BARE_AMPERSAND = regex.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")


def write_opml(
    outlets: Iterable[Outlet],
    title: str = "worldtake",
    owner_sources: Mapping[str, str] | None = None,
) -> bytes:
    """Return the outlets with their feeds below them as an OPML file; `owner_sources` tells by id where an owner is stated."""
    sources = owner_sources or {}
    root = etree.Element("opml", {"version": "2.0"})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for outlet in outlets:
        outline = etree.SubElement(body, "outline", _attributes(outlet, sources))
        for feed in outlet.feeds:
            etree.SubElement(outline, "outline", _feed_attributes(feed, outlet))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def read_opml(content: bytes) -> tuple[Outlet, ...]:
    """Return the outlets of an OPML file: those that it names, else one for each domain of its feeds.

    Lists of other readers are read with what they get wrong: folders in folders, attributes in any case, an encoding other than
    the declared one, bare ampersands, `feed:` addresses.

    Raises:
        UnreadableInputError: if it is not OPML or names no feed.
    """
    outlets: dict[str, Outlet] = {}
    lines: dict[tuple[str, str | None], list[_Line]] = {}
    for element in _root(content).iter("{*}outline"):
        line = _Line(element)
        if line.said("outletId"):
            _add(outlets, _named(line))
        elif line.address() and not line.is_of_outlet():
            lines.setdefault((line.site(), line.inherited("country")), []).append(line)
    for (site, country), group in lines.items():
        _add(outlets, _of_site(site, country, group))
    if not outlets:
        message = "the OPML names no feed (no outline with xmlUrl); export it again with its feeds"
        raise UnreadableInputError(message)
    return tuple(outlets.values())


def read_owner_sources(content: bytes) -> dict[str, str]:
    """Return outlet id -> where its owner is stated, as far as an OPML file says.

    Raises:
        UnreadableInputError: if it is not OPML.
    """
    lines = (_Line(element) for element in _root(content).iter("{*}outline"))
    said = ((line.said("outletId"), line.said("ownerSource")) for line in lines)
    return {outlet_id: source for outlet_id, source in said if outlet_id and source}


def _attributes(outlet: Outlet, sources: Mapping[str, str]) -> dict[str, str]:
    given = {
        "text": outlet.name,
        "outletId": outlet.id,
        "nativeName": outlet.native_name,
        "htmlUrl": f"https://{outlet.domains[0]}/" if outlet.domains else None,
        "domains": ",".join(outlet.domains),
        "country": outlet.country,
        "language": ",".join(outlet.languages),
        "owner": outlet.owner,
        "ownerSource": sources.get(outlet.id) if outlet.owner else None,
    }
    return {name: value for name, value in given.items() if value}


def _feed_attributes(feed: Feed, outlet: Outlet) -> dict[str, str]:
    given = {
        "type": "sitemap" if feed.kind == "sitemap" else "rss",
        "text": feed.section or outlet.name,
        "xmlUrl": feed.url,
        "section": feed.section,
        "language": feed.language,
        "country": outlet.country,
        "owner": outlet.owner,
    }
    return {name: value for name, value in given.items() if value}


class _Line:
    """An outline, its attributes by folded name."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self._said = {str(name).lower(): str(value) for name, value in element.items()}

    def said(self, name: str) -> str | None:
        """Return an attribute, whatever the case of its name; None where it says nothing."""
        return squeeze(self._said.get(name.lower(), "")) or None

    def inherited(self, name: str) -> str | None:
        """Return an attribute of the outline or of the nearest folder around it that states it; an outlet is none."""
        line: _Line | None = self
        while line is not None:
            if value := line.said(name):
                return value
            line = line.folder()
            line = None if line and line.said("outletId") else line
        return None

    def address(self) -> str:
        """Return the address of the feed; empty where there is none."""
        url = (self.said("xmlUrl") or self.said("url") or "").replace(" ", "%20")
        for prefix in ("feed://", "feed:"):
            if url.lower().startswith(prefix):
                rest = url[len(prefix) :]
                url = rest if rest.startswith("http") else f"http://{rest.lstrip('/')}"
        return url if url.startswith(("http://", "https://")) and domain_of(url) else ""

    def site(self) -> str:
        """Return whose feed it is: the domain of its site, else of the feed; its address where many share that host."""
        home = domain_of(self.said("htmlUrl") or "") or domain_of(self.address())
        shared = any(home == host or home.endswith(f".{host}") for host in SHARED_HOSTS)
        return self.address() if shared else home

    def is_of_outlet(self) -> bool:
        """Tell whether the outline around it names the outlet whose feed it is."""
        folder = self.folder()
        return folder is not None and folder.said("outletId") is not None

    def folder(self) -> _Line | None:
        """Return the outline around it; None where there is none."""
        parent = self.element.getparent()
        return None if parent is None or parent.tag == "opml" else _Line(parent)


def _root(content: bytes) -> etree._Element:
    """Return the root of the file: as declared, else mended.

    Raises:
        UnreadableInputError: if it is not OPML.
    """
    problem = "no opml element"
    try:
        root = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        problem = str(error)
        root = None if b"<!ENTITY" in content else _mended(content)
    if root is None or etree.QName(root).localname.lower() != "opml":
        message = f"not OPML ({problem}); export it again from where it comes"
        raise UnreadableInputError(message)
    return root


def _mended(content: bytes) -> etree._Element | None:
    """Return the root of a file that is not well formed, or not in the encoding that it declares."""
    if b"<opml" not in content.lower().replace(b"\0", b""):
        return None
    text = regex.sub(r"^\s*<\?xml[^>]*\?>", "", decode(content, charset=None, html=False).text)
    text = _BARE_AMPERSAND.sub("&amp;", text)
    return etree.fromstring(text.encode(), _parser(recover=True))


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        recover=recover,
        encoding="utf-8" if recover else None,
    )


def _add(outlets: dict[str, Outlet], outlet: Outlet) -> None:
    known = outlets.get(outlet.id, outlet)
    urls = {feed.url for feed in known.feeds}
    more = tuple(feed for feed in outlet.feeds if feed.url not in urls)
    outlets[outlet.id] = replace(known, feeds=known.feeds + more)


def _named(line: _Line) -> Outlet:
    outlet_id = line.said("outletId") or ""
    within = (_Line(each) for each in line.element)
    return Outlet(
        id=outlet_id,
        name=line.said("text") or outlet_id,
        native_name=line.said("nativeName"),
        domains=_list(line.said("domains")),
        country=line.said("country"),
        languages=_list(line.said("language")),
        owner=line.said("owner"),
        feeds=tuple(_feed(each, outlet_id) for each in within if each.address()),
        provenance="reader",
    )


def _of_site(site: str, country: str | None, lines: Sequence[_Line]) -> Outlet:
    """Return the outlet of the feeds of one site, named by what their titles share."""
    titles = [html.unescape(line.said("title") or line.said("text") or "") for line in lines]
    domain = "" if site.startswith("http") else site
    name = _shared_name([each for each in titles if each]) or domain or domain_of(site)
    languages = tuple(
        dict.fromkeys(tag for line in lines if (tag := language_tag(line.inherited("language"))))
    )
    code = country.upper() if country and is_country(country.upper()) else None
    made = outlet_from_page(name, f"https://{domain}/" if domain else "", code, None)
    return replace(
        made,
        languages=languages,
        owner=next(filter(None, (line.inherited("owner") for line in lines)), None),
        feeds=tuple({each.url: each for each in (_feed(line, made.id) for line in lines)}.values()),
        provenance="reader",
    )


def _shared_name(titles: Sequence[str]) -> str:
    """Return the words that all titles begin with ("The Lantern - World", "The Lantern - Sport"), else the first title."""
    if len(set(titles)) < 2:  # noqa: PLR2004 one title has nothing to share
        return titles[0] if titles else ""
    columns = zip(*(title.split() for title in titles), strict=False)
    shared = itertools.takewhile(lambda column: len(set(column)) == 1, columns)
    return " ".join(column[0] for column in shared).rstrip(" -–—|:·>»") or titles[0]


def _feed(line: _Line, outlet_id: str) -> Feed:
    sitemap = (line.said("type") or "").lower() == "sitemap"
    return Feed(
        url=line.address(),
        outlet_id=outlet_id,
        kind="sitemap" if sitemap else "unknown",
        language=language_tag(line.inherited("language")),
        section=line.said("section"),
    )


def _list(value: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (value or "").split(",") if part.strip())
