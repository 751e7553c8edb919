"""Split text of any script into sentences, as spans over the words without the white space round them.

One rule for all languages: an end mark, what closes with it, then white space (none in Chinese and Japanese), unless what
stands before or after says that the sentence goes on. Line ends always end a sentence; scripts that write no end marks are
cut at their spaces; no sentence is longer than `CAP_CHARS`.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import regex

from worldtake.model import Span
from worldtake.text.abbreviations import (
    ABBREVIATIONS,
    BEFORE_NUMBERS,
    BEFORE_ORDINALS,
    ENGLISH_OPENERS,
    MONTHS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Longest sentence in characters: beyond it translators truncate or wander (stage design of translation).
CAP_CHARS = 400
#: Shortest piece of a script without end marks, in characters; shorter ones stay with what follows (NTREX, Thai).
UNMARKED_CHARS = 40
#: Longest quotation that is kept in one piece though sentences end within it, in characters: at 0 NTREX has 91.3 % of
#: its line ends and the sample press 96.7 % of its sentences, at 100 90.7 and 98.3, at 200 89.1 and 98.3.
QUOTATION_CHARS = 100
#: Highest number that is read as an ordinal before a capital letter when nothing else decides.
LAST_DAY = 31
#: Letters from which on a word before a full stop is no abbreviation.
LONG_WORD_CHARS = 6
#: How far back a word before a full stop is looked for, in characters.
WORD_CHARS = 40

_CLOSERS = r"""["'’”“»«›‹)\]}」』】）］〉》〕﴾]"""
#: In Chinese and Japanese ‘ and “ open only.
_TIGHT_CLOSERS = r"""["'’”)\]}」』】）］〉》〕﴾]"""
_OPENERS = r"""["'‘“”„‚«»‹›(\[{「『【（［〈《〔¿¡﴿—–-]"""
#: End marks that need white space after them.
_SPACED = r"[.!?…؟۔।॥։።፧፨။។៕܀܁܂᙮᠃᠉।꘎⸮‼⁇⁈⁉᱾᱿]"
#: End marks after which no white space is written.
_TIGHT = r"[。．！？｡]"
#: Marks that end a sentence in one script alone: doubled Ethiopic spaces, Armenian colons, bars for dandas.
_OF_SCRIPT = (
    r"(?:፡፡|(?<=\p{Armenian}[»”\"]?):|"
    r"(?<=[\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}][”\"’]?\s?)\|)"
)
_END = regex.compile(
    rf"(?P<tight>{_TIGHT}[{_TIGHT[1:-1]}…]*+{_TIGHT_CLOSERS}*+)"
    rf"|(?<!{_SPACED})(?:{_SPACED}|{_OF_SCRIPT})++{_CLOSERS}*+(?:[ \u00a0\u202f]»(?=\s|$))?(?:\[\d+\])?"
    rf"(?:\s*[\u200e\u200f\u061c\u200b\u2060\ufeff]++(?!\S))*+(?=\s)"
)
_LINE = regex.compile(r"[^\n\r\u2028\u2029\u0085\f\v]+")
_WORD_BEFORE = regex.compile(r"(?:[\p{L}\p{N}]\p{M}*(?:[.'’&-](?=[\p{L}\p{N}]))?)+$")
_LOWER_NEXT = regex.compile(rf"\s*{_OPENERS}*\s?(?!\p{{Georgian}})\p{{Ll}}")
_GOES_ON = regex.compile(r"\s*(?:[,;:،؛、，；]|[–—-]\s*\p{Ll})")
_CLOSED = regex.compile(rf"{_TIGHT_CLOSERS}$")
#: After a quotation that ends in a full stop: a particle, a comma, or a short clause that says who said it.
_SAID = regex.compile(r"\s*(?:[\p{Hiragana}、，,]|\p{Han}{0,6}[说說道称稱示](?:[。，：]|$))")
_NEXT_WORD = regex.compile(rf"\s*{_OPENERS}*(?P<word>[\p{{L}}\p{{M}}]+|\p{{N}}+)")
#: A dateline that ends in an abbreviation before its dash: "ORD, Neb. —".
_DATELINE = regex.compile(r"\p{Lu}{2}[\p{L}\s.,()]{0,40}$")
_DASH = regex.compile(r"\s*[–—-]\s")
_UNMARKED = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_UNMARKED_GAP = regex.compile(
    r"(?<=[\p{Thai}\p{Lao}\p{Khmer}][\"”’)]?)\s+(?=[\"“‘(]?[\p{Thai}\p{Lao}\p{Khmer}])"
)
_QUOTATION = regex.compile(
    r"“[^“”„]*”|„[^„“”»«]*[“”]|«[^«»]*»|»[^«»]*«|「[^「」]*」|『[^『』]*』"
    r"|(?<![\p{L}\p{N}])\"[^\"]*\"(?![\p{L}\p{N}])|\([^()]*\)|（[^（）]*）"
)
#: A character as readers see it: with its marks, or an emoji of several.
_SEEN = regex.compile(r"\X")
#: Places to cut a sentence that is too long, the best first.
_CUTS = tuple(
    regex.compile(mark)
    for mark in (r"[;；؛]\s*|(?<=[。！？])", r"[:：]\s+|\s[–—-]\s", r"[,，、،]\s+|[，、]", r"\s+")
)


# Quotes, credits, figures and times of an article each ask for the sentences of the same text.
@functools.lru_cache(maxsize=64)
def split(text: str) -> tuple[Span, ...]:
    """Return the sentences of `text` in order; together they hold every character but white space."""
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in (*_ends(line.group()), len(line.group())):
            spans.extend(_capped(text, start, line.start() + end))
            start = line.start() + end
    return tuple(spans)


def _ends(line: str) -> Iterator[int]:
    """Yield where sentences end within `line`, its own end left out."""
    whole = _kept_whole(line)
    last = 0
    for end in sorted((*_marked_ends(line), *_unmarked_ends(line))):
        while whole and whole[-1][1] <= end:
            whole.pop()
        if end > last and not (whole and whole[-1][0] < end):
            last = end
            yield end


def _kept_whole(line: str) -> list[tuple[int, int]]:
    """Return the short quotations and brackets of `line`, the last first."""
    spans = [found.span() for found in _QUOTATION.finditer(line)]
    return [span for span in reversed(spans) if span[1] - span[0] <= QUOTATION_CHARS]


def _marked_ends(line: str) -> Iterator[int]:
    for mark in _END.finditer(line):
        if mark.group("tight") is not None:
            if not (_CLOSED.search(mark.group()) and _SAID.match(line, mark.end())):
                yield mark.end()
        elif not _goes_on(line, mark):
            yield mark.end()


def _goes_on(line: str, mark: regex.Match[str]) -> bool:
    """Tell whether the sentence goes on after `mark`."""
    if _GOES_ON.match(line, mark.end()):
        return True
    if _LOWER_NEXT.match(line, mark.end()):
        return not _ends_anyway(line, mark)
    if mark.group() != ".":
        return False
    if _DATELINE.match(line, 0, mark.end()) and _DASH.match(line, mark.end()):
        return True
    before = _word_before(line, mark.start())
    after = _NEXT_WORD.match(line, mark.end())
    if before is None or after is None:
        return False
    return _abbreviates(line, before, after.group("word"))


def _ends_anyway(line: str, mark: regex.Match[str]) -> bool:
    """Tell whether a sentence ends though a small letter follows: after a word too long to be an abbreviation.

    So write Kurdish (Kurmanji) and Zulu texts; NTREX's line ends of these rise by .02 to .03, no others fall.
    """
    before = _word_before(line, mark.start()) if mark.group() == "." else None
    if before is None or len(before.group()) < LONG_WORD_CHARS or not before.group().isalpha():
        return False
    return before.group().casefold() not in ABBREVIATIONS | BEFORE_NUMBERS


def _abbreviates(line: str, before: regex.Match[str], after: str) -> bool:
    """Tell whether the full stop after the word `before` belongs to it."""
    word = before.group()
    folded = word.casefold()
    if folded in ABBREVIATIONS:
        return True
    if after[0].isdigit() and folded in BEFORE_NUMBERS:
        return True
    if "." in word:
        return word[-1].isupper() and after not in ENGLISH_OPENERS
    if len(word) == 1 and word.isalpha():
        return not _follows_number(line, before.start())
    return word.isdecimal() and _is_ordinal(line, before, after)


def _follows_number(line: str, at: int) -> bool:
    return line[max(0, at - WORD_CHARS) : at].rstrip()[-1:].isdigit()


def _is_ordinal(line: str, number: regex.Match[str], after: str) -> bool:
    if int(number.group()) > LAST_DAY:
        return False
    if number.start() == 0 or after.casefold() in MONTHS:
        return True
    word = _word_before(line, number.start() - 1)
    return word is not None and word.group().casefold() in BEFORE_ORDINALS


def _word_before(line: str, end: int) -> regex.Match[str] | None:
    return _WORD_BEFORE.search(line, max(0, end - WORD_CHARS), end)


def _unmarked_ends(line: str) -> Iterator[int]:
    """Yield the spaces of a script without end marks, far enough from each other."""
    if not _UNMARKED.search(line):
        return
    last = 0
    for gap in _UNMARKED_GAP.finditer(line):
        if gap.start() - last >= UNMARKED_CHARS:
            last = gap.end()
            yield gap.start()


def _capped(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield `start`..`end` without the white space round it, in pieces of at most `CAP_CHARS`."""
    while True:
        start, end = _trimmed(text, start, end)
        if start >= end:
            return
        cut = end if end - start <= CAP_CHARS else _cut(text, start)
        yield Span(*_trimmed(text, start, cut))
        start = cut


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _cut(text: str, start: int) -> int:
    """Return the best place to cut a sentence that starts at `start` and is too long."""
    limit = start + CAP_CHARS
    for mark in _CUTS:
        places = [place.end() for place in mark.finditer(text, start + CAP_CHARS // 2, limit)]
        if places:
            return places[-1]
    # Between two characters as readers see them, unless there is one of hundreds of marks.
    ends = [seen.end() for seen in _SEEN.finditer(text, start + CAP_CHARS // 2, limit + 1)]
    return next((end for end in reversed(ends) if end <= limit), limit)
