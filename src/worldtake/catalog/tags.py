"""Languages and countries out of what sites and feeds declare: `pt_BR`, `zh-TW`, `https://example.co.za`."""

from __future__ import annotations

from functools import cache

import regex
from babel.core import get_global
from babel.languages import get_official_languages

from worldtake.catalog.index import domain_of
from worldtake.places import countries, country, language_name

#: Languages of ISO 639 that CLDR does not name.
MORE_LANGUAGES = frozenset(("cnr", "ksw"))
_TAG = regex.compile(
    r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_.@].*)?", regex.I
)
#: Languages whose old or narrow codes are still in use.
_RENAMED = {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no", "mo": "ro", "tl": "fil"}
_CHINESE = {"tw": "Hant", "hk": "Hant", "mo": "Hant", "cn": "Hans", "sg": "Hans"}
#: Scripts that a tag keeps: where a language is written in two.
_TWO_SCRIPTS = frozenset(("zh", "sr", "uz", "az", "kk", "pa", "bs", "ku", "mn"))
#: Country domains that anybody takes for their letters.
_FREE = "ac ad ag ai am as bz cc cd co cx dj eu fm gg gl gs io la li me ms mu nu pn pw sc sh st su tc tf tk to tv vc vg ws"
#: Country domains in other letters, and those that are not the country's code.
_WRITTEN = {
    "uk": "GB", "рф": "RU", "укр": "UA", "срб": "RS", "бел": "BY", "бг": "BG", "мкд": "MK", "қаз": "KZ", "мон": "MN",
    "中国": "CN", "中國": "CN", "台灣": "TW", "台湾": "TW", "香港": "HK", "한국": "KR", "ไทย": "TH", "ایران": "IR",
    "مصر": "EG", "السعودية": "SA", "امارات": "AE", "المغرب": "MA", "تونس": "TN", "الاردن": "JO", "ελ": "GR", "გე": "GE",
    "հայ": "AM", "भारत": "IN", "ישראל": "IL",
}  # fmt: skip


def language_tag(said: str | None) -> str | None:
    """Return the tag of a declared language as the catalogue writes it; None where it is none."""
    found = _TAG.fullmatch((said or "").strip())
    if found is None:
        return None
    base, script, region = (found.group(at) or "" for at in (1, 2, 3))
    base = _RENAMED.get(base.lower(), base.lower())
    if not is_language(base):
        return None
    script = script.title() if base in _TWO_SCRIPTS else ""
    if base == "zh" and not script:
        script = _CHINESE.get(region.lower(), "")
    return f"{base}-{script}" if script else base


def is_language(tag: str) -> bool:
    """Tell whether the language of a tag is a real one."""
    return tag in MORE_LANGUAGES or language_name(tag) != tag


def country_of_locale(said: str | None) -> str | None:
    """Return the country of a locale such as `en-ZA`; None where it does not tell.

    The first country of a language spoken in several (`en-US`, `fr-FR`) stands in templates that nobody changed, and a
    country where the language is none of its own (`ar-AR`) is a mistake: both tell nothing.
    """
    found = _TAG.fullmatch((said or "").strip())
    code = (found.group(3) or "").upper() if found else ""
    if found is None or country(code) is None:
        return None
    base = _RENAMED.get(found.group(1).lower(), found.group(1).lower())
    if base not in _official(code, regional=True):
        return None
    usual = get_global("likely_subtags").get(base, "").rpartition("_")[2]
    spoken_once = sum(base in _official(each, regional=False) for each in countries()) == 1
    return code if code != usual or spoken_once else None


def country_of_host(host: str) -> str | None:
    """Return the country of a host's last label; None where it has none, or one that anybody takes."""
    label = domain_of(host).rpartition(".")[2]
    if label in _FREE.split():
        return None
    code = _WRITTEN.get(label, label.upper())
    return code if country(code) else None


@cache
def _official(code: str, *, regional: bool) -> frozenset[str]:
    found = get_official_languages(code, regional=regional, de_facto=True)
    return frozenset(_RENAMED.get(base, base) for base in (tag.partition("_")[0] for tag in found))
