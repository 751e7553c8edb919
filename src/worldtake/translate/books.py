"""What a router keeps between its calls: remembered segments, what was spent today, how the engines stand."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from worldtake.translate.routes import Engine
    from worldtake.translate.segments import Remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineState:
    """How an engine stands."""

    #: Calls in a row that failed.
    failures: int = 0
    #: Until when it is left alone, aware; None where it is not.
    until: datetime | None = None
    #: What went wrong the last time, with the remedy; empty where nothing did.
    problem: str = ""


class Books(Protocol):
    """Keeps what routers must not forget; may be asked from several threads."""

    def recall(self, keys: Iterable[str]) -> Mapping[str, Remembered]:
        """Return what is remembered under `keys`."""
        ...

    def keep(self, found: Mapping[str, Remembered]) -> None:
        """Remember translations under their keys."""
        ...

    def spend(self, engine: Engine, characters: int) -> bool:
        """Count `characters` as sent to an engine today, or return False where that would be over its budget."""
        ...

    def give_back(self, engine: Engine, characters: int) -> None:
        """Take back what was counted for a call that gave nothing."""
        ...

    def state(self, engine: str) -> EngineState:
        """Return how an engine stands."""
        ...

    def keep_state(self, engine: str, state: EngineState) -> None:
        """Keep how an engine stands."""
        ...


def allows(engine: Engine, characters: int, money: float) -> bool:
    """Tell whether an engine may be sent so many characters for so much money in one day."""
    most_characters, most_money = engine.daily_characters, engine.daily_money
    return (most_characters is None or characters <= most_characters) and (
        most_money is None or money <= most_money
    )


@dataclass(slots=True)
class LooseBooks:
    """Books for one run: they end with the process."""

    remembered: dict[str, Remembered] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)
    states: dict[str, EngineState] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def recall(self, keys: Iterable[str]) -> Mapping[str, Remembered]:
        """Return what is remembered under `keys`."""
        return {key: self.remembered[key] for key in keys if key in self.remembered}

    def keep(self, found: Mapping[str, Remembered]) -> None:
        """Remember translations under their keys."""
        self.remembered.update(found)

    def spend(self, engine: Engine, characters: int) -> bool:
        """Count `characters` as sent, or return False where that would be over the budget."""
        with self._lock:
            after = self.spent.get(engine.id, 0) + characters
            allowed = allows(engine, after, engine.cost(after))
            if allowed:
                self.spent[engine.id] = after
            return allowed

    def give_back(self, engine: Engine, characters: int) -> None:
        """Take back what was counted for a call that gave nothing."""
        with self._lock:
            self.spent[engine.id] = self.spent.get(engine.id, 0) - characters

    def state(self, engine: str) -> EngineState:
        """Return how an engine stands."""
        return self.states.get(engine, EngineState())

    def keep_state(self, engine: str, state: EngineState) -> None:
        """Keep how an engine stands."""
        self.states[engine] = state
