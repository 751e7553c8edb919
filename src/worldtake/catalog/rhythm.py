"""An outlet's rhythm, learnt from what it announced: entries expected in each hour of the week, its longest pauses, its spread.

Rates are shrunk as in a Poisson-gamma model (Gelman et al., Bayesian Data Analysis, 2.6): the level towards what the
outlet is said to publish, hours and weekdays towards the shape of its country's press, each hour of the week towards the
product of both. Pauses are measured in expected entries, not hours, so that a night counts little: by the time-rescaling
theorem (Brown et al., Neural Computation 14, 2002) they are near exponential whatever the rhythm. Hours of the week are of
UTC; smoothing over neighbouring hours takes in daylight saving.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from itertools import accumulate
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import betainc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Floats: TypeAlias = npt.NDArray[np.float64]

DAY_HOURS, WEEK_HOURS = 24, 168
#: Hours of history that are read: eight weeks.
HISTORY_HOURS = 8 * WEEK_HOURS
#: Hours after which a past hour weighs half.
HALF_LIFE_HOURS = 3 * WEEK_HOURS
#: Entries that a prior weighs: of the level, an hour of the day, a weekday, an hour of the week (`evals/health.py`).
LEVEL_PRIOR, HOUR_PRIOR, WEEKDAY_PRIOR, CELL_PRIOR = 1.0, 3.0, 1.0, 2.0
#: How neighbouring hours share what is known of them, before each hour of the week is looked at alone.
KERNEL = (1.0, 2.0, 1.0)
#: An hour counts at most as often as this many times the second largest, and some: a first call brings a whole archive.
BURST_TIMES, BURST_MORE = 3, 5
#: Longest pauses by which the tail is measured, and the weight of an exponential tail of mean 1 beside them.
TAIL_PAUSES, TAIL_PRIOR = 20, 5.0
LEAST_PAUSES = 2
#: A pause of so many times its tail, of so many expected entries, and of so many times the pause that is fourth in length
#: (a weekend comes more often than thrice) was an outage and teaches nothing.
OUTAGE_TAILS, OUTAGE_ENTRIES, OUTAGE_TIMES, OUTAGES = 25.0, 20.0, 3.0, 3
#: Squared relative spread of a day beside Poisson before it is measured, and its weight in days.
SPREAD_PRIOR, SPREAD_DAYS = 0.04, 7.0
#: Days of history that bear on a weekday's rate: a spread seen over days that also taught their rates is too small, and
#: the next day strays from a rate that is itself uncertain.
SPREAD_MOST_DAYS = 35.0
#: Listened hours from which a day of history counts in the spread.
WHOLE_DAY_HOURS = 22
#: Part of the spans of a history that may be leaner than its leanest, and least of the usual expected in a span judged.
LEAN_PART, LEAN_OF_USUAL = 0.02, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What an outlet announced, hour by hour (hours since 1970)."""

    #: (hour, entries), ascending; hours with none may be left out.
    hours: tuple[tuple[int, int], ...]
    #: Spans of hours, half open and ascending, in which the house listened.
    listened: tuple[tuple[int, int], ...]
    #: Entries a day that it is said to publish; None where not known.
    stated_a_day: float | None = None
    #: Shape of a week of its country's press, 168 numbers of mean 1; empty where not known.
    shape: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What is usual for an outlet."""

    #: Entries expected in each hour of the week; the first is that of 1 January 1970, a Thursday, 00:00 UTC.
    rates: tuple[float, ...]
    #: Listened days that it was learnt from.
    days: float
    #: Entries that it was learnt from.
    entries: float
    #: A pause, in expected entries, that it makes `pauses_a_day` times a day, and by how much longer ones exceed it in mean.
    pause: float
    pauses_a_day: float
    tail: float
    #: Longest pause that was no outage, in expected entries.
    longest: float
    #: Squared relative spread of a day beside Poisson.
    spread: float
    #: Entries as a share of the expected, in the leanest 24 hours and the leanest week of its history but for a fiftieth.
    lean_day: float
    lean_week: float
    #: Last hour with an entry; None where there was none.
    last_hour: int | None
    #: Entries expected in the week before each hour of it.
    _sums: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sums", tuple(accumulate(self.rates, initial=0.0)))

    def a_day(self) -> float:
        """Return the entries of a usual day, over the week."""
        return sum(self.rates) / 7

    def expected(self, start: float, end: float) -> float:
        """Return the entries expected from `start` to `end`, hours since 1970 with fractions."""
        return self._until(end) - self._until(start) if end > start else 0.0

    def _until(self, hours: float) -> float:
        hour = math.floor(hours)
        weeks, at = divmod(hour, WEEK_HOURS)
        return weeks * self._sums[-1] + self._sums[at] + (hours - hour) * self.rates[at]

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Rhythm:
        """Return the rhythm that `plain` gave."""
        return cls(**{**values, "rates": tuple(values["rates"])})

    def plain(self) -> dict[str, Any]:
        """Return its fields as JSON knows them."""
        values = {each.name: getattr(self, each.name) for each in fields(self) if each.init}
        return values | {"rates": list(self.rates)}

    def pauses_like(self, entries: float) -> float:
        """Return how often a day a pause of at least so many expected entries is made."""
        return self.pauses_a_day * min(1.0, math.exp(-(entries - self.pause) / self.tail))


@dataclass(frozen=True, slots=True)
class LearnRhythm:
    """Learn an outlet's rhythm up to its last entry; a pause that still lasts teaches nothing."""

    name: ClassVar[str] = "catalog.rhythm"
    version: ClassVar[int] = 1

    def __call__(self, past: Past) -> Rhythm:
        """Return the rhythm; one without entries expects what the outlet is said to publish."""
        hours = [hour for hour, entries in past.hours if entries]
        if not hours:
            return _stated(past)
        first = max(hours[0], hours[-1] - HISTORY_HOURS)
        counts, heard = _series(past, first, hours[-1])
        rates = _rates(counts, heard, first, past)
        heard = _without_outages(counts, heard, rates, first)
        return _rhythm(counts, heard, _rates(counts, heard, first, past), first)


