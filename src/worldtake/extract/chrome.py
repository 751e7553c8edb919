"""Find furniture within the article's box by how it stands: lists of dated teasers, their headings, odd boxes, closing lines."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import regex

from worldtake.extract.phrases import is_source_note
from worldtake.extract.printed import bare_date, date_label
from worldtake.extract.writing import closes_quote, ends_sentence, word_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from worldtake.extract.dom import Dom, Piece

#: Weight up to which a block can be an item of a list of teasers or a line of a box of its own.
LINE_WEIGHT = 160
#: Weight up to which all of an odd box is furniture.
BOX_WEIGHT = 300
#: Weight from which a block that ends as a sentence shows how the body's paragraphs stand.
BODY_WEIGHT = 90
#: Fewest paragraphs that stand alike, and fewest dated items in a row.
ALIKE, DATED_ROW = 3, 3
#: Most words of a heading over teasers or in an odd box.
HEADING_WORDS = 7
#: How many sentences an odd box says.
SAID = (1, 2)
#: How much of a line's beginning and end is read as a date, words.
EDGE_WORDS = 4
#: A day far in the future: whether a line is a date does not hang on when it was fetched.
_ANY_DAY = datetime(2100, 1, 1, tzinfo=UTC)
_ABBREVIATED = regex.compile(r"(?<!\p{L})\p{L}{1,2}\.$")
_TEXT = frozenset(("paragraph", "list", "quote", "table", "subheading", "standfirst"))
#: What a list, table or quotation stands in: no odd boxes.
_LISTS = frozenset(("li", "td", "th", "tr", "dd", "dt", "blockquote", "table", "ul", "ol"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: What a line under the last paragraph may be taken for by its class or its first word.
_TAKEN_FOR = frozenset(("caption", "image_credit", "related_links", "byline"))


def is_dated(piece: Piece) -> bool:
    """Tell whether a short block that is no sentence states a date, in all of its words or in one run of them."""
    if piece.weight > LINE_WEIGHT or not any(char.isdigit() for char in piece.text):
        return False
    if says_sentence(piece.text):
        return False
    return any(_is_date(text) for text in (piece.text, *piece.runs))


def says_sentence(text: str) -> bool:
    """Tell whether a line ends as a sentence does, and not with an abbreviation such as those of year and hour."""
    return ends_sentence(text) and not _ABBREVIATED.search(text)


def _is_date(text: str) -> bool:
    return bool(date_label(text)) or bare_date(text, _ANY_DAY)


def label_chrome(dom: Dom, labels: list[str], own: Sequence[int]) -> None:
    """Label what shows by its place that it is furniture; `own` are the blocks in the article's box, labelled before."""
    _label_dated(dom, labels, own)
    _label_headings(dom, labels, own)
    _label_odd_boxes(dom, labels, own)
    label_closing(dom, labels)


def _label_dated(dom: Dom, labels: list[str], own: Sequence[int]) -> None:
    """Label items with a date at an edge: beside a link, or three and more in a row; a single one is the article's date."""
    dated = {n for n in own if labels[n] in _TEXT and _is_dated_item(dom.pieces[n])}
    for run in _runs(sorted(dated)):
        beside = {labels[n] for n in (run[0] - 1, run[-1] + 1) if 0 <= n < len(labels)}
        if len(run) >= DATED_ROW or (beside == {"related_links"} and _whole(dom, run)):
            for n in run:
                labels[n] = "related_links"


def _whole(dom: Dom, run: Sequence[int]) -> bool:
    return all(_is_date(dom.pieces[n].text) for n in run)


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers that follow each other."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _is_dated_item(piece: Piece) -> bool:
    if piece.weight > LINE_WEIGHT or not any(char.isdigit() for char in piece.text):
        return False
    if says_sentence(piece.text) or closes_quote(piece.text) or piece.tag in _HEADINGS:
        return False
    runs = piece.runs
    return any(_is_date(text) for text in (piece.text, *runs[:1], *runs[-1:])) or any(
        _is_date(edge) for edge in _edges(piece.text)
    )


