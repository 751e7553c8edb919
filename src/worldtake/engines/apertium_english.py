"""Write what Apertium gives as English does: quotation marks, numbers, spaces, small letters."""

from __future__ import annotations

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
_TWICE = regex.compile(r"(?i)\b(the|an?|his|its|their) (?=the\b)")


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
