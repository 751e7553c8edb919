"""Count the scripts of a text, and name the one that most of it is in."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import regex

#: Scripts that one language of the press alone uses.
SOLE = {
    "Greek": "el", "Thai": "th", "Hangul": "ko", "Armenian": "hy", "Georgian": "ka", "Tamil": "ta",
    "Telugu": "te", "Kannada": "kn", "Malayalam": "ml", "Gujarati": "gu", "Gurmukhi": "pa",
    "Sinhala": "si", "Khmer": "km", "Lao": "lo", "Myanmar": "my", "Oriya": "or", "Tibetan": "bo",
    "Thaana": "dv",
}  # fmt: skip
#: Scripts that several languages use -> those that py3langid knows.
SHARED = {
    "Cyrillic": "ru uk bg sr mk be kk ky mn tg tt ba cv ce os sah udm mhr myv krc ab av kv",
    "Arabic": "ar fa ur ps ug ckb sd sdh arz azb pnb ks",
    "Devanagari": "hi mr ne sa mai bho kok awa new doi brx",
    "Bengali": "bn as bpy mni",
    "Hebrew": "he yi",
    "Ethiopic": "am ti",
}
#: Share of kana among Chinese characters and kana from which a text is Japanese: headlines may hold few.
KANA_SHARE = 0.06
#: What a letter weighs that is not Latin: names stay in Latin letters in texts of every script, the reverse is rare.
OTHER_WEIGHT = 2

_EAST = frozenset(("Han", "Hiragana", "Katakana"))
_ONE = {
    name: regex.compile(rf"\p{{Script={name}}}")
    for name in ("Latin", *SHARED, *SOLE, "Han", "Hiragana", "Katakana")
}


def count_scripts(text: str) -> Counter[str]:
    """Return how many letters and vowel signs are of which script."""
    if text.isascii():
        return Counter({"Latin": sum(map(str.isalpha, text))})
    counts: Counter[str] = Counter()
    for char, times in Counter(text).items():
        script = script_of(char)
        if script:
            counts[script] += times
    return counts


@lru_cache(maxsize=20_000)
def script_of(char: str) -> str:
    """Return the script of a letter or vowel sign; empty for all else, `other` for a script of no language known here."""
    found = next((name for name, pattern in _ONE.items() if pattern.match(char)), "")
    return found or ("other" if char.isalpha() else "")


def weight(scripts: Counter[str]) -> int:
    """Return how much text the letters are: those of a script that is not Latin say more, or more surely."""
    return OTHER_WEIGHT * scripts.total() - (OTHER_WEIGHT - 1) * scripts["Latin"]


def leading_script(scripts: Counter[str]) -> str:
    """Return the script that most of the text is in; `Kana` for Japanese, empty where there are no letters."""
    kana = scripts["Hiragana"] + scripts["Katakana"]
    east = kana + scripts["Han"]
    weighed = Counter({name: OTHER_WEIGHT * n for name, n in scripts.items() if name not in _EAST})
    weighed["Latin"] = scripts["Latin"]
    weighed["Han"] = OTHER_WEIGHT * east
    leading, most = weighed.most_common(1)[0]
    if not most:
        return ""
    return "Kana" if leading == "Han" and kana > KANA_SHARE * east else leading
