"""The memory of translated sentences, what was sent to translators today, and how they stand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from worldtake.store.ledger import inserting, upsert
from worldtake.store.records import read_moment
from worldtake.store.tables import ENGINE, SEGMENT, SPENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from worldtake.store.database import Store

#: Keys in one statement.
AT_ONCE = 500
#: How far apart two marks of use of one segment are, in microseconds: a mark is a write.
USE_MICROS = 86_400_000_000
#: What a segment takes beside its words, in bytes: key, index, row.
ROW_BYTES = 120
#: Segments that one transaction forgets.
FORGET_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineRow:
    """How a translator stands."""

    id: str
    failures: int
    #: Microseconds since 1970; 0 where it is not left alone.
    until: int
    problem: str


def keep_segments(
    connection: sa.Connection, rows: Sequence[Mapping[str, Any]], *, now: int
) -> None:
    """Keep translated segments: key, target, engine, and a record of the rest."""
    made = []
    for row in rows:
        record = json.dumps(row["record"], ensure_ascii=False, separators=(",", ":"))
        size = len(str(row["target"]).encode()) + len(record.encode()) + ROW_BYTES
        made.append({**row, "record": record, "used": now, "bytes": size})
    upsert(connection, SEGMENT, made)


def segments(connection: sa.Connection, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return key -> target, engine, used, and the record's fields, of the segments we have."""
    found: dict[str, dict[str, Any]] = {}
    every = list(dict.fromkeys(keys))
    for at in range(0, len(every), AT_ONCE):
        query = sa.select(SEGMENT).where(SEGMENT.c.key.in_(every[at : at + AT_ONCE]))
        for row in connection.execute(query):
            told = {"target": row.target, "engine": row.engine, "used": row.used}
            found[str(row.key)] = told | json.loads(row.record)
    return found


def mark_used(connection: sa.Connection, keys: Sequence[str], *, now: int) -> None:
    """Keep that segments were asked for."""
    for at in range(0, len(keys), AT_ONCE):
        some = SEGMENT.c.key.in_(keys[at : at + AT_ONCE])
        connection.execute(SEGMENT.update().where(some).values(used=now))


def remembered(connection: sa.Connection) -> tuple[int, int]:
    """Return how many segments are remembered, and their size in bytes."""
    query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(SEGMENT.c.bytes), 0))
    count, size = connection.execute(query).one()
    return int(count), int(size)


def thin(store: Store, most: int, *, keep: str) -> int:
    """Forget the least lately used segments until at most `most` bytes are remembered; return the bytes.

    Those of the engine `keep` stay: nobody could make them anew.
    """
    freed = 0
    while True:
        with store.write() as connection:
            over = remembered(connection)[1] - most
            gone = forget_oldest(connection, over, keep=keep) if over > 0 else 0
        freed += gone
        if not gone:
            return freed


def forget_oldest(connection: sa.Connection, size: int, *, keep: str) -> int:
    """Forget the least lately used segments until `size` bytes or one statement's worth are gone; return the bytes.

    Those of the engine `keep` stay: nobody could make them anew.
    """
    query = (
        sa.select(SEGMENT.c.key, SEGMENT.c.bytes)
        .where(SEGMENT.c.engine != keep)
        .order_by(SEGMENT.c.used, SEGMENT.c.bytes)
        .limit(FORGET_AT_ONCE)
    )
    gone: list[str] = []
    freed = 0
    for key, held in connection.execute(query):
        if freed >= size:
            break
        gone.append(str(key))
        freed += int(held)
    for at in range(0, len(gone), AT_ONCE):
        connection.execute(SEGMENT.delete().where(SEGMENT.c.key.in_(gone[at : at + AT_ONCE])))
    return freed


def forget_segments(connection: sa.Connection, engine: str) -> None:
    """Forget all that an engine translated."""
    connection.execute(SEGMENT.delete().where(SEGMENT.c.engine == engine))


def day_of(now: int) -> str:
    """Return the day, in UTC, on which what is sent at a moment is counted."""
    return read_moment(now).date().isoformat()


def spent(connection: sa.Connection, day: str) -> dict[str, tuple[int, float]]:
    """Return engine -> characters and money of a day."""
    query = sa.select(SPENT).where(SPENT.c.day == day)
    return {
        str(row.engine): (int(row.characters), float(row.money))
        for row in connection.execute(query)
    }


def add_spent(
    connection: sa.Connection, day: str, engine: str, characters: int, money: float
) -> None:
    """Count characters and money of a day; what is given back is counted below zero."""
    statement, keys = inserting(connection.dialect.name, SPENT)
    counted = statement.on_conflict_do_update(
        index_elements=keys,
        set_={
            "characters": SPENT.c.characters + statement.excluded.characters,
            "money": SPENT.c.money + statement.excluded.money,
        },
    )
    row = {"day": day, "engine": engine, "characters": characters, "money": money}
    connection.execute(counted, row)


def engines(connection: sa.Connection) -> dict[str, EngineRow]:
    """Return id -> how a translator stands, of those of which something is known."""
    return {
        str(row.id): EngineRow(
            id=row.id, failures=row.failures, until=row.until, problem=row.problem
        )
        for row in connection.execute(sa.select(ENGINE))
    }


def keep_engine(connection: sa.Connection, row: EngineRow) -> None:
    """Keep how a translator stands."""
    upsert(
        connection,
        ENGINE,
        [{"id": row.id, "failures": row.failures, "until": row.until, "problem": row.problem}],
    )
