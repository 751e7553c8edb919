"""Say which language an article is in: by its script where one language alone uses that, else by py3langid with priors.

What the page and the outlet declare, and the languages of the outlet's country, count as priors: they decide between near
languages and short texts, and are overruled by clear words. Serbian, Croatian and Bosnian are told apart by country, since their
words are one; Chinese and Serbian carry their script.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import regex
from babel.languages import get_official_languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from worldtake.model import Article

#: How much of the text is looked at, characters.
LEAD_CHARS = 1500
#: Letters below which a text shows no language; a letter of Chinese, Japanese or Korean counts twice.
LEAST_LETTERS = 10
#: Confidence below which the language is unknown.
LEAST_CONFIDENCE = 0.15
#: By how much a declared language gains, and one of the outlet's country.
DECLARED_FACTOR = 6.0
COUNTRY_FACTOR = 2.0
#: By how much a language loses that hardly any outlet publishes in: its words are near a larger one's.
RARE_FACTOR = 0.1
#: Those languages, among the ones that py3langid knows.
_RARE = frozenset(
    [
        "ace",
        "an",
        "bcl",
        "br",
        "crh",
        "dz",
        "eo",
        "ext",
        "fo",
        "fuv",
        "gcf",
        "gcr",
        "gom",
        "gug",
        "guw",
        "hbo",
        "grc",
        "ht",
        "kab",
        "kik",
        "la",
        "lij",
        "ltg",
        "oc",
        "pcm",
        "qu",
        "sa",
        "se",
        "vec",
        "vo",
        "wa",
        "zxx",
    ]
)
#: Share of kana among Chinese characters and kana from which a text is Japanese: headlines may hold few.
KANA_SHARE = 0.06
#: Confidence of an answer that rests on the script alone.
SCRIPT_CONFIDENCE = 0.99

#: Scripts that one language of the press alone uses.
_SOLE = {
    "Greek": "el", "Thai": "th", "Hangul": "ko", "Armenian": "hy", "Georgian": "ka", "Tamil": "ta",
    "Telugu": "te", "Kannada": "kn", "Malayalam": "ml", "Gujarati": "gu", "Gurmukhi": "pa",
    "Sinhala": "si", "Khmer": "km", "Lao": "lo", "Myanmar": "my", "Oriya": "or", "Tibetan": "bo",
    "Thaana": "dv",
}  # fmt: skip
#: Scripts that several languages use -> those that py3langid knows.
_SHARED = {
    "Cyrillic": "ru uk bg sr mk be kk ky mn tg tt ba cv ce os sah udm mhr myv krc ab av kv",
    "Arabic": "ar fa ur ps ug ckb sd sdh arz azb pnb ks",
    "Devanagari": "hi mr ne sa mai bho kok awa new doi brx",
    "Bengali": "bn as bpy mni",
    "Hebrew": "he yi",
    "Ethiopic": "am ti",
}
_SCRIPTS = (*_SOLE, *_SHARED, "Han", "Hiragana", "Katakana", "Latin")
_ONE = {name: regex.compile(rf"\p{{Script={name}}}") for name in _SCRIPTS}
_LETTER = regex.compile(r"\p{L}")
_NOISE = regex.compile(r"https?://\S+|\S+@\S+|[#@]\w+|\p{N}+")
#: What py3langid tells apart and the press does not.
_MERGED = {
    "wuu": "zh", "yue": "zh", "lzh": "zh", "sdh": "ckb", "arz": "ar", "pnb": "pa", "azb": "az",
    "ary": "ar", "uzs": "uz", "hbo": "he", "grc": "el", "zxx": "und",
}  # fmt: skip
_SOUTH_SLAVIC = frozenset(("sr", "hr", "bs", "sh", "cnr"))
_SOUTH_SLAVIC_OF = {"RS": "sr-Latn", "ME": "sr-Latn", "XK": "sr-Latn", "HR": "hr", "BA": "bs"}
_TRADITIONAL = frozenset(("TW", "HK", "MO"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectLanguage:
    """Set an article's language and how sure that is."""

    name: ClassVar[str] = "detect"
    version: ClassVar[int] = 1

    #: Languages that count as declared for every article, BCP 47.
    prior: tuple[str, ...] = ()
    #: `Outlet.id` -> country (ISO 3166-1 alpha-2).
    countries: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __call__(self, article: Article) -> Article:
        """Return the article with its language; what its page declared counts as a prior."""
        declared = (article.language, *self.prior) if article.language != "und" else self.prior
        country = self.countries.get(article.outlet_id or "") or article.original_country
        language, confidence = detect(
            f"{article.title}\n{article.text[:LEAD_CHARS]}", declared=declared, country=country
        )
        return replace(article, language=language, language_confidence=confidence)


def detect(
    text: str, *, declared: Sequence[str] = (), country: str | None = None
) -> tuple[str, float]:
    """Return the language of `text` (BCP 47, `und` where unsure) and the confidence, 0 to 1."""
    cleaned = _NOISE.sub(" ", text[: 2 * LEAD_CHARS])
    scripts = _scripts(cleaned)
    if _size(scripts) < LEAST_LETTERS:
        return "und", 0.0
    script = _leading(scripts)
    if script in _SOLE:
        return _SOLE[script], SCRIPT_CONFIDENCE
    if script == "Kana":
        return "ja", SCRIPT_CONFIDENCE
    if script == "Han":
        return _chinese(cleaned, declared, country), SCRIPT_CONFIDENCE
    language, confidence = _ranked(cleaned, script, declared, country)
    if confidence < LEAST_CONFIDENCE:
        return "und", confidence
    return _settled(language, script, declared, country), confidence


