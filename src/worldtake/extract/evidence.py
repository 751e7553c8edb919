"""Gather what a page's markup states of the article: JSON-LD of all graphs, meta tags, microdata, times, headings, links."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import regex
from lxml import etree

from worldtake.extract.writing import likeness, one_line, word_key

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Types of schema.org that are one text.
_ARTICLE_TYPES = regex.compile(r"(?:article|posting|report|review|statement)$", regex.IGNORECASE)
#: How deep JSON-LD is followed: a page's own nodes lie within three, hostile ones nest without end.
JSON_DEPTH = 8
#: How much of a script that is no JSON is searched, and of a property's words is read, characters.
SCRIPT_CHARS, ITEM_CHARS = 100_000, 300
#: Links to authors beyond which no more are read: a text has few, a directory thousands.
MOST_AUTHORS = 50
#: What places in JSON-LD are called.
LD = "json-ld"
_JUNK = regex.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*;?\s*$")
_TRAILING_COMMA = regex.compile(r",(?=\s*[}\]])")
#: What JSON-LD that cannot be read as JSON still states by itself.
_SAID = regex.compile(r'"(datePublished|dateModified|headline)"\s*:\s*"((?:[^"\\]|\\.){4,400})"')
#: Names of a class by which a time or an abbreviation says that it is the article's publication or change.
_DATED = regex.compile(r"publi|posted|entry-date|created|byline|date")
_CHANGED = regex.compile(r"updat|modif|dtreviewed")
#: Elements that are microdata, and those whose class names a wall before the text.
_MARKED: Any = etree.XPath(
    "//*[@itemprop or contains(@class, 'wall') or contains(@class, 'subscriber-only')]"
)
#: Elements that hold one article or one teaser of another.
_HOLDERS = frozenset(("article", "li", "aside", "section", "td", "body"))


@dataclass(slots=True, kw_only=True)
class Evidence:
    """What the markup states, by where it stands."""

    #: The JSON-LD node of the article; empty where none.
    article: dict[str, Any] = field(default_factory=dict)
    #: All nodes of JSON-LD.
    nodes: list[dict[str, Any]] = field(default_factory=list)
    #: Lower-case name or property of a meta tag -> contents.
    meta: dict[str, list[str]] = field(default_factory=dict)
    #: Microdata property -> values.
    items: dict[str, list[str]] = field(default_factory=dict)
    #: `datetime` of time elements that are marked as the article's.
    times: list[str] = field(default_factory=list)
    #: Relation of a link -> addresses.
    links: dict[str, list[str]] = field(default_factory=dict)
    #: Words of `rel=author` links in the box of the first.
    authors: list[str] = field(default_factory=list)
    #: Boxes of the first author by microdata and by link: what other boxes name wrote other articles.
    author_boxes: dict[str, Any] = field(default_factory=dict)
    #: Elements whose class names a wall.
    walls: list[Any] = field(default_factory=list)
    #: Letters of a meta tag's name -> contents, for names that are written in many ways.
    named: dict[str, list[str]] = field(default_factory=dict)
    #: Text of the title element.
    title: str = ""
    #: Texts of first-level headings.
    headings: list[str] = field(default_factory=list)
    #: `lang` of the root.
    language: str = ""

    def first(self, *names: str) -> str:
        """Return the first content of the first meta tag that has one."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")

    def stated(self, name: str) -> list[str]:
        """Return what the article's JSON-LD states under a name, else its microdata."""
        return strings(self.article.get(name)) or self.items.get(name, [])


def gather(root: Any) -> Evidence:
    """Return what the markup of a page states."""
    found = Evidence(
        language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    )
    for element in root.iter(*_READERS):
        _READERS[element.tag](element, found)
    for element in _MARKED(root):
        if element.get("itemprop") is not None:
            _item(element, found)
        else:
            found.walls.append(element)
    found.article = _chosen(found)
    return found


@lru_cache(maxsize=2048)
def name_letters(name: str) -> str:
    """Return the letters of a meta tag's name: `article:published_time` and `articlePublishedTime` are one."""
    return "".join(filter(str.isalpha, name.lower()))


def text_of(element: Any) -> str:
    """Return the words in an element, white space squeezed."""
    return one_line("".join(element.itertext()))


def strings(value: Any) -> list[str]:
    """Return the strings that a JSON-LD value is: itself, its name or address, or those of its members."""
    if isinstance(value, str):
        return [one_line(value)] if value.strip() else []
    if isinstance(value, dict):
        return strings(
            value.get("name")
            or _full_name(value)
            or value.get("url")
            or value.get("@value")
            or value.get("@id")
        )
    if isinstance(value, list):
        return [
            each
            for member in value[:50]
            if not isinstance(member, list)
            for each in strings(member)
        ]
    return []


def _full_name(value: dict[str, Any]) -> str:
    names = (value.get("givenName"), value.get("additionalName"), value.get("familyName"))
    return " ".join(each for each in names if isinstance(each, str))


