"""Say what a block of the text is by the elements it stands in: paragraph, subheading, quotation, list, table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from worldtake.extract.boxes import LINKED_SHARE, PROSE_WEIGHT, is_ended
from worldtake.extract.writing import is_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.extract.dom import Dom, Piece

#: Labels that make a block part of the text.
TEXT_ROLES = frozenset(("paragraph", "list", "quote", "table"))
BLOCK_ROLES = TEXT_ROLES | {"subheading", "standfirst"}
#: Weight up to which an emphasised line is a subheading.
SUBHEADING_WEIGHT = 110
#: Share of emphasised text from which a line is emphasised.
STRONG_SHARE = 0.9
_MARKUP = regex.compile(
    r"^</?(?:a|b|blockquote|br|div|em|figure|h[1-6]|hr|i|iframe|img|li|ol|p|script|section|span|strong|style|table|ul|video)\b.*>$",
    regex.IGNORECASE,
)
_ROLES = {
    "li": "list", "dt": "list", "dd": "list", "blockquote": "quote", "td": "table", "th": "table",
    "h1": "subheading", "h2": "subheading", "h3": "subheading", "h4": "subheading", "h5": "subheading",
    "h6": "subheading",
}  # fmt: skip


def role_of(dom: Dom, piece: Piece) -> str:
    """Return the role of a block of the text."""
    if is_subheading(piece):
        return "subheading"
    role = next((_ROLES[tag] for tag in _tags(dom, piece) if tag in _ROLES), "paragraph")
    if role == "table" and piece.weight >= PROSE_WEIGHT and is_ended(piece.text):
        return "paragraph"
    return "paragraph" if role == "subheading" else role


def is_subheading(piece: Piece) -> bool:
    """Tell whether a block is a heading, or a short line that is all emphasis and no sentence."""
    if _ROLES.get(piece.tag) == "subheading":
        return True
    bold = (
        piece.strong > STRONG_SHARE
        and not is_ended(piece.text)
        and piece.tag not in {"li", "td", "th"}
    )
    return bold and piece.weight <= SUBHEADING_WEIGHT


def is_standfirst(dom: Dom, piece: Piece) -> bool:
    """Tell whether a block stands in an element that says that it holds the standfirst."""
    return any(dom.boxes[index].standfirst for index in dom.chain(piece.box)[:3])


def is_caption(piece: Piece) -> bool:
    """Tell whether a block behind a picture can be its caption."""
    return not is_ended(piece.text) and piece.tag not in _ROLES and piece.strong < LINKED_SHARE


def is_separator(text: str) -> bool:
    """Tell whether a block is a row of signs, or markup that was not meant to be seen."""
    return is_mark(text) or bool(_MARKUP.match(text))


def _tags(dom: Dom, piece: Piece) -> Iterator[str]:
    for index in dom.chain(piece.box)[:4]:
        yield dom.boxes[index].tag
