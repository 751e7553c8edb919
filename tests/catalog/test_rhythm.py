from __future__ import annotations

import pytest

from worldtake.catalog.rhythm import (
    LearnRhythm,
    Past,
    Rhythm,
    band,
    chance_of_so_few,
    shape_of,
)

#: A Thursday, 00:00 UTC, as 1 January 1970 was.
BEGIN = 2900 * 168


def past(weeks: int, hours: range, number: int = 4, days: range = range(7), **more: object) -> Past:
    """An outlet with `number` entries in each of these hours of these days, 0 a Thursday."""
    found = tuple(
        (BEGIN + day * 24 + hour, number)
        for day in range(7 * weeks)
        for hour in hours
        if day % 7 in days
    )
    return Past(hours=found, listened=((BEGIN, BEGIN + weeks * 168),), **more)  # type: ignore[arg-type]


def test_a_week_as_those_before_is_expected() -> None:
    rhythm = LearnRhythm()(past(8, range(6, 22)))
    assert 7 * 16 * 4 == pytest.approx(rhythm.expected(BEGIN, BEGIN + 168), rel=0.05)


def test_next_to_nothing_is_expected_in_the_night() -> None:
    rhythm = LearnRhythm()(past(8, range(6, 22)))
    night, day = rhythm.expected(BEGIN, BEGIN + 5), rhythm.expected(BEGIN + 8, BEGIN + 18)
    assert (True, True) == (night < 2, day > 30)


def test_next_to_nothing_is_expected_of_a_weekend_that_was_always_quiet() -> None:
    rhythm = LearnRhythm()(past(4, range(6, 18), days=range(5)))
    assert rhythm.expected(BEGIN + 120, BEGIN + 168) < 2


def test_hours_in_which_nobody_listened_teach_nothing() -> None:
    given = past(8, range(6, 22))
    half = Past(
        hours=tuple(each for each in given.hours if each[0] < BEGIN + 28 * 24),
        listened=((BEGIN, BEGIN + 28 * 24),),
    )
    gap = Past(
        hours=half.hours + tuple((hour + 28 * 24, 4) for hour, _ in half.hours),
        listened=((BEGIN, BEGIN + 28 * 24), (BEGIN + 28 * 24, BEGIN + 56 * 24)),
    )
    torn = Past(
        hours=tuple(each for each in gap.hours if not 20 * 24 <= each[0] - BEGIN < 24 * 24),
        listened=((BEGIN, BEGIN + 20 * 24), (BEGIN + 24 * 24, BEGIN + 56 * 24)),
    )
    assert LearnRhythm()(gap).a_day() == pytest.approx(LearnRhythm()(torn).a_day(), rel=0.03)


def test_an_outage_of_the_past_teaches_nothing() -> None:
    given = past(8, range(6, 22))
    out = Past(
        hours=tuple(each for each in given.hours if not 30 * 24 <= each[0] - BEGIN < 34 * 24),
        listened=given.listened,
    )
    rhythm = LearnRhythm()(out)
    assert 64 == pytest.approx(rhythm.a_day(), rel=0.03)
    assert rhythm.longest < 20


def test_the_archive_that_a_first_call_brings_does_not_count() -> None:
    given = past(8, range(6, 22))
    burst = Past(hours=((BEGIN, 5_000), *given.hours), listened=given.listened)
    assert LearnRhythm()(given).a_day() == pytest.approx(LearnRhythm()(burst).a_day(), rel=0.05)


def test_without_history_what_it_is_said_to_publish_is_expected() -> None:
    rhythm = LearnRhythm()(Past(hours=(), listened=(), stated_a_day=24))
    assert 24.0 == pytest.approx(rhythm.expected(BEGIN, BEGIN + 24))
    assert rhythm.last_hour is None


def test_a_short_history_leans_on_the_shape_of_its_country() -> None:
    shape = shape_of([LearnRhythm()(past(8, range(6, 22)))] * 20)
    young = Past(hours=((BEGIN + 10, 2), (BEGIN + 34, 2)), listened=((BEGIN, BEGIN + 48),))
    flat = LearnRhythm()(young)
    leaning = LearnRhythm()(Past(hours=young.hours, listened=young.listened, shape=shape))
    night = (BEGIN, BEGIN + 4)
    assert leaning.expected(*night) < flat.expected(*night)


def test_a_rhythm_is_read_as_it_was_written() -> None:
    rhythm = LearnRhythm()(past(3, range(6, 22)))
    assert rhythm == Rhythm.of(rhythm.plain())


def test_expected_entries_add_up_over_any_cut() -> None:
    rhythm = LearnRhythm()(past(3, range(6, 22)))
    whole = rhythm.expected(BEGIN + 3.2, BEGIN + 400.9)
    cut = rhythm.expected(BEGIN + 3.2, BEGIN + 99.7) + rhythm.expected(BEGIN + 99.7, BEGIN + 400.9)
    assert whole == pytest.approx(cut)


def test_few_are_the_less_likely_the_more_were_expected() -> None:
    chances = [chance_of_so_few(10, expected, 0.05) for expected in (10, 20, 40, 80)]
    assert sorted(chances, reverse=True) == chances
    assert 1.0 == chance_of_so_few(0, 0.0, 0.05)


def test_the_band_holds_what_is_expected_and_widens_with_the_spread() -> None:
    low, high = band(40, 0.01)
    wider = band(40, 0.2)
    assert wider[0] < low < 40 < high < wider[1]
    assert (0.0, 0.0) == band(0.0, 0.1)
