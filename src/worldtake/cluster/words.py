"""Turn text into terms: stems where Snowball knows the language, pairs of characters where words are not spaced.

Terms carry their language (`en:flood`), so that the same letters in two languages are two terms.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

import regex
import snowballstemmer

from worldtake.cluster.stopwords import stop_words
from worldtake.text.fold import fold

#: Language -> Snowball algorithm.
ALGORITHMS = {
    "ar": "arabic",
    "bs": "serbian",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hr": "serbian",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
#: Inflected languages without a Snowball stemmer: words are cut to `PREFIX_CHARS`.
INFLECTED = frozenset(("be", "bg", "et", "ka", "kk", "lv", "mk", "sk", "sl", "sq", "uk", "uz"))
#: Letters kept of a word of an inflected language without a stemmer.
PREFIX_CHARS = 6
#: Words remembered of one language; then it begins anew.
MOST_KNOWN = 100_000
#: Shortest term in letters, for scripts with an alphabet.
SHORTEST = 2

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")
_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー々]+"
)


def base_language(tag: str) -> str:
    """Return the language of a BCP 47 tag without script and region, `und` where empty."""
    return tag.replace("_", "-").split("-", 1)[0].lower() or "und"


@dataclass(slots=True)
class Terms:
    """Read the terms of texts in one language; remembers the latest words."""

    #: Base language, such as `en`.
    language: str
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _stemmer: Any = field(default=None, repr=False)
    _stops: frozenset[str] = field(default=frozenset(), repr=False)

    def __post_init__(self) -> None:
        algorithm = ALGORITHMS.get(self.language)
        self._stemmer = snowballstemmer.stemmer(algorithm) if algorithm else None
        self._stops = stop_words(self.language)

    def __call__(self, text: str, most: int | None = None) -> list[str]:
        """Return the terms of `text` in order, without stop words; the first `most`."""
        lowered = (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        found: list[str] = []
        for token in _WORD.findall(lowered):
            known = self._known.get(token)
            if known is None:
                known = self._known[token] = self._read(token)
            found.extend(known)
            if most is not None and len(found) >= most:
                return found[:most]
        return found

    def _read(self, token: str) -> tuple[str, ...]:
        if not token.isascii() and _UNSPACED.search(token):
            return tuple(f"{self.language}:{pair}" for pair in _grams(token))
        if token in self._stops or len(token) < SHORTEST or _folded(token) in self._stops:
            return ()
        return (f"{self.language}:{self._stem(token)}",)

    def _stem(self, token: str) -> str:
        if self._stemmer is not None:
            return _folded(self._stemmer.stemWord(token))
        folded = _folded(token)
        return folded[:PREFIX_CHARS] if self.language in INFLECTED else folded


def _folded(token: str) -> str:
    """Return a token in lower case as `fold` gives it: most are ASCII, and that already."""
    return token if token.isascii() else fold(token)


def _grams(token: str) -> list[str]:
    grams: list[str] = []
    for piece in regex.split(r"([\p{Latin}\p{N}]+)", token):
        if not piece:
            continue
        if len(piece) == 1 or not _UNSPACED.match(piece):
            grams.append(piece)
        else:
            grams.extend(piece[start : start + 2] for start in range(len(piece) - 1))
    return grams
