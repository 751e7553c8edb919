from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.fetch import FeedParse, FeedState, Polling
from worldtake.fetch.polling import (
    RETIRED_SECONDS,
    SEEN_ITEMS,
    answered,
    failed,
    spread_of,
)
from worldtake.model import Entry

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
URL = "https://glas.example/rss"
POLLING = Polling()
HOUR = 3600.0


def _parse(
    first: int, count: int, *, dated: datetime | None = None, ttl: float | None = None
) -> FeedParse:
    entries = tuple(
        Entry(
            url=f"https://glas.example/{number}",
            feed_url=URL,
            outlet_id="si-glas",
            published=dated and dated - timedelta(hours=number - first),
        )
        for number in range(first, first + count)
    )
    return FeedParse(entries=entries, kind="rss", ttl_seconds=ttl)


def _answered(
    state: FeedState, at: datetime, parse: FeedParse | None, wait: float = 0.0
) -> FeedState:
    kept = FeedState(**json.loads(json.dumps(asdict(state))))
    return answered(kept, URL, POLLING, now=at, parse=parse, wait_seconds=wait)


def _lived(items_an_hour: float, window: int, hours: float) -> list[tuple[FeedState, int]]:
    """Call a feed that publishes evenly as its state says; return the states with the items lost before each call."""
    at, state, lived = NOW, FeedState(), []
    last = 0
    while at < NOW + timedelta(hours=hours):
        published = 1_000 + int((at - NOW).total_seconds() / HOUR * items_an_hour)
        first = published - window
        items = tuple(reversed(_parse(first, window).entries))
        state = _answered(state, at, FeedParse(entries=items, kind="rss"))
        lived.append((state, max(0, first - last) if last else 0))
        last = published
        at += timedelta(seconds=state.next_due_seconds)
    return lived


@pytest.mark.parametrize(("items_an_hour", "window"), [(0.5, 20), (6, 30), (60, 30), (80, 100)])
def test_a_feed_is_called_so_often_that_no_item_is_lost(items_an_hour: float, window: int) -> None:
    lived = _lived(items_an_hour, window, 72)
    assert 0 == sum(lost for _, lost in lived)
    turnover = window / items_an_hour * HOUR
    assert lived[-1][0].next_due_seconds <= max(turnover / 2, POLLING.min_seconds)


def test_a_quiet_feed_is_called_once_a_day_and_a_busy_one_every_ten_minutes() -> None:
    assert lived_pause(0) > 20 * HOUR
    assert lived_pause(60) < 15 * 60
    assert HOUR / 4 < lived_pause(1) < HOUR


def lived_pause(items_an_hour: float) -> float:
    return _lived(items_an_hour, 40, 24 * 10)[-1][0].next_due_seconds


def test_the_first_answer_says_by_its_own_moments_how_often_to_call() -> None:
    slow = _answered(FeedState(), NOW, _parse(0, 30, dated=NOW - timedelta(days=60)))
    fast = _answered(FeedState(), NOW, _parse(0, 3, dated=NOW))
    unstated = _answered(FeedState(), NOW, _parse(0, 30))
    assert slow.next_due_seconds > 10 * HOUR
    assert fast.next_due_seconds < HOUR
    assert POLLING.min_seconds <= unstated.next_due_seconds < HOUR


def test_nothing_new_makes_the_pauses_longer_up_to_a_day() -> None:
    state, pauses, at = _answered(FeedState(), NOW, _parse(0, 10)), [], NOW
    for _ in range(40):
        pauses.append(state.next_due_seconds)
        at += timedelta(seconds=state.next_due_seconds)
        state = _answered(state, at, None)
    assert pauses == sorted(pauses)
    assert 20 * HOUR < pauses[-1] <= POLLING.max_seconds
    assert ("unchanged", 0, NOW.isoformat()) == (state.outcome, state.fresh, state.last_new)
    assert at.isoformat() == state.last_ok


def test_new_items_are_told_from_old_ones() -> None:
    state = _answered(FeedState(), NOW, _parse(0, 10))
    later = _answered(state, NOW + timedelta(hours=1), _parse(7, 10))
    assert (10, 7, 10) == (state.fresh, later.fresh, later.window)
    assert (NOW + timedelta(hours=1)).isoformat() == later.last_new


def test_what_is_remembered_of_items_is_bounded() -> None:
    state = FeedState()
    for hour in range(30):
        state = _answered(state, NOW + timedelta(hours=hour), _parse(hour * 900, 900))
    assert len(state.seen) == SEEN_ITEMS * 8
    small = FeedState()
    for hour in range(30):
        small = _answered(small, NOW + timedelta(hours=hour), _parse(hour * 5, 10))
    assert len(small.seen) == 2 * 10 * 8


