"""Work off the ledger: claim, call, write, until nothing is due.

Lanes run side by side: the network, the workers, what is done in this process, what is done at rest, and two of translation, so
that slow hosts do not keep pages from being read, nor reading from being written, nor grouping or a slow translator either. A lane takes the last step with
a full batch first, else the last with anything: what was begun is finished, and stories appear while articles still come in.
"""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from worldtake.pipeline.executors import Executor, Inline, attempt_all
from worldtake.pipeline.network import NetworkLane
from worldtake.pipeline.settling import Batch, Settle
from worldtake.store import ledger
from worldtake.store.records import moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from worldtake.pipeline.step import Place, Step
    from worldtake.pipeline.switchboard import Switchboard
    from worldtake.store import Connection, Store

#: How long a claim holds, in seconds: longer than the longest batch.
LEASE_SECONDS = 900.0
#: What failed and waits longer than this for its next try does not keep a run from ending.
PATIENCE_MICROS = 60_000_000
#: The same for what waits for its host's turn: 1,000 pages of one host take 83 minutes at 5 s each.
TURN_MICROS = 2 * 3_600_000_000
#: Calls that may wait for their hosts' turns beside those that are under way: 1,500 hosts at 5 s are 300 calls a second.
WAITING_CALLS = 2_000
#: Pause of a lane that finds nothing due while the other one works.
IDLE_SECONDS = 0.1

Progress = Callable[[str, int], None]


@dataclass(slots=True, kw_only=True)
class Chore:
    """What is done now and then while the pipeline works."""

    #: Seconds between two times.
    every_seconds: float
    call: Callable[[], object] = field(repr=False)
    _next: float = 0.0

    def do_if_due(self) -> None:
        """Do it if its time has come; the first time at once."""
        if time.monotonic() >= self._next:
            self.call()
            self._next = time.monotonic() + self.every_seconds


