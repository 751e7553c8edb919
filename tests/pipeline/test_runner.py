from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from worldtake.errors import UnreadableInputError
from worldtake.model import Skip
from worldtake.pipeline.executors import Inline, Pool
from worldtake.pipeline.runner import Runner
from worldtake.pipeline.step import Done, Following, Step
from worldtake.store import ledger, open_store
from worldtake.store.ledger import keep_note, note

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from worldtake.store import Connection, Store

START = datetime(2026, 9, 16, tzinfo=UTC)


class FastClock:
    """A clock on which each look is a minute later, so that pauses before tries pass at once."""

    def __init__(self) -> None:
        self._now = START
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        with self._lock:
            self._now += timedelta(minutes=1)
            return self._now


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'worldtake.db'}")


def shout(item: str) -> Any:
    if item == "odd":
        return Skip("odd-item")
    if item == "broken":
        message = "broken: not text; save it again"
        raise UnreadableInputError(message)
    if item == "fault":
        message = "a programming fault"
        raise ZeroDivisionError(message)
    if item == "fatal":
        import os
        import signal

        os.kill(os.getpid(), signal.SIGKILL)
    return item.upper()


def step(
    name: str, call: Callable[[Any], Any] = shout, *, follows: str = "", place: Any = "workers"
) -> Step:
    def load(_connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return {item: item for item in items if item != "vanished"}

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        for done in batch:
            keep_note(connection, f"{name}/{done.item}", str(done.answer))
        return [(follows, done.answer) for done in batch] if follows else []

    return Step(name=name, version=1, place=place, load=load, call=call, write=write)


def run(store: Store, *steps: Step, items: Sequence[str], **more: Any) -> None:
    with store.write() as connection:
        ledger.file_work(connection, steps[0].name, items, now=0)
    Runner(store=store, steps=steps, clock=FastClock(), **more).run_until_idle()


def noted(store: Store, name: str) -> str | None:
    with store.read() as connection:
        return note(connection, name)


def test_what_one_step_gives_is_due_for_the_next(store: Store) -> None:
    run(store, step("first", follows="second"), step("second"), items=["a"])
    assert "A" == noted(store, "second/A")


def test_a_refusal_is_counted_and_goes_no_further(store: Store) -> None:
    run(store, step("first"), items=["odd", "vanished", "a"])
    with store.read() as connection:
        counts = ledger.stage_counts(connection, ["first"])[0]
    assert (0, 2, 1, 0) == (counts.due, counts.done, counts.skipped, counts.quarantined)


def test_bad_input_goes_to_quarantine_at_once_and_the_rest_goes_on(store: Store) -> None:
    run(store, step("first"), items=["a", "broken", "z"])
    with store.read() as connection:
        held = ledger.quarantined(connection)
    assert [("broken", 1, "")] == [(each.item, each.tries, each.details) for each in held]
    assert ("A", "Z") == (noted(store, "first/a"), noted(store, "first/z"))


def test_a_fault_is_tried_three_times_and_kept_with_its_traceback(store: Store) -> None:
    run(store, step("first"), items=["fault"])
    with store.read() as connection:
        held = ledger.quarantined(connection)[0]
    assert (3, "ZeroDivisionError: a programming fault") == (held.tries, held.message)
    assert "Traceback" in held.details


def test_a_worker_that_dies_takes_only_its_own_item_with_it(store: Store) -> None:
    executor = Pool(2)
    try:
        run(store, step("first"), items=["a", "fatal", "z"], executor=executor, retries=1)
    finally:
        executor.close()
    with store.read() as connection:
        held = [each.item for each in ledger.quarantined(connection)]
    assert (["fatal"], "A", "Z") == (held, noted(store, "first/a"), noted(store, "first/z"))


def test_a_step_at_rest_waits_until_all_before_it_is_quiet(store: Store) -> None:
    seen: list[list[str]] = []

    def load(_connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        seen.append(list(items))
        return {item: item for item in items}

    rest = Step(name="rest", version=1, place="at-rest", load=load, call=shout, write=lambda *_: [])
    items = [chr(97 + number) * 3 for number in range(20)]
    first = Step(
        name="first",
        version=1,
        place="workers",
        batch=3,
        load=lambda _connection, batch: {item: item for item in batch},
        call=shout,
        write=lambda _connection, batch: [("rest", done.item) for done in batch],
    )
    run(store, first, rest, items=items)
    assert [items] == [sorted(each) for each in seen]


def test_what_breaks_a_lane_reaches_the_caller(store: Store) -> None:
    def write(*_: object) -> Sequence[Following]:
        message = "disk full"
        raise OSError(message)

    broken = Step(
        name="first",
        version=1,
        place="here",
        load=lambda _connection, items: {item: item for item in items},
        call=shout,
        write=write,
    )
    with pytest.raises(OSError, match="disk full"):
        run(store, broken, items=["a"])
    with store.read() as connection:
        assert {"first": 1} == ledger.due_counts(connection, now=2**62)


def test_a_stopped_runner_leaves_the_rest_due(store: Store) -> None:
    runner = Runner(store=store, steps=(step("first"),), clock=FastClock())
    with store.write() as connection:
        ledger.file_work(connection, "first", ["a"], now=0)
    runner.stop()
    runner.run_until_idle()
    with store.read() as connection:
        assert {"first": 1} == ledger.due_counts(connection, now=2**62)


@pytest.mark.parametrize("executor", [Inline(), Pool(1)])
def test_executors_answer_in_order(executor: Any) -> None:
    try:
        answers = executor.map(str.upper, [chr(97 + number) for number in range(20)])
    finally:
        executor.close()
    assert [chr(65 + number) for number in range(20)] == answers
