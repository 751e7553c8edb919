from __future__ import annotations

from dataclasses import replace

from tests.web.press import four_weeks

from worldtake.web.chart import HEIGHT, day_chart


def test_no_days_make_no_chart() -> None:
    assert day_chart(()) is None


def test_bars_and_bands_stay_within_the_drawing() -> None:
    chart = day_chart(four_weeks())
    assert chart is not None
    for bar in chart.bars:
        assert 0 <= bar.top <= bar.top + bar.height <= HEIGHT + 0.01
        assert 0 <= (bar.band_top or 0.0) <= HEIGHT
        assert 0 <= bar.left <= chart.width - chart.bar_width


def test_a_day_without_entries_has_no_bar_and_one_entry_is_seen() -> None:
    first, *_, last = four_weeks()
    chart = day_chart((replace(first, entries=1, high=2_000.0), last))
    assert chart is not None
    assert (True, 0.0) == (chart.bars[0].height > 1, chart.bars[1].height)


def test_days_of_which_nothing_is_usual_have_no_band() -> None:
    chart = day_chart([replace(each, low=None, high=None) for each in four_weeks()])
    assert chart is not None
    assert {None} == {bar.band_top for bar in chart.bars}