def _edges(text: str) -> Iterator[str]:
    words = text.split()
    if len(words) > 1:
        yield " ".join(words[:EDGE_WORDS])
        yield " ".join(words[-EDGE_WORDS:])


def _label_headings(dom: Dom, labels: list[str], own: Sequence[int]) -> None:
    """Label the heading over a list that is left out, with what stands between."""
    for place in range(len(own) - 3, -1, -1):
        n = own[place]
        if labels[n] not in _TEXT or word_count(dom.pieces[n].text) > HEADING_WORDS:
            continue
        below = {labels[later] for later in own[place + 1 : place + 3]}
        if below == {"related_links"} and not ends_sentence(dom.pieces[n].text):
            labels[n] = "related_links"


def _label_odd_boxes(dom: Dom, labels: list[str], own: Sequence[int]) -> None:
    """Label boxes of a short heading and short lines that stand otherwise than the body's paragraphs do."""
    stands = _stand(dom, labels, own)
    if not stands:
        return
    first = next(n for n in own if _stands(dom, n) in stands)
    later = [n for n in own if n > first and labels[n] in _TEXT | {"sign_off", "related_links"}]
    for group in _boxed(dom, later, own):
        odd = not any(_stands(dom, n) in stands for n in group)
        if odd and _is_promotion(dom, group) and any(labels[n] in _TEXT for n in group):
            for n in group:
                labels[n] = "aside"


def _stand(dom: Dom, labels: Sequence[str], own: Sequence[int]) -> set[tuple[str, str]]:
    """Return how the paragraphs of the body stand: kinds of the boxes round them that three and more share."""
    counted = Counter(
        _stands(dom, n)
        for n in own
        if labels[n] == "paragraph"
        and dom.pieces[n].weight >= BODY_WEIGHT
        and (ends_sentence(dom.pieces[n].text) or closes_quote(dom.pieces[n].text))
    )
    return {kinds for kinds, count in counted.items() if count >= ALIKE}


def _stands(dom: Dom, n: int) -> tuple[str, str]:
    box = dom.boxes[dom.pieces[n].box]
    return box.kind, dom.boxes[box.parent].kind if box.parent >= 0 else ""


def _boxed(dom: Dom, later: Sequence[int], own: Sequence[int]) -> list[list[int]]:
    """Return the blocks of each near box that holds two and more blocks and none that is not in `later`."""
    members: dict[int, list[int]] = {}
    for n in own:
        for box in dom.chain(dom.pieces[n].box)[:3]:
            members.setdefault(box, []).append(n)
    found = set(later)
    return [group for group in members.values() if len(group) > 1 and set(group) <= found]


def _is_promotion(dom: Dom, group: Sequence[int]) -> bool:
    """Tell whether blocks are a short heading, and short lines with at least one whole sentence."""
    pieces = [dom.pieces[n] for n in group]
    head, rest = pieces[0], pieces[1:]
    if any(piece.tag in _LISTS for piece in pieces) or ends_sentence(head.text):
        return False
    if word_count(head.text) > HEADING_WORDS or sum(each.weight for each in pieces) > BOX_WEIGHT:
        return False
    said = [each for each in rest if ends_sentence(each.text)]
    return len(said) in SAID and all(each.weight <= LINE_WEIGHT for each in rest)


def label_closing(dom: Dom, labels: list[str]) -> None:
    """Give the lines that stand under the last paragraph, as it does, their own reason: they may say where it is from."""
    last = next((n for n in range(len(labels) - 1, -1, -1) if labels[n] == "paragraph"), None)
    if last is None:
        return
    around = dom.chain(dom.pieces[last].box)[1:3]
    for n in range(last + 1, len(labels)):
        piece = dom.pieces[n]
        chain = dom.chain(piece.box)
        if around[-1] not in chain or piece.weight > LINE_WEIGHT:
            return
        if not any(box in around for box in chain[1:3]):
            continue
        alike = _stands(dom, n) == _stands(dom, last) or labels[n] != "related_links"
        if labels[n] in _TAKEN_FOR and alike and not piece.links and not piece.after_image:
            labels[n] = "source_note" if is_source_note(piece.text) else "sign_off"
