"""Tell the text of a small page by rules: the box that holds most of its prose, and within it what is text and what is not.

A page of a few blocks gives the classifier nothing to compare a block with; there, where things stand says enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldtake.extract.boxes import (
    LINK_SHARE,
    LINKED_SHARE,
    PROSE_WEIGHT,
    is_ended,
    outer_reasons,
    prose_of,
    sums_of,
)
from worldtake.extract.chrome import is_dated, label_chrome
from worldtake.extract.phrases import ENDING, furniture, is_credit, is_source_note
from worldtake.extract.printed import byline, date_label
from worldtake.extract.roles import (
    BLOCK_ROLES,
    TEXT_ROLES,
    is_caption,
    is_separator,
    is_standfirst,
    is_subheading,
    role_of,
)
from worldtake.extract.writing import letters_key, word_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.extract.dom import Dom, Piece

#: Share of the box's prose that a box inside must hold to be gone into; less where it says that it is the article's body.
INNER_SHARE = 0.85
BODY_SHARE = 0.5
#: Share of the prose that may stand after the line that ends an article.
AFTER_END_SHARE = 0.12
#: Weight of the longest block that is all link and still left out.
LINK_WEIGHT = 220
#: Links from which a block of them is a row of links, however long.
LINKS_IN_ROW = 3
#: Weights between which a block before the first paragraph is a standfirst.
STANDFIRST_WEIGHT, STANDFIRST_MAX_WEIGHT = 40, 600
#: Most words of a heading over teasers.
HEADING_WORDS = 4


def labels_by_rules(dom: Dom, titles: set[str]) -> list[str]:
    """Return what each block of a page is: a role, `title`, or a reason; `titles` are the keys of its headlines."""
    prose = [prose_of(piece) for piece in dom.pieces]
    labels = outer_reasons(dom, prose)
    kept = [0.0 if label else weight for label, weight in zip(labels, prose, strict=True)]
    main = _main_box(dom, kept)
    inside = [main in dom.chain(piece.box) for piece in dom.pieces]
    _label_inside(dom, labels, inside, titles)
    _label_outside(dom, labels, inside, titles)
    return labels


def _main_box(dom: Dom, kept: Sequence[float]) -> int:
    """Go from the whole page into the box that holds most of the prose, as long as one does."""
    sums = sums_of(dom, kept)
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
        labels[n] = reason or ("related_links" if teasers else role_of(dom, piece))
    _cut_end(dom, labels, own)
    _trim(dom, labels, own)
    label_chrome(dom, labels, own)


def _reason(piece: Piece) -> str:
    """Return why a block within the article is not part of it; empty where it is."""
    text = piece.text
    if is_separator(text):
        return "separator"
    share = LINK_SHARE if is_ended(text) or piece.tag == "li" else LINKED_SHARE
    if piece.linked >= share and (piece.weight < LINK_WEIGHT or _is_row(piece)):
        return "related_links"
    if piece.weight >= PROSE_WEIGHT and is_ended(text) and piece.linked < LINKED_SHARE:
        return ""
    if is_credit(text) or (piece.after_image and is_caption(piece)):
        return "image_credit" if is_credit(text) else "caption"
    if is_source_note(text):
        return "source_note"
    return date_label(text) or ("byline" if byline(text) else "") or furniture(text) or ""


def _is_row(piece: Piece) -> bool:
    """Tell whether a block is links in a row and no sentence."""
    return piece.links >= LINKS_IN_ROW and not is_ended(piece.text)


def _teasers_follow(reason: str, piece: Piece, *, going: bool) -> bool:
    """Tell whether a heading for teasers stands above, and no prose since."""
    if reason == "related_links":
        return going or (piece.linked < LINKED_SHARE and word_count(piece.text) <= HEADING_WORDS)
    return going and not reason and prose_of(piece) == 0.0 and not is_subheading(piece)


def _cut_end(dom: Dom, labels: list[str], own: Sequence[int]) -> None:
    """Leave out what follows a line that ends the article, where that is little of it."""
    total = sum(prose_of(dom.pieces[n]) for n in own if labels[n] in TEXT_ROLES)
    after = 0.0
    for place in range(len(own) - 1, 0, -1):
        n = own[place]
        after += prose_of(dom.pieces[n]) if labels[n] in TEXT_ROLES else 0.0
        if after > AFTER_END_SHARE * total:
            return
        if labels[n] in ENDING and furniture(dom.pieces[n].text) in ENDING:
            for later in own[place:]:
                labels[later] = labels[n] if labels[later] in BLOCK_ROLES else labels[later]


def _trim(dom: Dom, labels: list[str], own: Sequence[int]) -> None:
    """Leave out short blocks before the first paragraph and after the last."""
    prose = [
        n
        for n in own
        if labels[n] in TEXT_ROLES
        and dom.pieces[n].weight >= PROSE_WEIGHT
        and is_ended(dom.pieces[n].text)
    ]
    if not prose:
        return
    for n in own:
        if labels[n] not in BLOCK_ROLES:
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
    short = label == "paragraph" and piece.weight < PROSE_WEIGHT and not is_ended(piece.text)
    return short or (label == "subheading" and not is_ended(piece.text))


def _head_label(dom: Dom, piece: Piece, label: str) -> str:
    if piece.tag == "h1":
        return "title"
    if is_dated(piece):
        return "publication_date"
    if label == "list":
        return label
    if piece.weight < STANDFIRST_WEIGHT:
        return "section_label"
    flagged = is_standfirst(dom, piece)
    return "standfirst" if flagged or label in {"subheading", "paragraph"} else label


def _label_outside(dom: Dom, labels: list[str], inside: Sequence[bool], titles: set[str]) -> None:
    """Label what stands outside the article; a standfirst above it is part of it."""
    first = next((n for n, within in enumerate(inside) if within), 0)
    texts = {
        letters_key(dom.pieces[n].text) for n, label in enumerate(labels) if label in BLOCK_ROLES
    }
    for n, piece in enumerate(dom.pieces):
        if labels[n] or inside[n]:
            continue
        flagged = is_standfirst(dom, piece)
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
