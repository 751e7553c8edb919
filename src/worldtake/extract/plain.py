"""Read an article out of plain text: every line is title, a block of the text, or discarded with its reason.

A page saved as text has no markup, so lines are judged by length, closing punctuation, repetition, place and by the words of
page furniture (`phrases`). Captions are found as lines that end without punctuation among paragraphs that end with it, as lines
said twice, and as what stands before a picture's credit. Where no line before the first paragraph is headline-like, the title
is empty: a standfirst is not made one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from worldtake.extract.heads import head_labels
from worldtake.extract.phrases import ENDING, furniture, is_credit, is_read_more, is_source_note
from worldtake.extract.printed import date_label
from worldtake.extract.writing import (
    closes_quote,
    is_cut,
    is_headline,
    is_mark,
    is_shouted,
    likeness,
    unmarked_script,
    word_count,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.extract.lines import Line

#: Weight from which a line that ends as a sentence is surely prose (Latin letters; shortest first paragraph of the seeds 139).
OPENING_WEIGHT = 100
#: Weight above which a line without closing punctuation is no subheading.
SUBHEADING_WEIGHT = 80
#: Share of a line's words found in another from which it repeats that one.
NEAR_REPEAT = 0.8
#: Words below which a line is too short to repeat another by more than chance.
REPEAT_WORDS = 6
#: Long lines that must be there, and share of them that end as sentences, for a missing end to mean something.
ENDED_LINES = 3
ENDED_SHARE = 0.6
#: Most words of a heading over teasers, and of a picture's credit in capitals.
HEADING_WORDS = 4
#: Fewest words of a caption.
CAPTION_WORDS = 3
#: Most lines above the first paragraph; more are a list and no head.
HEAD_LINES = 200
_BULLET = regex.compile(r"^(?:[•·▪◦●■►▶‣*–—-]|\p{N}{1,2}[.)])\s+\S")

#: Labels that make a line part of the text.
ROLES = frozenset(("standfirst", "paragraph", "subheading", "quote", "list", "table", "dateline"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A line with what it is: `title`, a block's role, or the reason it is left out."""

    line: Line
    label: str


def label_lines(lines: Sequence[Line]) -> tuple[Labelled, ...]:
    """Say of each line what it is."""
    labels = ["separator" if is_mark(line.text) else "" for line in lines]
    opening = min(_opening(lines), HEAD_LINES)
    _label_tail(lines, labels, opening)
    head_labels(lines, labels, opening)
    _label_furniture(lines, labels, opening)
    _label_repeats(lines, labels, opening)
    if _ends_mean_something(lines):
        _label_unended(lines, labels, opening)
    _label_before_credits(lines, labels, opening)
    _label_rest(lines, labels, opening)
    return tuple(
        Labelled(line=line, label=label) for line, label in zip(lines, labels, strict=True)
    )


def _opening(lines: Sequence[Line]) -> int:
    """Return the index of the first paragraph; the first line where there is none."""
    for index, line in enumerate(lines):
        if not _is_prose(line, OPENING_WEIGHT) or furniture(line.text) or date_label(line.text):
            continue
        following = lines[index + 1 : index + 5]
        stop = next((n for n, each in enumerate(following) if _is_prose(each, OPENING_WEIGHT)), 4)
        # Prose above the byline or the date is a standfirst.
        if any(date_label(each.text) for each in following[:stop]):
            continue
        return index
    return next((n for n, line in enumerate(lines) if not is_headline(line.text)), 0)


def _is_prose(line: Line, least: int) -> bool:
    ended = line.ended or closes_quote(line.text) or unmarked_script(line.text)
    return ended and line.weight >= least


def _label_tail(lines: Sequence[Line], labels: list[str], opening: int) -> None:
    """Label everything after the end of the article."""
    start = next((n for n in range(opening + 1, len(lines)) if _ends_article(lines, n)), len(lines))
    reason = "related_links"
    for index in range(start, len(lines)):
        text = lines[index].text
        found = "source_note" if is_source_note(text) else furniture(text)
        reason = found if found in ENDING and not is_read_more(text) else reason
        labels[index] = labels[index] or found or reason


def _ends_article(lines: Sequence[Line], index: int) -> bool:
    if furniture(lines[index].text) not in ENDING or _is_prose(lines[index], OPENING_WEIGHT):
        return False
    prose = [
        _is_prose(line, OPENING_WEIGHT) and not is_cut(line.text) for line in lines[index + 1 :]
    ]
    # Teasers alternate with their headlines; two paragraphs in a row are the article going on.
    goes_on = any(one and two for one, two in pairwise(prose))
    is_heading = word_count(lines[index].text) <= HEADING_WORDS
    return not goes_on and (is_heading or not any(prose[:1]))


