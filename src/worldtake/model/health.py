"""How an outlet stands: what is expected of it, what came, and since when that is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from datetime import date, datetime

#: Worst first: never heard, heard no more, pages no longer readable, far less than usual, a pause longer than usual, too
#: little history to say, as usual.
HealthState: TypeAlias = Literal[
    "unreached", "silent", "changed-layout", "thin", "late", "unknown", "healthy"
]
HEALTH_STATES: tuple[HealthState, ...] = get_args(HealthState)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How an outlet stands at one moment."""

    outlet_id: str
    state: HealthState
    #: Since when it is so, aware: for a silence, its last entry.
    since: datetime
    #: Why, in words for a reader; one or two sentences.
    reason: str
    #: When this was measured, aware.
    measured: datetime
    #: Entries expected since `counted_from`; None where nothing can be expected yet.
    expected: float | None = None
    #: Entries seen since `counted_from`.
    seen: int = 0
    #: From when `expected` and `seen` count, aware; None where nothing is counted.
    counted_from: datetime | None = None
    #: Entries of a usual day; None where that is not known.
    usual_a_day: float | None = None
    #: Its last entry, aware; None where there was none.
    last_entry: datetime | None = None
    #: What calling its feeds comes to (`http.outcomes`); None where one of them answers, or none was called.
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthLine:
    """An outlet in a list of how outlets stand."""

    outlet_id: str
    name: str
    #: ISO alpha-2; None where unknown.
    country: str | None
    health: Health


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """Entries of one outlet on one day (UTC), with what was expected of it."""

    day: date
    entries: int
    #: Bounds between which nine days in ten lie; None where nothing can be expected.
    low: float | None = None
    high: float | None = None
