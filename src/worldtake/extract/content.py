"""Choose the article among a page's blocks: the box that holds most of its prose, and within it what is text and what is not.

Boxes are weighed by running prose, counted in letters and not in words so that scripts without spaces weigh the same. What a
box says of itself (`hints`) counts unless it holds too much of the page's prose to be furniture.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from worldtake.extract.chrome import is_dated, label_chrome
from worldtake.extract.phrases import ENDING, furniture, is_credit, is_source_note
from worldtake.extract.printed import byline, date_label
from worldtake.extract.writing import (
    closes_quote,
    ends_sentence,
    is_mark,
    letters_key,
    unmarked_script,
    word_count,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from worldtake.extract.dom import Dom, Piece

#: Weight from which a block that ends as a sentence counts as prose (Latin letters).
PROSE_WEIGHT = 60
#: Share of link text from which a block is no prose.
LINKED_SHARE = 0.5
#: Share of the box's prose that a box inside must hold to be gone into; less where it says that it is the article's body.
INNER_SHARE = 0.85
BODY_SHARE = 0.5
#: Share of the page's prose from which a box is not the furniture that it calls itself.
VOID_SHARE = {"comments": 0.95, "related_links": 0.5, "cookie": 0.9, "caption": 0.25}
VOID_SHARE_ELSE = 0.4
#: Furniture that all together never holds that much of a page's prose.
_SMALL = ("newsletter", "share", "publication_date", "tags", "byline", "hidden", "advertisement")
#: Share of the prose that may stand after the line that ends an article.
AFTER_END_SHARE = 0.12
#: Weight of the longest block that is all link and still left out.
LINK_WEIGHT = 220
#: Links from which a block of them is a row of links, however long.
LINKS_IN_ROW = 3
#: Weight up to which an emphasised line is a subheading.
SUBHEADING_WEIGHT = 110
#: Weight from which a block before the first paragraph is a standfirst.
STANDFIRST_WEIGHT = 40
#: Share of the page's prose from which the box round a linked heading is no teaser.
TEASER_SHARE = 0.2
#: Share of link text from which a block is nothing but a link.
LINK_SHARE = 0.8
#: Share of emphasised text from which a line is emphasised.
STRONG_SHARE = 0.9
#: Weight above which a block outside the text is no standfirst.
STANDFIRST_MAX_WEIGHT = 600
#: Most words of a heading over teasers.
HEADING_WORDS = 4
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TEASER_TAGS = frozenset(("li", "div", "article", "section", "td", "header"))
_MARKUP = regex.compile(r"^<\w+[ />].*>$")
_ROLES = {
    "li": "list", "dt": "list", "dd": "list", "blockquote": "quote", "td": "table", "th": "table",
    "h1": "subheading", "h2": "subheading", "h3": "subheading", "h4": "subheading", "h5": "subheading",
    "h6": "subheading",
}  # fmt: skip
_TEXT_ROLES = frozenset(("paragraph", "list", "quote", "table"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A block with what it is: a block's role, `title`, or the reason it is left out."""

    piece: Piece
    label: str


def judge(dom: Dom, *, titles: Sequence[str]) -> tuple[Judged, ...]:
    """Say of each block of a page what it is; `titles` are the headlines that the page's metadata gives."""
    prose = [_prose(piece) for piece in dom.pieces]
    _void_reasons(dom, prose)
    _mark_signups(dom, prose)
    _mark_teasers(dom, prose)
    labels = [_outer_reason(dom, piece) for piece in dom.pieces]
    kept = [0.0 if label else weight for label, weight in zip(labels, prose, strict=True)]
    main = _main_box(dom, kept)
    inside = [main in dom.chain(piece.box) for piece in dom.pieces]
    keys = {letters_key(title) for title in titles if title}
    _label_inside(dom, labels, inside, keys)
    _label_outside(dom, labels, inside, keys)
    return tuple(
        Judged(piece=piece, label=label) for piece, label in zip(dom.pieces, labels, strict=True)
    )


def _prose(piece: Piece) -> float:
    """Return how much running prose a block is."""
    if piece.linked > LINKED_SHARE or piece.tag in HEADINGS:
        return 0.0
    ended = _ended(piece.text)
    if not ended:
        return piece.weight * 0.25 if piece.weight >= 2 * PROSE_WEIGHT else 0.0
    share = 1.0 if piece.weight >= PROSE_WEIGHT else 0.3
    return piece.weight * (1 - piece.linked) * share


def _ended(text: str) -> bool:
    return ends_sentence(text) or closes_quote(text) or unmarked_script(text)


