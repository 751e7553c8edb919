"""False alarms of the health of outlets and the delay until real trouble is seen, in seeded simulations of many rhythms.

A press publishes for eight weeks of learning and two of watching, hour by hour: by day and night in every zone, on weekdays
alone, in batches, in bursts, from 3 to 300 a day, with weekly swings, days that are fuller or emptier than others, an hour
of daylight saving, and holidays on which a country's press does little. Trouble is then planted: a silence, a halving.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from worldtake.catalog.health import EBB_ENTRIES, AssessHealth, History, ebb
from worldtake.catalog.rhythm import LearnRhythm, Past, Rhythm, shape_of

if TYPE_CHECKING:
    from worldtake.model.health import Health

#: Hours of learning and of watching; the clocks change in the middle of the second.
LEARN, WATCH = 8 * 168, 14 * 24
#: The first hour: a Monday, 00:00 UTC.
BEGIN = 4 + 2900 * 168
#: Articles a day.
SIZES = (3, 10, 25, 50, 120, 300)
#: Hours of day, local, in which a silence is counted, and in which it should be seen; hours in which a halving should.
MORNING, NIGHT = 6, 23
SILENCE_HOURS, HALVING_HOURS = 6, 72
#: Articles a day of the outlets that fall silent, and halve: they publish by day, or round the clock.
PLANTED = (10, 25, 50, 120, 300)
#: Seeds of the simulations: one alone plants 8 troubles of a size, and its luck moves a figure by a tenth.
SEEDS = (1, 2, 3, 4, 5, 6, 7, 8)
#: Hours between two looks at an outlet that is watched.
EVERY = 2
#: Share of the usual on a holiday, and of outlets that pause altogether.
HOLIDAY, PAUSING = 0.45, 0.05
#: Holidays a year, on which a day watched may fall.
HOLIDAYS_A_YEAR = 12

FLOORS = {
    "outlet-days without a false silence": 0.997,
    "outlet-days without any false state": 0.986,
    "silences of 50 a day seen in 6 hours of day": 0.75,
    "silences of 120 a day seen in 6 hours of day": 0.98,
    "silences of 300 a day seen in 6 hours of day": 0.98,
    "halvings of 120 a day seen in 3 days": 0.95,
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A rhythm of outlets."""

    name: str
    #: Rate of each hour of the week relative to the mean, from Monday 00:00 local.
    week: np.ndarray
    #: Mean entries that come together.
    burst: float = 1.0
    #: Relative spread of a day.
    swing: float = 0.15


def _day(start: int, end: int, night: float = 0.05) -> np.ndarray:
    hours = np.full(24, night)
    hours[start:end] = 1.0
    return hours


def _week(hours: np.ndarray, weekend: tuple[float, float] = (1.0, 1.0)) -> np.ndarray:
    days = np.array((1.0,) * 5 + weekend)
    week = np.outer(days, hours).ravel()
    return np.asarray(week / week.mean())


KINDS = (
    Kind("day", _week(_day(6, 23), (0.6, 0.5))),
    Kind("round the clock", _week(_day(5, 24, 0.4), (0.8, 0.8))),
    Kind("weekdays", _week(_day(8, 18, 0.0), (0.0, 0.0))),
    Kind("morning batch", _week(_day(5, 6, 0.02), (1.0, 0.1)), burst=4.0),
    Kind("evenings", _week(_day(17, 23, 0.03), (0.7, 1.0))),
    Kind("bursts", _week(_day(7, 22, 0.1), (0.7, 0.7)), burst=5.0, swing=0.3),
)


@dataclass(frozen=True, slots=True)
class Life:
    """An outlet's hours, from `BEGIN` on."""

    size: int
    kind: Kind
    #: Hours by which its clock stands before UTC.
    zone: int
    counts: np.ndarray
    #: Where a holiday falls within the watched days; None where none does.
    holiday: int | None
    #: True where it pauses on the holiday altogether.
    pauses: bool


