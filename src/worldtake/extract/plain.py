"""Read an article out of plain text: every line is title, a block of the text, or discarded with its reason.

A page saved as text has no markup. Trees (`prose`) tell which lines are the article's and which is the headline; rules then say what
each line is, by length, closing punctuation, repetition, place and the words of page furniture (`phrases`), and overrule the trees
where the form is plain: a picture's credit, a line said twice, a caption among paragraphs that end as sentences do. Where no line
near the text is headline-like, the title is empty: a standfirst is not made one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from worldtake.extract.forms import form_label, label_mail
from worldtake.extract.heads import LABEL_WORDS, head_labels, is_title, plain_label
from worldtake.extract.phrases import (
    ENDING,
    furniture,
    is_captioned,
    is_credit,
    is_read_more,
    is_source_note,
)
from worldtake.extract.printed import date_label
from worldtake.extract.prose import reader
from worldtake.extract.writing import (
    closes_quote,
    is_headline,
    is_shouted,
    likeness,
    unmarked_script,
    word_count,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.extract.lines import Line
    from worldtake.extract.prose import Odds

#: Weight from which a line that ends as a sentence is surely prose (Latin letters; shortest first paragraph of the seeds 139).
OPENING_WEIGHT = 100
#: Weight above which a line without closing punctuation is no subheading.
SUBHEADING_WEIGHT = 80
#: Share of a line's words found in another from which it repeats that one.
NEAR_REPEAT = 0.8
#: Words below which a line is too short to repeat another by more than chance.
REPEAT_WORDS = 6
#: Weight from which a line between kept ones is a paragraph although the trees doubt it, and how far they may.
PARAGRAPH_WEIGHT = 50
DOUBT_ODDS = -1.0
HEADING_DOUBT_ODDS = -2.0
#: The same where none that are kept follow within so many lines.
LAST_DOUBT_ODDS = -0.7
GAP_LINES = 4
#: Lines with one word that another is compared with.
COMPARED_LINES = 40
#: Long lines that must be there, and share of them that end as sentences, for a missing end to mean something.
ENDED_LINES = 3
ENDED_SHARE = 0.6
#: Most words of a heading over teasers, and of a picture's credit in capitals.
HEADING_WORDS = 4
#: Fewest words of a caption.
CAPTION_WORDS = 3
#: Lines above the headline, or above the text where there is none, that may be about the article.
HEAD_LINES = 6
#: Likeliest lines among which the headline is looked for.
TITLE_CANDIDATES = 20
#: Log odds from which a line is the article's, and from which no rule says otherwise (cross-validated over publishers).
BODY_ODDS = 0.0
SURE_ODDS = 1.0
#: Log odds from which a long line between headline and text is a standfirst.
STANDFIRST_ODDS = -1.2
_BULLET = regex.compile(r"^(?:[•·▪◦●■►▶‣*–—-]|\p{N}{1,2}[.)])\s+\S")

#: Labels that make a line part of the text.
ROLES = frozenset(("standfirst", "paragraph", "subheading", "quote", "list", "table", "dateline"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A line with what it is: `title`, a block's role, or the reason it is left out."""

    line: Line
    label: str


def label_lines(lines: Sequence[Line], odds: Odds | None = None) -> tuple[Labelled, ...]:
    """Say of each line what it is; `odds` are the trees' opinion, by default of those that the project ships."""
    odds = odds or reader()(lines)
    labels = [form_label(line) for line in lines]
    label_mail(lines, labels)
    kept = [
        odd > BODY_ODDS and not label and not _reason_within(line)
        for odd, label, line in zip(odds.body.tolist(), labels, lines, strict=True)
    ]
    _keep_headings(lines, labels, kept, odds)
    _keep_paragraphs(lines, labels, kept, odds)
    sure = [odd > SURE_ODDS for odd in odds.body.tolist()]
    opening = _opening(lines, kept)
    _label_head(lines, labels, odds, opening)
    _label_tail(lines, labels, kept, opening)
    _label_repeats(lines, labels, sure, opening)
    _label_furniture(lines, labels, opening)
    if _ends_mean_something(lines, kept):
        _label_unended(lines, labels, sure, opening)
    _label_before_credits(lines, labels, sure, opening)
    _label_left_out(lines, labels, kept, opening)
    _label_rest(lines, labels, sure, opening)
    return tuple(
        Labelled(line=line, label=label) for line, label in zip(lines, labels, strict=True)
    )


