"""Write what came of a batch in one transaction: effects, refusals, failures, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from worldtake.http.outcomes import OUTCOMES, pause_seconds
from worldtake.log import logger
from worldtake.model import Skip
from worldtake.pipeline.executors import Failure
from worldtake.pipeline.names import FETCHING
from worldtake.pipeline.step import Done
from worldtake.store import ledger

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.pipeline.step import Following, Step
    from worldtake.store import Connection

#: Pause before the second try of an item that failed here, in seconds; each further one waits four times as long.
RETRY_SECONDS = 2.0
MICROS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Items of one step with what was given and what was answered."""

    step: Step
    claims: Sequence[ledger.Claim]
    #: Item -> input; an item without one is no more.
    given: Mapping[str, Any]
    #: Item -> answer, `Skip` or `Failure`.
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """Write batches."""

    #: Tries of an item that fails here before quarantine.
    retries: int
    #: Pause before the second try of a call to the network, in seconds.
    call_retry_seconds: float

    def __call__(self, connection: Connection, batch: Batch, *, now: int) -> None:
        """Write `batch` in the transaction of `connection`; `now` in microseconds."""
        step = batch.step
        done = [
            Done(item=item, given=batch.given[item], answer=answer)
            for item, answer in batch.answers.items()
            if not isinstance(answer, (Skip, Failure))
        ]
        follows = list(step.write(connection, done)) if done else []
        vanished = [each.item for each in batch.claims if each.item not in batch.given]
        finished = [each.item for each in done] + vanished
        _finish(connection, batch, finished)
        follows += _refused(connection, batch)
        for claim in batch.claims:
            answer = batch.answers.get(claim.item)
            if isinstance(answer, Failure):
                if step.failed:
                    given = batch.given[claim.item]
                    step.failed(connection, Done(item=claim.item, given=given, answer=answer))
                follows += self._failed(connection, batch, claim, answer, now=now)
        _file(connection, follows, now=now)

    def _failed(
        self,
        connection: Connection,
        batch: Batch,
        claim: ledger.Claim,
        failure: Failure,
        *,
        now: int,
    ) -> Sequence[Following]:
        step = batch.step
        pause = self._pause(failure, claim.tries + 1)
        if pause is not None:
            due = now + round(pause * MICROS)
            ledger.postpone(connection, step.name, claim.item, due=due)
            return ()
        if failure.outcome and OUTCOMES[failure.outcome].end == "skip":
            reason = f"{failure.outcome}: {failure.message}"
            _finish(connection, batch, [claim.item], skipped=reason)
            return step.after_skip(connection, [claim.item]) if step.after_skip else ()
        _quarantine(connection, step, claim, failure, now=now)
        return ()

    def _pause(self, failure: Failure, tries: int) -> float | None:
        """Return the seconds until the next try; None after the last one."""
        if failure.outcome:
            return pause_seconds(
                failure.outcome,
                tries,
                first=self.call_retry_seconds,
                retry_after=failure.retry_after_seconds,
            )
        if failure.final or tries >= self.retries:
            return None
        return RETRY_SECONDS * 4.0 ** (tries - 1)


def _refused(connection: Connection, batch: Batch) -> list[Following]:
    step = batch.step
    reasons: dict[str, list[str]] = {}
    for item, answer in batch.answers.items():
        if not isinstance(answer, Skip):
            continue
        reasons.setdefault(answer.reason, []).append(item)
        if step.refused:
            step.refused(connection, Done(item=item, given=batch.given[item], answer=answer))
    for reason, items in reasons.items():
        _finish(connection, batch, items, skipped=reason)
    refused = [item for items in reasons.values() for item in items]
    return list(step.after_skip(connection, refused)) if step.after_skip and refused else []


def _finish(
    connection: Connection, batch: Batch, items: Sequence[str], skipped: str | None = None
) -> None:
    """Remove the claims of `items`, each as it was made: what was filed anew while it was in hand stays due."""
    leases = {claim.item: claim.lease for claim in batch.claims}
    held: dict[int, list[str]] = {}
    for item in items:
        held.setdefault(leases[item], []).append(item)
    step = batch.step
    for lease, some in held.items():
        ledger.finish(
            connection, step.name, some, version=step.version, skipped=skipped, lease=lease
        )


def _quarantine(
    connection: Connection, step: Step, claim: ledger.Claim, failure: Failure, *, now: int
) -> None:
    logger(__name__).warning("quarantined", stage=step.name, item=claim.item, why=failure.message)
    ledger.quarantine(
        connection,
        step.name,
        claim.item,
        message=failure.message,
        details=failure.details,
        tries=claim.tries + 1,
        now=now,
    )


def _file(connection: Connection, follows: Sequence[Following], *, now: int) -> None:
    by_stage: dict[str, list[str]] = {}
    for stage, item in follows:
        by_stage.setdefault(stage, []).append(item)
    for stage, items in by_stage.items():
        ledger.file_work(connection, stage, items, now=now, anew=stage not in FETCHING)