def _meta(element: Any, found: Evidence) -> None:
    content = (element.get("content") or "").strip()
    for attribute in ("property", "name", "http-equiv"):
        name = element.get(attribute)
        if name and content:
            found.meta.setdefault(name.strip().lower(), []).append(content)
            found.named.setdefault(name_letters(name), []).append(content)


def _link(element: Any, found: Evidence) -> None:
    for relation in (element.get("rel") or "").lower().split():
        if element.get("href"):
            found.links.setdefault(relation, []).append(element.get("href").strip())


def _title(element: Any, found: Evidence) -> None:
    parent = element.getparent()
    if not found.title and (parent is None or parent.tag != "svg"):
        found.title = text_of(element)


def _heading(element: Any, found: Evidence) -> None:
    words = text_of(element)
    if words:
        found.headings.append(words)


def _time(element: Any, found: Evidence) -> None:
    stated = element.get("datetime")
    if not stated:
        return
    marks = " ".join(
        str(each.get(name) or "")
        for each in (element, element.getparent())
        if each is not None
        for name in ("class", "itemprop", "pubdate", "id")
    ).lower()
    own = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    if element.get("pubdate") is not None or (
        _DATED.search(marks) and not (_CHANGED.search(own) and "publi" not in own)
    ):
        found.times.append(stated)


def _abbreviation(element: Any, found: Evidence) -> None:
    """Read the dates of the hAtom format: the title of what is classed as published."""
    marks = (element.get("class") or "").lower().split()
    if element.get("title") and ("published" in marks or "dtpublished" in marks):
        found.times.append(element.get("title"))


def _script(element: Any, found: Evidence) -> None:
    if "ld+json" not in (element.get("type") or "").lower() or not element.text:
        return
    loaded = _loaded(element.text)
    if loaded is None:
        said = dict(reversed(_SAID.findall(element.text[:SCRIPT_CHARS])))
        loaded = {"@type": "Article", **said} if said else None
    found.nodes.extend(_nodes(loaded, JSON_DEPTH))


def _anchor(element: Any, found: Evidence) -> None:
    if "author" not in (element.get("rel") or "").lower().split():
        return
    if len(found.authors) < MOST_AUTHORS and _is_same_box(element, found, "rel"):
        found.authors.append(text_of(element))


def _is_same_box(element: Any, found: Evidence, kind: str) -> bool:
    """Tell whether an author is named in the box that names the first."""
    box = next(
        (
            each
            for each in element.iterancestors()
            if each.tag in _HOLDERS or each.get("itemscope") is not None
        ),
        None,
    )
    return found.author_boxes.setdefault(kind, box) is box


_READERS = {
    "meta": _meta,
    "link": _link,
    "title": _title,
    "h1": _heading,
    "time": _time,
    "script": _script,
    "a": _anchor,
    "abbr": _abbreviation,
}


#: Properties of microdata that are read: an article's whole body is one, too.
_READ_ITEMS = frozenset(
    ("author", "datePublished", "dateModified", "dateCreated", "headline", "articleSection",
     "isAccessibleForFree", "keywords", "coverageStartTime")
)  # fmt: skip


def _item(element: Any, found: Evidence) -> None:
    names = element.get("itemprop").split()
    if not _READ_ITEMS.isdisjoint(names):
        value = element.get("content") or element.get("datetime") or text_of(element)[:ITEM_CHARS]
        for name in names:
            if value and (name != "author" or _is_same_box(element, found, "item")):
                found.items.setdefault(name, []).append(value)


def _loaded(source: str) -> Any:
    cleaned = _JUNK.sub("", source.strip())
    for attempt in (cleaned, _TRAILING_COMMA.sub("", cleaned)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield every node of a JSON-LD value that has a type."""
    if depth <= 0:
        return
    if isinstance(value, list):
        for each in value[:200]:
            yield from _nodes(each, depth - 1)
    elif isinstance(value, dict):
        if value.get("@type"):
            yield value
        for name in (
            "@graph",
            "mainEntity",
            "mainEntityOfPage",
            "itemListElement",
            "item",
            "hasPart",
        ):
            if isinstance(value.get(name), dict | list):
                yield from _nodes(value[name], depth - 1)


def _chosen(found: Evidence) -> dict[str, Any]:
    """Return the node of the article: the one whose headline is the page's, else the first that is whole."""
    articles = [node for node in found.nodes if _is_article(node)]
    if not articles:
        return {}
    titles = [
        word_key(text)
        for text in (found.first("og:title"), found.title, *found.headings[:2])
        if text
    ]

    def fit(node: dict[str, Any]) -> tuple[float, bool, bool]:
        headline = word_key(" ".join(strings(node.get("headline"))[:1]))
        nearness = (
            max((likeness(headline, title) for title in titles), default=0.0) if headline else 0.0
        )
        return round(nearness, 1), "datePublished" in node, "author" in node

    return max(articles, key=fit)


def _is_article(node: dict[str, Any]) -> bool:
    types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
    return any(isinstance(each, str) and _ARTICLE_TYPES.search(each) for each in types)
