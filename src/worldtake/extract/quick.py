"""Read a page fast, for backfill: paragraphs of the box that holds most prose, and what a few meta tags and JSON-LD state.

No block is weighed against another and no date is looked for in the words of the page: what is not stated stays unknown. A page
whose paragraphs are none, such as one made of line breaks, is left to the full path.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from worldtake.extract.dom import bearable
from worldtake.extract.found import Found, Part
from worldtake.extract.hints import looks_of
from worldtake.extract.moments import read_moment
from worldtake.extract.phrases import furniture
from worldtake.extract.titles import shown_title
from worldtake.extract.writing import ends_sentence, is_mark, letters_key, one_line, unmarked_script
from worldtake.http.addresses import stated_address
from worldtake.model import Discarded

if TYPE_CHECKING:
    from worldtake.extract.known import Known
    from worldtake.extract.moments import Moment
    from worldtake.model import BlockRole

#: Elements that are blocks of text -> their role.
ROLES: dict[str, BlockRole] = {
    "p": "paragraph", "li": "list", "blockquote": "quote", "pre": "paragraph",
    "h2": "subheading", "h3": "subheading", "h4": "subheading",
}  # fmt: skip
_TEXT = ", ".join(ROLES)
#: Elements that hold no text of an article.
_FURNITURE = frozenset(("nav", "aside", "footer", "header", "form", "figure", "button", "menu"))
#: Share of a block's characters in links from which it is a link, and fewest characters of a paragraph that counts as prose.
LINKED_SHARE, PROSE_CHARS = 0.5, 50
#: Prose below which the full path is taken, characters.
LEAST_PROSE = 400
#: Share of a box's prose that the box round it must add to be the better one.
OUTER_GAIN = 1.3
#: How far out a better box is looked for: some pages wrap each paragraph three times.
OUTER_LEVELS = 4
#: Most tags of a page, and most that are not closed: of 362 real pages none has over 4,842 and one over 2,500; 3,000 articles within
#: each other take 4 s.
MOST_TAGS, MOST_OPEN = 20_000, 2_500
#: Meta tags that are read, and JSON-LD's words for the time of publication.
_META = frozenset(
    ("og:title", "og:url", "og:site_name", "og:image", "article:published_time", "datepublished", "date", "pubdate")
)  # fmt: skip
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"\\]{8,40})"')
_INVISIBLE = re.compile("[\u200b\ufeff\u00ad]")


def read_quickly(text: str, known: Known) -> Found | None:
    """Return what a page gives at a glance; None where that is next to nothing."""
    if not _is_plain(text):
        return None
    page = LexborHTMLParser(bearable(text))
    stated = _stated(page)
    title = _title(stated, known)
    best = _best_box([_Block(element) for element in page.css("p, pre")])
    if best is None:
        return None
    blocks = [_Block(element) for element in best.css(_TEXT)]
    kept, left = _parts(blocks, best, letters_key(title))
    if sum(len(part.text) for part in kept) < LEAST_PROSE:
        return None
    published = _published(stated, known)
    return Found(
        title=title,
        parts=kept,
        discarded=left,
        published=published[0] if published else None,
        url=stated_address(stated["url"], known.url) if stated["url"] else None,
        site=stated["og:site_name"] or None,
        language=stated["lang"].partition("-")[0].lower() or "und",
        provenance=(("published", published[1]),) if published else (),
    )


def _is_plain(text: str) -> bool:
    """Tell whether a page can be parsed fast: this parser's time grows with the square of how deep elements stand."""
    closing = text.count("</")
    opening = text.count("<") - closing
    return opening <= MOST_TAGS and opening - closing <= MOST_OPEN


class _Block:
    """One element of text, measured."""

    __slots__ = ("element", "ended", "linked", "text")

    def __init__(self, element: Any) -> None:
        self.element = element
        text = one_line(element.text())
        self.text = text if text.isascii() else _INVISIBLE.sub("", text)
        links = sum(len(link.text()) for link in element.css("a")) if text else 0
        self.linked = links > LINKED_SHARE * len(text)
        self.ended = ends_sentence(text) or unmarked_script(text)

    def prose(self) -> int:
        """Return how much running prose it is, characters."""
        counts = self.ended and not self.linked and len(self.text) >= PROSE_CHARS
        return len(self.text) if counts else 0