def _keep_headings(
    lines: Sequence[Line], labels: Sequence[str], kept: list[bool], odds: Odds
) -> None:
    """Keep a short line that is underlined, or of which the trees are in doubt, above a paragraph that is kept."""
    for index in range(1, len(lines) - 2):
        if labels[index + 1] == "underline" and kept[index + 2]:
            kept[index] = not labels[index]
        elif kept[index - 1] and kept[index + 1] and odds.body[index] > HEADING_DOUBT_ODDS:
            is_between = all(_is_prose(lines[n], PARAGRAPH_WEIGHT) for n in (index - 1, index + 1))
            is_short = word_count(lines[index].text) <= LABEL_WORDS
            kept[index] = kept[index] or (
                is_between and is_short and not labels[index] and not _reason_within(lines[index])
            )


def _keep_paragraphs(
    lines: Sequence[Line], labels: Sequence[str], kept: list[bool], odds: Odds
) -> None:
    """Keep a paragraph that the trees are in doubt of, where only lines of furniture and no heading part it from the text."""
    near = False
    for index, line in enumerate(lines):
        if kept[index]:
            near = True
        elif near and not labels[index] and _is_prose(line, PARAGRAPH_WEIGHT):
            goes_on = any(kept[index + 1 : index + 1 + GAP_LINES])
            doubt = DOUBT_ODDS if goes_on else LAST_DOUBT_ODDS
            near = float(odds.body[index]) > doubt and not furniture(line.text)
            kept[index] = near
        elif near and furniture(line.text) in ENDING:
            near = word_count(line.text) > HEADING_WORDS


def _opening(lines: Sequence[Line], kept: Sequence[bool]) -> int:
    """Return the index of the first paragraph; of the first line that is no headline where there is none."""
    for index, line in enumerate(lines):
        if not kept[index] or (not _is_prose(line, OPENING_WEIGHT) and is_headline(line.text)):
            continue
        following = range(index + 1, min(index + 5, len(lines)))
        stop = next((n for n in following if kept[n] and _is_prose(lines[n], OPENING_WEIGHT)), None)
        # Prose above the byline or the date is a standfirst.
        if any(date_label(lines[n].text) for n in following[: stop and stop - index - 1]):
            continue
        return index
    return next((n for n, line in enumerate(lines) if not is_headline(line.text)), 0)


def _label_head(lines: Sequence[Line], labels: list[str], odds: Odds, opening: int) -> None:
    """Label the headline and what stands round it, and what is above as navigation and teasers."""
    head = lines[:opening]
    likely = sorted(range(opening), key=lambda n: float(odds.title[n]), reverse=True)
    title = next(
        (
            n
            for n in likely[:TITLE_CANDIDATES]
            if not labels[n] and is_title(head[n]) and not plain_label(head, n)
        ),
        None,
    )
    begins = max(0, (opening if title is None else title) - HEAD_LINES)
    if title is not None:
        labels[title] = "title"
    part = labels[begins:opening]
    head_labels(lines[begins:opening], part, list(odds.body[begins:opening] > STANDFIRST_ODDS))
    labels[begins:opening] = part
    for index in range(begins):
        line = lines[index]
        is_label = word_count(line.text) <= LABEL_WORDS
        found = furniture(line.text) or ("navigation" if is_label else "related_links")
        labels[index] = labels[index] or found


def _is_prose(line: Line, least: int) -> bool:
    # In this order: a page asks this of each line many times, and most are too short.
    return line.weight >= least and (
        line.ended or closes_quote(line.text) or unmarked_script(line.text)
    )


def _label_tail(
    lines: Sequence[Line], labels: list[str], kept: Sequence[bool], opening: int
) -> None:
    """Label everything after the end of the article."""
    last = max((n for n in range(opening, len(lines)) if kept[n]), default=opening)
    reason = "related_links"
    for index in range(last + 1, len(lines)):
        text = lines[index].text
        found = "source_note" if is_source_note(text) else furniture(text)
        reason = found if found in ENDING and not is_read_more(text) else reason
        labels[index] = labels[index] or found or reason


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
    if is_captioned(line.text):
        return "caption"
    if _is_prose(line, OPENING_WEIGHT):
        return None
    return date_label(line.text) or furniture(line.text)


