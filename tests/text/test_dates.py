from __future__ import annotations

from datetime import date

import pytest

from worldtake.text.dates import mentions

FRIDAY = date(2025, 11, 28)


@pytest.mark.parametrize(
    ("language", "text", "value", "granularity"),
    [
        ("en", "on 9 September 2026 it", "2026-09-09", "day"),
        ("en", "on September 9, 2026 it", "2026-09-09", "day"),
        ("en", "Published: 28/11/2025", "2025-11-28", "day"),
        ("en", "at 2026-09-09 it", "2026-09-09", "day"),
        ("en", "it began in March 2024 and", "2024-03", "month"),
        ("en", "annexed in 2014, and", "2014", "year"),
        ("en", "the fastest since 2022.", "2022/", "year"),
        ("de", "am 9. September 2026 war", "2026-09-09", "day"),
        ("fr", "le 9 septembre 2026 à", "2026-09-09", "day"),
        ("es", "el 9 de septiembre de 2026 en", "2026-09-09", "day"),
        ("pl", "dnia 9 września 2026 roku", "2026-09-09", "day"),
        ("ru", "это 9 сентября 2026 года было", "2026-09-09", "day"),
        ("sl", "bilo 9. septembra 2026 v", "2026-09-09", "day"),
        ("tr", "bu 9 Eylül 2026 tarihinde", "2026-09-09", "day"),
        ("ar", "في 9 سبتمبر 2026 في", "2026-09-09", "day"),
        ("ja", "2026年9月9日の", "2026-09-09", "day"),
        ("zh", "2026年9月", "2026-09", "month"),
    ],
)  # fmt: skip
def test_a_date_is_read_in_each_language(
    language: str, text: str, value: str, granularity: str
) -> None:
    assert [(value, granularity)] == [
        (one.value, one.granularity) for one in mentions(text, language)
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yesterday", "2025-11-27"),
        ("last week", "2025-W47"),
        ("earlier this week", "2025-W48"),
        ("next week", "2025-W49"),
        ("two years ago", "2023-11"),
        ("three days ago", "2025-11-25"),
        ("on Tuesday", "2025-11-25"),
        ("on Friday", "2025-11-28"),
    ],
)
def test_a_relative_time_is_anchored(text: str, value: str) -> None:
    assert [value] == [one.value for one in mentions(f"It was {text}.", "en", FRIDAY)]


def test_without_an_anchor_a_relative_time_stays_open() -> None:
    assert [None] == [one.value for one in mentions("It was yesterday.", "en")]


def test_a_date_that_may_be_read_two_ways_stays_open() -> None:
    assert [None] == [one.value for one in mentions("on 03/04/2025 it", "en")]


def test_a_word_that_only_looks_like_a_month_is_none() -> None:
    assert () == mentions("They may march on.", "en")