def _label_furniture(lines: Sequence[Line], labels: list[str], opening: int) -> None:
    """Label furniture between paragraphs, with the teasers under a heading for them."""
    teasers = ""
    for index in range(opening, len(lines)):
        line = lines[index]
        if labels[index]:
            continue
        reason = _reason_within(line)
        if reason:
            labels[index] = reason
            is_heading = reason == "related_links" and word_count(line.text) <= HEADING_WORDS
            teasers = reason if is_heading and not is_read_more(line.text) else ""
        elif teasers and not _is_prose(line, SUBHEADING_WEIGHT):
            labels[index] = teasers
        else:
            teasers = ""


def _reason_within(line: Line) -> str | None:
    if _is_prose(line, OPENING_WEIGHT):
        return None
    return date_label(line.text) or furniture(line.text)


def _label_repeats(lines: Sequence[Line], labels: list[str], opening: int) -> None:
    """Label what is said twice: captions where it is no sentence, else the later one as repeated."""
    title = next(
        (line.key for line, label in zip(lines, labels, strict=True) if label == "title"), None
    )
    first: dict[tuple[str, ...], int] = {}
    for index in range(opening, len(lines)):
        line = lines[index]
        if labels[index] or not line.key:
            continue
        if line.key == title:
            labels[index] = "title_repeated"
            continue
        earlier = first.setdefault(line.key, index)
        if earlier == index:
            continue
        is_caption = not line.ended and word_count(line.text) >= CAPTION_WORDS
        labels[index] = "caption" if is_caption else "repeated"
        if is_caption:
            labels[earlier] = "caption"


def _ends_mean_something(lines: Sequence[Line]) -> bool:
    long = [line for line in lines if line.weight >= OPENING_WEIGHT]
    ended = sum(line.ended or closes_quote(line.text) for line in long)
    return ended >= ENDED_LINES and ended >= ENDED_SHARE * len(long)


def _label_unended(lines: Sequence[Line], labels: list[str], opening: int) -> None:
    """Label as captions the lines that end without punctuation and are too long for a subheading or repeat the text."""
    for index in range(opening, len(lines)):
        line = lines[index]
        if labels[index] or line.ended or closes_quote(line.text) or _BULLET.match(line.text):
            continue
        if line.weight > SUBHEADING_WEIGHT or _repeats_another(line, lines, index):
            labels[index] = "caption"


def _repeats_another(line: Line, lines: Sequence[Line], index: int) -> bool:
    return len(line.key) >= REPEAT_WORDS and any(
        likeness(line.key, other.key) >= NEAR_REPEAT and len(other.key) >= len(line.key)
        for n, other in enumerate(lines)
        if n != index
    )


def _label_before_credits(lines: Sequence[Line], labels: list[str], opening: int) -> None:
    """Label credits of pictures, and unended lines before a caption or a credit as captions."""
    for index in range(opening, len(lines)):
        after_mark = index > 0 and labels[index - 1] in {"separator", "caption"}
        short = word_count(lines[index].text) <= HEADING_WORDS
        if not labels[index] and short and after_mark and is_shouted(lines[index].text):
            labels[index] = "image_credit"
    for index in range(len(lines) - 2, opening - 1, -1):
        line = lines[index]
        before = labels[index + 1] in {"caption", "image_credit", "separator"}
        if not labels[index] and before and not line.ended and not closes_quote(line.text):
            labels[index] = "image_credit" if is_credit(line.text) else "caption"


def _label_rest(lines: Sequence[Line], labels: list[str], opening: int) -> None:
    """Label what is left: paragraphs, lists, subheadings, and a sign-off under the last paragraph."""
    followed = False
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if labels[index]:
            continue
        if _BULLET.match(line.text):
            labels[index] = "list"
        elif index < opening or _is_paragraph(line):
            labels[index] = "paragraph"
        else:
            labels[index] = "subheading" if followed else "sign_off"
        followed = followed or labels[index] in {"paragraph", "list"}


def _is_paragraph(line: Line) -> bool:
    ended = line.ended or closes_quote(line.text) or unmarked_script(line.text)
    return ended or line.weight > SUBHEADING_WEIGHT
