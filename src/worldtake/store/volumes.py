"""How much came of each outlet: entries by hour, pages read by day, and how the outlet stands by that.

Hours and days are counted from 1970 in UTC. The row of no outlet (an empty id) tells in which hours the house listened:
what came of nobody while it did not is no silence.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from worldtake.model.health import Health
from worldtake.store.ledger import BATCH_ROWS, inserting, keep_note, note, upsert
from worldtake.store.records import MICROS, dump, moment
from worldtake.store.tables import FEED, HEALTH, VOLUME, YIELD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.dialects import postgresql, sqlite

    from worldtake.model import Entry

HOUR_MICROS = 3600 * MICROS
DAY_MICROS = 24 * HOUR_MICROS
#: How far back a stated time of publication is believed, in hours.
BELIEVED_HOURS = 48
#: Days that volumes and yields are kept: twelve weeks.
KEPT_DAYS = 84
#: Outlet id of the house itself.
HOUSE = ""
_PRUNED_NOTE = "volumes pruned"
_HEALTH_FIELDS = frozenset(each.name for each in fields(Health))
_MOMENTS = frozenset(("since", "measured", "counted_from", "last_entry"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DayYield:
    """Pages of an outlet that were read on one day."""

    day: int
    pages: int
    refused: int = 0
    characters: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an outlet stands, with what was learnt for that."""

    health: Health
    #: What is usual for it, as its stage wrote it; empty before it was learnt.
    rhythm: Mapping[str, Any]
    #: Day on which that was learnt.
    learnt: int


def count_entries(connection: sa.Connection, entries: Sequence[Entry], *, now: int) -> None:
    """Add fresh entries to their outlets' hours: of publication as stated if lately, else of arrival.

    Call it in the transaction that keeps them: then each is counted exactly once. A time of midnight states a day only.
    """
    counts = Counter((entry.outlet_id, _hour(entry, now)) for entry in entries)
    rows = [
        {"outlet_id": outlet, "hour": hour, "entries": number}
        for (outlet, hour), number in sorted(counts.items())
    ]
    _add(connection, VOLUME, rows, ("entries",))
    if rows:
        mark_listening(connection, now=now)


