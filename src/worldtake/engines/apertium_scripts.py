"""Write Cyrillic words in Latin letters, as English newspapers do, and Serbian in either of its scripts."""

from __future__ import annotations

import regex

# Letter by letter; Macedonian has letters of its own, and writes some sounds otherwise than Bulgarian.
_BULGARIAN = dict(
    pair.split(":")
    for pair in [
        "а:a",
        "б:b",
        "в:v",
        "г:g",
        "д:d",
        "е:e",
        "ж:zh",
        "з:z",
        "и:i",
        "й:y",
        "к:k",
        "л:l",
        "м:m",
        "н:n",
        "о:o",
        "п:p",
        "р:r",
        "с:s",
        "т:t",
        "у:u",
        "ф:f",
        "х:h",
        "ц:ts",
        "ч:ch",
        "ш:sh",
        "щ:sht",
        "ъ:a",
        "ь:y",
        "ю:yu",
        "я:ya",
        "ѝ:i",
    ]
)
_MACEDONIAN = _BULGARIAN | dict(
    pair.split(":") for pair in ["ѓ:gj", "ѕ:dz", "ј:j", "љ:lj", "њ:nj", "ќ:kj", "џ:j", "ц:c", "ѐ:e"]
)
_RUSSIAN = _BULGARIAN | dict(
    pair.split(":")
    for pair in [
        "щ:shch",
        "ъ:",
        "ь:",
        "ы:y",
        "э:e",
        "ё:yo",
        "х:kh",
        "є:ye",
        "і:i",
        "ї:yi",
        "ґ:g",
        "ў:u",
    ]
)
_SERBIAN = dict(
    pair.split(":")
    for pair in [
        "а:a",
        "б:b",
        "в:v",
        "г:g",
        "д:d",
        "ђ:đ",
        "е:e",
        "ж:ž",
        "з:z",
        "и:i",
        "ј:j",
        "к:k",
        "л:l",
        "љ:lj",
        "м:m",
        "н:n",
        "њ:nj",
        "о:o",
        "п:p",
        "р:r",
        "с:s",
        "т:t",
        "ћ:ć",
        "у:u",
        "ф:f",
        "х:h",
        "ц:c",
        "ч:č",
        "џ:dž",
        "ш:š",
    ]
)
_BY_LANGUAGE = {"mk": _MACEDONIAN, "bg": _BULGARIAN, "sr": _SERBIAN, "bs": _SERBIAN}
_CYRILLIC_WORD = regex.compile(r"\p{Cyrillic}+")
_SERBIAN_BACK = {latin: cyrillic for cyrillic, latin in _SERBIAN.items()}
_SERBIAN_LETTER = regex.compile(r"(?i)dž|lj|nj|[a-zđšžčć]")


def latin(text: str, language: str) -> str:
    """Return `text` with its Cyrillic words in Latin letters, as they are read in a language (base tag of BCP 47)."""
    letters = _BY_LANGUAGE.get(language, _RUSSIAN)
    return _CYRILLIC_WORD.sub(lambda word: _in_latin(word[0], letters), text)


def _in_latin(word: str, letters: dict[str, str]) -> str:
    is_shouted = len(word) > 1 and word.isupper()
    return "".join(_cased(letters.get(c.lower(), c), c, is_shouted=is_shouted) for c in word)


def _cased(letters: str, like: str, *, is_shouted: bool) -> str:
    if not like.isupper():
        return letters
    return letters.upper() if is_shouted else letters.capitalize()


def cyrillic_serbian(text: str) -> str:
    """Return Serbian in Latin letters in Cyrillic; words with other letters (q, w, x, y) stay."""
    return regex.sub(r"\p{Latin}+", lambda word: _in_cyrillic(word[0]), text)


def _in_cyrillic(word: str) -> str:
    found = _SERBIAN_LETTER.findall(word)
    if any(each.lower() not in _SERBIAN_BACK for each in found) or "".join(found) != word:
        return word
    return "".join(_cased(_SERBIAN_BACK[c.lower()], c[0], is_shouted=False) for c in found)
