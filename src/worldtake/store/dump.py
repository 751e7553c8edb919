"""The whole store as text in canonical order, to compare one store with another.

Left out is what depends on when and how often somebody looked, not on what was read: clock times, leases, tries.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import sqlalchemy as sa

from worldtake.store.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Columns that hold the clock or chance, by table; in JSON records the fields below.
_CLOCK_COLUMNS = {
    # Where a page is archived hangs on the order of arrival.
    "page": {"fetched", "archive_file", "archive_offset"},
    "revision": {"moment"},
    "work": {"filed", "due", "tries", "owner", "lease"},
    "feed": {"state", "due"},
    "quarantine": {"id", "since", "tries", "details"},
    "cluster_state": {"state"},
    "segment": {"used"},
}
_CLOCK_FIELDS = frozenset({"fetched", "seen", "made"})
_LEFT_OUT = frozenset({"note", "cluster_state", "archive", "volume", "yield", "health"}) | {
    "spent",
    "engine",
}


def canonical(connection: sa.Connection) -> Iterator[str]:
    """Yield a line for each row of each table, tables and rows in a fixed order."""
    for table in sorted(METADATA.tables.values(), key=lambda each: each.name):
        if table.name not in _LEFT_OUT:
            yield from sorted(_line(table, row) for row in connection.execute(sa.select(table)))


def _line(table: sa.Table, row: sa.Row[tuple[object, ...]]) -> str:
    skipped = _CLOCK_COLUMNS.get(table.name, set())
    values = {
        name: _timeless(name, value)
        for name, value in row._mapping.items()  # noqa: SLF001 SQLAlchemy's public name for it
        if name not in skipped
    }
    return f"{table.name} {json.dumps(values, ensure_ascii=False, sort_keys=True)}"


def _timeless(name: str, value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    if name != "record":
        return value
    return _without_clock(json.loads(str(value)))


def _without_clock(record: object) -> object:
    if isinstance(record, dict):
        return {
            name: _without_clock(value)
            for name, value in record.items()
            if name not in _CLOCK_FIELDS
        }
    return [_without_clock(each) for each in record] if isinstance(record, list) else record