def shape_of(rhythms: Sequence[Rhythm], prior: tuple[float, ...] = ()) -> tuple[float, ...]:
    """Return the mean shape of these outlets' weeks, with `prior` (flat if none) as a fifth of what twenty weigh."""
    weight = 5.0
    total = weight * np.array(prior or (1.0,) * WEEK_HOURS)
    for rhythm in rhythms:
        if (level := sum(rhythm.rates) / WEEK_HOURS) > 0:
            total, weight = total + np.array(rhythm.rates) / level, weight + 1.0
    return tuple(round(float(each), 4) for each in total / weight)


def chance_of_so_few(seen: int, expected: float, spread: float) -> float:
    """Return the chance of at most `seen` entries: negative binomial of mean `expected` and this spread beside Poisson."""
    if expected <= 0:
        return 1.0
    size = 1.0 / max(spread, 1e-6)
    return float(betainc(size, seen + 1.0, size / (size + expected)))


def band(expected: float, spread: float) -> tuple[float, float]:
    """Return bounds between which nine days in ten lie: a gamma's quantiles by Wilson and Hilferty (1931)."""
    if expected <= 0:
        return 0.0, 0.0
    variance = expected + spread * expected**2
    part = variance / expected**2 / 9
    root, normal = math.sqrt(part), 1.6449
    low, high = ((1 - part + sign * normal * root) for sign in (-1, 1))
    return max(0.0, expected * max(0.0, low) ** 3), expected * high**3


def _stated(past: Past) -> Rhythm:
    return Rhythm(
        rates=_rounded(_shape(past) * (past.stated_a_day or 0.0) / DAY_HOURS),
        days=0.0,
        entries=0.0,
        pause=0.0,
        pauses_a_day=past.stated_a_day or 0.0,
        tail=2.0,
        longest=0.0,
        spread=1.0,
        lean_day=1.0,
        lean_week=1.0,
        last_hour=None,
    )


