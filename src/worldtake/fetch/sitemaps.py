"""Read sitemaps and sitemap indexes (sitemaps.org, with the news extension); broken ones as far as they go."""

from __future__ import annotations

from dataclasses import dataclass

import regex
from lxml import etree

from worldtake.fetch.items import Item, moment

#: How far into the file its root element is looked for, in bytes.
HEAD_BYTES = 4_000
_ROOT = regex.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex)[\s>/]")
_OTHER_ROOT = regex.compile(rb"<(?:rss|feed|[\w.-]+:RDF|html)[\s>]", regex.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """A sitemap's articles, or an index's sitemaps."""

    items: tuple[Item, ...]
    children: tuple[str, ...]


def looks_like(content: bytes) -> bool:
    """Tell whether `content` is a sitemap or an index of sitemaps."""
    head = content[:HEAD_BYTES]
    root = _ROOT.search(head)
    other = _OTHER_ROOT.search(head)
    return root is not None and (other is None or root.start() < other.start())


def read(content: bytes) -> Sitemap:
    """Return the sitemap in `content`.

    Raises:
        ValueError: if nothing of it can be read.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        recover=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(content, parser)
    if root is None:
        message = "broken XML"
        raise ValueError(message)
    items = [_place(element) for element in root if _local(element) == "url"]
    children = [_texts(element).get("loc", "") for element in root if _local(element) == "sitemap"]
    return Sitemap(
        items=tuple(place for place in items if place.link),
        children=tuple(filter(None, children)),
    )


def _place(element: etree._Element) -> Item:
    texts = _texts(element)
    return Item(
        link=texts.get("loc", ""),
        title=texts.get("news.title", ""),
        published=moment(texts.get("news.publication_date")),
        updated=moment(texts.get("lastmod")),
        language=texts.get("news.publication.language") or None,
    )


def _texts(element: etree._Element, prefix: str = "") -> dict[str, str]:
    """Return the texts below `element` by their path of local names; of repeated ones the first."""
    found: dict[str, str] = {}
    for child in element:
        name = prefix + _local(child)
        found.setdefault(name, " ".join((child.text or "").split()))
        if not prefix.count("."):
            for path, text in _texts(child, f"{name}.").items():
                found.setdefault(path, text)
        elif name == "news.publication":
            found.update({f"{name}.{_local(leaf)}": (leaf.text or "").strip() for leaf in child})
    return found


def _local(element: etree._Element) -> str:
    name = str(element.tag)
    return name.rpartition("}")[2]
