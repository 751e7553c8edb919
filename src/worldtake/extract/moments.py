"""Read a moment as pages print it: ISO 8601, numeric dates, month names in forty languages, times and zones.

What can be read in two ways stays unread: a numeric date whose day and month could change places is taken only where one of
the two lies within a year before the page was fetched. A date without a year is completed only where its weekday does so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import regex
from babel import Locale
from babel.core import get_global

from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.model import Precision

#: Languages whose names of months and weekdays are known (CLDR).
LOCALES = [
    "en",
    "de",
    "de_AT",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "sv",
    "da",
    "nb",
    "nn",
    "fi",
    "is",
    "et",
    "lv",
    "lt",
    "pl",
    "cs",
    "sk",
    "sl",
    "hr",
    "sr",
    "sr_Latn",
    "bs",
    "mk",
    "bg",
    "ru",
    "uk",
    "be",
    "ro",
    "hu",
    "sq",
    "tr",
    "az",
    "el",
    "ar",
    "ar_SY",
    "ar_MA",
    "ar_DZ",
    "fa",
    "ur",
    "he",
    "hi",
    "bn",
    "mr",
    "ta",
    "te",
    "id",
    "ms",
    "sw",
    "af",
    "vi",
    "th",
    "ka",
    "hy",
    "kk",
    "uz",
    "ca",
    "gl",
    "eu",
    "cy",
    "ga",
    "mt",
    "am",
    "ha",
    "yo",
    "zu",
    "so",
]
#: First year that a news page can be from: the first news sites.
FIRST_YEAR = 1993
#: How far after fetching a stated date may lie: clocks and zones differ, hours.
AHEAD_HOURS = 26
#: Buddhist calendar of Thailand minus common era, years.
BUDDHIST_YEARS = 543
_BUDDHIST = range(2400, 2700)
_CENTURY, _SHORT_YEAR = 2000, 100
#: Letters of a month's name from which a word with an ending may still be it.
_STEM = 3
_LAST_DAY, _HALF_DAY = 31, 12
#: Zones lie less than this from UTC, minutes.
_MAX_OFFSET = 900
#: Abbreviations of zones that mean one offset the world over, hours.
_ZONES = {
    "utc": 0.0, "gmt": 0.0, "z": 0.0, "bst": 1.0, "cet": 1.0, "mez": 1.0, "cest": 2.0, "mesz": 2.0,
    "eet": 2.0, "eest": 3.0, "msk": 3.0, "мск": 3.0, "wib": 7.0, "wita": 8.0, "wit": 9.0, "hkt": 8.0,
    "jst": 9.0, "kst": 9.0, "eat": 3.0, "wat": 1.0, "sast": 2.0, "est": -5.0, "edt": -4.0, "cdt": -5.0,
    "mdt": -6.0, "pst": -8.0, "pdt": -7.0, "aest": 10.0, "aedt": 11.0, "nzst": 12.0, "nzdt": 13.0,
}  # fmt: skip
_ISO = regex.compile(
    r"(?<!\p{N})(\p{Nd}{4})-(\p{Nd}{1,2})-(\p{Nd}{1,2})"
    r"(?:[T ]\s?(\p{Nd}{1,2}):(\p{Nd}{2})(?::(\p{Nd}{2})(?:[.,]\p{Nd}+)?)?\s?(Z|[+-]\p{Nd}{2}:?\p{Nd}{2}|[+-]\p{Nd}{2}(?!\p{Nd}))?)?"
)
_CJK = regex.compile(r"(\p{Nd}{4})\s?[年년]\s?(\p{Nd}{1,2})\s?[月월]\s?(\p{Nd}{1,2})\s?[日일]?")
_YEAR_FIRST = regex.compile(
    r"(?<!\p{N})(\p{Nd}{4})([./])\s?(\p{Nd}{1,2})\2\s?(\p{Nd}{1,2})(?!\p{N})"
)
_NUMERIC = regex.compile(
    r"(?<![\p{N}.])(\p{Nd}{1,2})\s?([./-])\s?(\p{Nd}{1,2})\s?\2\s?(\p{Nd}{4}|\p{Nd}{2})(?!\p{N})"
)
_TIME = regex.compile(
    r"(?<![\p{N}.:])(\p{Nd}{1,2})\s?[:.h時点시点]\s?(\p{Nd}{2})(?:[:.](\p{Nd}{2}))?(?![\p{N}./])\s?[분分]?\s*([ap]\.?m\.?(?!\p{L}))?",
    regex.IGNORECASE,
)
#: Words for the afternoon that stand before the hour.
_AFTERNOON = regex.compile(r"(?:오후|下午|午後|晚上)\s?$")
_MAIL = regex.compile(
    r"^\p{L}{3},? \p{Nd}{1,2} \p{L}{3} \p{Nd}{4} \p{Nd}{2}:\p{Nd}{2}(?::\p{Nd}{2})? [+-]?\w"
)
_OFFSET = regex.compile(
    r"(?:utc|gmt)?\s?([+-−])(\p{Nd}{1,2}):?(\p{Nd}{2})?(?!\p{Nd})", regex.IGNORECASE
)
_HALF = regex.compile(r"((?:\p{L}\.\s?){1,3}|[\p{L}\p{M}]+\.?)(?!\p{L})")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*")
_NUMBER = regex.compile(r"(?<![\p{N}:.])\p{Nd}{1,4}(?![\p{N}:])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something was, as a page states it."""

    #: Aware; at midnight where only the day is stated.
    at: datetime
    #: How finely it is stated.
    precision: Precision
    #: True where a zone is stated; else `at` assumes one.
    zone_stated: bool


