from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.model import timed_id

ZONE = timezone(timedelta(hours=9))
micros = st.integers(0, 4_000_000_000_000_000)


def at(value: int) -> datetime:
    return datetime.fromtimestamp(0, tz=UTC) + timedelta(microseconds=value)


@given(micros, micros, st.text(), st.text())
def test_ids_sort_in_time(one: int, other: int, here: str, there: str) -> None:
    if one // 1000 < other // 1000:
        assert timed_id(at(one), here) < timed_id(at(other), there)


@given(micros, st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]))))
def test_an_id_depends_only_on_what_it_is_made_of(value: int, parts: list[str]) -> None:
    assert timed_id(at(value), *parts) == timed_id(at(value).astimezone(ZONE), *parts)


def test_other_parts_give_another_id() -> None:
    assert timed_id(at(0), "ab", "c") != timed_id(at(0), "a", "bc")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        timed_id(datetime(2026, 9, 8), "a")  # noqa: DTZ001 that is what is refused
