"""Normal forms of text: what counts as the same word."""

from __future__ import annotations

import unicodedata

import regex

_SPACES = regex.compile(r"\s+")
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}\p{M}\p{N}]+)*")


def squeeze(text: str) -> str:
    """Return `text` in NFC with each run of white space as one space, ends trimmed."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Return `text` for comparison: NFKC, case folded, without combining accents, squeezed.

    Accents are dropped from Latin and Greek letters only: elsewhere they make other letters (й) or vowels (हि).
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", text)
    kept: list[str] = []
    for char in decomposed:
        if unicodedata.combining(char) and kept and _drops_accents(kept[-1]):
            continue
        kept.append(char)
    return squeeze(unicodedata.normalize("NFKC", "".join(kept)).casefold())


def words(text: str) -> list[str]:
    """Return the words of `text`, folded; scripts without spaces give runs of letters."""
    return [match.group() for match in _WORD.finditer(fold(text))]


def _drops_accents(base: str) -> bool:
    return base.isascii() or "\u0370" <= base <= "\u03ff"
