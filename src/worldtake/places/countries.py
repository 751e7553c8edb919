"""Countries and territories by ISO 3166-1 alpha-2 (and XK): names, flags, a point for the globe, and the code of a printed name.

The table is `countries.csv`; names in other languages come from the Unicode CLDR through Babel.  A row says that a place has
a press of its own to look at, and nothing about its status.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError

from worldtake.text.fold import fold

#: Distance from a capital letter to its regional indicator symbol.
FLAG_OFFSET = 0x1F1E6 - ord("A")
#: Languages in which `find_country` looks for a name when none is told, beside English.
ANY_LANGUAGE = (
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "ru",
    "uk",
    "sr",
    "sl",
    "pl",
    "tr",
    "ar",
    "hi",
    "zh",
    "ja",
    "id",
    "sw",
    "nl",
    "el",
    "he",
    "fa",
    "ko",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One row of the table."""

    #: ISO 3166-1 alpha-2, XK for Kosovo.
    code: str
    #: English short name.
    name: str
    #: A point near its middle, degrees north and east.
    latitude: float
    longitude: float
    #: Part of the world, in English.
    region: str
    #: Demonyms and other English names.
    aliases: tuple[str, ...]


def countries() -> tuple[str, ...]:
    """Return the codes of all countries, sorted."""
    return tuple(sorted(_table()))


def country(code: str) -> Country | None:
    """Return the row of a country; None where there is none."""
    return _table().get(code)


def centroid(code: str) -> tuple[float, float] | None:
    """Return latitude and longitude, in degrees, of a point near a country's middle; None where it is unknown."""
    known = country(code)
    return (known.latitude, known.longitude) if known else None


def country_name(code: str, language: str = "en") -> str:
    """Return the name of a country in `language`: English where that has none, the code itself where it is unknown."""
    known = country(code)
    if known is None:
        return code
    locale = None if _base(language) == "en" else _locale(language)
    return str(locale.territories.get(code, known.name)) if locale else known.name


def language_name(tag: str, language: str = "en") -> str:
    """Return the name of the language of a BCP 47 tag in `language`; the tag itself where it is unknown."""
    base, *subtags = tag.replace("_", "-").split("-")
    reader = _locale(language) or Locale("en")
    name = reader.languages.get(base.lower())
    if name is None:
        return tag
    scripts = (reader.scripts.get(subtag.title()) for subtag in subtags)
    script = next((found for found in scripts if found), None)
    return f"{name} ({script})" if script else str(name)


def flag(code: str) -> str:
    """Return the flag emoji of a country; empty where `code` is not two Latin letters."""
    if len(code) != len("XK") or not (code.isascii() and code.isalpha()):
        return ""
    return "".join(chr(ord(letter) + FLAG_OFFSET) for letter in code.upper())


def find_country(text: str, language: str | None = None) -> str | None:
    """Return the code of the country that `text` names or whose people it names; None where it is no country's name.

    Names are looked for in English, then in `language`; where no language is told, in `ANY_LANGUAGE`.
    """
    name = _plain(text)
    found = _english_names().get(name)
    if found or not name:
        return found
    tags = ANY_LANGUAGE if language is None else (language,)
    codes = (_native_names(tag).get(name) for tag in tags)
    return next((code for code in codes if code), None)


@cache
def _table() -> dict[str, Country]:
    table = files("worldtake.places").joinpath("countries.csv").read_text(encoding="utf-8")
    rows = (line.split(";") for line in table.splitlines() if not line.startswith("#"))
    return {
        code: Country(
            code=code,
            name=name,
            latitude=float(latitude),
            longitude=float(longitude),
            region=region,
            aliases=tuple(alias for alias in aliases.split("|") if alias),
        )
        for code, name, latitude, longitude, region, aliases in rows
    }


@cache
def _english_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in _table().values():
        for name in (row.name, *row.aliases):
            names.setdefault(_plain(name), row.code)
    for name, code in _native_names("en").items():
        names.setdefault(name, code)
    return names


@cache
def _native_names(tag: str) -> dict[str, str]:
    locale = _locale(tag)
    named = locale.territories.items() if locale else ()
    return {_plain(name): code for code, name in named if code in _table()}


@cache
def _locale(tag: str) -> Locale | None:
    for candidate in (tag.replace("-", "_"), _base(tag)):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return None


def _base(tag: str) -> str:
    return tag.replace("_", "-").split("-", maxsplit=1)[0].lower()


def _plain(name: str) -> str:
    return fold(name).strip(" .,").removeprefix("the ")