def _series(past: Past, first: int, last: int) -> tuple[Floats, Floats]:
    """Return entries and whether the house listened, for each hour from `first` to `last`."""
    counts = np.zeros(last + 1 - first)
    for hour, entries in past.hours:
        if hour >= first:
            counts[hour - first] += entries
    heard = np.zeros(len(counts))
    for start, end in past.listened:
        heard[max(0, start - first) : max(0, end - first)] = 1.0
    largest = np.sort(counts * heard)[-2:]
    most = BURST_MORE + BURST_TIMES * (largest[0] if len(largest) > 1 else 0.0)
    return np.minimum(counts, most) * heard, heard


def _rates(counts: Floats, heard: Floats, first: int, past: Past) -> Floats:
    """Return the rate of each hour of the week."""
    ages = len(counts) - 1 - np.arange(len(counts))
    weight = 0.5 ** (ages / HALF_LIFE_HOURS)
    seen, exposed = _weekly(counts * weight, first), _weekly(heard * weight, first)
    shape = _shape(past)
    stated = past.stated_a_day
    prior = LEVEL_PRIOR if stated else 0.0
    basis = float((exposed * shape).sum()) + (prior * DAY_HOURS / stated if stated else 0.0)
    rates = shape * ((float(seen.sum()) + prior) / basis if basis else 0.0)
    for parts, weigh in (
        (_by_hour, HOUR_PRIOR),
        (_by_weekday, WEEKDAY_PRIOR),
        (_around, CELL_PRIOR),
        (_alone, CELL_PRIOR),
    ):
        rates = rates * (parts(seen) + weigh) / (parts(exposed * rates) + weigh)
    told = float((exposed * rates).sum()) + prior
    return rates * ((float(seen.sum()) + prior) / told if told else 0.0)


def _shape(past: Past) -> Floats:
    return np.array(past.shape or (1.0,) * WEEK_HOURS)


def _weekly(values: Floats, first: int) -> Floats:
    """Return the sums of hourly values by hour of the week."""
    cells = (first + np.arange(len(values))) % WEEK_HOURS
    return np.bincount(cells, weights=values, minlength=WEEK_HOURS).astype(np.float64)


def _by_hour(week: Floats) -> Floats:
    """Return for each hour of the week what its hour of the day and its neighbours hold."""
    return np.tile(_around(week.reshape(7, DAY_HOURS).sum(axis=0)), 7)


def _by_weekday(week: Floats) -> Floats:
    """Return for each hour of the week what its day holds."""
    return np.repeat(week.reshape(7, DAY_HOURS).sum(axis=1), DAY_HOURS)


def _around(values: Floats) -> Floats:
    """Return each value with its neighbours, weighed by `KERNEL`, round the clock."""
    half = len(KERNEL) // 2
    return sum(
        (weight * np.roll(values, at - half) for at, weight in enumerate(KERNEL)),
        start=np.zeros(len(values)),
    ) / sum(KERNEL)


def _alone(week: Floats) -> Floats:
    return week


def _without_outages(counts: Floats, heard: Floats, rates: Floats, first: int) -> Floats:
    """Return `heard` without the hours of pauses so long that they were outages."""
    starts, masses, lengths = _pauses(counts, heard, rates, first)
    _, _, tail = _tail(masses, float(heard.sum()) / DAY_HOURS)
    kept = heard.copy()
    common = np.sort(masses)[-OUTAGES - 1] if len(masses) > OUTAGES else 0.0
    most = max(OUTAGE_ENTRIES, OUTAGE_TAILS * tail, OUTAGE_TIMES * float(common))
    for start, mass, length in zip(starts, masses, lengths, strict=True):
        if mass > most:
            kept[start : start + length] = 0.0
    return kept


