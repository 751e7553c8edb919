"""Put right around Apertium what it does not know: scripts, abbreviations, addresses, common words, names of countries.

What must not be translated is kept back before the first step, and a made-up word stands there for it; so it is with a word that
a step marks as unknown and that `apertium_words` knows. Each must come back exactly once, or the segment is done again without.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import regex

from worldtake.engines.apertium_english import lower_second, polish
from worldtake.engines.apertium_scripts import cyrillic_serbian, latin
from worldtake.engines.apertium_stream import clean, decode, encode
from worldtake.engines.apertium_words import Words, read_words

#: Changes when these rules may give another text.
EDITION = "2"

# Letters that stand for the digits of a kept word's number: no language here has such a word.
_DIGITS = "bcdfghjkmp"
_STAND_IN = regex.compile(rf"(?i)(?<!\p{{L}})zq([{_DIGITS}]+)qz(?!\p{{L}})")
_ADDRESS = (
    r"(?:https?://|www\.)[^\s<>\"„“”«»]*[\p{L}\p{N}/]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w&])[#@][\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*"
)
#: An ending that a language with cases hangs on an abbreviation: "SAD-a", "FN:s", "NATO'nun".
_ENDING = r"(?:[-‑:’']\p{Ll}{1,5})?"
#: Two words with capitals within a sentence: a person's name, often.
_FULL_NAME = regex.compile(
    r"(?<=[\p{Ll}\p{N},;)] )(?P<first>\p{Lu}\p{Ll}+) (?P<last>\p{Lu}[\p{L}’'-]*\p{Ll})(?![\p{L}-])(?! \p{Lu})"
)
#: Languages of which it was measured: names kept rise by 0.7 to 3.4 per cent of NTREX's segments, chrF by -0.04 to 0.15.
_NAMES_KEPT = frozenset(
    ["es", "gl", "ca", "pt", "it", "fr", "ro", "sv", "da", "sl", "hr", "bs", "is", "eu"]
)
#: Words with a capital before a name that are no part of it.
_TITLES = frozenset(
    [
        "Presidente",
        "Presidenta",
        "Président",
        "Présidente",
        "Președintele",
        "Președinte",
        "Padre",
        "Père",
        "Pare",
        "Pai",
        "Mme",
        "Mlle",
        "Señor",
        "Señora",
        "Signor",
        "Signora",
        "Senhor",
        "Senhora",
        "Don",
        "Doña",
        "Dom",
        "Dona",
        "Ministro",
        "Ministra",
        "Ministre",
        "Ministru",
        "Ministrul",
        "Reverendo",
        "Révérend",
        "Papa",
        "Pape",
        "Rey",
        "Reina",
        "Roi",
        "Reine",
        "Rei",
        "Rainha",
        "Príncipe",
        "Princesa",
        "Prince",
        "Princesse",
        "Principe",
        "Țării",
        "Țara",
        "Estado",
        "Estat",
        "État",
        "Stato",
        "Statul",
        "Gobierno",
        "Govern",
        "Gouvernement",
        "Governo",
        "Guvernul",
        "Ciudad",
        "Ciutat",
        "Ville",
        "Città",
        "Orașul",
        "Cidade",
        "Costa",
        "Coasta",
        "Côte",
        "Estadio",
        "Estadi",
        "Stade",
        "Stadio",
        "Stadionul",
        "Lago",
        "Lac",
        "Río",
        "Rio",
        "Universidad",
        "Universitat",
        "Université",
        "Università",
        "Universidade",
        "Universitatea",
        "President",
        "Statsminister",
        "Kung",
        "Drottning",
        "Dronning",
        "Konge",
    ]
)
_UNKNOWN = regex.compile(r"\*(\p{L}[\p{L}\p{M}]*(?:[-’'][\p{L}\p{M}]+)*)")
_CYRILLIC = regex.compile(r"\p{Cyrillic}")
_SPACE = regex.compile(r"\s+")


@dataclass(kw_only=True, slots=True)
class Draft:
    """One segment on its way."""

    source: str
    #: What is kept back: how it will be shown, and how it stands in the source or the language in between.
    kept: list[tuple[str, str]] = field(default_factory=list)

    def keep(self, word: str, *, shown: str) -> str:
        """Return the made-up word that stands for `word`, with a capital where that has one."""
        number = "".join(_DIGITS[int(digit)] for digit in str(len(self.kept)))
        self.kept.append((shown, word))
        return f"Zq{number}qz" if word[:1].isupper() else f"zq{number}qz"

    def restored(self, text: str) -> str | None:
        """Return `text` with what was kept as it is shown; None where a part is missing or stands there twice."""
        found = [_number(match) for match in _STAND_IN.finditer(text)]
        if sorted(found) != list(range(len(self.kept))):
            return None
        return _STAND_IN.sub(lambda match: self.kept[_number(match)][0], text)

    def pivot(self, text: str) -> str:
        """Return the text of a language in between with the words that were kept from it."""
        return _STAND_IN.sub(lambda match: self._word(_number(match)), text)

    def _word(self, number: int) -> str:
        return self.kept[number][1] if number < len(self.kept) else ""


def _number(match: regex.Match[str]) -> int:
    return int("".join(str(_DIGITS.index(letter)) for letter in match[1].lower()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Editor:
    """What is done around the steps of one path."""

    #: Tags of BCP 47, the target with its script where it has one.
    target: str
    #: Base tags of the languages that the path passes, source and target included.
    languages: tuple[str, ...]
    #: Whether words are kept back and put in; without, only scripts and signs are seen to.
    keeps: bool = True
    #: Names that are kept as they are, each of several words.
    names: frozenset[str] = frozenset()

    @property
    def _is_english(self) -> bool:
        return self.languages[-1] == "en"

    def before(self, text: str) -> tuple[Draft, str]:
        """Return a segment's draft, and the encoded text for the first step."""
        draft = Draft(source=text)
        if self.languages[0] in ("sr", "bs", "hr", "sh") and _CYRILLIC.search(text):
            text = latin(text, "sr")
        if self.keeps:
            text = _pattern(self.languages[0], into_english=self._is_english).sub(
                lambda match: draft.keep(match[0], shown=self._shown(match)), text
            )
        if self.names:
            text = _FULL_NAME.sub(
                lambda match: (
                    draft.keep(match[0], shown=match[0]) if match[0] in self.names else match[0]
                ),
                text,
            )
        return draft, encode(text)

    def _shown(self, match: regex.Match[str]) -> str:
        word = match["word"]
        return match[0] if word is None else read_words(self.languages[0]).kept[word]

    def between(self, draft: Draft, piece: str, step: int) -> str:
        """Return the encoded text that a step gave, without marks, ready for the next."""
        if self.keeps and self._is_english:
            known = [read_words(each) for each in reversed(self.languages[: step + 1])]
            piece = _UNKNOWN.sub(lambda word: _kept_word(draft, word[1], known), piece)
        return clean(piece)

    def after(self, draft: Draft, text: str) -> str | None:
        """Return a segment's text as it is shown; None where something that was kept is lost."""
        whole = draft.restored(decode(text))
        if whole is None:
            return None
        if self._is_english:
            whole = polish(lower_second(latin(whole, self.languages[0]), draft.source))
        if self.target.lower().startswith("sr-cyrl"):
            whole = cyrillic_serbian(whole)
        return _SPACE.sub(" ", whole).strip()


def broken_names(source: str, translation: str, language: str) -> frozenset[str]:
    """Return the names of which the last word came through and the first was translated: "Morales" of "Pilar Morales" did."""
    if language not in _NAMES_KEPT:
        return frozenset()
    return frozenset(
        name[0]
        for name in _FULL_NAME.finditer(source)
        if name["last"] in translation
        and name["first"] not in translation
        and name["first"] not in _TITLES
    )


def _kept_word(draft: Draft, word: str, known: list[Words]) -> str:
    if _STAND_IN.fullmatch(word):
        return word
    english = next((e for e in (each.english(word) for each in known) if e is not None), None)
    if english == "":
        return ""
    return f"*{word}" if english is None else draft.keep(word, shown=english)


@cache
def _pattern(language: str, *, into_english: bool) -> regex.Pattern[str]:
    """Return what is kept back before the first step."""
    kept = read_words(language).kept if into_english else {}
    words = "|".join(regex.escape(word) for word in sorted(kept, key=len, reverse=True))
    named = rf"(?<![\p{{L}}\p{{N}}_])(?P<word>{words or '(?!)'}){_ENDING}(?![\p{{L}}\p{{N}}_])"
    return regex.compile(f"{_ADDRESS}|{named}")
