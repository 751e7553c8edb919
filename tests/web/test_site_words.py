from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from tests.web.press import FERRY_COVERAGE

from worldtake.web import words


def test_counts_are_said_in_words() -> None:
    assert ["1 article", "2 countries", "1,204 stories", "0 languages"] == [
        words.count(1, "article"),
        words.count(2, "country"),
        words.count(1204, "story"),
        words.count(0, "language"),
    ]


def test_origins_are_an_interval_only_where_they_are_uncertain() -> None:
    assert "2 to 3 origins" == words.between(2, 3, "origin")
    assert "1 origin" == words.between(1, 1, "origin")


def test_a_moment_is_said_in_utc() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert "7 Sept 2026, 23:30 UTC" == words.moment(datetime(2026, 9, 8, 8, 30, tzinfo=tokyo))


def test_a_day_is_said_without_a_time() -> None:
    day = datetime(2026, 9, 8, tzinfo=UTC)
    assert "8 Sept 2026" == words.moment(day)
    assert "8 Sept 2026" == words.moment(day.replace(hour=7), "day")
    assert "8 Sept 2026, 00:00 UTC" == words.moment(day, "minute")


def test_coverage_is_said_with_its_bound() -> None:
    silent, carried = FERRY_COVERAGE[:2]
    assert "0 of 12 tracked outlets (95 % bound 22 %), 19 of 41 elsewhere" == words.coverage_words(
        silent
    )
    assert (
        "8 of 9 tracked outlets (95 % interval 20 % to 90 %), 19 of 41 elsewhere"
        == words.coverage_words(carried)
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("ur", "rtl"), ("uz-Arab", "rtl"),
        ("en", "ltr"), ("sr-Cyrl", "ltr"), ("zh-Hant", "ltr"), ("hi", "ltr"), ("th", "ltr"),
        ("und", "auto"), ("x-nonsense", "auto"), ("", "auto"),
    ],
)  # fmt: skip
def test_a_language_has_a_direction(language: str, expected: str) -> None:
    assert expected == words.direction(language)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x",
        "http://",
        "x",
        "http://[x",
    ],
)
def test_a_reader_is_sent_to_web_addresses_alone(url: str) -> None:
    assert None is words.web_address(url)
    assert "" == words.web_site(url)


def test_a_site_is_named_by_its_domain() -> None:
    assert "lanterna.example" == words.web_site("https://www.lanterna.example/a?b")
