"""Tell what of a source stands untranslated in its translation: all of it, letters of its script, most of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from worldtake.model import base_language
from worldtake.text.fold import fold
from worldtake.translate.paragraphs import are_near
from worldtake.translate.scripts import count_scripts, leading_script

if TYPE_CHECKING:
    from collections import Counter

#: Share of the letters in the source's script from which on a translation is doubted (stage design of translation).
LEFT_SHARE = 0.05
#: Letters of the source's script that are let pass: a name in brackets is shorter in most cases.
LEFT_LETTERS = 3
#: Share of a translation's longer words that stand in the source as well from which on it is doubted, and how many at least.
WORDS_SHARE = 0.5
LEAST_WORDS = 4
#: Letters of the words that are compared: shorter ones are the same in many languages by chance.
WORD_LETTERS = 4
#: Words of a sentence from which on near languages do not write it the same.
NEAR_WORDS = 8
#: Languages that differ in name more than in words.
_ONE = frozenset(("sr", "hr", "bs", "sh", "cnr"))
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_EAST = frozenset(("Han", "Kana"))
#: A word in brackets or quotation marks, which translators leave in the original beside the translation.
_ASIDE = regex.compile(
    r"\([^()]{1,60}\)|（[^（）]{1,60}）|“[^“”]{1,40}”|\"[^\"]{1,40}\"|«[^«»]{1,40}»"
)


def is_equal(
    source: str, target: str, source_language: str = "", target_language: str = ""
) -> bool:
    """Tell whether `target` is `source` again though there was something to translate in it.

    Names, numbers and single words may be the same in both languages, and so may sentences of languages that are one in all but
    name; those of near languages from `NEAR_WORDS` words on are not.
    """
    if len(source.split()) != len(target.split()) or fold(source) != fold(target):
        return False
    ours = base_language(source_language)
    theirs = base_language(target_language)
    if ours and (ours == theirs or {ours, theirs} <= _ONE):
        return False
    words: list[str] = _WORD.findall(source)
    if leading_script(count_scripts(source)) not in ("Latin", "Cyrillic", "Greek", "Armenian", ""):
        return _script_is_foreign(source, theirs) or len(words) > 1
    least = NEAR_WORDS if ours and theirs and are_near(ours, theirs) else 2
    return sum(word[0].islower() for word in words) >= least


def script_left(source: str, target: str) -> bool:
    """Tell whether more of `target` is in the script of `source` than names in brackets make."""
    if target.isascii():
        return False
    scripts = count_scripts(source)
    script = leading_script(scripts)
    theirs = count_scripts(target)
    if not script or script == leading_script(theirs) or script == "Latin":
        return False
    left = theirs[script] if script not in _EAST else _east(theirs)
    if left <= LEFT_SHARE * theirs.total():
        return False
    plain = count_scripts(_ASIDE.sub(" ", target))
    left = plain[script] if script not in _EAST else _east(plain)
    return left >= LEFT_LETTERS and left > LEFT_SHARE * plain.total()


def words_left(
    source: str, target: str, source_language: str = "", target_language: str = ""
) -> bool:
    """Tell whether most of the longer words of `target` are those of `source`, names aside."""
    ours = base_language(source_language)
    theirs = base_language(target_language)
    if (ours and theirs and (ours == theirs or are_near(ours, theirs))) or {ours, theirs} <= _ONE:
        return False
    words = [word for word in _WORD.findall(target) if len(word) >= WORD_LETTERS and word.islower()]
    if len(words) < LEAST_WORDS:
        return False
    known = frozenset(_WORD.findall(source))
    return sum(word in known for word in words) >= WORDS_SHARE * len(words)


def _script_is_foreign(source: str, target_language: str) -> bool:
    """Tell whether the target's language is written in another script than that of `source`, as far as its tag tells."""
    if leading_script(count_scripts(source)) in _EAST:
        return target_language not in ("", "zh", "ja", "ko", "yue")
    return target_language == "en"


def _east(scripts: Counter[str]) -> int:
    return sum(scripts[each] for each in ("Han", "Hiragana", "Katakana"))
