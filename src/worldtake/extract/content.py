"""Say of each block of a page what it is: a part of the text with its role, the headline, or furniture with the reason.

Which blocks are the text is what the classifier finds (`classify`). Rules follow where they are surer than it: what is said
again, what holds other blocks, the headline, captions, rows of signs. What is left out is named by what its boxes and its
words say of it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from worldtake.extract.boxes import (
    HEADINGS,
    LINK_SHARE,
    LINKED_SHARE,
    PROSE_WEIGHT,
    is_ended,
    outermost,
)
from worldtake.extract.chrome import is_dated
from worldtake.extract.labels import is_text
from worldtake.extract.phrases import (
    furniture,
    is_credit,
    is_privacy_notice,
    is_source_note,
)
from worldtake.extract.printed import byline, date_label
from worldtake.extract.writing import is_mark, letters_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from worldtake.extract.dom import Dom, Piece

#: Chance from which a block is the text (measured with publishers held out, see docs/explanation/extraction.md).
KEPT_CHANCE = 0.4
#: Chance from which no rule of words overrules the classifier (of captions under it 17 of 21 were ones).
SURE_CHANCE = 0.8
#: The same of words that furniture alone begins with (24 of 28 were it), and which those are.
WORDS_CHANCE = 0.9
_SURE_WORDS = frozenset(("comments", "reading_time", "related_links", "share", "newsletter"))
#: How often a notice on privacy stands on a page from where it is furniture; a question or a recipe may come again too.
SAID_TIMES = 2
#: How many other blocks of the text a block holds from where it is a second copy of them, and their length, characters.
HELD_BLOCKS, HELD_CHARS = 2, 80
#: Weight of the longest block outside the text that can be the headline.
LINK_WEIGHT = 220
#: Links from which a block of them is a row of links, however long.
LINKS_IN_ROW = 3
#: Weight up to which an emphasised line is a subheading.
SUBHEADING_WEIGHT = 110
#: Share of emphasised text from which a line is emphasised.
STRONG_SHARE = 0.9
#: Blocks above the text that may say when and by whom.
HEADER_BLOCKS = 25
_MARKUP = regex.compile(r"^<\w+[ />].*>$")
_ROLES = {
    "li": "list", "dt": "list", "dd": "list", "blockquote": "quote", "td": "table", "th": "table",
    "h1": "subheading", "h2": "subheading", "h3": "subheading", "h4": "subheading", "h5": "subheading",
    "h6": "subheading",
}  # fmt: skip
#: What the rules that leave a block out although the classifier takes it for text go by, by the label that they give.
_RULES = {
    "separator": "it is signs alone, or markup shown as text",
    "repeated": "it says again what other blocks of the text say, or is a notice on privacy said again",
    "title": "it says what the page's markup gives as headline",
    "caption": "it stands behind a picture and does not end as a sentence",
    "image_credit": "it stands behind a picture and names who made it",
    "byline": "it says by whom it is",
}
_WORDS_RULE = "it begins with words that furniture begins with"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A block with what it is: a block's role, `title`, or the reason it is left out."""

    piece: Piece
    label: str
    #: How likely the classifier found it to be the text, 0 to 1.
    chance: float
    #: What the rule goes by that overruled the classifier; empty where none did.
    rule: str = ""


def judge(dom: Dom, *, titles: Sequence[str], chances: Sequence[float]) -> tuple[Judged, ...]:
    """Say of each block of a page what it is; `titles` are the headlines that the page's metadata gives."""
    keys = {letters_key(title) for title in titles if title}
    labels = ["" if chance >= KEPT_CHANCE else "outside" for chance in chances]
    _label_again(dom, labels)
    _label_text(dom, labels, chances, keys)
    _label_rest(dom, labels, keys)
    return tuple(
        Judged(
            piece=piece, label=label, chance=float(chance), rule=_overruling(label, float(chance))
        )
        for piece, label, chance in zip(dom.pieces, labels, chances, strict=True)
    )


def _overruling(label: str, chance: float) -> str:
    """Return what the rule goes by that gave a label against the classifier; empty where it did not."""
    if chance < KEPT_CHANCE or is_text(label):
        return ""
    return _RULES.get(label, _WORDS_RULE)


def _label_again(dom: Dom, labels: list[str]) -> None:
    """Label notices that stand more than once, and what holds other blocks of the text: a second copy of it."""
    counted = Counter(piece.text for piece in dom.pieces)
    own = [n for n, label in enumerate(labels) if not label]
    keys = {n: _letters(dom.pieces[n].text) for n in own if len(dom.pieces[n].text) > HELD_CHARS}
    for n in own:
        piece = dom.pieces[n]
        often = counted[piece.text] >= SAID_TIMES and is_privacy_notice(piece.text)
        if often or (len(piece.text) > 3 * HELD_CHARS and _holds(keys, n)):
            labels[n] = "repeated"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _holds(keys: dict[int, str], n: int) -> bool:
    held = 0
    for other, key in keys.items():
        if other != n and len(key) < len(keys[n]) and key[:HELD_CHARS] in keys[n]:
            held += 1
            if held >= HELD_BLOCKS:
                return True
    return False


