"""Read dates and times in text, anchored where they are relative, with the grain that was said.

Absolute dates by the names of months in many languages; relative ones in English and a few words of others. Nothing is
guessed: what cannot be resolved has no value.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, timedelta

import regex
from babel import Locale
from babel.core import UnknownLocaleError

from worldtake.model import Span

#: Language tags whose names of months and days are read.
LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "sk", "sl", "hr", "sr", "sr_Latn", "bg",
    "mk", "ru", "uk", "be", "ro", "hu", "tr", "el", "ar", "he", "fa", "hi", "bn", "id", "ms", "sw", "vi", "sq", "lt", "lv",
    "et", "ca", "th",
)  # fmt: skip
#: Languages that drop the e of September in other cases: septembra.
_DROPS_E = frozenset(("sl", "cs", "sk"))
#: Years that are read as years when they stand alone after a preposition.
FIRST_YEAR, LAST_YEAR = 1000, 2199
#: Months of a year, days of the longest month, letters of the shortest name of a month that is read.
_MONTHS, _DAYS, _MONTH_LETTERS = 12, 31, 3
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
#: Days from the anchor, in words that mean nothing else.
_DAY_WORDS = {
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "gestern": -1, "heute": 0, "morgen": 1, "hier": -1,
    "aujourd'hui": 0, "aujourd’hui": 0, "demain": 1, "ayer": -1, "hoy": 0, "ieri": -1, "oggi": 0, "domani": 1, "ontem": -1,
    "hoje": 0, "amanhã": 1, "včeraj": -1, "danes": 0, "jutri": 1, "juče": -1, "јуче": -1, "вчера": -1, "сегодня": 0,
    "завтра": 1, "вчора": -1, "сьогодні": 0, "wczoraj": -1, "dziś": 0, "jutro": 1, "dün": -1, "bugün": 0, "yarın": 1,
    "kemarin": -1, "jana": -1, "leo": 0, "kesho": 1,
}  # fmt: skip
_FOREIGN_DAYS = {
    "de": ("gestern", "heute", "morgen"), "fr": ("hier", "aujourd'hui", "aujourd’hui", "demain"), "es": ("ayer", "hoy"),
    "it": ("ieri", "oggi", "domani"), "pt": ("ontem", "hoje", "amanhã"), "sl": ("včeraj", "danes", "jutri"),
    "sr": ("juče", "јуче", "danas"), "ru": ("вчера", "сегодня", "завтра"), "uk": ("вчора", "сьогодні", "завтра"),
    "pl": ("wczoraj", "dziś", "jutro"), "tr": ("dün", "bugün", "yarın"), "id": ("kemarin",), "sw": ("jana", "leo", "kesho"),
    "en": ("yesterday", "today", "tonight", "tomorrow"),
}  # fmt: skip
_ISO = regex.compile(r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?![\d-])")
_SLASHED = regex.compile(r"(?<![\d/.])(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>\d{4})(?![\d/])")
_CJK = regex.compile(r"(?:(?P<y>\d{4})年)?(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?|(?P<only>\d{4})年")
_YEAR = regex.compile(
    r"\b(?P<prep>in|since|from|until|by|before|after|during|seit|en|depuis|desde|nel|dal|em|od|leta|с|в|з|u|w|dari|mwaka|tahun)"
    r"\s+(?P<year>1[5-9]\d\d|20\d\d)(?![\d.,]?\d|\s*(?:%|per\s?cent|\p{Ll}{4,}s\b))",
    regex.IGNORECASE,
)
_AGO = regex.compile(
    r"\b(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?P<unit>day|week|month|year|hour)s?\s+"
    r"(?P<dir>ago|earlier)\b",
    regex.IGNORECASE,
)
_SPAN_WORD = regex.compile(
    r"\b(?P<part>(?:earlier|later|early|late)\s+)?(?P<which>last|this|next)\s+(?P<unit>week|weekend|month|year)\b",
    regex.IGNORECASE,
)
_WEEKDAY = regex.compile(
    r"\b(?:(?P<on>on|since|by|until|late|early)\s+)?(?P<which>last\s+|next\s+|this\s+)?(?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A date or time as said."""

    span: Span
    #: ISO 8601; None where it cannot be resolved.
    value: str | None
    #: `day`, `month`, `year`, `week`, `minute`.
    granularity: str


