"""The books of the pipeline's router, kept in the store: what was bought or begun is not lost with the process."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from worldtake.store import memory
from worldtake.store.records import moment, read_moment
from worldtake.translate import EngineState, Remembered, allows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from worldtake.store import Store
    from worldtake.translate import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreBooks:
    """Books (`worldtake.translate.Books`) in a store."""

    store: Store
    #: Now, aware.
    clock: Callable[[], datetime]

    def recall(self, keys: Iterable[str]) -> Mapping[str, Remembered]:
        """Return what is remembered under `keys`, and keep that it was asked for."""
        every = list(keys)
        if not every:
            return {}
        with self.store.read() as connection:
            found = memory.segments(connection, every)
        now = moment(self.clock())
        stale = [key for key, row in found.items() if row["used"] < now - memory.USE_MICROS]
        if stale:
            with self.store.write() as connection:
                memory.mark_used(connection, stale, now=now)
        return {key: _remembered(row) for key, row in found.items()}

    def keep(self, found: Mapping[str, Remembered]) -> None:
        """Remember translations under their keys."""
        if found:
            rows = [segment_row(key, each) for key, each in found.items()]
            with self.store.write() as connection:
                memory.keep_segments(connection, rows, now=moment(self.clock()))

    def spend(self, engine: Engine, characters: int) -> bool:
        """Count `characters` as sent today, or return False where that would be over the budget."""
        with self.store.write() as connection:
            spent, money = memory.spent(connection, self._day()).get(engine.id, (0, 0.0))
            cost = engine.cost(characters)
            if not allows(engine, spent + characters, money + cost):
                return False
            memory.add_spent(connection, self._day(), engine.id, characters, cost)
            return True

    def give_back(self, engine: Engine, characters: int) -> None:
        """Take back what was counted for a call that gave nothing."""
        with self.store.write() as connection:
            memory.add_spent(
                connection, self._day(), engine.id, -characters, -engine.cost(characters)
            )

    def state(self, engine: str) -> EngineState:
        """Return how an engine stands."""
        with self.store.read() as connection:
            row = memory.engines(connection).get(engine)
        return EngineState() if row is None else engine_state(row)

    def keep_state(self, engine: str, state: EngineState) -> None:
        """Keep how an engine stands."""
        until = moment(state.until) if state.until else 0
        row = memory.EngineRow(
            id=engine, failures=state.failures, until=until, problem=state.problem
        )
        with self.store.write() as connection:
            memory.keep_engine(connection, row)

    def _day(self) -> str:
        return memory.day_of(moment(self.clock()))


def engine_state(row: memory.EngineRow) -> EngineState:
    """Return how an engine stands, out of its row."""
    until = read_moment(row.until) if row.until else None
    return EngineState(failures=row.failures, until=until, problem=row.problem)


def segment_row(key: str, found: Remembered) -> dict[str, Any]:
    """Return the row of a remembered segment."""
    record = {name: value for name, value in dataclasses.asdict(found).items() if value}
    record["made"] = moment(found.made)
    return {
        "key": key,
        "target": record.pop("target", ""),
        "engine": record.pop("engine"),
        "record": record,
    }


def _remembered(row: dict[str, Any]) -> Remembered:
    told = {name: value for name, value in row.items() if name != "used"}
    flags = tuple(told.get("flags", ()))
    return Remembered(**(told | {"made": read_moment(told["made"]), "flags": flags}))
