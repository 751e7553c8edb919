"""Tell whether a translation keeps the numbers of its source, however each language writes them.

Runs of digits that stand on both sides are right. What is left over is compared by what it may mean: groups and fractions,
words of scale, dates and hours, decades and centuries, measures that were converted. A number on one side alone may stand on
the other in words.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

import regex
from babel import Locale, UnknownLocaleError

from worldtake.model import base_language
from worldtake.text.quantities import SMALL
from worldtake.translate.numerals import Number, numbers, plain_digits, runs, written_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Numbers up to this one, and round ones, are often written in words: without a list of a language's number words they
#: are not missed where nothing else is left over.
LAST_WORD = 20
#: How much of a text is compared, characters: segments are shorter, and what engines in a loop write ends nowhere.
COMPARED_CHARS = 1500
#: How far two measures may be apart that are converted, as a share: "10 miles", "16 km".
CONVERTED_SHARE = 0.08
#: Hours of half a day.
_HALF_DAY = 12
_MONTHS = 12
_CENTURY = 100
#: Years of which decades and centuries are named.
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_DECIMAL_BASE = 10
_WORD_AFTER = regex.compile(r"\d[ \u00a0\u202f-]?\p{L}")
#: What says that hours are counted to twelve.
_HALF_DAYS = regex.compile(
    r"(?<!\p{L})[ap]\.?[ \u00a0]?m(?!\p{L})|\d[ap]m\b|o['’]clock|noon|midday|midnight|afternoon|evening|morning|tonight|午[前後后]|[上下]午"
    r"|오[전후]|बजे|μ\.?μ|π\.?μ|صباح|مساء|ظهر|chiều|sáng|tối|tarde|noche|noite|mañana|manhã|popol|zvečer|zjutraj|utra|вечера|утра|дня|ранку",
    regex.IGNORECASE,
)
_NO_DIGIT = regex.compile(r"\p{Nd}")
_ENGLISH = {
    **SMALL,
    **{word: n for n, word in enumerate((
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
        "twentieth",
    ), start=1)},
    "once": 1, "single": 1, "a": 1, "an": 1, "another": 1, "twice": 2, "thirds": 3, "quarters": 4, "fourths": 4, "fifths": 5, "double": 2, "doubled": 2, "both": 2, "pair": 2,
    "couple": 2, "two": 2, "thrice": 3, "triple": 3, "trio": 3, "dozen": 12, "dozens": 12, "hundred": 100, "hundreds": 100,
    "thousand": 1000, "thousands": 1000, "million": 10**6, "billion": 10**9, "half": 30, "noon": 12, "midday": 12,
    "midnight": 0, "no": 0, "nil": 0, "quarter": 15, "decade": 10, "teens": 10, "teenage": 10,
}  # fmt: skip
#: Words that stand for a number by the way.
_LOOSE = frozenset(
    ("a", "an", "another", "no", "single", "half", "quarter", "decade", "teens", "teenage")
)
_ENGLISH_WORD = regex.compile(r"[a-z]+")
_ENGLISH_SCALED = regex.compile(r"\b([a-z]+)[- ](hundred|thousand|million|billion)\b")
_ENGLISH_TENS = regex.compile(
    rf"\b({'|'.join(word for word, n in SMALL.items() if n >= 20)})-(\w+)"  # noqa: PLR2004 - twenty and on
)
_UNITS = (
    r"[cmk]?m(?:[²2/]\p{L}*)?\b|[кс]?м\b|[мск]м\b|kg\b|кг\b|°|º|℃|l/m2|χμ|公里|厘米|公斤|キロ|センチ|メートル|킬로|센티|미터|كم|كغم|متر"
    r"|[קמס][\"“״.]?[גמ]|מטר|מעלות|(?:gra[dđ]|град|βαθμ|stup|stop|fok\b|k[iy]l|kîl|kíl|quil|c[eé]nt|sent|zent|mil+i|mill|m[eè]tr|кил|санти|цент"
    r"|мил+и|мет|χιλι|εκατοστ|μέτρ|کیلو|میلی|سانت|كيلو|سنتيمتر)\p{L}*"
)
#: A measure of the metric system after a number, or after the second number of a range.
_METRIC = regex.compile(
    rf"(?:[ \u00a0\u202f]?(?:\p{{L}}{{1,4}}|[–-])[ \u00a0]?\p{{Nd}}+(?:[.,]\p{{Nd}}+)?)?[ \u00a0\u202f-]?(?:{_UNITS})",
    regex.IGNORECASE,
)
_IMPERIAL = regex.compile(
    r"[ -]?(?:to|and|or|s\b|[-–])?[ \d.]*(?:inch|in\b|feet|foot|ft\b|mile|mph|pound|lb|stone|degree|°|s from|yard|acre|gallon)"
)
#: Metric by imperial: centimetre and millimetre by inch, kilometre by mile, metre by foot and yard, kilogramme by pound, stone.
_FACTORS = (2.54, 25.4, 1.609, 0.3048, 0.9144, 0.4536, 6.35)


def digits_differ(source: str, target: str, target_language: str = "") -> bool:
    """Tell whether a number of `source` is missing in `target`, or one of `target` stands in no way in `source`."""
    if _NO_DIGIT.search(source) is None and _NO_DIGIT.search(target) is None:
        return False
    source, target = (plain_digits(each[:COMPARED_CHARS]) for each in (source, target))
    if sorted(runs(source)) == sorted(runs(target)):
        return _scales_differ(source, target)
    return not _Comparison(source, target, target_language).agree()


def _scales_differ(source: str, target: str) -> bool:
    """Tell whether numbers of the same digits are scaled by words of different size: 3 million and 3 billion."""
    if _WORD_AFTER.search(source) is None or _WORD_AFTER.search(target) is None:
        return False
    theirs = [each for each in numbers(target) if each.scaled]
    for number in numbers(source):
        same = [each for each in theirs if each.digits == number.digits]
        if number.scaled and same and all(number.readings.isdisjoint(one.scaled) for one in same):
            return True
    return False


class _Comparison:
    """The numbers of both sides, struck out as they are found on the other."""

    def __init__(self, source: str, target: str, language: str) -> None:
        self.source, self.target = source, target
        self.language = base_language(language)
        self.ours = numbers(source)
        self.theirs = numbers(target)

    def agree(self) -> bool:
        """Tell whether everything is accounted for."""
        self._strike(_is_same)
        self._strike(lambda a, b: not a.readings.isdisjoint(b.readings))
        self.is_clock = any(map(_HALF_DAYS.search, (self.source, self.target)))
        self._strike(self._is_hour)
        self._drop_converted()
        self.ours, self.theirs = _parted(self.ours), _parted(self.theirs)
        self._strike(lambda a, b: int(a.digits) == int(b.digits))
        self._strike(lambda a, b: self._hours_equal(int(a.digits), int(b.digits)))
        self._strike(_is_period)
        # Where each side has something left over, one number most likely became another: "a year" is no 1 then.
        is_strict = bool(self.theirs)
        self.ours = [each for each in self.ours if not self._in_words(each, is_strict=is_strict)]
        spelt = written_out(self.source)
        self.theirs = [each for each in self.theirs if int(each.digits) not in spelt]
        if self.ours and self.theirs:
            return False
        return all(_may_be_spelt(int(each.digits)) for each in self.theirs) and all(
            self.language not in ("", "en") and _may_be_spelt(int(each.digits))
            for each in self.ours
        )

    def _strike(self, is_same: Callable[[Number, Number], bool]) -> None:
        """Strike out each number of ours with the first of theirs that is the same."""
        left = []
        for ours in self.ours:
            found = next((each for each in self.theirs if is_same(ours, each)), None)
            if found is None:
                left.append(ours)
            else:
                self.theirs.remove(found)
        self.ours = left

    def _is_hour(self, ours: Number, theirs: Number) -> bool:
        """Tell whether two numbers are one hour: 15:00 and 3 p.m."""
        a, b = ours.parts, theirs.parts
        if len(a) > 2 or len(b) > 2 or (a[1:] not in (b[1:], ("00",)) and b[1:] != ("00",)):  # noqa: PLR2004 - hour and minute
            return False
        return self._hours_equal(int(a[0]), int(b[0]))

    def _hours_equal(self, one: int, other: int) -> bool:
        low, high = sorted((one, other))
        if high == low:
            return True
        return self.is_clock and _HALF_DAY < high < 2 * _HALF_DAY and high - low == _HALF_DAY

    def _is_converted(self, ours: Number, theirs: Number) -> bool:
        if _METRIC.match(self.source, ours.end) and _IMPERIAL.match(self.target, theirs.end):
            return _converts(ours.readings, theirs.readings)
        if _IMPERIAL.match(self.source, ours.end) and _METRIC.match(self.target, theirs.end):
            return _converts(theirs.readings, ours.readings)
        return False

    def _drop_converted(self) -> None:
        """Drop what is the measure of another number in other units: some give both, some the one, some the other."""
        every = numbers(self.source), numbers(self.target)
        ours = [
            each for each in self.ours if not any(self._is_converted(each, b) for b in every[1])
        ]
        self.theirs = [
            each for each in self.theirs if not any(self._is_converted(a, each) for a in every[0])
        ]
        self.ours = ours

    def _in_words(self, number: Number, *, is_strict: bool) -> bool:
        """Tell whether a number of the source stands in the target in words."""
        value = int(number.digits)
        if 1 <= value <= _MONTHS and _names_month(self.target, value, self.language):
            return True
        if value == 0:
            return not is_strict
        if self.language == "en" or not self.language:
            return value in _english_values(self.target, is_strict=is_strict)
        return value in written_out(self.target)


def _is_same(ours: Number, theirs: Number) -> bool:
    if ours.digits != theirs.digits:
        return False
    return not (ours.scaled and theirs.scaled and ours.scaled.isdisjoint(theirs.scaled))


def _parted(found: Iterable[Number]) -> list[Number]:
    return [
        Number(each.start, each.end, part, (part,), frozenset((float(part),)))
        for each in found
        for part in each.parts
    ]


def _is_period(ours: Number, theirs: Number) -> bool:
    """Tell whether two numbers name one decade or century: 30 and 1930, 1800 and 19."""
    low, high = sorted((int(ours.digits), int(theirs.digits)))
    if not _FIRST_YEAR <= high <= _LAST_YEAR:
        return False
    # The eighties of a century, and the century whose hundreds are named.
    is_decade = high % _DECIMAL_BASE == 0 and high % _CENTURY == low
    return is_decade or (high % _CENTURY == 0 and high // _CENTURY + 1 == low)


def _converts(metric: Iterable[float], imperial: Iterable[float]) -> bool:
    for one in metric:
        for other in imperial:
            candidates = [other * factor for factor in _FACTORS]
            candidates += [(other - 32) / 1.8, other / 1.8]
            if any(abs(one - each) <= CONVERTED_SHARE * abs(one) for each in candidates):
                return True
    return False


def _may_be_spelt(value: int) -> bool:
    """Tell whether a number is often written in words."""
    text = str(value)
    is_decade = _FIRST_YEAR <= value <= _LAST_YEAR and value % _DECIMAL_BASE == 0
    return value <= LAST_WORD or is_decade or not text[1:].strip("0")


def _english_values(text: str, *, is_strict: bool) -> frozenset[int]:
    """Return the numbers that English number words of `text` say, without those that say more than a number if `is_strict`."""
    folded = text.casefold()
    loose = _LOOSE if is_strict else frozenset()
    words = (word for word in _ENGLISH_WORD.findall(folded) if word not in loose)
    found = {_ENGLISH[word] for word in words if word in _ENGLISH}
    for count, scale in _ENGLISH_SCALED.findall(folded):
        if count in _ENGLISH:
            found.add(_ENGLISH[count] * _ENGLISH[scale])
    for tens, ones in _ENGLISH_TENS.findall(folded):
        if ones in _ENGLISH:
            found.add(_ENGLISH[tens] + _ENGLISH[ones])
    return frozenset(found)


def _names_month(text: str, month: int, language: str) -> bool:
    folded = text.casefold()
    return any(name in folded for name in _month_names(language or "en")[month])


@lru_cache(maxsize=64)
def _month_names(language: str) -> dict[int, tuple[str, ...]]:
    """Return month -> the beginnings of its names in a language, endings of cases left out."""
    names: Counter[tuple[int, str]] = Counter()
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[context][width].items():
                bare = name.casefold().rstrip(".")
                if not bare.isdigit():
                    names[month, bare[:5] if len(bare) > 5 else bare] += 1  # noqa: PLR2004 - a stem
    return {
        month: tuple(name for at, name in names if at == month) for month in range(1, _MONTHS + 1)
    }