def _label_text(dom: Dom, labels: list[str], chances: Sequence[float], titles: set[str]) -> None:
    """Give the blocks of the text their roles, and leave out what rules are sure of."""
    begun = False
    for n, piece in enumerate(dom.pieces):
        if labels[n]:
            continue
        reason = _sure_reason(piece, chances[n])
        if letters_key(piece.text) in titles and (not begun or piece.tag in HEADINGS):
            reason = "title"
        labels[n] = reason or _role(dom, piece, begun=begun)
        begun = begun or labels[n] in {"paragraph", "quote", "list", "table"}


def _sure_reason(piece: Piece, chance: float) -> str:
    """Return why a block that the classifier takes for text is none; empty where it is."""
    text = piece.text
    if is_mark(text) or _MARKUP.match(text):
        return "separator"
    said = furniture(text) if chance < WORDS_CHANCE else None
    if said in _SURE_WORDS:
        return said
    if chance >= SURE_CHANCE or (piece.weight >= PROSE_WEIGHT and is_ended(text)):
        return ""
    if piece.after_image and _is_caption(piece):
        return "image_credit" if is_credit(text) else "caption"
    return "byline" if byline(text) else ""


def _is_caption(piece: Piece) -> bool:
    return not is_ended(piece.text) and piece.tag not in _ROLES and piece.strong < LINKED_SHARE


def _role(dom: Dom, piece: Piece, *, begun: bool) -> str:
    if not begun and any(dom.boxes[index].standfirst for index in dom.chain(piece.box)[:3]):
        return "standfirst"
    if _is_subheading(piece):
        return "standfirst" if not begun and piece.weight > SUBHEADING_WEIGHT else "subheading"
    role = next((_ROLES[tag] for tag in _tags(dom, piece) if tag in _ROLES), "paragraph")
    if role == "table" and piece.weight >= PROSE_WEIGHT and is_ended(piece.text):
        return "paragraph"
    return "paragraph" if role == "subheading" else role


def _tags(dom: Dom, piece: Piece) -> Iterator[str]:
    for index in dom.chain(piece.box)[:4]:
        yield dom.boxes[index].tag


def _is_subheading(piece: Piece) -> bool:
    if _ROLES.get(piece.tag) == "subheading":
        return True
    bold = (
        piece.strong > STRONG_SHARE
        and not is_ended(piece.text)
        and piece.tag not in {"li", "td", "th"}
    )
    return bold and piece.weight <= SUBHEADING_WEIGHT


def _label_rest(dom: Dom, labels: list[str], titles: set[str]) -> None:
    """Name what is left out by what its boxes say, else by what it says itself."""
    reasons = outermost(dom)
    own = [n for n, label in enumerate(labels) if label not in {"outside", "repeated", "title"}]
    first, last = (own[0], own[-1]) if own else (len(labels), -1)
    for n, piece in enumerate(dom.pieces):
        if labels[n] != "outside":
            continue
        if piece.weight < LINK_WEIGHT and letters_key(piece.text) in titles and piece.tag != "p":
            labels[n] = "title"
            continue
        labels[n] = reasons[piece.box] or _said(piece)
        if labels[n] == "outside":
            labels[n] = _place(piece, n, first, last)


def _said(piece: Piece) -> str:
    """Return what a block says that it is; `outside` where it says nothing."""
    text = piece.text
    if is_mark(text) or _MARKUP.match(text):
        return "separator"
    if piece.linked > LINK_SHARE:
        return furniture(text) or "navigation"
    if is_credit(text):
        return "image_credit"
    if is_source_note(text):
        return "source_note"
    said = date_label(text) or ("byline" if byline(text) else "") or furniture(text)
    return said or ("related_links" if piece.linked > LINKED_SHARE else "outside")


def _place(piece: Piece, n: int, first: int, last: int) -> str:
    """Name a block by where it stands: above the text, within it, just under it, elsewhere."""
    if first - HEADER_BLOCKS <= n < first:
        return "publication_date" if is_dated(piece) else "section_label"
    if first < n < last:
        return "caption" if piece.after_image and _is_caption(piece) else "aside"
    if last < n <= last + 3 and piece.weight < PROSE_WEIGHT and not piece.links:
        return "sign_off"
    return "outside"