def mark_listening(connection: sa.Connection, *, now: int) -> None:
    """Note that the house listened in this hour."""
    row = {"outlet_id": HOUSE, "hour": now // HOUR_MICROS, "entries": 1}
    _add(connection, VOLUME, [row], ("entries",))


def count_readings(connection: sa.Connection, read: Mapping[str, DayYield]) -> None:
    """Add pages that were read, those of them that held no article, and the articles' characters to their outlets' days."""
    rows = [{"outlet_id": outlet} | asdict(each) for outlet, each in sorted(read.items())]
    _add(connection, YIELD, rows, ("pages", "refused", "characters"))


def volumes(
    connection: sa.Connection, outlet_ids: Collection[str], since_hour: int
) -> dict[str, list[tuple[int, int]]]:
    """Return outlet -> (hour, entries) from `since_hour` on, ascending."""
    found: dict[str, list[tuple[int, int]]] = {}
    for ids in _chunks(outlet_ids):
        wanted = VOLUME.c.outlet_id.in_(ids) & (VOLUME.c.hour >= since_hour)
        query = sa.select(VOLUME).where(wanted).order_by(VOLUME.c.outlet_id, VOLUME.c.hour)
        for outlet, hour, entries in connection.execute(query).all():
            found.setdefault(outlet, []).append((hour, entries))
    return found


def listened(connection: sa.Connection, since_hour: int) -> tuple[tuple[int, int], ...]:
    """Return the spans of hours in which the house listened, half open and ascending."""
    spans: list[list[int]] = []
    for hour, _ in volumes(connection, [HOUSE], since_hour).get(HOUSE, ()):
        if spans and spans[-1][1] == hour:
            spans[-1][1] = hour + 1
        else:
            spans.append([hour, hour + 1])
    return tuple((start, end) for start, end in spans)


def yields(
    connection: sa.Connection, outlet_ids: Collection[str], since_day: int
) -> dict[str, list[DayYield]]:
    """Return outlet -> what was read of it from `since_day` on, ascending."""
    found: dict[str, list[DayYield]] = {}
    for ids in _chunks(outlet_ids):
        wanted = YIELD.c.outlet_id.in_(ids) & (YIELD.c.day >= since_day)
        query = sa.select(YIELD).where(wanted).order_by(YIELD.c.outlet_id, YIELD.c.day)
        for outlet, day, pages, refused, characters in connection.execute(query).all():
            each = DayYield(day=day, pages=pages, refused=refused, characters=characters)
            found.setdefault(outlet, []).append(each)
    return found


def feed_records(connection: sa.Connection) -> dict[str, list[tuple[dict[str, Any], int]]]:
    """Return outlet -> of each of its feeds what the last call said, and when it is due again."""
    found: dict[str, list[tuple[dict[str, Any], int]]] = {}
    query = sa.select(FEED.c.outlet_id, FEED.c.state, FEED.c.due).order_by(FEED.c.url)
    for outlet, state, due in connection.execute(query):
        found.setdefault(outlet, []).append((json.loads(state), due))
    return found


def keep_health(connection: sa.Connection, standings: Iterable[Standing]) -> None:
    """Keep how outlets stand; since when is as `Health.since` says."""
    rows = [
        {"outlet_id": each.health.outlet_id, "state": each.health.state}
        | {"since": moment(each.health.since), "record": _record(each)}
        for each in standings
    ]
    upsert(connection, HEALTH, rows)


def health(
    connection: sa.Connection, outlet_ids: Collection[str] | None = None
) -> dict[str, Health]:
    """Return outlet -> how it stands, of all without ids; an outlet that was never measured is left out."""
    return {outlet: each.health for outlet, each in standings(connection, outlet_ids).items()}


def standings(
    connection: sa.Connection, outlet_ids: Collection[str] | None = None
) -> dict[str, Standing]:
    """Return outlet -> how it stands with what was learnt for that."""
    found = {}
    for outlet, record in _records(connection, outlet_ids):
        values = json.loads(record)
        own = {name: _read(name, values[name]) for name in _HEALTH_FIELDS & values.keys()}
        found[outlet] = Standing(
            health=Health(**own), rhythm=values["rhythm"], learnt=values["learnt"]
        )
    return found


def health_states(connection: sa.Connection) -> dict[str, str]:
    """Return outlet -> the name of its state."""
    query = sa.select(HEALTH.c.outlet_id, HEALTH.c.state)
    return {str(outlet): str(state) for outlet, state in connection.execute(query)}


def forget_volumes(connection: sa.Connection, outlet_ids: Collection[str]) -> None:
    """Remove all that is counted of these outlets."""
    for ids in _chunks(outlet_ids):
        for table in (VOLUME, YIELD, HEALTH):
            connection.execute(table.delete().where(table.c.outlet_id.in_(ids)))


def drop_old(connection: sa.Connection, *, now: int) -> None:
    """Remove hours and days that are past their time, once a day."""
    day = now // DAY_MICROS
    if note(connection, _PRUNED_NOTE) == str(day):
        return
    keep_note(connection, _PRUNED_NOTE, str(day))
    oldest = day - KEPT_DAYS
    connection.execute(VOLUME.delete().where(VOLUME.c.hour < oldest * 24))
    connection.execute(YIELD.delete().where(YIELD.c.day < oldest))


def _hour(entry: Entry, now: int) -> int:
    published = entry.published
    if published is None or (published.hour, published.minute, published.second) == (0, 0, 0):
        return now // HOUR_MICROS
    stated = moment(published)
    lately = now - BELIEVED_HOURS * HOUR_MICROS <= stated <= now
    return (stated if lately else now) // HOUR_MICROS


def _add(
    connection: sa.Connection,
    table: sa.Table,
    rows: Sequence[Mapping[str, object]],
    columns: tuple[str, ...],
) -> None:
    """Insert the rows, adding `columns` to those that are there; no key twice in `rows`."""
    if not rows:
        return
    connection.execute(_adding(connection.dialect.name, table, columns), list(rows))


@functools.cache
def _adding(
    dialect: str, table: sa.Table, columns: tuple[str, ...]
) -> sqlite.Insert | postgresql.Insert:
    statement, keys = inserting(dialect, table)
    sums = {name: table.c[name] + statement.excluded[name] for name in columns}
    return statement.on_conflict_do_update(index_elements=keys, set_=sums)


def _record(standing: Standing) -> str:
    values = json.loads(dump(standing.health))
    values |= {"rhythm": standing.rhythm, "learnt": standing.learnt}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _read(name: str, value: Any) -> Any:
    """Return a field of `Health`; quicker by half than `records.load`, and read for every outlet every few minutes."""
    return datetime.fromisoformat(value) if value and name in _MOMENTS else value


def _records(
    connection: sa.Connection, outlet_ids: Collection[str] | None
) -> Iterable[tuple[str, str]]:
    query = sa.select(HEALTH.c.outlet_id, HEALTH.c.record).order_by(HEALTH.c.outlet_id)
    if outlet_ids is None:
        yield from ((str(outlet), str(record)) for outlet, record in connection.execute(query))
        return
    for ids in _chunks(outlet_ids):
        rows = connection.execute(query.where(HEALTH.c.outlet_id.in_(ids)))
        yield from ((str(outlet), str(record)) for outlet, record in rows)


def _chunks(ids: Collection[str]) -> Iterable[list[str]]:
    every = sorted(ids)
    for at in range(0, len(every), BATCH_ROWS):
        yield every[at : at + BATCH_ROWS]