def test_what_the_server_asks_for_is_a_lower_bound_up_to_a_day() -> None:
    busy = _parse(0, 3, dated=NOW)
    assert [True, True, True] == [
        _answered(FeedState(), NOW, busy, 2 * HOUR).next_due_seconds >= 2 * HOUR,
        _answered(FeedState(), NOW, busy, 900 * HOUR).next_due_seconds == POLLING.max_seconds,
        failed(FeedState(), URL, POLLING, outcome="server-error", wait_seconds=9 * HOUR).next_due_seconds >= 9 * HOUR,
    ]  # fmt: skip


def test_a_declared_pause_is_kept_until_the_feed_is_seen_to_turn_over_faster() -> None:
    state = _answered(FeedState(), NOW, _parse(0, 10, ttl=2 * HOUR))
    assert state.next_due_seconds >= 2 * HOUR
    calm = _answered(state, NOW + timedelta(hours=2), _parse(1, 10, ttl=2 * HOUR))
    assert calm.next_due_seconds >= 2 * HOUR
    hasty = _answered(state, NOW + timedelta(hours=2), _parse(20, 10, ttl=2 * HOUR))
    assert hasty.next_due_seconds < HOUR


def test_failures_back_off_to_the_longest_pause_and_an_answer_ends_that() -> None:
    state, pauses = FeedState(), []
    for _ in range(12):
        state = failed(state, URL, POLLING, outcome="timeout")
        pauses.append(state.next_due_seconds)
    assert pauses == sorted(pauses)
    assert 0.9 * 20 * 60 <= pauses[0] <= 1.1 * 20 * 60
    assert 20 * HOUR < pauses[-1] <= POLLING.max_seconds
    assert (12, "timeout") == (state.failures, state.outcome)
    again = _answered(state, NOW, _parse(0, 3))
    assert (0, "ok") == (again.failures, again.outcome)


def test_a_call_that_was_held_back_is_no_failure() -> None:
    state = failed(FeedState(failures=0), URL, POLLING, outcome="held", wait_seconds=HOUR)
    assert (0, "held", HOUR) == (state.failures, state.outcome, state.next_due_seconds)


def test_a_feed_gone_for_good_is_asked_again_after_a_month() -> None:
    state = failed(FeedState(moved_to="https://x.example/"), URL, POLLING, outcome="gone")
    assert (True, None, RETIRED_SECONDS) == (state.retired, state.moved_to, state.next_due_seconds)
    assert not _answered(state, NOW, _parse(0, 3)).retired


def test_a_place_where_nothing_is_found_three_times_is_given_up_for_the_old_one() -> None:
    state = FeedState(moved_to="https://x.example/", etag='"1"', digest="ab")
    places = []
    for outcome in ("not-found", "not-found", "timeout", "not-found", "not-found", "not-found"):
        state = failed(state, URL, POLLING, outcome=outcome)
        places.append(state.moved_to)
    assert ["https://x.example/"] * 5 + [None] == places
    assert (None, "") == (state.etag, state.digest)


@given(st.text(max_size=50), st.floats(0, 10_000), st.floats(0, 1e9), st.integers(0, 40))
def test_every_pause_is_within_the_limits(
    url: str, rate: float, wait: float, failures: int
) -> None:
    polling = Polling(min_seconds=60, max_seconds=7200)
    state = FeedState(rate=rate, failures=failures, last_ok=NOW.isoformat())
    at = NOW + timedelta(hours=1)
    pauses = [
        answered(state, url, polling, now=at, parse=None, wait_seconds=wait).next_due_seconds,
        failed(state, url, polling, outcome="dns", wait_seconds=wait).next_due_seconds,
    ]
    assert all(60 <= pause <= 7200 for pause in pauses)
    again = answered(state, url, polling, now=at, parse=None, wait_seconds=wait)
    assert pauses[0] == again.next_due_seconds


def test_due_times_of_many_feeds_are_spread() -> None:
    pauses = [
        answered(FeedState(), f"https://glas.example/{n}", POLLING, now=NOW, parse=_parse(0, 9)).next_due_seconds
        for n in range(200)
    ]  # fmt: skip
    assert 1.15 < max(pauses) / min(pauses) < 1.25
    places = [spread_of(f"https://glas.example/{n}") for n in range(1_000)]
    assert all(70 < sum(at <= place < at + 0.1 for place in places) < 130 for at in (0.0, 0.3, 0.9))


def test_a_clock_that_went_back_breaks_nothing() -> None:
    state = _answered(FeedState(), NOW, _parse(0, 9))
    assert _answered(state, NOW - timedelta(days=1), _parse(1, 9)).rate is not None


def test_a_sitemap_read_in_part_keeps_its_window() -> None:
    whole = replace(_parse(0, 100), kind="sitemap")
    state = _answered(FeedState(), NOW, whole)
    part = _answered(state, NOW + timedelta(hours=1), replace(_parse(100, 5), kind="sitemap"))
    assert (100, 5, 105 * 8) == (part.window, part.fresh, len(part.seen))