def read_moment(text: str, *, fetched: datetime, country: str | None = None) -> Moment | None:
    """Return the moment that `text` states; None where it states none, or more than one reading is left."""
    cleaned = " ".join(text.split())[:200]
    if not cleaned:
        return None
    found = _iso(cleaned) or _mail(cleaned)
    if found is None:
        found = _printed(cleaned, fetched)
    if found is None:
        return None
    day, clock, zone, precision = found
    home = zone or assumed_zone(country)
    at = datetime.combine(day, clock, tzinfo=home)
    if not _sane(at, fetched):
        return None
    return Moment(at=at, precision=precision, zone_stated=zone is not None)


def read_time(text: str) -> time | None:
    """Return the time of day that `text` states; None where it states none."""
    found = _TIME.search(text)
    return _clock(found) if found else None


def with_time(moment: Moment, text: str) -> Moment:
    """Return the day of `moment` at the time that `text` states; `moment` where it states none."""
    clock = read_time(text)
    if clock is None or moment.precision != "day":
        return moment
    zone = _zone(text)
    at = datetime.combine(moment.at.date(), clock, tzinfo=zone or moment.at.tzinfo)
    return Moment(at=at, precision="minute", zone_stated=zone is not None)


@cache
def assumed_zone(country: str | None) -> ZoneInfo | timezone:
    """Return the one zone of a country; UTC where it has several or is unknown."""
    names = get_global("territory_zones").get(country or "", ())
    if len(names) != 1:
        return UTC
    try:
        return ZoneInfo(names[0])
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


_Found = tuple[date, time, "timezone | None", "Precision"]


def _iso(text: str) -> _Found | None:
    found = _ISO.search(text)
    if not found:
        return None
    day = _date(int(found[1]), int(found[2]), int(found[3]))
    if day is None or found[4] is None:
        # `2025-11-28 um 15:41 Uhr`: the time may follow in words.
        return _timed(day, text[found.end() :]) if day else None
    clock = _safe_time(int(found[4]), int(found[5]), int(found[6] or 0))
    if clock is None:
        return day, time(), None, "day"
    zone = _offset(found[7]) if found[7] else _zone(text[found.end() :])
    return day, clock, zone, "second" if found[6] else "minute"


def _mail(text: str) -> _Found | None:
    """Read the form of RFC 5322, which headers and older pages use."""
    if not _MAIL.match(text):
        return None
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    zone = timezone(at.utcoffset() or timedelta()) if at.tzinfo else None
    return at.date(), at.time(), zone, "second"


def _printed(text: str, fetched: datetime) -> _Found | None:
    for pattern, order in ((_CJK, (1, 2, 3)), (_YEAR_FIRST, (1, 3, 4))):
        found = pattern.search(text)
        if found:
            year, month, number = (int(found[group]) for group in order)
            day = _date(year, month, number)
            return _timed(day, text[found.end() :]) if day else None
    found = _NUMERIC.search(text)
    if found:
        day = _numeric_day(found, fetched)
        rest = text[: found.start()] + " " + text[found.end() :]
        return _timed(day, rest) if day else None
    return _worded(text, fetched)


def _timed(day: date, rest: str) -> _Found:
    found = _TIME.search(rest)
    clock = _clock(found) if found else None
    if not found or clock is None:
        return day, time(), None, "day"
    return day, clock, _zone(rest[found.end() :]), "second" if found[3] else "minute"


def _numeric_day(found: regex.Match[str], fetched: datetime) -> date | None:
    first, mark, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
    year += _CENTURY if year < _SHORT_YEAR else 0
    day_first, month_first = _date(year, second, first), _date(year, first, second)
    if mark == "." or month_first is None or day_first == month_first:
        return day_first
    if day_first is None:
        return month_first
    # Both can be read: only nearness to the day of fetching decides, else it stays unknown.
    near = [each for each in (day_first, month_first) if _within_year(each, fetched)]
    return near[0] if len(near) == 1 else None


def _within_year(day: date, fetched: datetime) -> bool:
    return fetched.date() - timedelta(days=366) <= day <= fetched.date() + timedelta(days=1)


def _worded(text: str, fetched: datetime) -> _Found | None:
    """Read a date with the month in words, such as `28. novembra 2025` or `Wednesday, November 19`."""
    names = [(fold(each.group()), each.start(), each.end()) for each in _WORD.finditer(text)]
    for name, start, end in names:
        months = _months_of(name)
        if not months:
            continue
        before, after = _NUMBER.findall(text[:start])[-1:], _NUMBER.findall(text[end:])[:2]
        numbers = [int(each) for each in before + after]
        day = _completed(numbers, sorted(months), _weekdays_in(names), fetched)
        if day:
            return _timed(day, _without_day(text, start, end))
    return None