def _label_left_out(
    lines: Sequence[Line], labels: list[str], kept: Sequence[bool], opening: int
) -> None:
    """Label what the trees leave out between paragraphs: captions where they do not end as sentences, else teasers."""
    for index in range(opening, len(lines)):
        line = lines[index]
        if labels[index] or kept[index]:
            continue
        is_caption = not line.ended and word_count(line.text) >= CAPTION_WORDS
        labels[index] = "caption" if is_caption else "related_links"


def _label_repeats(
    lines: Sequence[Line], labels: list[str], sure: Sequence[bool], opening: int
) -> None:
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
        if is_caption:
            labels[index] = labels[earlier] = "caption"
        elif not sure[index]:
            labels[index] = "repeated"


def _ends_mean_something(lines: Sequence[Line], kept: Sequence[bool]) -> bool:
    long = [
        line
        for line, is_kept in zip(lines, kept, strict=True)
        if is_kept and line.weight >= OPENING_WEIGHT
    ]
    ended = sum(line.ended or closes_quote(line.text) for line in long)
    return ended >= ENDED_LINES and ended >= ENDED_SHARE * len(long)


def _label_unended(
    lines: Sequence[Line], labels: list[str], sure: Sequence[bool], opening: int
) -> None:
    """Label as captions the lines that end without punctuation and are too long for a subheading or repeat the text."""
    unended = [
        index
        for index in range(opening, len(lines))
        if not (labels[index] or _is_prose(lines[index], 0) or _BULLET.match(lines[index].text))
    ]
    short = [index for index in unended if len(lines[index].key) >= REPEAT_WORDS]
    places = _word_places(lines) if short else {}
    for index in unended:
        is_long = lines[index].weight > SUBHEADING_WEIGHT and not sure[index]
        if is_long or _repeats_another(lines, index, places):
            labels[index] = "caption"


def _word_places(lines: Sequence[Line]) -> dict[str, list[int]]:
    """Return for each word the first lines that hold it."""
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        for word in set(line.key):
            found = places.setdefault(word, [])
            if len(found) < COMPARED_LINES:
                found.append(index)
    return places


def _repeats_another(lines: Sequence[Line], index: int, places: dict[str, list[int]]) -> bool:
    key = lines[index].key
    if len(key) < REPEAT_WORDS:
        return False
    # A line that shares enough words with this one shares one of its rarest.
    rare = sorted(set(key), key=lambda word: len(places[word]))
    rare = rare[: 1 + int((1 - NEAR_REPEAT) * len(rare))]
    others = {place for word in rare for place in places[word]} - {index}
    return any(
        len(lines[n].key) >= len(key) and likeness(key, lines[n].key) >= NEAR_REPEAT for n in others
    )


def _label_before_credits(
    lines: Sequence[Line], labels: list[str], sure: Sequence[bool], opening: int
) -> None:
    """Label credits of pictures, and unended lines before a caption or a credit as captions."""
    for index in range(opening, len(lines)):
        after_mark = index > 0 and labels[index - 1] in {"separator", "caption"}
        short = word_count(lines[index].text) <= HEADING_WORDS
        if (
            not (labels[index] or sure[index])
            and short
            and after_mark
            and is_shouted(lines[index].text)
        ):
            labels[index] = "image_credit"
    for index in range(len(lines) - 2, opening - 1, -1):
        line = lines[index]
        before = labels[index + 1] in {"caption", "image_credit", "separator"}
        # A line that says too much for a label is a caption only where the trees doubt it.
        is_long = line.weight > SUBHEADING_WEIGHT and labels[index + 1] != "image_credit"
        is_sure = sure[index] and is_long
        is_open = not (labels[index] or is_sure or _is_prose(line, 0))
        if is_open and before:
            labels[index] = "image_credit" if is_credit(line.text) else "caption"


def _label_rest(
    lines: Sequence[Line], labels: list[str], sure: Sequence[bool], opening: int
) -> None:
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
            below = "paragraph" if sure[index] else "sign_off"
            labels[index] = "subheading" if followed else below
        followed = followed or labels[index] in {"paragraph", "list"}


def _is_paragraph(line: Line) -> bool:
    return _is_prose(line, 0) or line.weight > SUBHEADING_WEIGHT
