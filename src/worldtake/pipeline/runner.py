"""Work off the ledger: claim, call, write, until nothing is due.

Two lanes run side by side, one for the network and one for the rest, so that slow hosts do not keep pages from being
read. A lane takes the last step with due work first: what was begun is finished, and stories appear while articles
still come in.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from worldtake.log import logger
from worldtake.model import Skip
from worldtake.pipeline.executors import Executor, Failure, Inline
from worldtake.pipeline.step import Done, Following, Step
from worldtake.store import ledger
from worldtake.store.records import moment

if TYPE_CHECKING:
    from datetime import datetime

    from worldtake.store import Connection, Store

#: How long a claim holds, in seconds: longer than the longest batch.
LEASE_SECONDS = 900.0
#: Pause before the second try of an item; each further one waits four times as long.
RETRY_SECONDS = 2.0
#: Pause of a lane that finds nothing due while the other one works.
IDLE_SECONDS = 0.05

Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Runner:
    """Run the steps of one store."""

    store: Store
    #: THE list, in order.
    steps: tuple[Step, ...]
    clock: Callable[[], datetime]
    #: Tries of an item before quarantine.
    retries: int = 3
    executor: Executor = field(default_factory=Inline)
    #: How long a step at rest waits for earlier ones, in seconds.
    rest_seconds: float = 0.0
    #: Name of this process in claims.
    owner: str = "worldtake"
    #: Told of each batch: stage and number of items.
    progress: Progress | None = None
    _stop: threading.Event = field(default_factory=threading.Event, repr=False)
    _failed: list[BaseException] = field(default_factory=list, repr=False)

    def stop(self) -> None:
        """Let both lanes end after their batch; what they claimed is given back."""
        self._stop.set()

    def run_until_idle(self) -> None:
        """Work until nothing is due or `stop` is called; what failed and waits for its next try counts as due.

        Raises:
            BaseException: what broke a lane, such as a full disk.
        """
        lanes = [
            [step for step in self.steps if (step.place == "network") is network]
            for network in (True, False)
        ]
        threads = [threading.Thread(target=self._lane, args=(lane,)) for lane in lanes if lane]
        for thread in threads:
            thread.start()
        try:
            self._join(threads)
        except KeyboardInterrupt:
            self._stop.set()
            self._join(threads)
            raise
        if self._failed:
            raise self._failed[0]

    @staticmethod
    def _join(threads: list[threading.Thread]) -> None:
        for thread in threads:
            thread.join()

    def _lane(self, lane: list[Step]) -> None:
        try:
            while not self._stop.is_set():
                if self._turn(lane):
                    continue
                if self._all_quiet():
                    return
                time.sleep(IDLE_SECONDS)
        except BaseException as error:  # noqa: BLE001 handed to the caller's thread
            self._failed.append(error)
            self._stop.set()

    def _turn(self, lane: list[Step]) -> bool:
        """Work off one batch of the last step that has one; return whether there was any."""
        due = self._due()
        for step in reversed(lane):
            if due.get(step.name) and (step.place != "at-rest" or self._rested(step)):
                return self._batch(step)
        return False

    def _due(self) -> dict[str, int]:
        with self.store.read() as connection:
            return ledger.due_counts(connection, now=self._now())

    def _all_quiet(self) -> bool:
        with self.store.read() as connection:
            return not ledger.due_counts(connection, now=2**62)

    def _rested(self, step: Step) -> bool:
        """Tell whether all earlier steps are quiet, or the step has waited long enough."""
        earlier = {each.name for each in self.steps[: self.steps.index(step)]}
        with self.store.read() as connection:
            due = ledger.due_counts(connection, now=2**62)
            oldest = ledger.oldest_due(connection, step.name)
        if not any(due.get(name) for name in earlier):
            return True
        waited = (self._now() - (oldest or self._now())) / 1e6
        return 0 < self.rest_seconds <= waited

    def _batch(self, step: Step) -> bool:
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
        answers = self._answers(step, given)
        with self.store.write() as connection:
            self._settle(connection, step, claims, given, answers)
        if self.progress:
            self.progress(step.name, len(claims))
        return True

    def _answers(self, step: Step, given: Any) -> dict[str, Any]:
        items = list(given)
        if step.place == "workers":
            found = self.executor.map(step.call, [given[item] for item in items])
        elif step.place == "network":
            found = step.call([given[item] for item in items])
        else:
            found = Inline().map(step.call, [given[item] for item in items])
        return dict(zip(items, found, strict=True))

    def _settle(
        self,
        connection: Connection,
        step: Step,
        claims: list[ledger.Claim],
        given: Any,
        answers: dict[str, Any],
    ) -> None:
        done = [
            Done(item=item, given=given[item], answer=answer)
            for item, answer in answers.items()
            if not isinstance(answer, (Skip, Failure))
        ]
        follows = list(step.write(connection, done)) if done else []
        vanished = [each.item for each in claims if each.item not in given]
        finished = [each.item for each in done] + vanished
        ledger.finish(connection, step.name, finished, version=step.version)
        follows += self._skip(connection, step, answers)
        self._fail(connection, step, claims, answers)
        by_stage: dict[str, list[str]] = {}
        for stage, item in follows:
            by_stage.setdefault(stage, []).append(item)
        for stage, items in by_stage.items():
            ledger.file_work(connection, stage, items, now=self._now())

    def _skip(self, connection: Connection, step: Step, answers: dict[str, Any]) -> list[Following]:
        follows: list[Following] = []
        for item, answer in answers.items():
            if isinstance(answer, Skip):
                ledger.finish(
                    connection, step.name, [item], version=step.version, skipped=answer.reason
                )
                follows += step.after_skip(item, answer) if step.after_skip else ()
        return follows

    def _fail(
        self,
        connection: Connection,
        step: Step,
        claims: list[ledger.Claim],
        answers: dict[str, Any],
    ) -> None:
        for each in claims:
            failure = answers.get(each.item)
            if not isinstance(failure, Failure):
                continue
            if failure.final or each.tries + 1 >= self.retries:
                logger(__name__).warning(
                    "quarantined", stage=step.name, item=each.item, why=failure.message
                )
                ledger.quarantine(
                    connection,
                    step.name,
                    each.item,
                    message=failure.message,
                    details=failure.details,
                    tries=each.tries + 1,
                    now=self._now(),
                )
            else:
                pause = round(RETRY_SECONDS * 4**each.tries * 1e6)
                ledger.postpone(connection, step.name, each.item, due=self._now() + pause)

    def _now(self) -> int:
        return moment(self.clock())