def _scripts(text: str) -> Counter[str]:
    """Return how many letters are of which script."""
    if text.isascii():
        return Counter({"Latin": sum(map(str.isalpha, text))})
    counts = Counter({name: len(pattern.findall(text)) for name, pattern in _ONE.items()})
    counts["other"] = max(0, len(_LETTER.findall(text)) - counts.total())
    return counts


def _size(scripts: Counter[str]) -> int:
    dense = sum(scripts[name] for name in ("Han", "Hiragana", "Katakana", "Hangul"))
    return scripts.total() + dense


def _leading(scripts: Counter[str]) -> str:
    """Return the script that most of the text is in; `Kana` for Japanese."""
    kana = scripts["Hiragana"] + scripts["Katakana"]
    east = kana + scripts["Han"]
    # A Chinese or Japanese letter says as much as two of an alphabet: foreign names do not outvote it.
    weighed = Counter({name: n for name, n in scripts.items() if n and name not in _EAST})
    weighed["Han"] = 2 * east
    weighed["Hangul"] = 2 * scripts["Hangul"]
    leading = weighed.most_common(1)[0][0]
    return "Kana" if leading == "Han" and kana > KANA_SHARE * east else leading


_EAST = frozenset(("Han", "Hiragana", "Katakana", "Hangul"))


def _chinese(text: str, declared: Sequence[str], country: str | None) -> str:
    """Return `zh-Hans` or `zh-Hant` by the letters that only one of the two national character sets holds."""
    only_simplified = only_traditional = 0
    for char in _ONE["Han"].findall(text):
        in_china, in_taiwan = _encodes(char, "gb2312"), _encodes(char, "big5")
        only_simplified += in_china and not in_taiwan
        only_traditional += in_taiwan and not in_china
    if only_simplified != only_traditional:
        return "zh-Hant" if only_traditional > only_simplified else "zh-Hans"
    said = {part for tag in declared for part in tag.split("-")}
    return "zh-Hant" if country in _TRADITIONAL or said & {*_TRADITIONAL, "Hant"} else "zh-Hans"


@cache
def _encodes(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _ranked(
    text: str, script: str, declared: Sequence[str], country: str | None
) -> tuple[str, float]:
    """Return the best language of the script, likelihood times priors, and its share."""
    allowed = _allowed(script)
    likely = {
        _MERGED.get(language, language): share
        for language, share in reversed(_identifier().rank(_spaced(text)))
        if language in allowed or (not allowed and language not in _elsewhere())
    }
    if not likely:
        return "und", 0.0
    said = {_base(tag) for tag in declared}
    home = _home_languages(country)
    weighed = {
        language: share
        * (DECLARED_FACTOR if language in said else 1.0)
        * (COUNTRY_FACTOR if language in home else 1.0)
        * (RARE_FACTOR if language in _RARE - said - home else 1.0)
        for language, share in likely.items()
    }
    total = sum(weighed.values()) or 1.0
    near = _SOUTH_SLAVIC & weighed.keys()
    best = max(weighed, key=lambda language: weighed[language])
    shown = sum(weighed[each] for each in near) if best in near else weighed[best]
    return best, round(min(1.0, shown / total), 4)


def _spaced(text: str) -> str:
    return " ".join(text.split())[: LEAD_CHARS + 300]


def _base(tag: str) -> str:
    first = tag.partition("-")[0].lower()
    return {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no"}.get(first, first)


@cache
def _allowed(script: str) -> frozenset[str]:
    """Return the languages of a script; none for Latin and rare scripts, where all others are allowed."""
    return frozenset(_SHARED.get(script, "").split())


@cache
def _elsewhere() -> frozenset[str]:
    """Return the languages that are not written in Latin letters alone."""
    cyrillic_or_latin = {"sr", "kk", "ky", "mn", "tg", "tt"}
    shared = {each for names in _SHARED.values() for each in names.split()} - cyrillic_or_latin
    return frozenset((*_SOLE.values(), *shared, "zh", "ja", "wuu", "yue"))


@cache
def _home_languages(country: str | None) -> frozenset[str]:
    if not country:
        return frozenset()
    found: Iterable[str] = get_official_languages(country, regional=True, de_facto=True)
    return frozenset(_base(each.replace("_", "-")) for each in found)


def _settled(language: str, script: str, declared: Sequence[str], country: str | None) -> str:
    """Return the tag of a language, with country and script where they decide."""
    if language not in _SOUTH_SLAVIC:
        return language
    if script == "Cyrillic":
        return "sr-Cyrl"
    if country in _SOUTH_SLAVIC_OF:
        return _SOUTH_SLAVIC_OF[country]
    said = next((_base(tag) for tag in declared if _base(tag) in _SOUTH_SLAVIC), language)
    return {"hr": "hr", "bs": "bs"}.get(said, "sr-Latn")


@cache
def _identifier() -> Any:
    """Load the model once a process: it takes a second and 130 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads numpy tables

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
