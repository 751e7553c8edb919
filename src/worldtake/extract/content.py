"""Say of each block of a page what it is: a part of the text with its role, the headline, or furniture with the reason.

Which blocks are the text is what the classifier finds (`classify`). Rules follow where they are surer than it: what is said
again, what holds other blocks, the headline, captions, rows of signs. What is left out is named by what its boxes and its
words say of it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from worldtake.extract.boxes import (
    LINK_SHARE,
    LINKED_SHARE,
    PROSE_WEIGHT,
    is_ended,
    outermost,
)
from worldtake.extract.chrome import is_dated, label_closing
from worldtake.extract.labels import is_text
from worldtake.extract.phrases import (
    furniture,
    is_credit,
    is_membership,
    is_privacy_notice,
    is_source_note,
)
from worldtake.extract.printed import byline, date_label
from worldtake.extract.roles import (
    BLOCK_ROLES,
    SUBHEADING_WEIGHT,
    is_caption,
    is_separator,
    is_standfirst,
    is_subheading,
    role_of,
)
from worldtake.extract.rules import labels_by_rules
from worldtake.extract.titles import title_segments
from worldtake.extract.writing import is_headline, letters, letters_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.extract.dom import Dom, Piece

#: Chance from which a block is the text (measured with publishers held out, see docs/explanation/extraction.md).
KEPT_CHANCE = 0.35
#: The same of a block above the text that says that it is the standfirst (5 of 7 were one).
STANDFIRST_CHANCE = 0.25
#: Chance from which no rule of words overrules the classifier (of captions under it 17 of 21 were ones).
SURE_CHANCE = 0.8
#: The same of words that furniture alone begins with (16 of 18 were it), and which those are.
WORDS_CHANCE = 0.9
_SURE_WORDS = frozenset(("comments", "reading_time", "related_links", "share"))
#: How often a notice on privacy stands on a page from where it is furniture; a question or a recipe may come again too.
SAID_TIMES = 2
#: How often a paragraph stands on a page from where the others are copies: one interview asked 23 people the same questions.
COPIED_TIMES = 100
#: Chance from which a block can be one of those of which another is a second copy.
COPY_CHANCE = 0.1
#: How many other blocks of the text a block holds from where it is a second copy of them, and their length, characters.
HELD_BLOCKS, HELD_CHARS = 2, 80
#: Weight of the longest block outside the text that can be the headline.
LINK_WEIGHT = 220
#: Links from which a block of them is a row of links, however long.
LINKS_IN_ROW = 3
#: Weight from which a block above the text can be the standfirst.
STANDFIRST_WEIGHT = 40
#: Blocks above the text that may say when and by whom.
HEADER_BLOCKS = 25
#: What the rules that leave a block out although the classifier takes it for text go by, by the label that they give.
_RULES = {
    "separator": "it is signs alone, or markup shown as text",
    "repeated": "it says again what other blocks of the text say, or is a notice on privacy said again",
    "title": "it says what the page's markup gives as headline",
    "caption": "it stands behind a picture and does not end as a sentence",
    "image_credit": "it stands behind a picture and names who made it",
    "byline": "it says by whom it is",
    "sign_off": "it closes the article, under the last paragraph",
    "source_note": "it says where the article is from, under the last paragraph",
}
_WORDS_RULE = "it begins with words that furniture begins with"
_STANDFIRST_RULE = "its box says that it is the standfirst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A block with what it is: a block's role, `title`, or the reason it is left out."""

    piece: Piece
    label: str
    #: How likely the classifier found it to be the text, 0 to 1.
    chance: float
    #: What the rule goes by that overruled the classifier; empty where none did.
    rule: str = ""


def judge(
    dom: Dom, *, titles: Sequence[str], chances: Sequence[float] | None = None
) -> tuple[Judged, ...]:
    """Say of each block of a page what it is; `titles` are the headlines that the page's metadata gives.

    Without the classifier's `chances`, as for small pages, and where it finds no text, rules alone decide.
    """
    keys = {letters_key(text) for title in titles if title for text in (title, *_headlines(title))}
    if chances is None or max(chances, default=0.0) < KEPT_CHANCE:
        labels = labels_by_rules(dom, keys)
        return _judged(dom, labels, [float(label in BLOCK_ROLES) for label in labels])
    labels = ["" if chance >= KEPT_CHANCE else "outside" for chance in chances]
    _label_standfirst(dom, labels, chances)
    _label_again(dom, labels, chances)
    _label_text(dom, labels, chances, keys)
    _label_rest(dom, labels, keys)
    label_closing(dom, labels)
    return _judged(dom, labels, chances)