def _sums(dom: Dom, prose: Sequence[float]) -> list[float]:
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
    sums = _sums(dom, prose)
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
    for piece, weight in zip(dom.pieces, prose, strict=True):
        held[_outer_reason(dom, piece)] += int(weight)
    return [each for each in _SMALL if held[each] > VOID_SHARE_ELSE * held.total()]


def _mark_signups(dom: Dom, prose: Sequence[float]) -> None:
    """Mark the boxes that ask for a mail address."""
    sums = _sums(dom, prose)
    for box, weight in zip(dom.boxes, sums, strict=True):
        if box.signup and weight < TEASER_SHARE * sums[0]:
            box.reason = box.reason or "newsletter"


def _mark_teasers(dom: Dom, prose: Sequence[float]) -> None:
    """Mark the boxes round headings that are links: teasers of other articles."""
    sums = _sums(dom, prose)
    for piece in dom.pieces:
        if piece.tag not in HEADINGS or piece.linked < LINK_SHARE or piece.tag == "h1":
            continue
        parent = dom.boxes[dom.boxes[piece.box].parent]
        if (
            parent.tag in _TEASER_TAGS
            and sums[dom.boxes[piece.box].parent] < TEASER_SHARE * sums[0]
        ):
            parent.reason = parent.reason or "related_links"


def _outer_reason(dom: Dom, piece: Piece) -> str:
    """Return the reason of the outermost box that gives one; a note is one wherever it stands."""
    reason = ""
    index = piece.box
    while index >= 0:
        if dom.boxes[index].reason == "notice":
            return "notice"
        reason = dom.boxes[index].reason or reason
        index = dom.boxes[index].parent
    return reason


def _main_box(dom: Dom, kept: Sequence[float]) -> int:
    """Go from the whole page into the box that holds most of the prose, as long as one does."""
    sums = _sums(dom, kept)
    inner: dict[int, list[int]] = {}
    for index, box in enumerate(dom.boxes):
        inner.setdefault(box.parent, []).append(index)
    main = 0
    while main in inner:
        best = max(inner[main], key=lambda index: sums[index])
        share = BODY_SHARE if dom.boxes[best].body else INNER_SHARE
        if not sums[best] or sums[best] < share * sums[main] or dom.boxes[best].tag in _LEAVES:
            break
        main = best
    return main


_LEAVES = frozenset(("p", "li", "blockquote", "td", "ul", "ol", "tr"))


def _label_inside(dom: Dom, labels: list[str], inside: Sequence[bool], titles: set[str]) -> None:
    own = [n for n, within in enumerate(inside) if within and not labels[n]]
    seen: set[str] = set()
    teasers = False
    for n in own:
        piece = dom.pieces[n]
        key = letters_key(piece.text)
        reason = "title" if key in titles and piece.tag != "p" else _reason(piece)
        if not reason and key in seen and piece.weight >= PROSE_WEIGHT:
            reason = "repeated"
        seen.add(key)
        teasers = _teasers_follow(reason, piece, going=teasers)
        labels[n] = reason or ("related_links" if teasers else _role(dom, piece))
    _cut_end(dom, labels, own)
    _trim(dom, labels, own)
    label_chrome(dom, labels, own)


def _reason(piece: Piece) -> str:
    """Return why a block within the article is not part of it; empty where it is."""
    text = piece.text
    if is_mark(text) or _MARKUP.match(text):
        return "separator"
    share = LINK_SHARE if _ended(text) or piece.tag == "li" else LINKED_SHARE
    if piece.linked >= share and (piece.weight < LINK_WEIGHT or _is_row(piece)):
        return "related_links"
    if piece.weight >= PROSE_WEIGHT and _ended(text) and piece.linked < LINKED_SHARE:
        return ""
    if is_credit(text) or (piece.after_image and _is_caption(piece)):
        return "image_credit" if is_credit(text) else "caption"
    if is_source_note(text):
        return "source_note"
    return date_label(text) or ("byline" if byline(text) else "") or furniture(text) or ""


def _is_row(piece: Piece) -> bool:
    """Tell whether a block is links in a row and no sentence."""
    return piece.links >= LINKS_IN_ROW and not _ended(piece.text)


def _is_caption(piece: Piece) -> bool:
    return not _ended(piece.text) and piece.tag not in _ROLES and piece.strong < LINKED_SHARE


def _teasers_follow(reason: str, piece: Piece, *, going: bool) -> bool:
    """Tell whether a heading for teasers stands above, and no prose since."""
    if reason == "related_links":
        return going or (piece.linked < LINKED_SHARE and word_count(piece.text) <= HEADING_WORDS)
    return going and not reason and _prose(piece) == 0.0 and not _is_subheading(piece)


