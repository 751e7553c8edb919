"""Measure how every outlet stands, and keep it: reads in bulk, learns some rhythms anew, judges all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from worldtake.catalog.health import (
    EBB_ENTRIES,
    AssessHealth,
    FeedSign,
    History,
    ebb,
    is_known,
)
from worldtake.catalog.layout import ReadDay
from worldtake.catalog.rhythm import (
    DAY_HOURS,
    HISTORY_HOURS,
    LearnRhythm,
    Past,
    Rhythm,
    band,
    shape_of,
)
from worldtake.model.health import HEALTH_STATES, DayCount, HealthLine
from worldtake.store import press, volumes
from worldtake.store.records import moment, read_moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.model import Outlet
    from worldtake.model.health import Health
    from worldtake.store import Connection

#: Days of single hours that are read for every outlet; eight hold a week and the day that runs.
RECENT_DAYS = 8
#: Days of reading that pages are held against.
READ_DAYS = 28
#: Rhythms learnt anew at one time, 3 ms each: a round of 1,500 outlets takes 25 times, of five minutes two hours.
LEARNT_AT_ONCE = 60
#: How long a kept record of a healthy outlet may stand before it is written again.
KEPT_SPAN = timedelta(hours=1)
#: Days that an outlet's page shows.
SHOWN_DAYS = 28
_NEVER = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Press:
    """All outlets that are followed, with what is known of each."""

    outlets: tuple[Outlet, ...]
    now: int
    #: What came in the last days.
    recent: Mapping[str, list[tuple[int, int]]]
    listened: tuple[tuple[int, int], ...]
    signs: Mapping[str, tuple[FeedSign, ...]]
    read: Mapping[str, list[volumes.DayYield]]
    before: Mapping[str, volumes.Standing]
    #: When anything of anybody was last heard; now where no feed says.
    heard: datetime


def assess_all(connection: Connection, *, now: int) -> tuple[Health, ...]:
    """Judge every outlet with feeds, keep how it stands, and return that by outlet id."""
    house = _read(connection, now)
    today = now // volumes.DAY_MICROS
    rhythms, learnt = _rhythms(connection, house, today)
    ebbs = _ebbs(house, rhythms)
    reads = any(each.day >= today - 2 for days in house.read.values() for each in days)
    assess = AssessHealth()
    found = [
        assess(
            _history(each, house, rhythms[each.id], ebbs=ebbs.get(each.country, ()), reads=reads)
        )
        for each in house.outlets
    ]
    volumes.keep_health(
        connection,
        [
            volumes.Standing(
                health=each, rhythm=rhythms[each.outlet_id].plain(), learnt=learnt[each.outlet_id]
            )
            for each in found
            if _is_news(each, house.before.get(each.outlet_id), learnt[each.outlet_id])
        ],
    )
    volumes.drop_old(connection, now=now)
    return tuple(found)


def health_lines(connection: Connection, outlets: Sequence[Outlet]) -> tuple[HealthLine, ...]:
    """Return how each of `outlets` that was measured stands: worst first, by name within a state."""
    known = volumes.health(connection)
    lines = [
        HealthLine(outlet_id=each.id, name=each.name, country=each.country, health=known[each.id])
        for each in outlets
        if each.id in known
    ]
    lines.sort(key=lambda line: (HEALTH_STATES.index(line.health.state), line.name.casefold()))
    return tuple(lines)


def day_counts(connection: Connection, outlet_id: str, *, now: int) -> tuple[DayCount, ...]:
    """Return the entries of an outlet's last four weeks day by day, with what is usual; empty where it has none."""
    today = now // volumes.DAY_MICROS
    first = today - SHOWN_DAYS + 1
    counts = dict.fromkeys(range(first, today + 1), 0)
    hours = volumes.volumes(connection, [outlet_id], first * DAY_HOURS).get(outlet_id, [])
    for hour, entries in hours:
        if hour // DAY_HOURS in counts:
            counts[hour // DAY_HOURS] += entries
    standing = volumes.standings(connection, [outlet_id]).get(outlet_id)
    known = standing is not None and standing.health.usual_a_day is not None
    rhythm = Rhythm.of(standing.rhythm) if standing and known else None
    return tuple(_day_count(day, counts[day], rhythm) for day in counts) if hours else ()


def _day_count(day: int, entries: int, rhythm: Rhythm | None) -> DayCount:
    low, high = None, None
    if rhythm:
        low, high = band(rhythm.expected(day * DAY_HOURS, (day + 1) * DAY_HOURS), rhythm.spread)
    when = read_moment(day * volumes.DAY_MICROS).date()
    return DayCount(day=when, entries=entries, low=low, high=high)


def _read(connection: Connection, now: int) -> _Press:
    outlets = tuple(each for each in press.outlets(connection) if each.feeds)
    ids = [each.id for each in outlets]
    today = now // volumes.DAY_MICROS
    signs = {
        outlet: tuple(_sign(state, due) for state, due in states)
        for outlet, states in volumes.feed_records(connection).items()
    }
    answered = max(
        (sign.last_ok for each in signs.values() for sign in each if sign.last_ok), default=None
    )
    if answered:
        volumes.mark_listening(connection, now=min(now, moment(answered)))
    return _Press(
        outlets=outlets,
        now=now,
        recent=volumes.volumes(connection, ids, (today - RECENT_DAYS) * DAY_HOURS),
        listened=volumes.listened(connection, now // volumes.HOUR_MICROS - HISTORY_HOURS),
        signs=signs,
        read=volumes.yields(connection, ids, today - READ_DAYS),
        before=volumes.standings(connection, ids),
        heard=min(answered or read_moment(now), read_moment(now)),
    )


def _sign(state: Mapping[str, Any], due: int) -> FeedSign:
    """Return what a feed's state says; one kept before it told the time of its last call tells it by when it is due."""
    failures = int(state.get("failures", 0))
    answered = _moment(state.get("last_ok"))
    if answered is None and state.get("digest") and not failures and due:
        answered = read_moment(due) - timedelta(seconds=float(state.get("next_due_seconds", 0)))
    return FeedSign(
        failures=failures,
        outcome=str(state.get("outcome") or ""),
        last_ok=answered,
        last_new=_moment(state.get("last_new")),
    )


def _moment(stated: object) -> datetime | None:
    if not isinstance(stated, str):
        return None
    try:
        found = datetime.fromisoformat(stated)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _rhythms(
    connection: Connection, house: _Press, today: int
) -> tuple[dict[str, Rhythm], dict[str, int]]:
    """Return every outlet's rhythm and the day on which it was learnt; the stalest are learnt anew."""
    known = {outlet: Rhythm.of(standing.rhythm) for outlet, standing in house.before.items()}
    learnt = {outlet: standing.learnt for outlet, standing in house.before.items()}
    stale = sorted(
        (learnt.get(each.id, _NEVER), each.id)
        for each in house.outlets
        if each.id not in known or (learnt[each.id] < today and each.id in house.recent)
    )
    chosen = [outlet for _, outlet in stale[:LEARNT_AT_ONCE]]
    since = house.now // volumes.HOUR_MICROS - HISTORY_HOURS
    past = volumes.volumes(connection, chosen, since)
    shapes = _shapes(house.outlets, known) if chosen else {}
    learn = LearnRhythm()
    for outlet in house.outlets:
        if outlet.id in chosen or outlet.id not in known:
            known[outlet.id] = learn(
                Past(
                    hours=tuple(past.get(outlet.id, ())),
                    listened=house.listened,
                    stated_a_day=outlet.expect.articles_a_day if outlet.expect else None,
                    shape=shapes.get(outlet.country) or shapes.get(None, ()),
                )
            )
            learnt[outlet.id] = today if outlet.id in chosen else _NEVER
    return known, learnt


def _shapes(
    outlets: Sequence[Outlet], known: Mapping[str, Rhythm]
) -> dict[str | None, tuple[float, ...]]:
    """Return the shape of a week of each country's press; under None that of the world's."""
    by_country: dict[str | None, list[Rhythm]] = {}
    for outlet in outlets:
        rhythm = known.get(outlet.id)
        if rhythm and rhythm.entries:
            by_country.setdefault(outlet.country, []).append(rhythm)
    world = shape_of([each for rhythms in by_country.values() for each in rhythms])
    shapes = {country: shape_of(rhythms, world) for country, rhythms in by_country.items()}
    return shapes | {None: world}


def _ebbs(
    house: _Press, rhythms: Mapping[str, Rhythm]
) -> dict[str | None, tuple[tuple[int, float], ...]]:
    """Return country -> its ebbs in the last days."""
    until = moment(house.heard) / volumes.HOUR_MICROS
    days = range(int(until) // DAY_HOURS - RECENT_DAYS, int(until) // DAY_HOURS + 1)
    ratios: dict[tuple[str | None, int], list[float]] = {}
    for outlet in house.outlets:
        rhythm = rhythms[outlet.id]
        if not is_known(rhythm):
            continue
        seen = dict.fromkeys(days, 0)
        for hour, entries in house.recent.get(outlet.id, ()):
            seen[hour // DAY_HOURS] = seen.get(hour // DAY_HOURS, 0) + entries
        for day in days:
            expected = _expected(rhythm, day, until, house.listened)
            if expected >= EBB_ENTRIES:
                ratios.setdefault((outlet.country, day), []).append(seen[day] / expected)
    found: dict[str | None, tuple[tuple[int, float], ...]] = {}
    for (country, day), shares in sorted(ratios.items(), key=lambda each: each[0][1]):
        if country and (share := ebb(shares)) < 1:
            found[country] = (*found.get(country, ()), (day, share))
    return found


def _expected(rhythm: Rhythm, day: int, until: float, listened: Sequence[tuple[int, int]]) -> float:
    first, last = day * DAY_HOURS, min((day + 1) * DAY_HOURS, until)
    return sum(
        rhythm.expected(max(first, start), min(last, end))
        for start, end in listened
        if start < last and end > first
    )


def _history(
    outlet: Outlet,
    house: _Press,
    rhythm: Rhythm,
    *,
    ebbs: tuple[tuple[int, float], ...],
    reads: bool,
) -> History:
    standing = house.before.get(outlet.id)
    return History(
        outlet_id=outlet.id,
        rhythm=rhythm,
        now=read_moment(house.now),
        heard=house.heard,
        recent=tuple(house.recent.get(outlet.id, ())),
        listened=house.listened,
        feeds=house.signs.get(outlet.id, ()),
        read=tuple(
            ReadDay(
                day=each.day, pages=each.pages, refused=each.refused, characters=each.characters
            )
            for each in house.read.get(outlet.id, ())
        ),
        reads=reads,
        ebbs=ebbs,
        before=standing.health if standing else None,
    )


def _is_news(health: Health, before: volumes.Standing | None, learnt: int) -> bool:
    """Tell whether the kept record is to be written again."""
    if before is None or before.learnt != learnt or before.health.state != health.state:
        return True
    usual = health.state in ("healthy", "unknown")
    return not usual or health.measured - before.health.measured >= KEPT_SPAN