def _best_box(blocks: list[_Block]) -> Any | None:
    """Return the element that holds most prose for its size: the parent of most, or one further out where it adds much."""
    boxes: dict[int, Any] = {}
    held: defaultdict[int, int] = defaultdict(int)
    furniture: defaultdict[int, int] = defaultdict(int)
    for block in blocks:
        size = block.prose()
        box = block.element.parent if size else None
        if box is not None:
            boxes[box.mem_id] = box
            (furniture if _is_furniture(box) else held)[box.mem_id] += size
    # Where all prose stands in what calls itself furniture, it is not believed.
    held = held or furniture
    if not held:
        return None
    outer: defaultdict[int, int] = defaultdict(int)
    for number, size in held.items():
        around = boxes[number]
        for _ in range(OUTER_LEVELS):
            around = around.parent
            if around is None or around.tag in {"body", "html"}:
                break
            boxes.setdefault(around.mem_id, around)
            outer[around.mem_id] += size
    best = max(held, key=held.__getitem__)
    wider = max(outer, key=lambda box: outer[box] + held.get(box, 0), default=best)
    gains = outer.get(wider, 0) + held.get(wider, 0) > OUTER_GAIN * held[best]
    return boxes[wider if gains else best]


def _is_furniture(element: Any) -> bool:
    return bool(_reason(element))


def _parts(
    blocks: list[_Block], best: Any, title: str
) -> tuple[tuple[Part, ...], tuple[Discarded, ...]]:
    """Return the blocks in the box that are text, and the others in it with the reason."""
    kept: list[Part] = []
    left: list[Discarded] = []
    seen: set[int] = set()
    for block in blocks:
        around = _around(block.element, best)
        if not block.text or any(each.mem_id in seen for each in around):
            continue
        reason = next((reason for each in around if (reason := _reason(each))), "")
        reason = reason or _own_reason(block, title)
        if reason:
            left.append(Discarded(text=block.text, reason=reason))
            continue
        seen.add(block.element.mem_id)
        kept.append(Part(text=block.text, role=ROLES[block.element.tag]))
    while kept and kept[-1].role == "subheading":
        left.append(Discarded(text=kept.pop().text, reason="related_links"))
    return tuple(kept), tuple(left)


def _around(element: Any, best: Any) -> list[Any]:
    """Return the elements between a block and the box that it stands in, the block first."""
    found = []
    while element is not None and element.mem_id != best.mem_id:
        found.append(element)
        element = element.parent
    return found


def _reason(element: Any) -> str:
    if element.tag in _FURNITURE:
        return "aside"
    said = ((name, value or "") for name, value in element.attributes.items())
    return looks_of(element.tag, said).reason


def _own_reason(block: _Block, title: str) -> str:
    if block.linked:
        return "related_links"
    if is_mark(block.text):
        return "separator"
    if title and letters_key(block.text) == title:
        return "title_repeated"
    return "" if block.ended and len(block.text) >= PROSE_CHARS else furniture(block.text) or ""


def _stated(page: Any) -> dict[str, str]:
    """Return what a few tags state; empty where they do not."""
    root = page.root
    found = defaultdict(str, lang=(root.attributes.get("lang") if root else "") or "")
    for element in page.css("meta[property], meta[name]"):
        said = element.attributes
        name = (said.get("property") or said.get("name") or "").lower()
        if name in _META:
            found[name] = found[name] or said.get("content") or ""
    for name, path in (("url", 'link[rel="canonical"]'), ("h1", "h1"), ("title", "title")):
        element = page.css_first(path)
        if element is not None:
            found[name] = element.attributes.get("href") or one_line(element.text())
    for element in page.css('script[type="application/ld+json"]'):
        stated = _PUBLISHED.search(element.text())
        if stated and not found["json-ld"]:
            found["json-ld"] = stated.group(1)
    return found


def _title(stated: dict[str, str], known: Known) -> str:
    said = stated["og:title"] or stated["h1"] or stated["title"] or known.headline
    return shown_title(said, stated["og:site_name"] or None, known)


def _published(stated: dict[str, str], known: Known) -> tuple[Moment, str] | None:
    for place in ("json-ld", "article:published_time", "datepublished", "date", "pubdate"):
        moment = stated[place] and read_moment(
            stated[place], fetched=known.fetched, country=known.country
        )
        if moment:
            return moment, f"{place}: {stated[place][:80]}"
    return None