def mentions(text: str, language: str = "en", anchor: date | None = None) -> tuple[Mention, ...]:
    """Return the times said in `text`, in order, the longest where several overlap; `anchor` is the day it was said."""
    main = language.split("-", maxsplit=1)[0]
    found = [
        *_numeric(text, main),
        *_by_month(text, main),
        *_years(text),
        *_day_words(text, main, anchor),
    ]
    if main in ("en", "und"):
        found += [*_ago(text, anchor), *_span_words(text, anchor), *_weekdays(text, anchor)]
    return _longest(found)


def _longest(found: list[Mention]) -> tuple[Mention, ...]:
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda one: (-len(one.span), one.span.start)):
        if not any(mention.span.overlaps(other.span) for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda one: one.span.start))


def _numeric(text: str, main: str) -> list[Mention]:
    found = [
        _day(match, int(match["y"]), int(match["m"]), int(match["d"]))
        for match in _ISO.finditer(text)
    ]
    for match in _SLASHED.finditer(text):
        first, second = int(match["a"]), int(match["b"])
        if first > _MONTHS or (second <= _MONTHS and main != "en"):
            found.append(_day(match, int(match["y"]), second, first))
        elif second > _MONTHS:
            found.append(_day(match, int(match["y"]), first, second))
        else:
            found.append(Mention(span=Span(*match.span()), value=None, granularity="day"))
    return [*found, *(_cjk(match) for match in _CJK.finditer(text))]


def _cjk(match: regex.Match[str]) -> Mention:
    if match["only"]:
        return Mention(span=Span(*match.span()), value=match["only"], granularity="year")
    if match["d"]:
        year = int(match["y"]) if match["y"] else None
        return _day(match, year, int(match["m"]), int(match["d"]))
    value = f"{match['y']}-{int(match['m']):02}" if match["y"] else None
    return Mention(span=Span(*match.span()), value=value, granularity="month")


def _day(match: regex.Match[str], year: int | None, month: int, day: int) -> Mention:
    value = None
    if year is not None:
        try:
            value = date(year, month, day).isoformat()
        except ValueError:
            value = None
    return Mention(span=Span(*match.span()), value=value, granularity="day")


def _by_month(text: str, main: str) -> list[Mention]:
    names, pattern = _months(main)
    found = []
    for match in pattern.finditer(text):
        month = names[match["month"].casefold().rstrip(".")]
        year = int(match["y"] or match["y2"]) if match["y"] or match["y2"] else None
        day = match["d"] or match["d2"]
        if day is not None and 1 <= int(day) <= _DAYS:
            found.append(_day(match, year, month, int(day)))
        elif year is not None:
            found.append(
                Mention(span=Span(*match.span()), value=f"{year}-{month:02}", granularity="month")
            )
        elif len(match["month"]) > _MONTH_LETTERS and match["month"][0].isupper() and match["lead"]:
            found.append(Mention(span=Span(*match.span()), value=None, granularity="month"))
    return found


