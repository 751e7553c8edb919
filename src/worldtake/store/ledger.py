"""The work ledger: what is due is rows, in the same database as what is done.

A batch is claimed under a lease; one transaction then writes the effects, removes the claims and files what follows. A
process killed anywhere leaves either the claim, which runs out, or the whole effect.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from worldtake.model.views import QuarantineItem, StageCount
from worldtake.store.records import read_moment
from worldtake.store.tables import NOTE, OUTCOME, QUARANTINE, WORK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.sql.expression import ColumnElement

#: Rows in one statement; both databases take many more, but not without bound.
BATCH_ROWS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One item handed to a worker."""

    item: str
    #: Tries before this one.
    tries: int
    #: Until when it is held, in microseconds; tells this claim from a later one.
    lease: int


def upsert(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, object]]
) -> None:
    """Insert the rows, replacing those with the same primary key; the last of equals wins."""
    if not rows:
        return
    statement = _upserting(connection.dialect.name, table, tuple(rows[0]))
    connection.execute(statement, list(rows))


def insert_missing(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, object]]
) -> None:
    """Insert the rows whose keys are not there yet."""
    if rows:
        connection.execute(_upserting(connection.dialect.name, table, ()), list(rows))


def inserting(dialect: str, table: sa.Table) -> tuple[sqlite.Insert | postgresql.Insert, list[str]]:
    """Return what inserts into `table` and can say what happens on a conflict, and the columns of its primary key."""
    statement = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    return statement, [column.name for column in table.primary_key.columns]


def file_work(
    connection: sa.Connection, stage: str, items: Iterable[str], *, now: int, anew: bool = False
) -> None:
    """Make `items` due for `stage`; what is due already stays as it is.

    An item that is in hand is left to whoever has it, unless `anew`: then it is due once more, since what it is made of has
    changed meanwhile.
    """
    rows = [
        {"stage": stage, "item": item, "filed": now, "due": now} for item in dict.fromkeys(items)
    ]
    if not anew:
        insert_missing(connection, WORK, rows)
    elif rows:
        connection.execute(_filing_anew(connection.dialect.name), rows)


