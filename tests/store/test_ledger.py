from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from worldtake.store import ledger

if TYPE_CHECKING:
    from worldtake.store import Store

LEASE = 100


def test_a_filed_item_is_claimed_once(store: Store) -> None:
    with store.write() as connection:
        ledger.file_work(connection, "extract", ["a", "b", "a"], now=10)
        first = ledger.claim(connection, "extract", owner="x", now=10, lease=LEASE, most=5)
        second = ledger.claim(connection, "extract", owner="y", now=11, lease=LEASE, most=5)
    assert ["a", "b"] == [claim.item for claim in first]
    assert [] == second


def test_a_claim_runs_out_with_its_lease(store: Store) -> None:
    with store.write() as connection:
        ledger.file_work(connection, "extract", ["a"], now=10)
        ledger.claim(connection, "extract", owner="dead", now=10, lease=LEASE, most=5)
        again = ledger.claim(
            connection, "extract", owner="alive", now=10 + LEASE + 1, lease=LEASE, most=5
        )
    assert ["a"] == [claim.item for claim in again]


def test_finished_work_is_counted_and_gone(store: Store) -> None:
    with store.write() as connection:
        ledger.file_work(connection, "extract", ["a", "b"], now=10)
        ledger.finish(connection, "extract", ["a"], version=1)
        ledger.finish(connection, "extract", ["b"], version=1, skipped="no-text")
        counts = ledger.stage_counts(connection, ["extract"])[0]
    assert (0, 0, 1, 1) == (counts.due, counts.running, counts.done, counts.skipped)


def test_a_postponed_item_counts_its_tries_and_waits(store: Store) -> None:
    with store.write() as connection:
        ledger.file_work(connection, "trace", ["a"], now=10)
        ledger.postpone(connection, "trace", "a", due=50)
        early = ledger.claim(connection, "trace", owner="x", now=49, lease=LEASE, most=5)
        late = ledger.claim(connection, "trace", owner="x", now=50, lease=LEASE, most=5)
    assert [] == early
    assert [ledger.Claim(item="a", tries=1, lease=50 + LEASE)] == late


@pytest.mark.parametrize(("anew", "left"), [(True, {"coverage": 1}), (False, {})])
def test_what_is_filed_anew_while_it_is_in_hand_is_due_once_more(
    store: Store, *, anew: bool, left: dict[str, int]
) -> None:
    with store.write() as connection:
        ledger.file_work(connection, "coverage", ["a"], now=10)
        [held] = ledger.claim(connection, "coverage", owner="x", now=10, lease=LEASE, most=5)
        ledger.file_work(connection, "coverage", ["a"], now=20, anew=anew)
        ledger.finish(connection, "coverage", ["a"], version=1, lease=held.lease)
        assert left == ledger.due_counts(connection, now=20)


def test_quarantine_keeps_what_went_wrong_until_it_is_retried(store: Store) -> None:
    with store.write() as connection:
        ledger.file_work(connection, "trace", ["a"], now=10)
        ledger.quarantine(
            connection, "trace", "a", message="broken", details="Traceback", tries=3, now=20
        )
        held = ledger.quarantined(connection)
        again = ledger.retry(connection, [held[0].id], now=30)
        due = ledger.due_counts(connection, now=30)
    assert [("trace", "a", "broken", 3)] == [
        (each.stage, each.item, each.message, each.tries) for each in held
    ]
    assert (1, {"trace": 1}) == (again, due)


def test_a_higher_version_makes_items_due_again(store: Store) -> None:
    with store.write() as connection:
        ledger.finish(connection, "trace", ["old"], version=1)
        ledger.finish(connection, "trace", ["new"], version=2)
        count = ledger.file_outdated(connection, "trace", version=2, now=10)
        claims = ledger.claim(connection, "trace", owner="x", now=10, lease=LEASE, most=9)
    assert (1, ["old"]) == (count, [claim.item for claim in claims])


def test_a_failed_transaction_leaves_the_claim(store: Store) -> None:
    with store.write() as connection:
        ledger.file_work(connection, "trace", ["a"], now=10)
    with pytest.raises(KeyboardInterrupt):
        finish_and_die(store)
    with store.read() as connection:
        assert {"trace": 1} == ledger.due_counts(connection, now=10)


def finish_and_die(store: Store) -> None:
    with store.write() as connection:
        ledger.finish(connection, "trace", ["a"], version=1)
        raise KeyboardInterrupt