def _role(dom: Dom, piece: Piece) -> str:
    if _is_subheading(piece):
        return "subheading"
    role = next((_ROLES[tag] for tag in _tags(dom, piece) if tag in _ROLES), "paragraph")
    if role == "table" and piece.weight >= PROSE_WEIGHT and _ended(piece.text):
        return "paragraph"
    return "paragraph" if role == "subheading" else role


def _tags(dom: Dom, piece: Piece) -> Iterator[str]:
    for index in dom.chain(piece.box)[:4]:
        yield dom.boxes[index].tag


def _is_subheading(piece: Piece) -> bool:
    if piece.tag in _ROLES and _ROLES[piece.tag] == "subheading":
        return True
    bold = (
        piece.strong > STRONG_SHARE
        and not _ended(piece.text)
        and piece.tag not in {"li", "td", "th"}
    )
    return bold and piece.weight <= SUBHEADING_WEIGHT


def _cut_end(dom: Dom, labels: list[str], own: Sequence[int]) -> None:
    """Leave out what follows a line that ends the article, where that is little of it."""
    total = sum(_prose(dom.pieces[n]) for n in own if labels[n] in _TEXT_ROLES)
    after = 0.0
    for place in range(len(own) - 1, 0, -1):
        n = own[place]
        after += _prose(dom.pieces[n]) if labels[n] in _TEXT_ROLES else 0.0
        if after > AFTER_END_SHARE * total:
            return
        if labels[n] in ENDING and furniture(dom.pieces[n].text) in ENDING:
            for later in own[place:]:
                labels[later] = labels[n] if labels[later] in _BLOCK_ROLES else labels[later]


_BLOCK_ROLES = _TEXT_ROLES | {"subheading", "standfirst"}


def _trim(dom: Dom, labels: list[str], own: Sequence[int]) -> None:
    """Leave out short blocks before the first paragraph and after the last."""
    prose = [
        n
        for n in own
        if labels[n] in _TEXT_ROLES
        and dom.pieces[n].weight >= PROSE_WEIGHT
        and _ended(dom.pieces[n].text)
    ]
    if not prose:
        return
    for n in own:
        if labels[n] not in _BLOCK_ROLES:
            continue
        if n < prose[0]:
            labels[n] = _head_label(dom, dom.pieces[n], labels[n])
        elif _is_line(labels[n]) and n < prose[:3][-1] and is_dated(dom.pieces[n]):
            labels[n] = "publication_date"
        elif n > prose[-1] and _is_sign_off(dom.pieces[n], labels[n]):
            labels[n] = "sign_off"


def _is_line(label: str) -> bool:
    """Tell whether a block is taken for a line of its own, neither of a list nor a subheading."""
    return label in {"paragraph", "standfirst"}


def _is_sign_off(piece: Piece, label: str) -> bool:
    short = label == "paragraph" and piece.weight < PROSE_WEIGHT and not _ended(piece.text)
    return short or (label == "subheading" and not _ended(piece.text))


def _head_label(dom: Dom, piece: Piece, label: str) -> str:
    if piece.tag == "h1":
        return "title"
    if is_dated(piece):
        return "publication_date"
    if label == "list":
        return label
    if piece.weight < STANDFIRST_WEIGHT:
        return "section_label"
    flagged = any(dom.boxes[index].standfirst for index in dom.chain(piece.box)[:3])
    return "standfirst" if flagged or label in {"subheading", "paragraph"} else label


def _label_outside(dom: Dom, labels: list[str], inside: Sequence[bool], titles: set[str]) -> None:
    """Label what stands outside the article; a standfirst above it is part of it."""
    first = next((n for n, within in enumerate(inside) if within), 0)
    texts = {
        letters_key(dom.pieces[n].text) for n, label in enumerate(labels) if label in _BLOCK_ROLES
    }
    for n, piece in enumerate(dom.pieces):
        if labels[n] or inside[n]:
            continue
        flagged = any(dom.boxes[index].standfirst for index in dom.chain(piece.box)[:3])
        fits = (
            STANDFIRST_WEIGHT <= piece.weight <= STANDFIRST_MAX_WEIGHT
            and piece.linked < LINKED_SHARE
        )
        if n < first and flagged and fits and letters_key(piece.text) not in texts:
            labels[n] = "standfirst"
            continue
        labels[n] = _outside_label(piece, titles)


def _outside_label(piece: Piece, titles: set[str]) -> str:
    if piece.weight < LINK_WEIGHT and letters_key(piece.text) in titles:
        return "title"
    if piece.linked > LINKED_SHARE:
        return furniture(piece.text) or "navigation"
    said = date_label(piece.text) or ("byline" if byline(piece.text) else "")
    return said or furniture(piece.text) or "outside"