def _without_day(text: str, start: int, end: int) -> str:
    """Return the text after the month without the year, for the time; the text before it where nothing follows."""
    rest = regex.sub(
        r"^\W*\p{Nd}{1,2}\W{1,3}(?=\p{Nd}{4})|^\W*\p{Nd}{4}(?!\p{Nd})", " ", text[end:]
    )
    return rest if _TIME.search(rest) else text[:start]


def _weekdays_in(names: list[tuple[str, int, int]]) -> set[int]:
    return {day for name, _, _ in names for day in _weekdays().get(name, ())}


def _completed(
    numbers: list[int], months: list[int], weekdays: set[int], fetched: datetime
) -> date | None:
    years = [_common_era(each) for each in numbers if each > _LAST_DAY]
    days = [each for each in numbers if 1 <= each <= _LAST_DAY][:1]
    if not days:
        return None
    if years:
        found = {_date(years[0], month, days[0]) for month in months} - {None}
        if len(found) > 1 and weekdays:
            found = {each for each in found if each and each.weekday() in weekdays}
        return found.pop() if len(found) == 1 else None
    if not weekdays:
        return None
    candidates = {
        day
        for month in months
        for year in (fetched.year - 1, fetched.year)
        if (day := _date(year, month, days[0])) and day.weekday() in weekdays
    }
    near = [day for day in candidates if _within_year(day, fetched)]
    return near[0] if len(near) == 1 else None


def _common_era(year: int) -> int:
    return year - BUDDHIST_YEARS if year in _BUDDHIST else year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(_common_era(year), month, day)
    except (ValueError, OverflowError):
        return None


def _clock(found: regex.Match[str]) -> time | None:
    hour, half = int(found[1]), (found[4] or "").lower()[:1] or _half(found)
    half = "p" if _AFTERNOON.search(found.string[: found.start()]) else half
    if half and 1 <= hour <= _HALF_DAY:
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
    return _safe_time(hour, int(found[2]), int(found[3] or 0))


def _half(found: regex.Match[str]) -> str:
    """Return `a` or `p` for the half of the day that is named after a time; empty where none is."""
    said = found.string[found.end() : found.end() + 20]
    named = _HALF.match(fold(said)) if said.strip() else None
    return next((half for half, names in _halves().items() if named and named[1] in names), "")


@cache
def _halves() -> dict[str, frozenset[str]]:
    """Return the names of the halves of the day, without spaces and dots; short Latin ones without dots are other words."""
    found: dict[str, set[str]] = {"a": set(), "p": set()}
    for code in LOCALES:
        for forms in Locale.parse(code).day_periods.values():
            for names in forms.values():
                for half in ("a", "p"):
                    name = fold(names.get(f"{half}m", ""))
                    if name and (not name.isascii() or "." in name):
                        found[half].add(name)
    return {half: frozenset(names) for half, names in found.items()}


def _safe_time(hour: int, minute: int, second: int) -> time | None:
    try:
        return time(hour, minute, min(second, 59))
    except ValueError:
        return None


def _zone(text: str) -> timezone | None:
    """Read the zone that follows a time."""
    found = _OFFSET.match(text.strip(" ()"))
    if found:
        return _offset(found[1] + found[2].zfill(2) + (found[3] or "00"))
    for word in _WORD.findall(text[:24]):
        if word.casefold() in _ZONES:
            return timezone(timedelta(hours=_ZONES[word.casefold()]))
    return None


def _offset(text: str) -> timezone | None:
    if text in {"Z", "z"}:
        return UTC
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return (
        timezone(timedelta(minutes=-minutes if text[0] in "-−" else minutes))
        if minutes < _MAX_OFFSET
        else None
    )


def _sane(at: datetime, fetched: datetime) -> bool:
    return at.year >= FIRST_YEAR and at <= fetched + timedelta(hours=AHEAD_HOURS)


def _months_of(name: str) -> set[int]:
    """Return the months that a word may name: as CLDR has it, or that with an ending of up to two letters."""
    known = _months()
    if name in known:
        return known[name]
    return next(
        (known[name[:-n]] for n in (1, 2) if len(name) > 2 + _STEM and name[:-n] in known), set()
    )


@cache
def _months() -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for number, name in _names("months"):
        found.setdefault(name, set()).add(number)
    found.setdefault("sept", set()).add(9)
    return found


@cache
def _weekdays() -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for number, name in _names("days"):
        found.setdefault(name, set()).add(number)
    return found


def _names(what: str) -> Iterator[tuple[int, str]]:
    """Yield number and folded name of every month or weekday; names with digits or of one letter are left out."""
    for code in LOCALES:
        forms = getattr(Locale.parse(code), what)
        for style in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in forms[style][width].items():
                    folded = fold(name).strip(". ")
                    if len(folded) > 1 and not any(char.isdigit() for char in folded):
                        yield number, folded