def _live(random: np.random.Generator, size: int, kind: Kind, holiday: int | None) -> Life:
    hours = LEARN + WATCH
    zone = int(random.integers(-8, 10))
    saving = np.where(np.arange(hours) < LEARN + WATCH // 2, 0, 1)
    local = np.arange(hours) + zone + saving
    rates = size / 24 * kind.week[local % 168]
    days = random.gamma(1 / kind.swing**2, kind.swing**2, size=hours // 24 + 3)
    rates = rates * days[(local // 24) % len(days)]
    pauses = holiday is not None and random.random() < PAUSING
    if holiday is not None:
        share = 0.0 if pauses else random.uniform(HOLIDAY, 1.0)
        rates = np.where(local // 24 == (LEARN // 24) + holiday, rates * share, rates)
    events = random.poisson(rates / kind.burst)
    extra = random.poisson(np.maximum(events * (kind.burst - 1), 0.0))
    return Life(size, kind, zone, events + extra, holiday, pauses)


def _learn(life: Life, shape: tuple[float, ...]) -> Rhythm:
    return LearnRhythm()(_past(life.counts[:LEARN], shape))


def _past(counts: np.ndarray, shape: tuple[float, ...]) -> Past:
    busy = np.flatnonzero(counts)
    return Past(
        hours=tuple((BEGIN + int(at), int(counts[at])) for at in busy),
        listened=((BEGIN, BEGIN + len(counts)),),
        shape=shape,
    )


def _look(life: Life, rhythm: Rhythm, at: int, ebbs: tuple[tuple[int, float], ...]) -> Health:
    """Assess an outlet at the end of hour `at` of its life."""
    now = datetime.fromtimestamp((BEGIN + at) * 3600, tz=UTC)
    since = max(0, at - 192)
    recent = life.counts[since:at]
    history = History(
        outlet_id="x",
        rhythm=rhythm,
        now=now,
        heard=now,
        recent=tuple((BEGIN + since + int(i), int(recent[i])) for i in np.flatnonzero(recent)),
        listened=((BEGIN, BEGIN + at),),
        ebbs=ebbs,
    )
    return AssessHealth()(history)


def measure(presses: int = 2, seeds: tuple[int, ...] = SEEDS) -> dict[str, float]:
    """Return rates of outlet-days without a false alarm, and of trouble seen in time, over several presses of each seed."""
    days: list[set[str]] = []
    seen: dict[tuple[str, int], list[float]] = {}
    for seed in seeds:
        _live_and_watch(np.random.default_rng(seed), presses, days, seen)
    return _figures(days, seen)


def _live_and_watch(
    random: np.random.Generator,
    presses: int,
    days: list[set[str]],
    seen: dict[tuple[str, int], list[float]],
) -> None:
    for _ in range(presses):
        falls = random.random() < HOLIDAYS_A_YEAR * WATCH / 24 / 365
        holiday = int(random.integers(0, WATCH // 24)) if falls else None
        press = [_live(random, size, kind, holiday) for size in SIZES for kind in KINDS]
        shape = shape_of([_learn(life, ()) for life in press])
        rhythms = [_learn(life, shape) for life in press]
        hours = range(LEARN + EVERY, LEARN + WATCH + EVERY, EVERY) if falls else ()
        ebbs = {at: _ebbs(press, rhythms, at) for at in hours}
        for size in PLANTED:
            for kind in (*KINDS[:2], *KINDS[:2]):
                life = _live(random, size, kind, None)
                _plant(random, life, _learn(life, shape), seen)
        for life, rhythm in zip(press, rhythms, strict=True):
            if not life.pauses:  # what it is called on its holiday is right
                days += _watched(life, rhythm, ebbs)


def _watched(
    life: Life, rhythm: Rhythm, ebbs: dict[int, tuple[tuple[int, float], ...]]
) -> list[set[str]]:
    """Return the states of trouble that each day shows."""
    found = []
    for day in range(WATCH // 24):
        hours = range(LEARN + day * 24 + EVERY, LEARN + day * 24 + 24 + EVERY, EVERY)
        states = {str(_look(life, rhythm, at, ebbs.get(at, ())).state) for at in hours}
        found.append(states - {"healthy", "unknown"})
    return found


def _ebbs(press: list[Life], rhythms: list[Rhythm], at: int) -> tuple[tuple[int, float], ...]:
    """Return the ebbs of the press in the week before hour `at`, as they show then."""
    end = BEGIN + at
    return tuple(
        (day, share)
        for day in range(max(BEGIN + LEARN, end - 168) // 24, end // 24 + 1)
        if (share := ebb(_ratios(press, rhythms, day * 24, min(day * 24 + 24, end)))) < 1
    )


def _ratios(press: list[Life], rhythms: list[Rhythm], start: int, end: int) -> list[float]:
    told = [rhythm.expected(start, end) for rhythm in rhythms]
    seen = [int(life.counts[start - BEGIN : end - BEGIN].sum()) for life in press]
    return [one / other for one, other in zip(seen, told, strict=True) if other >= EBB_ENTRIES]


def _plant(
    random: np.random.Generator,
    life: Life,
    rhythm: Rhythm,
    seen: dict[tuple[str, int], list[float]],
) -> None:
    """Let an outlet fall silent, and halve, at some hour of its day; keep after how many hours of day that is seen."""
    start = LEARN + 24 * int(random.integers(0, 2)) + int((10 - life.zone) % 24)
    silent = life.counts.copy()
    silent[start:] = 0
    halved = life.counts.copy()
    halved[start:] = random.binomial(halved[start:], 0.4)
    for name, counts, states in (
        ("silence", silent, ("silent",)),
        ("halving", halved, ("thin", "silent")),
    ):
        planted = replace(life, counts=counts)
        delay = float("inf")
        for at in range(start + 1, min(start + 240, LEARN + WATCH)):
            if _look(planted, rhythm, at, ()).state in states:
                local = (np.arange(start, at) + life.zone) % 24
                delay = (
                    float(((local >= MORNING) & (local < NIGHT)).sum())
                    if name == "silence"
                    else at - start
                )
                break
        seen.setdefault((name, life.size), []).append(delay)


def _figures(days: list[set[str]], seen: dict[tuple[str, int], list[float]]) -> dict[str, float]:
    figures = {
        "outlet-days without a false silence": float(
            np.mean(["silent" not in day for day in days])
        ),
        "outlet-days without any false state": float(np.mean([not day for day in days])),
    }
    for state in ("silent", "late", "thin"):
        figures[f"share of outlet-days falsely {state}"] = float(
            np.mean([state in day for day in days])
        )
    for size in (10, 50, 120, 300):
        delays = np.array(seen[("silence", size)])
        figures[f"silences of {size} a day seen in {SILENCE_HOURS} hours of day"] = float(
            np.mean(delays <= SILENCE_HOURS)
        )
        figures[f"median hours of day to see a silence, {size} a day"] = float(np.median(delays))
    for size in (25, 120, 300):
        delays = np.array(seen[("halving", size)])
        figures[f"halvings of {size} a day seen in 3 days"] = float(
            np.mean(delays <= HALVING_HOURS)
        )
    return figures