def _pauses(
    counts: Floats, heard: Floats, rates: Floats, first: int
) -> tuple[list[int], Floats, list[int]]:
    """Return start, expected entries and hours of each run of listened hours without an entry."""
    expected = _expected(heard, rates, first)
    busy = np.flatnonzero(counts)
    sums = np.concatenate(([0.0], np.cumsum(expected)))
    before, after = busy[:-1] + 1, busy[1:]
    real = after > before
    masses = (sums[after] - sums[before])[real]
    lengths = (after - before)[real]
    return [int(each) for each in before[real]], masses, [int(each) for each in lengths]


def _tail(masses: Floats, days: float) -> tuple[float, float, float]:
    """Return a long pause, how often a day it is passed, and the mean excess of longer ones.

    The spacings of the longest pauses, each times its rank, are exponential with the mean of the tail (Rényi 1953);
    their median leaves single outages aside, and where days differ much their mean is greater, without the longest pause.
    """
    longest = np.sort(masses)[::-1]
    most = min(TAIL_PAUSES, len(longest) // 2)
    if most < LEAST_PAUSES or not days:
        return 0.0, len(longest) / days if days else 0.0, 1.0
    spacings = (longest[:most] - longest[1 : most + 1]) * np.arange(1, most + 1)
    measured = max(float(np.median(spacings)) / math.log(2), float(spacings[1:].mean()))
    tail = (most * measured + TAIL_PRIOR) / (most + TAIL_PRIOR)
    return float(longest[most]), most / days, max(tail, 0.5)


def _rhythm(counts: Floats, heard: Floats, rates: Floats, first: int) -> Rhythm:
    days = float(heard.sum()) / DAY_HOURS
    expected = _expected(heard, rates, first)
    _, masses, _ = _pauses(counts, heard, rates, first)
    pause, often, tail = _tail(masses, days)
    return Rhythm(
        rates=_rounded(rates),
        days=round(days, 2),
        entries=float(counts.sum()),
        pause=round(pause, 4),
        pauses_a_day=round(often, 4),
        tail=round(tail, 4),
        longest=round(float(masses.max(initial=0.0)), 4),
        spread=round(_spread(counts, heard, rates, first), 4),
        lean_day=round(_leanest(counts, expected, DAY_HOURS), 4),
        lean_week=round(_leanest(counts, expected, WEEK_HOURS), 4),
        last_hour=first + len(counts) - 1,
    )


def _expected(heard: Floats, rates: Floats, first: int) -> Floats:
    return rates[(first + np.arange(len(heard))) % WEEK_HOURS] * heard


def _leanest(counts: Floats, expected: Floats, hours: int) -> float:
    """Return the share of the expected that came in the leanest spans of so many hours, but for `LEAN_PART` of them."""
    if len(counts) <= hours:
        return 1.0
    seen, told = (np.concatenate(([0.0], np.cumsum(each))) for each in (counts, expected))
    seen, told = seen[hours:] - seen[:-hours], told[hours:] - told[:-hours]
    judged = told >= LEAN_OF_USUAL * np.median(told)
    return float(np.quantile(seen[judged] / told[judged], LEAN_PART)) if told.any() else 1.0


def _spread(counts: Floats, heard: Floats, rates: Floats, first: int) -> float:
    """Return the squared relative spread of days beside Poisson, by moments."""
    expected = _expected(heard, rates, first)
    whole = len(counts) // DAY_HOURS * DAY_HOURS
    by_day = (each[:whole].reshape(-1, DAY_HOURS).sum(axis=1) for each in (counts, expected, heard))
    seen, told, listened = by_day
    days = listened >= WHOLE_DAY_HOURS
    squares = float((told[days] ** 2).sum())
    beside = float(((seen[days] - told[days]) ** 2 - told[days]).sum())
    number = float(days.sum())
    fitted = min(7 / max(min(number, SPREAD_MOST_DAYS), 14.0), 0.5)
    measured = max(0.0, beside) / squares * (1 + fitted) / (1 - fitted) if squares else 0.0
    return (number * measured + SPREAD_DAYS * SPREAD_PRIOR) / (number + SPREAD_DAYS)


def _rounded(rates: Floats) -> tuple[float, ...]:
    return tuple(float(f"{each:.4g}") for each in rates)
