"""Read sitemaps and sitemap indexes (sitemaps.org, with the news extension); broken ones as far as they go, long ones bounded."""

from __future__ import annotations

import heapq
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

import regex
from lxml import etree

from worldtake.fetch.entries import MAX_ENTRIES
from worldtake.fetch.items import Announced, Item, Place, moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: How far into the file its root element is looked for, in bytes.
HEAD_BYTES = 4_000
#: Sitemaps of an index that are read; indexes of archives list thousands.
CHILD_SITEMAPS = 12
#: Sitemaps of an index that are looked at: the specification allows 50,000.
MAX_PLACES = 50_000
_ROOT = regex.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex)[\s>/]")
_OTHER_ROOT = regex.compile(rb"<(?:rss|feed|[\w.-]+:RDF|html)[\s>]", regex.IGNORECASE)
#: Names of sitemaps of the newest articles, and of what is no articles.
_NEWS = regex.compile(r"(?<![a-z])(?:g?news|google-?news|latest|recent|today|last\w*)(?![a-z])")
_NO_ARTICLES = regex.compile(
    r"(?<![a-z])(?:categor(?:y|ies)|tags?|taxonom(?:y|ies)|authors?|users?|pages?|images?|videos?|galler(?:y|ies)|static|"
    r"sections?|topics?|events?|products?|attachments?|archives?)(?![a-z])"
)
_DAY = regex.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_/.]?(?P<m>0[1-9]|1[0-2])(?:[-_/.]?(?P<d>[0-2]\d|3[01]))?(?!\d)"
)
_LOOSE_DAY = regex.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_/.](?P<m>[1-9]|1[0-2])(?:[-_/.](?P<d>[1-9]|[12]\d|3[01]))?(?!\d)"
)
_YEAR = regex.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?!\d)")
_NUMBER = regex.compile(r"\d{1,9}(?=\D*$)")
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


class _Named(Protocol):
    """A sitemap that an index names."""

    @property
    def url(self) -> str: ...
    @property
    def updated(self) -> datetime | None: ...


_Child = TypeVar("_Child", bound=_Named)


def looks_like(content: bytes) -> bool:
    """Tell whether `content` is a sitemap or an index of sitemaps."""
    head = content[:HEAD_BYTES]
    root = _ROOT.search(head)
    other = _OTHER_ROOT.search(head)
    return root is not None and (other is None or root.start() < other.start())


def read(content: bytes) -> Announced:
    """Return the newest articles of the sitemap in `content`, or an index's sitemaps, in its order.

    Raises:
        ValueError: if nothing of it can be read.
    """
    newest: list[tuple[datetime, int, Item]] = []
    places: list[Place] = []
    count = 0
    for element in _elements(content):
        texts = _texts(element)
        if not texts.get("loc"):
            continue
        if _local(element) == "sitemap":
            places.append(Place(link=texts["loc"], updated=moment(texts.get("lastmod"))))
            if len(places) >= MAX_PLACES:
                break
            continue
        count += 1
        _push(newest, count, texts)
    items = tuple(item for _, _, item in sorted(newest, key=lambda each: -each[1]))
    return Announced(items=items, left_out=count - len(items), places=tuple(places), kind="sitemap")


def chosen(children: Sequence[_Child], most: int = CHILD_SITEMAPS) -> tuple[_Child, ...]:
    """Return the sitemaps of an index that most likely have the newest articles, best first.

    Those named after news come first, those of categories, tags and the like last; within each the newest by what the
    index states, else by the date or the number in the address.
    """
    once: dict[str, _Child] = {}
    for child in children:
        once.setdefault(child.url, child)
    return tuple(sorted(once.values(), key=_newness, reverse=True)[:most])


def _newness(child: _Named) -> tuple[int, datetime, int]:
    path = child.url.partition("://")[2].partition("/")[2].lower()
    kind = 0 if _NO_ARTICLES.search(path) else 1
    number = _NUMBER.search(path)
    stated = child.updated or _dated(path) or _LONG_AGO
    return 2 if _NEWS.search(path) else kind, stated, int(number[0]) if number else 0


def _dated(path: str) -> datetime | None:
    """Return the day, month or year that an address names, as the last day that it may mean."""
    found = _DAY.search(path) or _LOOSE_DAY.search(path) or _YEAR.search(path)
    if found is None:
        return None
    named = found.groupdict()
    year, month, day = int(named["y"]), int(named.get("m") or 12), int(named.get("d") or 28)
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return datetime(year, month, 28, tzinfo=UTC)


def _elements(content: bytes) -> Iterator[etree._Element]:
    """Yield each `url` and `sitemap` as it is read, and forget it then."""
    reader = etree.iterparse(
        io.BytesIO(content),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        recover=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in reader:
            yield element
            element.clear()
            while (before := element.getprevious()) is not None and (
                above := element.getparent()
            ) is not None:
                above.remove(before)
    except etree.XMLSyntaxError as error:
        if reader.root is None:
            message = f"broken XML ({error})"
            raise ValueError(message) from error


def _push(newest: list[tuple[datetime, int, Item]], count: int, texts: dict[str, str]) -> None:
    """Keep the announcement if it is among the newest; of equally old ones the first stay."""
    item = Item(
        link=texts["loc"],
        title=texts.get("news.title", ""),
        published=moment(texts.get("news.publication_date")),
        updated=moment(texts.get("lastmod")),
        language=texts.get("news.publication.language") or None,
        image=texts.get("image.loc", ""),
    )
    entry = (item.published or item.updated or _LONG_AGO, -count, item)
    if len(newest) < MAX_ENTRIES:
        heapq.heappush(newest, entry)
    elif entry[:2] > newest[0][:2]:
        heapq.heapreplace(newest, entry)


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
    return str(element.tag).rpartition("}")[2]
