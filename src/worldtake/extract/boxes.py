"""Weigh the boxes of a page by the running prose in them, and say which of them are furniture by what they say of themselves.

Prose is counted in letters and not in words so that scripts without spaces weigh the same. What a box says of itself (`hints`)
counts unless it holds too much of the page's prose to be furniture.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from worldtake.extract.writing import closes_quote, ends_sentence, unmarked_script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.extract.dom import Dom, Piece

#: Weight from which a block that ends as a sentence counts as prose (Latin letters).
PROSE_WEIGHT = 60
#: Share of link text from which a block is no prose, and from which it is nothing but a link.
LINKED_SHARE, LINK_SHARE = 0.5, 0.8
#: Share of the page's prose from which a box is not the furniture that it calls itself.
VOID_SHARE = {"comments": 0.95, "related_links": 0.5, "cookie": 0.9, "caption": 0.25}
VOID_SHARE_ELSE = 0.4
#: Share of the page's prose from which the box round a linked heading is no teaser.
TEASER_SHARE = 0.2
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: Furniture that all together never holds that much of a page's prose.
_SMALL = ("newsletter", "share", "publication_date", "tags", "byline", "hidden", "advertisement")
_TEASER_TAGS = frozenset(("li", "div", "article", "section", "td", "header"))


def outer_reasons(dom: Dom, prose: Sequence[float]) -> list[str]:
    """Return for each block why the boxes round it say that it is furniture, where they are believed."""
    _void_reasons(dom, prose)
    sums = sums_of(dom, prose)
    _mark_signups(dom, sums)
    _mark_teasers(dom, sums)
    reasons = outermost(dom)
    return [reasons[piece.box] for piece in dom.pieces]


def prose_of(piece: Piece) -> float:
    """Return how much running prose a block is."""
    if piece.linked > LINKED_SHARE or piece.tag in HEADINGS:
        return 0.0
    ended = is_ended(piece.text)
    if not ended:
        return piece.weight * 0.25 if piece.weight >= 2 * PROSE_WEIGHT else 0.0
    share = 1.0 if piece.weight >= PROSE_WEIGHT else 0.3
    return piece.weight * (1 - piece.linked) * share


def is_ended(text: str) -> bool:
    """Tell whether a line ends as a sentence or a quotation does."""
    return ends_sentence(text) or closes_quote(text) or unmarked_script(text)


def sums_of(dom: Dom, prose: Sequence[float]) -> list[float]:
    """Return the prose in each box, all levels together."""
    sums = [0.0] * len(dom.boxes)
    for piece, weight in zip(dom.pieces, prose, strict=True):
        sums[piece.box] += weight
    # Boxes are numbered as they open, so a box comes after the one round it.
    for index in range(len(sums) - 1, 0, -1):
        sums[dom.boxes[index].parent] += sums[index]
    return sums


def _void_reasons(dom: Dom, prose: Sequence[float]) -> None:
    """Take back the reason of boxes that hold too much of the page to be furniture."""
    sums = sums_of(dom, prose)
    total = sums[0] if sums else 0.0
    for box, weight in zip(dom.boxes, sums, strict=True):
        if box.reason and weight > total * VOID_SHARE.get(box.reason, VOID_SHARE_ELSE):
            box.reason = ""
    for reason in _void_altogether(dom, prose):
        for box in dom.boxes:
            box.reason = "" if box.reason == reason else box.reason


def _void_altogether(dom: Dom, prose: Sequence[float]) -> list[str]:
    """Return reasons that all their boxes together hold too much prose for: a layout that uses the word otherwise."""
    held: Counter[str] = Counter()
    reasons = outermost(dom)
    for piece, weight in zip(dom.pieces, prose, strict=True):
        held[reasons[piece.box]] += int(weight)
    return [each for each in _SMALL if held[each] > VOID_SHARE_ELSE * held.total()]


def _mark_signups(dom: Dom, sums: Sequence[float]) -> None:
    """Mark the boxes that ask for a mail address."""
    for box, weight in zip(dom.boxes, sums, strict=True):
        if box.signup and weight < TEASER_SHARE * sums[0]:
            box.reason = box.reason or "newsletter"


def _mark_teasers(dom: Dom, sums: Sequence[float]) -> None:
    """Mark the boxes round headings that are links: teasers of other articles."""
    for piece in dom.pieces:
        if piece.tag not in HEADINGS or piece.linked < LINK_SHARE or piece.tag == "h1":
            continue
        parent = dom.boxes[dom.boxes[piece.box].parent]
        if (
            parent.tag in _TEASER_TAGS
            and sums[dom.boxes[piece.box].parent] < TEASER_SHARE * sums[0]
        ):
            parent.reason = parent.reason or "related_links"


def outermost(dom: Dom) -> list[str]:
    """Return for each box the reason of the outermost box round it that gives one; a note is one wherever it stands."""
    found: list[str] = []
    for box in dom.boxes:
        around = found[box.parent] if box.parent >= 0 else ""
        found.append("notice" if box.reason == "notice" else around or box.reason)
    return found