def _judged(dom: Dom, labels: Sequence[str], chances: Sequence[float]) -> tuple[Judged, ...]:
    return tuple(
        Judged(
            piece=piece, label=label, chance=float(chance), rule=_overruling(label, float(chance))
        )
        for piece, label, chance in zip(dom.pieces, labels, chances, strict=True)
    )


def _overruling(label: str, chance: float) -> str:
    """Return what the rule goes by that gave a label against the classifier; empty where it did not."""
    if is_text(label):
        return "" if chance >= KEPT_CHANCE else _STANDFIRST_RULE
    return "" if chance < KEPT_CHANCE else _RULES.get(label, _WORDS_RULE)


def _headlines(title: str) -> list[str]:
    """Return the parts of a page's title that can be the headline."""
    return [part for part in title_segments(title) if is_headline(part)]


def _label_standfirst(dom: Dom, labels: list[str], chances: Sequence[float]) -> None:
    """Take the block above the text that says that it is the standfirst, where the classifier is not sure against it."""
    first = next((n for n, label in enumerate(labels) if not label), len(labels))
    for n in range(max(0, first - HEADER_BLOCKS), first):
        piece = dom.pieces[n]
        fits = piece.weight >= STANDFIRST_WEIGHT and piece.linked < LINKED_SHARE
        if chances[n] >= STANDFIRST_CHANCE and fits and is_standfirst(dom, piece):
            labels[n] = "standfirst"


def _label_again(dom: Dom, labels: list[str], chances: Sequence[float]) -> None:
    """Label notices that stand more than once, and what holds other blocks: a second copy of them, which are the text then."""
    counted = Counter(piece.text for piece in dom.pieces)
    keys = {
        n: letters(piece.text)
        for n, piece in enumerate(dom.pieces)
        if len(piece.text) > HELD_CHARS and chances[n] >= COPY_CHANCE
    }
    seen: set[str] = set()
    for n in [n for n, label in enumerate(labels) if not label]:
        piece = dom.pieces[n]
        often = counted[piece.text] >= SAID_TIMES and is_privacy_notice(piece.text)
        copied = piece.weight >= PROSE_WEIGHT and counted[piece.text] >= COPIED_TIMES
        held = _held(keys, n) if len(piece.text) > 3 * HELD_CHARS else []
        if often or (copied and piece.text in seen) or len(held) >= HELD_BLOCKS:
            labels[n] = "repeated"
        seen.add(piece.text)
        for each in held if len(held) >= HELD_BLOCKS else ():
            labels[each] = "" if labels[each] == "outside" else labels[each]


def _held(keys: dict[int, str], n: int) -> list[int]:
    """Return the shorter blocks that begin within a block."""
    return [
        other
        for other, key in keys.items()
        if other != n and len(key) < len(keys[n]) and key[:HELD_CHARS] in keys[n]
    ]


def _label_text(dom: Dom, labels: list[str], chances: Sequence[float], titles: set[str]) -> None:
    """Give the blocks of the text their roles, and leave out what rules are sure of."""
    begun = False
    first = next((n for n, label in enumerate(labels) if not label), 0)
    for n, piece in enumerate(dom.pieces):
        if labels[n]:
            continue
        reason = _sure_reason(piece, chances[n])
        if not begun and letters_key(piece.text) in titles:
            reason = "title"
        elif not begun and n < first + HEADER_BLOCKS and piece.weight < PROSE_WEIGHT:
            reason = reason or ("publication_date" if is_dated(piece) else "")
        labels[n] = reason or _role(dom, piece, begun=begun)
        begun = begun or labels[n] in {"paragraph", "quote", "list", "table"}


def _sure_reason(piece: Piece, chance: float) -> str:
    """Return why a block that the classifier takes for text is none; empty where it is."""
    text = piece.text
    if is_separator(text):
        return "separator"
    said = furniture(text) if chance < WORDS_CHANCE else None
    if said in _SURE_WORDS:
        return said
    if chance >= SURE_CHANCE or (piece.weight >= PROSE_WEIGHT and is_ended(text)):
        return ""
    if piece.after_image and is_caption(piece):
        return "image_credit" if is_credit(text) else "caption"
    return "byline" if byline(text) else ""


def _role(dom: Dom, piece: Piece, *, begun: bool) -> str:
    """Return the role of a block of the text, `begun` where a paragraph stands before it."""
    if not begun and is_standfirst(dom, piece):
        return "standfirst"
    if not begun and is_subheading(piece) and piece.weight > SUBHEADING_WEIGHT:
        return "standfirst"
    return role_of(dom, piece)


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
    if is_separator(text):
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
        dated = is_dated(piece) and not is_membership(piece.text)
        return "publication_date" if dated else "section_label"
    if first < n < last:
        return "caption" if piece.after_image and is_caption(piece) else "aside"
    if last < n <= last + 3 and piece.weight < PROSE_WEIGHT and not piece.links:
        return "sign_off"
    return "outside"
