"""Label the lines above an article's first paragraph: title, byline, dates, section, captions, and the standfirst."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import regex

from worldtake.extract import printed
from worldtake.extract.phrases import furniture, is_captioned, is_credit, plain_form, reading_time
from worldtake.extract.writing import is_headline, is_shouted, word_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.extract.lines import Line

#: Weight from which a line above the text is a standfirst rather than a label.
STANDFIRST_WEIGHT = 50
#: Most words of a label.
LABEL_WORDS = 7
#: Most words of a picture's credit in capitals.
CREDIT_WORDS = 4
#: Lines that state a reading time and are compared with others.
TIMED_LINES = 20
#: Furniture that may not be taken for what it names while it stands above the text.
_LOGO = regex.compile(r".+ logo$")
#: What parts the links of a menu.
_BARS = regex.compile(r"\s[|>›»·•/]\s|\[\p{N}+\]")
#: A day far in the future: whether a line is a date does not hang on when it was fetched.
_ANY_DAY = datetime(2100, 1, 1, tzinfo=UTC)


def head_labels(lines: Sequence[Line], labels: list[str], likely: Sequence[bool]) -> None:
    """Fill `labels` for the lines above the text; `likely` are those that may be text."""
    for index in range(len(lines)):
        labels[index] = labels[index] or plain_label(lines, index)
    _label_round_title(lines, labels)
    _label_media(lines, labels)
    _label_names(lines, labels)
    _label_navigation(lines, labels)
    _label_leftover(lines, labels, likely)


def is_title(line: Line) -> bool:
    """Tell whether a line may be the headline: headline-like, or one short sentence with its full stop."""
    if len(_BARS.findall(line.text)) > 1:
        return False
    return is_headline(line.text) or is_headline(line.text.rstrip(".。।۔"))


def plain_label(lines: Sequence[Line], index: int) -> str:
    """Return what a line says by itself that it is; empty where it does not."""
    text = lines[index].text
    if reading_time(text):
        return _reading_label(lines, index)
    if printed.is_image_alt(text) or _LOGO.match(plain_form(text)):
        return "image_alt"
    if printed.date_label(text) or printed.bare_date(text, _ANY_DAY):
        return printed.date_label(text) or "publication_date"
    if printed.byline(text):
        return "byline"
    if is_credit(text) or is_captioned(text):
        return "image_credit" if is_credit(text) else "caption"
    # Headlines may begin like furniture ("Trending: ..."); only short lines are taken at their word.
    return (furniture(text) or "") if word_count(text) <= LABEL_WORDS else ""


def _reading_label(lines: Sequence[Line], index: int) -> str:
    key = lines[index].key
    before = lines[max(0, index - TIMED_LINES) : index]
    earlier = [line.key for line in before if reading_time(line.text)]
    return (
        "reading_time_duplicate"
        if any(key == each[-len(key) :] for each in earlier)
        else "reading_time"
    )


def _label_round_title(lines: Sequence[Line], labels: list[str]) -> None:
    """Label what stands above the headline, and the headline said again."""
    title = labels.index("title") if "title" in labels else None
    if title is None:
        return
    for index, line in enumerate(lines):
        if labels[index]:
            continue
        if line.key == lines[title].key:
            labels[index] = "title_repeated"
        elif index < title:
            is_label = word_count(line.text) <= LABEL_WORDS
            labels[index] = "section_label" if is_label else "related_links"


def _label_media(lines: Sequence[Line], labels: list[str]) -> None:
    """Label a caption that ends in a bar, and the credit in capitals under it."""
    for index in range(len(lines)):
        text = lines[index].text
        if not labels[index] and text.rstrip().endswith("|"):
            labels[index] = "video_caption"
        under = index > 0 and labels[index - 1] in {"video_caption", "caption", "separator"}
        if not labels[index] and under and is_shouted(text) and word_count(text) <= CREDIT_WORDS:
            labels[index] = "media_credit"


def _label_names(lines: Sequence[Line], labels: list[str]) -> None:
    """Label names: of the author again, of the outlet, of its country."""
    authors = {name for line in lines for name in printed.byline(line.text)}
    timed = [line.key for line in lines if reading_time(line.text)][:TIMED_LINES]
    for index in range(len(lines)):
        line = lines[index]
        if labels[index] or word_count(line.text) > LABEL_WORDS:
            continue
        if line.text in authors:
            labels[index] = "byline_duplicate"
        elif printed.domain_of(line.text) or any(
            line.key == each[: len(line.key)] for each in timed
        ):
            labels[index] = "source_label"
        elif printed.country_named(line.text):
            labels[index] = "country_label"
        elif index + 1 < len(lines) and printed.country_named(lines[index + 1].text):
            labels[index] = "source_label"
        elif printed.is_person(line.text) and _dated_below(labels, index):
            labels[index] = "byline"


def _dated_below(labels: list[str], index: int) -> bool:
    below = labels[index + 1 : index + 3]
    return any(label in {"publication_date", "publication_time", "reading_time"} for label in below)


def _label_navigation(lines: Sequence[Line], labels: list[str]) -> None:
    """Label runs of two and more labels that say nothing else."""
    for index in range(len(lines)):
        near = [n for n in (index - 1, index + 1) if 0 <= n < len(lines)]
        if _is_label(lines[index]) and not labels[index]:
            beside = any(
                labels[n] == "navigation" or (not labels[n] and _is_label(lines[n])) for n in near
            )
            labels[index] = "navigation" if beside else ""


def _is_label(line: Line) -> bool:
    return (
        not line.ended and word_count(line.text) <= LABEL_WORDS and line.weight < STANDFIRST_WEIGHT
    )


def _label_leftover(lines: Sequence[Line], labels: list[str], likely: Sequence[bool]) -> None:
    has_title = "title" in labels
    for index, line in enumerate(lines):
        if labels[index]:
            continue
        following = labels[index + 1] if index + 1 < len(lines) else ""
        if following in {"image_credit", "media_credit"}:
            labels[index] = "caption"
        elif printed.is_filler(line.text):
            labels[index] = "publication_date"
        elif _is_label(line):
            labels[index] = "section_label"
        elif likely[index] or not has_title:
            labels[index] = "standfirst"
        else:
            labels[index] = "related_links" if line.ended else "caption"