def claim(
    connection: sa.Connection, stage: str, *, owner: str, now: int, lease: int, most: int
) -> list[Claim]:
    """Take up to `most` due items of `stage` for `owner`, until `now + lease` (microseconds)."""
    free = (WORK.c.stage == stage) & (WORK.c.due <= now) & (WORK.c.lease < now)
    wanted = (
        sa.select(WORK.c.item)
        .where(free)
        .order_by(WORK.c.due, WORK.c.item)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    items = [str(item) for item in connection.scalars(wanted)]
    claimed = (WORK.c.stage == stage) & WORK.c.item.in_(items)
    connection.execute(WORK.update().where(claimed).values(owner=owner, lease=now + lease))
    tries = {row.item: row.tries for row in connection.execute(sa.select(WORK).where(claimed))}
    return [Claim(item=item, tries=tries[item], lease=now + lease) for item in items]


def release(connection: sa.Connection, stage: str, items: Iterable[str]) -> None:
    """Give claimed items back untried."""
    for some in _chunks(items):
        connection.execute(WORK.update().where(_are(stage, some)).values(owner=None, lease=0))


def release_own(connection: sa.Connection, stages: Sequence[str], *, owner: str) -> None:
    """Give back untried what `owner` has claimed of `stages`."""
    own = WORK.c.stage.in_(stages) & (WORK.c.owner == owner)
    connection.execute(WORK.update().where(own).values(owner=None, lease=0))


def defer(connection: sa.Connection, stage: str, due: Mapping[str, int]) -> None:
    """Give claimed items back untried, each to be due again at its moment."""
    if not due:
        return
    named = WORK.c.item == sa.bindparam("deferred")
    later = WORK.update().where((WORK.c.stage == stage) & named)
    rows = [{"deferred": each, "until": moment} for each, moment in due.items()]
    connection.execute(later.values(owner=None, lease=0, due=sa.bindparam("until")), rows)


def release_all(connection: sa.Connection) -> None:
    """Give back every claim: for the only process of a store, as it starts."""
    connection.execute(WORK.update().values(owner=None, lease=0))


def finish(
    connection: sa.Connection,
    stage: str,
    items: Iterable[str],
    *,
    version: int,
    skipped: str | None = None,
    lease: int | None = None,
) -> None:
    """Remove the claims of `items` and note their outcome; `skipped` is the reason of a refusal.

    With `lease` only claims that are held until then are removed: what was filed anew meanwhile stays due.
    """
    for some in _chunks(items):
        done = _are(stage, some) if lease is None else _are(stage, some) & (WORK.c.lease == lease)
        connection.execute(WORK.delete().where(done))
        rows = [
            {"stage": stage, "item": item, "version": version}
            | {"outcome": "skipped" if skipped else "done", "reason": skipped or ""}
            for item in some
        ]
        upsert(connection, OUTCOME, rows)
        connection.execute(
            QUARANTINE.delete().where((QUARANTINE.c.stage == stage) & QUARANTINE.c.item.in_(some))
        )


def postpone(connection: sa.Connection, stage: str, item: str, *, due: int) -> None:
    """Count a failed try and make the item due again at `due`."""
    connection.execute(
        WORK.update()
        .where(_are(stage, [item]))
        .values(tries=WORK.c.tries + 1, due=due, owner=None, lease=0)
    )


def quarantine(
    connection: sa.Connection,
    stage: str,
    item: str,
    *,
    message: str,
    details: str,
    tries: int,
    now: int,
) -> None:
    """Take the item out of the work and keep it with what went wrong."""
    connection.execute(WORK.delete().where(_are(stage, [item])))
    same = (QUARANTINE.c.stage == stage) & (QUARANTINE.c.item == item)
    connection.execute(QUARANTINE.delete().where(same))
    connection.execute(
        QUARANTINE.insert().values(
            stage=stage, item=item, message=message, details=details, tries=tries, since=now
        )
    )


def quarantined(connection: sa.Connection) -> tuple[QuarantineItem, ...]:
    """Return what waits in quarantine, oldest first."""
    rows = connection.execute(sa.select(QUARANTINE).order_by(QUARANTINE.c.id))
    return tuple(
        QuarantineItem(
            id=row.id,
            stage=row.stage,
            item=row.item,
            message=row.message,
            details=row.details,
            tries=row.tries,
            since=read_moment(row.since),
        )
        for row in rows
    )


def retry(connection: sa.Connection, ids: Sequence[int], *, now: int) -> int:
    """Make quarantined items due again and return how many; no ids means all of them."""
    wanted = QUARANTINE.c.id.in_(ids) if ids else sa.true()
    rows = connection.execute(sa.select(QUARANTINE).where(wanted)).all()
    for row in rows:
        file_work(connection, row.stage, [row.item], now=now)
    connection.execute(QUARANTINE.delete().where(wanted))
    return len(rows)


def due_counts(connection: sa.Connection, *, now: int, free: bool = False) -> dict[str, int]:
    """Return stage -> items that are due or running now; `free` ones only, that nobody has claimed."""
    wanted = WORK.c.due <= now
    if free:
        wanted &= WORK.c.lease < now
    query = sa.select(WORK.c.stage, sa.func.count()).where(wanted).group_by(WORK.c.stage)
    return {str(stage): int(count) for stage, count in connection.execute(query)}


def is_due(connection: sa.Connection, stage: str, *, now: int) -> bool:
    """Tell whether an item of `stage` waits to be claimed."""
    free = (WORK.c.stage == stage) & (WORK.c.due <= now) & (WORK.c.lease < now)
    return connection.scalar(sa.select(WORK.c.item).where(free).limit(1)) is not None


def is_filed(connection: sa.Connection, stage: str, item: str) -> bool:
    """Tell whether an item is due for `stage`, now or later, or in hand."""
    return connection.scalar(sa.select(WORK.c.item).where(_are(stage, [item]))) is not None


def waiting(
    connection: sa.Connection, *, fresh: int, tried: int, stages: Sequence[str] | None = None
) -> bool:
    """Tell whether anything (of `stages`) is due by `tried`, or by `fresh` and was never tried."""
    soon = (WORK.c.due <= tried) | ((WORK.c.tries == 0) & (WORK.c.due <= fresh))
    if stages is not None:
        soon &= WORK.c.stage.in_(stages)
    return connection.scalar(sa.select(WORK.c.item).where(soon).limit(1)) is not None


def oldest_due(connection: sa.Connection, stage: str) -> int | None:
    """Return when the longest waiting item of `stage` was filed."""
    found = connection.scalar(sa.select(sa.func.min(WORK.c.filed)).where(WORK.c.stage == stage))
    return None if found is None else int(found)


def stage_counts(connection: sa.Connection, stages: Sequence[str]) -> tuple[StageCount, ...]:
    """Return how each of `stages` stands."""
    due = _counted(connection, WORK, WORK.c.lease == 0)
    running = _counted(connection, WORK, WORK.c.lease > 0)
    done = _counted(connection, OUTCOME, OUTCOME.c.outcome == "done")
    skipped = _counted(connection, OUTCOME, OUTCOME.c.outcome == "skipped")
    held = _counted(connection, QUARANTINE, sa.true())
    return tuple(
        StageCount(
            stage=stage,
            due=due.get(stage, 0),
            running=running.get(stage, 0),
            done=done.get(stage, 0),
            skipped=skipped.get(stage, 0),
            quarantined=held.get(stage, 0),
        )
        for stage in stages
    )


def file_outdated(connection: sa.Connection, stage: str, *, version: int, now: int) -> int:
    """Make due again what an older version of `stage` did; return how many."""
    older = (OUTCOME.c.stage == stage) & (OUTCOME.c.version < version)
    items = [str(item) for item in connection.scalars(sa.select(OUTCOME.c.item).where(older))]
    for some in _chunks(items):
        file_work(connection, stage, some, now=now)
    return len(items)


def note(connection: sa.Connection, name: str) -> str | None:
    """Return the value kept under `name`."""
    found = connection.scalar(sa.select(NOTE.c.value).where(NOTE.c.name == name))
    return None if found is None else str(found)


def keep_note(connection: sa.Connection, name: str, value: str) -> None:
    """Keep `value` under `name`."""
    upsert(connection, NOTE, [{"name": name, "value": value}])


@functools.cache
def _upserting(
    dialect: str, table: sa.Table, columns: tuple[str, ...]
) -> sqlite.Insert | postgresql.Insert:
    """Return what inserts rows and gives those that are there the fresh `columns`; building it takes longer than running it."""
    statement, keys = inserting(dialect, table)
    fresh = {name: statement.excluded[name] for name in columns if name not in keys}
    if not fresh:
        return statement.on_conflict_do_nothing()
    return statement.on_conflict_do_update(index_elements=keys, set_=fresh)


@functools.cache
def _filing_anew(dialect: str) -> sqlite.Insert | postgresql.Insert:
    statement, keys = inserting(dialect, WORK)
    return statement.on_conflict_do_update(
        index_elements=keys, set_={"owner": None, "lease": 0}, where=WORK.c.lease > 0
    )


def _are(stage: str, items: Sequence[str]) -> ColumnElement[bool]:
    return (WORK.c.stage == stage) & WORK.c.item.in_(items)


def _counted(
    connection: sa.Connection, table: sa.Table, where: ColumnElement[bool]
) -> dict[str, int]:
    query = sa.select(table.c.stage, sa.func.count()).where(where).group_by(table.c.stage)
    return {str(stage): int(count) for stage, count in connection.execute(query)}


def _chunks(items: Iterable[str]) -> Iterable[list[str]]:
    every = list(items)
    for at in range(0, len(every), BATCH_ROWS):
        yield every[at : at + BATCH_ROWS]
