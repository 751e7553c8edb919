"""Tell whether a translation is in the language that was asked for; no model is loaded where a look at the words will do."""

from __future__ import annotations

import regex

from worldtake.translate.language import detect, glance
from worldtake.translate.paragraphs import are_near
from worldtake.translate.scripts import SHARED, SOLE, count_scripts, leading_script

#: Letters from which a text shows its language: names make up much of shorter ones, which are believed if two see the same.
LEAST_LETTERS = 40
LEAST_SURE_LETTERS = 20
#: Letters from which a text shows by its script alone that it is in no such language.
LEAST_OTHER_LETTERS = 12
#: Share of a text's words that are English function words from which on it is English: NTREX's English has .40 at the median
#: and more than this in 99 of 100 sentences of `LEAST_LETTERS`, its other languages in none of 200.
ENGLISH_SHARE = 0.2
#: Share of a text's letters in its language's script from which on it may be in that language.
OWN_SHARE = 0.15
#: Confidence from which another language is believed.
SURE = 0.95
LIKELY = 0.5
_ENGLISH_TEXT = """
a about after all also an and are as at be because been before but by can could did do does for from had has have he her his
how i if in into is it its just more most my no not of on one or our out over said she should so some than that the their them
then there these they this those to up was we were what when where which while who will with would you your
"""
_ENGLISH = frozenset(_ENGLISH_TEXT.split())
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_ONE = frozenset(("sr", "hr", "bs", "sh", "cnr"))
_SOLE_SCRIPTS = {language: script for script, language in SOLE.items()}
_SHARED_SCRIPTS = {
    language: script for script, languages in SHARED.items() for language in languages.split()
}
_EITHER_TEXT = """
sr kk ky mn tg tt uz az pa ku ckb ks sd bs ms
"""
#: Languages that are written in two scripts.
_EITHER = frozenset(_EITHER_TEXT.split())


def language_is_wrong(target: str, target_language: str) -> bool:
    """Tell whether `target` is surely in another language than `target_language` (BCP 47)."""
    base = target_language.partition("-")[0].lower()
    scripts = count_scripts(target)
    letters = scripts.total()
    if not base or base == "und" or letters < LEAST_OTHER_LETTERS:
        return False
    script = leading_script(scripts)
    if not _is_written(base, script):
        # A sentence full of names in Latin letters is led by these.
        own = sum(scripts[each] for each in _scripts_of(base))
        return script != "Latin" or own < OWN_SHARE * letters
    if script in SOLE or letters < LEAST_SURE_LETTERS or (base == "en" and _is_english(target)):
        return False
    return _is_in_other(target, base, letters)


def _is_written(language: str, script: str) -> bool:
    """Tell whether a language is written in a script, as far as that is known."""
    leading = "Hiragana" if script == "Kana" else script
    return language in _EITHER or leading in _scripts_of(language)


def _scripts_of(language: str) -> tuple[str, ...]:
    if language == "zh":
        return ("Han",)
    if language == "ja":
        return ("Hiragana", "Katakana", "Han")
    own = _SOLE_SCRIPTS.get(language) or _SHARED_SCRIPTS.get(language) or "Latin"
    return (own,)


def _is_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    return sum(word in _ENGLISH for word in words) >= ENGLISH_SHARE * len(words)


def _is_in_other(text: str, base: str, letters: int) -> bool:
    seen = glance(text)
    if seen is not None and (_same(seen, base) or are_near(seen, base)):
        return False
    if seen is None and letters < LEAST_LETTERS:
        return False
    found, confidence = detect(text, declared=(base,))
    if found == "und" or _same(found, base) or are_near(found, base):
        return False
    # Two that see another language need less: near ones share what the one would have.
    return confidence >= (LIKELY if seen is not None and letters >= LEAST_LETTERS else SURE)


def _same(one: str, other: str) -> bool:
    one, other = one.partition("-")[0], other.partition("-")[0]
    return one == other or {one, other} <= _ONE or {one, other} <= {"no", "nb", "nn"}
