from __future__ import annotations

from datetime import UTC, datetime

import pytest

from worldtake.http import Response

NOW = datetime(2026, 9, 8, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("max-age=600", 600.0),
        ("public, Max-Age = 600, must-revalidate", 600.0),
        ('max-age="600"', 600.0),
        ("s-maxage=600", None),
        ("max-age=-1", None),
        ("max-age=\u0661", None),
        ("no-store", None),
        ("max-age=" + "9" * 500, 365 * 24 * 3600.0),
        ("", None),
    ],
)
def test_how_long_an_answer_is_fresh(value: str, expected: float | None) -> None:
    response = Response(url="", status=200, headers={"cache-control": value}, fetched=NOW)
    assert expected == response.max_age_seconds


def test_only_an_answer_can_have_moved() -> None:
    outcomes = [
        Response(url="", status=status, redirected_permanently=True, fetched=NOW).outcome
        for status in (200, 304, 404)
    ]
    assert ["moved", "unchanged", "not-found"] == outcomes
