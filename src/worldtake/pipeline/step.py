"""What the pipeline needs to know of a stage: how to load its inputs and what to do with its answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from worldtake.store import Connection

#: What follows: (stage name, item).
Following: TypeAlias = "tuple[str, str]"
#: Where a stage runs: in workers, in this process, on the network, at rest (when all before it is quiet), or in one of the
#: two lanes of translation.
Place: TypeAlias = Literal["workers", "here", "network", "at-rest", "match", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One answer of a stage, to be written."""

    item: str
    #: What the stage was given.
    given: Any
    #: What it answered; never a `Skip` or a `Failure`.
    answer: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage in the pipeline's list."""

    #: Name in the ledger.
    name: str
    #: A higher one makes stored items due again.
    version: int
    place: Place
    #: Items claimed at once; batches of 50 were 20 times faster than single rows.
    batch: int = 50
    #: Reads the inputs of items; items that are no more are left out.
    load: Callable[[Connection, Sequence[str]], Mapping[str, Any]] = field(repr=False)
    #: The stage: one input to one answer or `Skip`. For `network` a coroutine function of the door and one input.
    call: Callable[..., Any] = field(repr=False)
    #: The stage for many inputs at once, where that is better than one by one: answers in their order.
    call_all: Callable[[Sequence[Any]], Sequence[Any]] | None = field(default=None, repr=False)
    #: Writes answers in one transaction and says what follows.
    write: Callable[[Connection, Sequence[Done]], Sequence[Following]] = field(repr=False)
    #: Says what follows for items that were refused; nothing by default.
    after_skip: Callable[[Connection, Sequence[str]], Sequence[Following]] | None = field(
        default=None, repr=False
    )
    #: Keeps what a refusal taught; nothing by default.
    refused: Callable[[Connection, Done], None] | None = field(default=None, repr=False)
    #: Keeps what a failure taught, beside its next try or quarantine; nothing by default.
    failed: Callable[[Connection, Done], None] | None = field(default=None, repr=False)
    #: For `at-rest`: while earlier steps are at work it waits at least this many times as long as it took the last time.
    rest_factor: float = 0.0
