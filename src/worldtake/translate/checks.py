"""Find what is likely to be wrong with a translation, without any model: each check gives a flag."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import regex

from worldtake.text.fold import fold, words

if TYPE_CHECKING:
    from collections.abc import Collection

#: Length of translation by source under and over which it is doubted; sources that write a word in one or two characters
#: have a wider upper bound.
SHORTEST_RATIO = 0.4
LONGEST_RATIO = 2.8
LONGEST_RATIO_DENSE = 9.0
#: Sources shorter than this are not measured by length, in characters.
MEASURED_CHARS = 20
#: A run of so many words that comes again is doubted.
REPEATED_WORDS = 4
#: A translation with any of these is not taken, nor one with more doubts than allowed.
HARD_FLAGS = frozenset({"empty", "equal-to-source"})
DOUBTS_ALLOWED = 1
#: Share of the letters in the source's script from which on a translation is doubted (stage design of translation).
LEFT_SHARE = 0.05

_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_LETTER = regex.compile(r"\p{L}")
_NUMBER = regex.compile(r"\p{Nd}+")
_SCRIPTS = {
    name: regex.compile(rf"\p{{{name}}}")
    for name in [
        "Latin",
        "Cyrillic",
        "Greek",
        "Arabic",
        "Hebrew",
        "Devanagari",
        "Bengali",
        "Gurmukhi",
        "Gujarati",
        "Tamil",
        "Telugu",
        "Kannada",
        "Malayalam",
        "Sinhala",
        "Thai",
        "Lao",
        "Myanmar",
        "Khmer",
        "Georgian",
        "Armenian",
        "Ethiopic",
        "Han",
        "Hiragana",
        "Katakana",
        "Hangul",
    ]
}


def flags(source: str, target: str, *, same_language: bool = False) -> tuple[str, ...]:
    """Return what the checks find in `target` as a translation of `source`, in fixed order."""
    if not target.strip():
        return ("empty",)
    found = {
        "equal-to-source": not same_language and _equal(source, target),
        "digits-differ": _digits(source) != _digits(target),
        "length-ratio": _length_is_odd(source, target),
        "repeats": _repeats(target) and not _repeats(source),
        "source-script-left": _script_left(source, target),
    }
    return tuple(name for name, doubted in found.items() if doubted)


def is_taken(found: Collection[str]) -> bool:
    """Tell whether a translation with these flags may stand."""
    return not HARD_FLAGS.intersection(found) and len(found) <= DOUBTS_ALLOWED


def _equal(source: str, target: str) -> bool:
    return len(words(source)) > 1 and fold(source) == fold(target)


def _digits(text: str) -> Counter[str]:
    """Return the digits of `text`, in whatever script and however grouped."""
    numbers = "".join(number.group() for number in _NUMBER.finditer(text))
    return Counter(str(int(digit)) for digit in numbers)


def _length_is_odd(source: str, target: str) -> bool:
    if len(source) < MEASURED_CHARS:
        return False
    longest = LONGEST_RATIO_DENSE if _DENSE.search(source) else LONGEST_RATIO
    return not SHORTEST_RATIO <= len(target) / len(source) <= longest


def _repeats(text: str) -> bool:
    said = words(text)
    runs = Counter(
        tuple(said[at : at + REPEATED_WORDS]) for at in range(len(said) - REPEATED_WORDS + 1)
    )
    return any(times > 1 for times in runs.values())


def _script_left(source: str, target: str) -> bool:
    script = _main_script(source)
    if script is None or script == _main_script(target):
        return False
    letters = len(_LETTER.findall(target))
    return letters > 0 and len(_SCRIPTS[script].findall(target)) / letters > LEFT_SHARE


def _main_script(text: str) -> str | None:
    counted = {name: len(letters.findall(text)) for name, letters in _SCRIPTS.items()}
    best = max(counted, key=lambda name: counted[name])
    return best if counted[best] else None
