"""How feeds stand when they are called once: what `worldtake outlets check` reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

State: TypeAlias = Literal[
    "alive", "stale", "moved", "blocked", "empty", "gone", "failing", "not-a-feed"
]
#: The states in the order in which they are shown.
STATES: tuple[State, ...] = (
    "alive",
    "stale",
    "moved",
    "blocked",
    "empty",
    "gone",
    "failing",
    "not-a-feed",
)
#: States of a feed that answered as a feed.
LIVE = frozenset(("alive", "stale", "moved", "empty"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """How a feed stands."""

    #: `Outlet.id` and country of its outlet; None where that has no country.
    outlet_id: str
    country: str | None
    #: Its address in the catalogue.
    url: str
    #: What is reported of it.
    state: State
    #: What the call came to: a name of `worldtake.http.outcomes`.
    outcome: str
    #: How many entries it announces; None where it could not be read.
    entries: int | None = None
    #: When its newest entry was published; None where it states no date.
    newest: datetime | None = None
    #: Where it has moved for good; None where it has not.
    moved_to: str | None = None
    #: What went wrong, with the remedy; None where nothing did.
    problem: str | None = None
