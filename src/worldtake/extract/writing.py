"""Measure lines of any script: how much they say, whether they end as a sentence does, whether they are headline-like."""

from __future__ import annotations

import re

import regex

from worldtake.text.fold import words

#: How many Latin letters one letter says: Chinese, Japanese and Korean news run to about 40, 45 and 50 per cent of the
#: characters of the same news in English.
_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_WIDE_LETTER = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_SYLLABIC = regex.compile(r"\p{Hangul}")
#: Scripts that end sentences with nothing or a space.
_UNMARKED = regex.compile(r"[\p{Thai}\p{Lao}]")
_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)
_LETTER = regex.compile(r"[\p{L}\p{N}]")
#: Ends of sentences, with what may close after them.
_TERMINAL = regex.compile(r"[.!?。！？｡؟۔।॥።։။។፧᙮…‽:：;]['\"”’»›“„」』）)\]]*$")
_CLOSED_QUOTE = regex.compile(r"[”»」』\"]$")
_ELLIPSIS = regex.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])$")
_INNER_END = regex.compile(
    r"[\p{L}\p{N}”’\"»)]{2}[.!?。！？؟۔।]['\"”’»]?(?:\s+[\p{Lu}\p{Lo}“‘\"«]|(?<=[。！？])\p{Lo})"
)
#: How much of a line's end is looked at for what closes it, characters.
END_CHARS = 16
_NO_LETTERS = re.compile(r"[\W_]+")
_SPACES = regex.compile(r"\s+")
_WIDE = "\u3000"
#: Letters from which a line can be a headline (Latin letters' worth).
HEADLINE_WEIGHT = 18
#: Letters above which no line is a headline.
HEADLINE_MAX_WEIGHT = 240
#: Letters above which a headline holds no end of a sentence.
LONG_HEADLINE_WEIGHT = 150
#: Fewest words of a headline.
HEADLINE_WORDS = 3
#: How much of a text is compared to tell that another is the same, characters.
KEY_CHARS = 300


def one_line(text: str) -> str:
    """Return `text` with each run of white space as one space; a lone full-width space stays, for it parts phrases."""
    if _WIDE not in text:
        return " ".join(text.split())
    return _SPACES.sub(lambda run: _WIDE if run.group() == _WIDE else " ", text.strip())


def weight(text: str) -> int:
    """Return how many Latin letters' worth `text` is."""
    if text.isascii() or not _WIDE_LETTER.search(text):
        return len(text)
    dense = len(_DENSE.findall(text))
    return len(text) + dense + (len(_SYLLABIC.findall(text)) if dense < len(text) // 2 else 0)


def word_count(text: str) -> int:
    """Return the number of words; scripts without spaces count two letters as one."""
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    return max(len(text.split()), unspaced // 2)


def is_mark(text: str) -> bool:
    """Tell whether a line holds no letter and no digit."""
    return not _LETTER.search(text)


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends as a sentence does; cut short by an ellipsis it does not."""
    return bool(_TERMINAL.search(text[-END_CHARS:])) and not is_cut(text)


def is_cut(text: str) -> bool:
    """Tell whether a line was cut short."""
    return bool(_ELLIPSIS.search(text[-END_CHARS:]))


def closes_quote(text: str) -> bool:
    """Tell whether a line ends with a closing quotation mark."""
    return bool(_CLOSED_QUOTE.search(text[-1:]))


def unmarked_script(text: str) -> bool:
    """Tell whether most of the text is in a script that marks no end of sentences."""
    return not text.isascii() and len(_UNMARKED.findall(text)) * 2 > len(text)


def inner_ends(text: str) -> int:
    """Return how many sentences end within the text."""
    return len(_INNER_END.findall(text))


def is_headline(text: str) -> bool:
    """Tell whether a line has the size and shape of a headline."""
    size = weight(text)
    if not HEADLINE_WEIGHT <= size <= HEADLINE_MAX_WEIGHT or word_count(text) < HEADLINE_WORDS:
        return False
    if inner_ends(text) > 1 or (inner_ends(text) and size > LONG_HEADLINE_WEIGHT):
        return False
    return not text.endswith((".", "。", "।", "۔", ":", "：", ",", "，")) or text.endswith(
        ("...", ".”")
    )


def is_shouted(text: str) -> bool:
    """Tell whether a line is in capitals."""
    return text.isupper() and any(char.isalpha() for char in text)


def letters_key(text: str) -> str:
    """Return the letters and digits of a text in lower case: equal for texts that differ in marks and spaces alone."""
    return "".join(filter(str.isalnum, text[:KEY_CHARS].casefold()))


def letters(text: str) -> str:
    """Return the letters and digits of all of a text in lower case."""
    return _NO_LETTERS.sub("", text.casefold())


def word_key(text: str) -> tuple[str, ...]:
    """Return the words of a line as a key under which near-equal lines are equal."""
    return tuple(words(text))


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return the share of the shorter line's words that are in the longer, 0 to 1."""
    shorter, longer = sorted((set(one), set(other)), key=len)
    return len(shorter & longer) / len(shorter) if shorter else 0.0
