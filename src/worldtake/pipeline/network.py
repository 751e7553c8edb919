"""Keep many hosts in hand at once: items are called as their hosts may be, and written as they end.

No item waits for a slower one. What cannot be called within `HORIZON_SECONDS` because its host is busy or asked to be
left alone goes back into the ledger, due when its turn comes; so turns of one host spread out by themselves.
"""

from __future__ import annotations

import queue
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from worldtake.pipeline.settling import MICROS, Batch, Settle
from worldtake.store import ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from worldtake.pipeline.step import Step
    from worldtake.pipeline.switchboard import Switchboard
    from worldtake.store import Connection, Store

#: How far ahead turns are taken, in seconds: a claim must not run out before its call is over.
HORIZON_SECONDS = 20.0
#: How long a claim holds, in seconds: longer than the horizon and the longest call.
LEASE_SECONDS = 900.0
#: Calls in hand for one host; its turns come one by one anyway.
HOST_CALLS = 4
#: Items written at once, and how long the first of them waits for others, in seconds.
SETTLE_ITEMS = 50
SETTLE_SECONDS = 0.25
#: How long a turn waits for calls to end, in seconds.
WAIT_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class _Call:
    """One item on the network."""

    step: Step
    claim: ledger.Claim
    given: Any
    host: str


@dataclass(slots=True)
class NetworkLane:
    """Call the items of the network's steps."""

    store: Store
    #: The steps, in order.
    steps: Sequence[Step]
    switchboard: Switchboard
    settle: Settle
    #: Now, in microseconds.
    now: Callable[[], int]
    owner: str
    #: Calls in hand at one time.
    most: int
    #: Told of each batch: stage and number of items.
    progress: Callable[[str, int], None] | None = None
    _ended: queue.SimpleQueue[tuple[_Call, Any]] = field(
        default_factory=queue.SimpleQueue, repr=False
    )
    _hosts: Counter[str] = field(default_factory=Counter, repr=False)
    _in_hand: int = 0

    def turn(self) -> bool:
        """Write what has ended and call what is due; return whether there was anything to do."""
        ended = self._drain()
        if ended:
            self._write(ended)
        taken = self._take() if self._in_hand < self.most else 0
        return bool(ended or taken or self._in_hand)

    def finish(self) -> None:
        """Write what has ended, and give back the rest untried."""
        ended = self._drain()
        if ended:
            self._write(ended)
        self.switchboard.drop_calls()
        with self.store.write() as connection:
            ledger.release_own(connection, [step.name for step in self.steps], owner=self.owner)

    def _drain(self) -> list[tuple[_Call, Any]]:
        ended: list[tuple[_Call, Any]] = []
        until = time.monotonic() + (WAIT_SECONDS if self._in_hand else 0.0)
        while len(ended) < SETTLE_ITEMS:
            left = until - time.monotonic()
            try:
                ended.append(
                    self._ended.get(timeout=left) if left > 0 else self._ended.get_nowait()
                )
            except queue.Empty:
                return ended
            if len(ended) == 1 and len(ended) < self._in_hand:
                until = time.monotonic() + SETTLE_SECONDS
        return ended

    def _write(self, ended: Sequence[tuple[_Call, Any]]) -> None:
        for call, _ in ended:
            self._in_hand -= 1
            self._hosts[call.host] -= 1
            if not self._hosts[call.host]:
                del self._hosts[call.host]
        with self.store.write() as connection:
            for step in self.steps:
                self._settle(connection, step, [each for each in ended if each[0].step is step])

    def _settle(
        self, connection: Connection, step: Step, ended: Sequence[tuple[_Call, Any]]
    ) -> None:
        if not ended:
            return
        batch = Batch(
            step=step,
            claims=[call.claim for call, _ in ended],
            given={call.claim.item: call.given for call, _ in ended},
            answers={call.claim.item: answer for call, answer in ended},
        )
        self.settle(connection, batch, now=self.now())
        if self.progress:
            self.progress(step.name, len(ended))

    def _take(self) -> int:
        """Claim what is due, the last step first, and call it; return how many items were taken."""
        taken = 0
        for step in reversed(self.steps):
            room = self.most - self._in_hand
            if room > 0:
                taken += self._take_step(step, min(room, step.batch))
        return taken

    def _take_step(self, step: Step, most: int) -> int:
        with self.store.read() as connection:
            if not ledger.is_due(connection, step.name, now=self.now()):
                return 0
        with self.store.write() as connection:
            claims = ledger.claim(
                connection,
                step.name,
                owner=self.owner,
                now=self.now(),
                lease=round(LEASE_SECONDS * MICROS),
                most=most,
            )
            given = step.load(connection, [each.item for each in claims]) if claims else {}
            calls, later = self._sorted_out(step, claims, given)
            ledger.defer(connection, step.name, later)
            vanished = [each.item for each in claims if each.item not in given]
            ledger.finish(connection, step.name, vanished, version=step.version)
        for call in calls:
            self._start(call)
        return len(claims)

    def _sorted_out(
        self, step: Step, claims: Sequence[ledger.Claim], given: Any
    ) -> tuple[list[_Call], dict[str, int]]:
        """Return the calls to make, and the items whose turn comes later with the moment."""
        calls: list[_Call] = []
        later: dict[str, int] = {}
        lined_up: Counter[str] = Counter()
        for claim in claims:
            if claim.item not in given:
                continue
            host = urlsplit(claim.item).hostname or ""
            before = self._hosts[host] + lined_up[host]
            wait = self.switchboard.wait_seconds(claim.item, before)
            lined_up[host] += 1
            if wait > HORIZON_SECONDS or before >= HOST_CALLS:
                later[claim.item] = self.now() + round(max(wait, WAIT_SECONDS) * MICROS)
            else:
                calls.append(_Call(step, claim, given[claim.item], host))
        return calls, later

    def _start(self, call: _Call) -> None:
        self._in_hand += 1
        self._hosts[call.host] += 1
        self.switchboard.call(
            call.step.call, call.given, lambda answer: self._ended.put((call, answer))
        )
