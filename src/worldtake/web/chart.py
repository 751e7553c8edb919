"""Lay out the chart of an outlet's days: a bar for the entries of each, and behind it the band that is usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.model.health import DayCount

#: Width of a day and height of the drawing, in its own units.
DAY_WIDTH, HEIGHT = 12.0, 96.0
#: Share of a day's width that its bar takes.
BAR_SHARE = 0.62
#: Least height of what is drawn, so that one entry is seen.
LEAST_HEIGHT = 1.5
_SUNDAY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One day as drawn; measures in units of the drawing, from its upper left."""

    #: The day itself.
    count: DayCount
    left: float
    top: float
    height: float
    #: The usual band; None where nothing is known to be usual.
    band_top: float | None
    band_height: float | None
    #: True under which a new week is ruled.
    week_ends: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """All days as drawn."""

    width: float
    height: float
    bar_width: float
    day_width: float
    bars: tuple[Bar, ...]
    #: Entries that the whole height stands for.
    most: int


def day_chart(days: Sequence[DayCount]) -> Chart | None:
    """Return the chart of `days`; None without any."""
    if not days:
        return None
    most = max(1.0, *(max(each.entries, each.high or 0.0) for each in days))
    return Chart(
        width=DAY_WIDTH * len(days),
        height=HEIGHT,
        bar_width=DAY_WIDTH * BAR_SHARE,
        day_width=DAY_WIDTH,
        bars=tuple(_bar(at, each, HEIGHT / most) for at, each in enumerate(days)),
        most=round(most),
    )


def _bar(at: int, count: DayCount, scale: float) -> Bar:
    height = max(count.entries * scale, LEAST_HEIGHT if count.entries else 0.0)
    known = count.low is not None and count.high is not None
    low, high = (count.low or 0.0) * scale, (count.high or 0.0) * scale
    return Bar(
        count=count,
        left=round(at * DAY_WIDTH + DAY_WIDTH * (1 - BAR_SHARE) / 2, 2),
        top=round(HEIGHT - height, 2),
        height=round(height, 2),
        band_top=round(HEIGHT - high, 2) if known else None,
        band_height=round(max(high - low, LEAST_HEIGHT), 2) if known else None,
        week_ends=count.day.weekday() == _SUNDAY,
    )