@dataclass(slots=True)
class Runner:
    """Run the steps of one store."""

    store: Store
    #: THE list, in order.
    steps: tuple[Step, ...]
    clock: Callable[[], datetime]
    #: Calls the network; None where no step does.
    switchboard: Switchboard | None = None
    #: Tries of an item before quarantine; for calls to the network the table of outcomes says how many.
    retries: int = 3
    #: Pause before the second try of a call to the network, in seconds.
    call_retry_seconds: float = 30.0
    executor: Executor = field(default_factory=Inline)
    #: How long a step at rest waits for earlier ones, in seconds.
    rest_seconds: float = 0.0
    #: Name of this process in claims.
    owner: str = "worldtake"
    #: Told of each batch: stage and number of items.
    progress: Progress | None = None
    #: Done between batches.
    chores: tuple[Chore, ...] = ()
    _at_work: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _stop: threading.Event = field(default_factory=threading.Event, repr=False)
    #: Step -> seconds that its last batch took.
    _took: dict[str, float] = field(default_factory=dict, repr=False)
    _failed: list[BaseException] = field(default_factory=list, repr=False)

    @property
    def _settle(self) -> Settle:
        return Settle(retries=self.retries, call_retry_seconds=self.call_retry_seconds)

    def stop(self) -> None:
        """Let both lanes end after their batch; what they claimed is given back."""
        self._stop.set()

    def run_until_idle(self) -> None:
        """Work until nothing is due or `stop` is called; what failed counts as due if its next try is near.

        Raises:
            BaseException: what broke a lane, such as a full disk.
        """
        network = self._network()
        # Two threads see to the workers: one reads or writes the store while the other one's batch is worked on.
        places: Sequence[Place] = ("workers", "workers", "here", "at-rest", "match", "read")
        lanes = [lane for lane in map(self._at, places) if lane]
        turns: list[Callable[[], bool]] = [functools.partial(self._turn, lane) for lane in lanes]
        turns += [network.turn] if network else []
        threads = [threading.Thread(target=self._lane, args=(turn,)) for turn in turns]
        for thread in threads:
            thread.start()
        try:
            self._join(threads)
        except KeyboardInterrupt:
            self._stop.set()
            self._join(threads)
            raise
        finally:
            if network and not self._failed:
                network.finish()
        if self._failed:
            raise self._failed[0]

    def _at(self, place: Place) -> list[Step]:
        return [step for step in self.steps if step.place == place]

    def _network(self) -> NetworkLane | None:
        steps = self._at("network")
        if not steps or self.switchboard is None:
            return None
        limits = self.switchboard.settings
        # Hosts that are not paced, as those of the sample press, have no turns to wait for.
        paced = limits.allowed_pace_seconds > 0 or not limits.allow_hosts
        return NetworkLane(
            store=self.store,
            steps=steps,
            switchboard=self.switchboard,
            settle=self._settle,
            now=self._now,
            owner=self.owner,
            most=limits.concurrency + (WAITING_CALLS if paced else 0),
            progress=self.progress,
        )

    @staticmethod
    def _join(threads: list[threading.Thread]) -> None:
        for thread in threads:
            thread.join()

    def _lane(self, turn: Callable[[], bool]) -> None:
        try:
            while not self._stop.is_set():
                if turn():
                    continue
                if self._all_quiet():
                    return
                time.sleep(IDLE_SECONDS)
        except BaseException as error:  # noqa: BLE001 handed to the caller's thread
            self._failed.append(error)
            self._stop.set()

    def _turn(self, lane: list[Step]) -> bool:
        """Work off one batch and tell whether there was any: of the last step with a full batch, else of the last with any."""
        if lane[0].place == "here":
            self._do_chores()
        due = self._due()
        waiting = [step for step in reversed(lane) if due.get(step.name)]
        for step in sorted(waiting, key=lambda step: due[step.name] < step.batch):
            if step.place != "at-rest" or self._rested(step):
                return self._batch(step)
        return False

    def _do_chores(self) -> None:
        for chore in self.chores:
            chore.do_if_due()

    def _due(self) -> dict[str, int]:
        with self.store.read() as connection:
            return ledger.due_counts(connection, now=self._now(), free=True)

    def _all_quiet(self) -> bool:
        with self.store.read() as connection:
            return not self._waiting(connection)

    def _waiting(self, connection: Connection, stages: Sequence[str] | None = None) -> bool:
        now = self._now()
        return ledger.waiting(
            connection, fresh=now + TURN_MICROS, tried=now + PATIENCE_MICROS, stages=stages
        )

    def _rested(self, step: Step) -> bool:
        """Tell whether all earlier steps are quiet, or the step has waited long enough."""
        earlier = [each.name for each in self.steps[: self.steps.index(step)]]
        with self.store.read() as connection:
            if not self._waiting(connection, earlier):
                return True
            oldest = ledger.oldest_due(connection, step.name)
        waited = (self._now() - (oldest or self._now())) / 1e6
        rest = max(self.rest_seconds, step.rest_factor * self._took.get(step.name, 0.0))
        return self.rest_seconds > 0 and waited >= rest

    def _batch(self, step: Step) -> bool:
        begun = time.monotonic()
        with self.store.write() as connection:
            claims = ledger.claim(
                connection,
                step.name,
                owner=self.owner,
                now=self._now(),
                lease=round(LEASE_SECONDS * 1e6),
                most=step.batch,
            )
            given = step.load(connection, [each.item for each in claims]) if claims else {}
        if not claims:
            return False
        batch = Batch(step=step, claims=claims, given=given, answers=self._answers(step, given))
        with self.store.write() as connection:
            self._settle(connection, batch, now=self._now())
        self._took[step.name] = time.monotonic() - begun
        if self.progress:
            self.progress(step.name, len(claims))
        return True

    def _answers(self, step: Step, given: Mapping[str, Any]) -> dict[str, Any]:
        inputs = list(given.values())
        if step.call_all is not None:
            found = attempt_all(step.call_all, step.call, inputs)
        elif step.place != "workers":
            found = Inline().map(step.call, inputs)
        else:
            with self._at_work:
                found = self.executor.map(step.call, inputs)
        return dict(zip(given, found, strict=True))

    def _now(self) -> int:
        return moment(self.clock())
