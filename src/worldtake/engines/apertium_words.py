"""Know words that Apertium does not: a lexicon of our own, and names of countries.

The lexicon is a file a language in `apertium_lexicon`: lines `word|word = English`; nothing to the right of the sign drops the
word. A line that begins with `!` names what Apertium takes for something else, and is kept from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING

import regex
from babel import Locale, UnknownLocaleError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Language -> whose file and whose names of countries it shares.
SHARED = {"bs": "hr", "sr": "hr", "sh": "hr", "nb": "da", "no": "da", "nn": "da"}
#: Letters of a country's name that must stand at the beginning of a word, and by how many it may go on.
LEAST_STEM = 4
LONGEST_ENDING = 3

_COMMENT = regex.compile(r"\s*#.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is known of one language's words, into English."""

    #: Word -> English, for words that Apertium marks as unknown.
    unknown: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: Words and phrases that are kept from it -> English.
    kept: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: Names of countries, in lower case -> English.
    countries: Mapping[str, str] = field(default_factory=dict, repr=False)

    def english(self, word: str) -> str | None:
        """Return what a word is in English; empty to drop it, None where it is not known."""
        found = self.kept.get(word)
        if found is None:
            found = self.unknown.get(word)
        if found is None:
            found = self.unknown.get(word.lower())
            found = found and (found[:1].upper() + found[1:] if word[:1].isupper() else found)
        if found is None and word[:1].isupper():
            found = self._country(word.lower())
        return found

    def _country(self, word: str) -> str | None:
        """Return the country of a word that is its name in any case: "Indoneziji" is Indonesia."""
        if word in self.countries:
            return self.countries[word]
        for cut in range(1, LONGEST_ENDING + 1):
            stem = word[:-cut]
            if len(stem) >= LEAST_STEM and stem in self.countries:
                return self.countries[stem]
        return None


@cache
def read_words(language: str) -> Words:
    """Return what is known of a language's words (base tag of BCP 47)."""
    folder = files("worldtake.engines") / "apertium_lexicon"
    listed = [folder / f"{name}.txt" for name in ("names", SHARED.get(language, language))]
    unknown: dict[str, str] = {}
    kept: dict[str, str] = {}
    lines = (file.read_text("utf-8").splitlines() for file in listed if file.is_file())
    for line in chain.from_iterable(lines):
        left, _, english = _COMMENT.sub("", line).partition("=")
        into = kept if left.startswith("!") else unknown
        words = (word.strip() for word in left.lstrip("!").split("|"))
        into |= dict.fromkeys(filter(None, words), english.strip())
    return Words(unknown=unknown, kept=kept, countries=_countries(language))


def _countries(language: str) -> dict[str, str]:
    """Return the names of countries that are one word, and their stems, as the Common Locale Data Repository has them."""
    names: dict[str, str] = {}
    english = Locale("en").territories
    for tag in (language, f"{language}_Latn"):
        try:
            own = Locale.parse(tag).territories
        except (UnknownLocaleError, ValueError):
            continue
        for code, name in own.items():
            if code.isalpha() and regex.fullmatch(r"\p{L}+", name) and code in english:
                names[name.lower()] = english[code]
    stems = {regex.sub(r"[aeioаеоияй]+$", "", name): value for name, value in names.items()}
    return {stem: value for stem, value in stems.items() if len(stem) >= LEAST_STEM} | names
