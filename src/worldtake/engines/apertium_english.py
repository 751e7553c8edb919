"""Write what Apertium gives as English does: quotation marks, numbers, spaces, small letters."""

from __future__ import annotations

from itertools import islice

import regex

#: Words that begin with a small letter within a sentence; Apertium hands them the capital of a word that it drops or moves.
_SMALL = (
    "The A An And Or But Of In On At To For With From By It He She They We You His Her Their That This Which Who Is Are "
    "Was Were Has Have Had Not As Be Been Will"
).replace(" ", "|")
_CAPITALISED = regex.compile(rf"(?<=[\p{{Ll}},] )(?:{_SMALL})(?= \p{{Ll}})")
_OPEN_GUILLEMET = regex.compile(r"«\s+")
_CLOSE_GUILLEMET = regex.compile(r"\s+»")
_QUOTE = regex.compile(r"[„“”«»‟]")
_APOSTROPHE = regex.compile(r"(?<=\w)’(?=\w)")
_POINTS = regex.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.]|,\d{3})")
_SPACES = regex.compile(r"(?<![\d.,]\s|[\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d|[ \u00a0]\d)")
_DECIMAL = regex.compile(r"(?<![\d.,])(\d+),(\d{1,2})(?![\d,.])")
_PERCENT = regex.compile(r"(\d)\s%")
_BEFORE_MARK = regex.compile(r"\s+([:;?!,.])(?=\s|$|\")")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’-]*")
_TWICE = regex.compile(r"(?i)\b(the|an?|his|its|their) (?=the\b)")


def lower_second(text: str, source: str) -> str:
    """Return `text` with a small letter at its second word where the source has one there and begins with the same word.

    Where a sentence begins with a word that it does not know, Apertium gives the capital to the next one as well.
    """
    before = [word[0] for word in islice(_WORD.finditer(source), 2)]
    after = list(islice(_WORD.finditer(text), 2))
    if len(before) < 2 or len(after) < 2 or before[0].lower() != after[0][0].lower():  # noqa: PLR2004 (the second)
        return text
    word, place = after[1][0], after[1].start()
    if not before[1][0].islower() or word == "I" or (len(word) > 1 and word.isupper()):
        return text
    return text[:place] + word[0].lower() + text[place + 1 :]


def polish(text: str) -> str:
    """Return `text` with the marks, numbers and small letters of English."""
    text = _QUOTE.sub('"', _CLOSE_GUILLEMET.sub("»", _OPEN_GUILLEMET.sub("«", text)))
    text = _APOSTROPHE.sub("'", text)
    text = _POINTS.sub(lambda number: number[0].replace(".", ","), text)
    text = _SPACES.sub(lambda number: ",".join(number[0].split()), text)
    text = _DECIMAL.sub(r"\1.\2", text)
    text = _BEFORE_MARK.sub(r"\1", _PERCENT.sub(r"\1%", text))
    text = _TWICE.sub("", text)
    return _CAPITALISED.sub(lambda word: word[0].lower(), text)
