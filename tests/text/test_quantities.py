from __future__ import annotations

import pytest

from worldtake.text.quantities import number, quantities


@pytest.mark.parametrize(
    ("text", "language", "value", "unit", "op"),
    [
        ("600,000 troops", "en", 600_000, "troops", "="),
        ("a 28-point plan", "en", 28, "point", "="),
        ("twenty-one days", "en", 21, "days", "="),
        ("four separate components", "en", 4, "components", "="),
        ("more than 19 per cent of it", "en", 19, "percent", ">"),
        ("1.8 percent", "en", 1.8, "percent", "="),
        ("at least 3 ships", "en", 3, "ships", ">="),
        ("cap its army at 600 men", "en", 600, "men", "<="),
        ("two million people", "en", 2_000_000, "people", "="),
        ("$5", "en", 5, "dollars", "="),
        ("4.000 Euro", "de", 4_000, "euro", "="),
        ("1,8 Prozent", "de", 1.8, "percent", "="),
        ("höchstens 40 Schiffe", "de", 40, "schiffe", "<="),
        ("1 400 camions", "fr", 1_400, "camions", "="),
        ("210 тысяч тонн", "ru", 210_000, "тонн", "="),
    ],
)
def test_a_quantity_is_read(text: str, language: str, value: float, unit: str, op: str) -> None:
    assert [(value, unit, op)] == [
        (one.value, one.unit, one.op) for one in quantities(text, language)
    ]


def test_a_time_of_day_is_no_quantity() -> None:
    assert () == quantities("at 15:41")


def test_three_digits_after_a_point_group_where_the_language_groups_so() -> None:
    assert [4.2, 4200.0] == [number("4.200", "en"), number("4.200", "de")]


def test_arabic_digits_are_digits() -> None:
    assert 14.0 == number("١٤", "ar")
