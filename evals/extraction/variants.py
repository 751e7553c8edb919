"""Make other pages out of a labelled one: without what its elements say of themselves, and with little of its text.

The press has more layouts than the development pages: pages without a class name, tables and bare `div`s, three paragraphs in
all. A classifier that never saw such pages is at a loss with them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from worldtake.extract.dom import Dom

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

#: Elements that say what they hold -> what a page without such elements has there.
_PLAIN = {
    "article": "div", "main": "div", "section": "div", "aside": "div", "nav": "div", "header": "div",
    "footer": "div", "figure": "div", "figcaption": "div",
}  # fmt: skip
#: Fewest and most blocks of text that a short page keeps, and share of the other blocks.
TEXT_BLOCKS = (1, 8)
OTHER_SHARE = (0.05, 0.6)


def bare(dom: Dom) -> Dom:
    """Return the page without class names, roles and elements that say what they hold."""
    boxes = []
    for box in dom.boxes:
        tag = _PLAIN.get(box.tag, box.tag)
        boxes.append(replace(box, tag=tag, kind=f"{tag} ", reason="", body=False, standfirst=False))
    pieces = [replace(piece, tag=_PLAIN.get(piece.tag, piece.tag)) for piece in dom.pieces]
    return Dom(boxes=boxes, pieces=pieces)


def short(dom: Dom, is_text: Sequence[bool], dice: random.Random) -> tuple[Dom, list[int]]:
    """Return the page with a few blocks of its text and some of the others, and which those are."""
    text = [n for n, text in enumerate(is_text) if text]
    size = dice.randint(*TEXT_BLOCKS)
    start = dice.randrange(max(1, len(text) - size))
    share = dice.uniform(*OTHER_SHARE)
    kept = set(text[start : start + size]) | {
        n for n, text in enumerate(is_text) if not text and dice.random() < share
    }
    return Dom(
        boxes=[replace(box) for box in dom.boxes], pieces=[dom.pieces[n] for n in sorted(kept)]
    ), sorted(kept)