@functools.cache
def _months(main: str) -> tuple[dict[str, int], regex.Pattern[str]]:
    """Return the names of months of a language and the pattern of its dates."""
    names: dict[str, int] = {}
    for tag in [tag for tag in LANGUAGES if tag.split("_")[0] == main] or ["en"]:
        names.update(_month_names(tag))
    body = "|".join(regex.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = regex.compile(
        rf"(?<![\p{{L}}\d])(?:(?P<lead>in|im|en|em|в|у|w|u|dans|a|nel)\s+)?(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|er|º|-го|-е)?\s+(?:de\s+|of\s+)?)?"
        rf"(?P<month>{body})(?P<case>['’]?\p{{L}}{{0,3}})(?![\p{{L}}])"
        rf"(?:\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|\s*(?:%|per)))?(?:,?\s+(?:de\s+|del\s+)?(?:(?P<y>\d{{4}})|(?P<y2>\d{{4}})))?(?:\s+г(?:ода|\.))?",
        regex.IGNORECASE,
    )
    return names, pattern


def _month_names(tag: str) -> dict[str, int]:
    try:
        locale = Locale.parse(tag)
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                bare = name.casefold().rstrip(".")
                if (
                    len(bare) >= _MONTH_LETTERS
                    and not bare.isdigit()
                    and not regex.search(r"\d", bare)
                ):
                    names[bare] = number
                    if bare.endswith("er") and tag in _DROPS_E:
                        names[bare[:-2]] = number
    return names


def _years(text: str) -> list[Mention]:
    found = []
    for match in _YEAR.finditer(text):
        year = match["year"]
        open_end = match["prep"].casefold() in (
            "since",
            "seit",
            "depuis",
            "desde",
            "dal",
            "od",
            "from",
        )
        value = f"{year}/" if open_end else year
        found.append(Mention(span=Span(*match.span()), value=value, granularity="year"))
    return found


def _day_words(text: str, main: str, anchor: date | None) -> list[Mention]:
    words = _FOREIGN_DAYS.get(main, ())
    if not words:
        return []
    found = []
    for match in _day_pattern(words).finditer(text):
        offset = _DAY_WORDS.get(match["word"].casefold())
        value = None
        if anchor is not None and offset is not None:
            value = (anchor + timedelta(days=offset)).isoformat()
        found.append(Mention(span=Span(*match.span()), value=value, granularity="day"))
    return found


@functools.cache
def _day_pattern(words: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<![\p{{L}}])(?P<word>{'|'.join(words)})(?![\p{{L}}])", regex.IGNORECASE
    )


def _ago(text: str, anchor: date | None) -> list[Mention]:
    found = []
    for match in _AGO.finditer(text):
        raw = match["n"].lower()
        count = int(raw) if raw.isdigit() else _NUMBERS[raw]
        unit = match["unit"].lower()
        value, grain = _back(anchor, count, unit)
        found.append(Mention(span=Span(*match.span()), value=value, granularity=grain))
    return found


def _back(anchor: date | None, count: int, unit: str) -> tuple[str | None, str]:
    """Return the time `count` units before `anchor`; a number of years keeps the month."""
    grain = {"day": "day", "hour": "day", "week": "week", "month": "month", "year": "month"}[unit]
    if anchor is None:
        return None, grain
    if unit in ("month", "year"):
        months = anchor.year * 12 + anchor.month - 1 - count * (12 if unit == "year" else 1)
        return (f"{months // 12}-{months % 12 + 1:02}" if months >= _MONTHS else None), grain
    days = {"day": count, "week": 7 * count, "hour": 0}[unit]
    then = anchor - timedelta(days=days)
    return (_week(then) if unit == "week" else then.isoformat() if unit == "day" else None), grain


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _span_words(text: str, anchor: date | None) -> list[Mention]:
    found = []
    for match in _SPAN_WORD.finditer(text):
        unit = match["unit"].lower()
        shift = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
        grain = "week" if unit == "weekend" else unit
        value = None if anchor is None else _shifted(anchor, shift, unit)
        found.append(Mention(span=Span(*match.span()), value=value, granularity=grain))
    return found


def _shifted(anchor: date, shift: int, unit: str) -> str:
    if unit == "year":
        return str(anchor.year + shift)
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + shift
        return f"{months // 12}-{months % 12 + 1:02}"
    return _week(anchor + timedelta(days=7 * shift))


def _weekdays(text: str, anchor: date | None) -> list[Mention]:
    """Read names of days: the last such day, the anchor's own day included; `next` the one after."""
    found = []
    for match in _WEEKDAY.finditer(text):
        value = None
        if anchor is not None:
            back = (anchor.weekday() - _WEEKDAYS.index(match["day"].lower())) % 7
            which = (match["which"] or "").strip().lower()
            if which == "last" and back == 0:
                back = 7
            then = anchor + timedelta(days=7 - back if which == "next" else -back)
            value = then.isoformat()
        found.append(Mention(span=Span(*match.span("day")), value=value, granularity="day"))
    return found
