"""How an outlet stands: what came of it, held against its own rhythm, its country's day, its feeds and its pages.

Silence is judged as a pause in expected entries against the outlet's own longest pauses; little as the lower tail of a
negative binomial, as in the surveillance of reporting sites (Noufaily et al., Statistics in Medicine 32, 2013). Hours in
which the house did not listen count nowhere. `evals/health.py` holds the rates of false alarms and the delays.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, ClassVar

from worldtake.catalog.layout import RECENT_DAYS, ReadDay, changed_layout
from worldtake.catalog.rhythm import (
    DAY_HOURS,
    LEAN_OF_USUAL,
    WEEK_HOURS,
    Rhythm,
    chance_of_so_few,
)
from worldtake.http.outcomes import OUTCOMES
from worldtake.model.health import Health

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.model.health import HealthState

#: History from which an outlet's own rhythm is trusted, in listened days and entries.
LEAST_DAYS, LEAST_ENTRIES = 14.0, 20
#: Entries that must be missing before an outlet is silent, or late.
SILENT_ENTRIES, LATE_ENTRIES = 8.0, 3.0
#: How often a day an outlet may make such a pause by chance and still be called silent, or late.
SILENT_A_DAY, LATE_A_DAY = 1 / 5_000, 1 / 400
#: A silence is longer than any pause before, by so much.
LONGER_THAN_EVER = 1.5
#: Thin is less than this share of the expected, with less than this chance, over a day or a week; judged where so many
#: entries are expected.
THIN_SHARE, THIN_CHANCE = 0.5, 0.0005
THIN_ENTRIES = 8.0
#: By how much days of one week go together, where the spread of a week is told from that of a day.
WEEK_TOGETHER = 2.0
#: A country's press that publishes less than the first share of its usual lowers what is expected; never under the second.
EBB_FROM, EBB_FLOOR = 0.8, 0.25
#: Outlets of a country, each with so many entries expected that day, from which its press has a tide.
EBB_OUTLETS, EBB_ENTRIES = 5, 3.0
#: Hours by which a clock may have been changed since the rhythm was learnt.
CLOCK_SHIFTS = (-1.0, 0.0, 1.0)
#: Failures in a row from which a feed fails, and hours of failing after which an outlet is silent.
FAILING, FAILING_HOURS = 2, 24.0
#: Most hours by which stated times may lag behind arrival.
MOST_LAG_HOURS = 48.0
#: Entries whose pages should have been read in `RECENT_DAYS`, where none was.
UNREAD_ENTRIES = 20
#: Outcomes after which a feed is closed to us, as against broken.
CLOSED = frozenset(
    ("login", "paywall", "forbidden", "withheld", "robots", "refused-address", "held", "gone")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSign:
    """What calls of one feed came to."""

    #: Failures in a row.
    failures: int = 0
    #: Outcome of the last call; empty before the first, or where it is not known.
    outcome: str = ""
    #: When it last answered, and when it last had something new, aware; None before it has.
    last_ok: datetime | None = None
    last_new: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that an outlet's standing is judged by."""

    outlet_id: str
    rhythm: Rhythm
    #: The moment that it is judged for, aware.
    now: datetime
    #: Up to when the house heard anything of anybody, aware.
    heard: datetime
    #: (hour, entries) of the last eight days, ascending.
    recent: tuple[tuple[int, int], ...] = ()
    #: Spans of hours in which the house listened, half open and ascending.
    listened: tuple[tuple[int, int], ...] = ()
    feeds: tuple[FeedSign, ...] = ()
    #: What was read of it in the last four weeks, ascending.
    read: tuple[ReadDay, ...] = ()
    #: True where the house read pages of anybody in the last days.
    reads: bool = False
    #: (day, share of its usual that its country's press published), for ebbs only.
    ebbs: tuple[tuple[int, float], ...] = ()
    #: How it stood before; None where this is the first time.
    before: Health | None = None


@dataclass(frozen=True, slots=True)
class _Finding:
    """A state with its reason and its numbers."""

    state: HealthState
    reason: str
    since: datetime | None = None
    expected: float | None = None
    seen: int = 0
    counted_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class AssessHealth:
    """Say how an outlet stands: the worst that holds."""

    name: ClassVar[str] = "catalog.health"
    version: ClassVar[int] = 1

    def __call__(self, history: History) -> Health:
        """Return how it stands at `history.now`."""
        signs = _Signs(history)
        finding = (
            _unreached(signs)
            or _silent(signs)
            or _unread(signs)
            or _changed(signs)
            or _thin(signs)
            or _late(signs)
            or _usual(signs)
        )
        before = history.before
        lasts = before is not None and before.state == finding.state
        return Health(
            outlet_id=history.outlet_id,
            state=finding.state,
            since=before.since if before and lasts else finding.since or history.now,
            reason=finding.reason,
            measured=history.now,
            expected=None if finding.expected is None else round(finding.expected, 1),
            seen=finding.seen,
            counted_from=finding.counted_from,
            usual_a_day=round(history.rhythm.a_day(), 1) if signs.known() else None,
            last_entry=signs.last_entry,
            outcome=signs.outcome,
        )


def is_known(rhythm: Rhythm) -> bool:
    """Tell whether a rhythm was learnt from enough to be trusted."""
    return rhythm.days >= LEAST_DAYS and rhythm.entries >= LEAST_ENTRIES


def ebb(ratios: Sequence[float]) -> float:
    """Return the share of its usual that a country's press published on a day, from that of each of its outlets; 1 for no ebb."""
    if len(ratios) < EBB_OUTLETS:
        return 1.0
    share = median(ratios)
    return max(EBB_FLOOR, share) if share < EBB_FROM else 1.0


@dataclass(slots=True)
class _Signs:
    """A history read once: the last entry, up to when it was listened to, what its feeds say."""

    history: History
    last_entry: datetime | None = field(init=False)
    #: What calling its feeds comes to, where none answers.
    outcome: str | None = field(init=False)
    #: Up to when an entry would have been heard, in hours since 1970.
    until: float = field(init=False)
    _last_hour: int | None = field(init=False)

    def __post_init__(self) -> None:
        given = self.history
        self._last_hour = max(
            (hour for hour, entries in given.recent if entries), default=given.rhythm.last_hour
        )
        new = [feed.last_new for feed in given.feeds if feed.last_new]
        ended = None if self._last_hour is None else _moment(self._last_hour + 1)
        last = max(new, default=ended)
        self.last_entry = min(last, given.now) if last else None
        failing = [feed for feed in given.feeds if feed.failures >= FAILING]
        fails = bool(given.feeds) and len(failing) == len(given.feeds)
        self.outcome = (failing[0].outcome or "failed") if fails else None
        self.until = _hours(given.heard if fails else self._answered())

    def _answered(self) -> datetime:
        heard = [feed.last_ok for feed in self.history.feeds if feed.last_ok]
        return min(max(heard, default=self.history.heard), self.history.now)

    def known(self) -> bool:
        """Tell whether its own history says what is usual."""
        return is_known(self.history.rhythm)

    def answered(self) -> bool:
        """Tell whether it was ever heard."""
        return self.last_entry is not None or any(feed.last_ok for feed in self.history.feeds)

    def expected(self, start: float, end: float) -> float:
        """Return the entries expected in the listened hours from `start` to `end`, its country's ebbs taken in."""
        return sum(
            self._ebbing(max(start, span[0]), min(end, span[1]))
            for span in self.history.listened or ((0, math.ceil(end)),)
            if span[0] < end and span[1] > start
        )

    def _ebbing(self, start: float, end: float) -> float:
        total = self.history.rhythm.expected(start, end)
        for day, share in self.history.ebbs:
            first, last = max(start, day * DAY_HOURS), min(end, (day + 1) * DAY_HOURS)
            if first < last:
                total -= (1 - share) * self.history.rhythm.expected(first, last)
        return total

    def missing(self) -> float:
        """Return the entries expected since the last one; by its stated times, where these lag behind, if that is less."""
        if self.last_entry is None:
            return 0.0
        start = math.ceil(_hours(self.last_entry))
        lags = {lag + shift for lag in (0.0, self._lag()) for shift in CLOCK_SHIFTS}
        return min(self.expected(start - lag, self.until - lag) for lag in lags)

    def _lag(self) -> float:
        if self.last_entry is None or self._last_hour is None:
            return 0.0
        lag = _hours(self.last_entry) - (self._last_hour + 1)
        return max(0.0, lag) if lag <= MOST_LAG_HOURS else 0.0

    def surely_missing(self) -> float:
        """Return `missing`, less what the few entries of its history leave in doubt."""
        entries = max(self.history.rhythm.entries, 1.0)
        return self.missing() * max(0.0, 1 - 1 / math.sqrt(entries))

    def window(self, hours: int) -> tuple[float, int, float]:
        """Return start, entries and expected entries of the last `hours` that were heard."""
        end = self.until - self._lag()
        start = math.floor(end) - hours
        seen = sum(entries for hour, entries in self.history.recent if start <= hour)
        return start, seen, self.expected(start, end)


def _unreached(signs: _Signs) -> _Finding | None:
    if signs.outcome is None:
        return None
    if not signs.answered():
        reason = f"Never heard: every call of its feeds {_meaning(signs.outcome)}."
        return _Finding("unreached", reason)
    if signs.outcome in CLOSED and _closed_for_long(signs):
        reason = f"Closed to us: every call of its feeds {_meaning(signs.outcome)}."
        return _Finding("unreached", reason)
    return None


def _closed_for_long(signs: _Signs) -> bool:
    heard = max((feed.last_ok for feed in signs.history.feeds if feed.last_ok), default=None)
    return heard is None or signs.until - _hours(heard) > FAILING_HOURS


def _silent(signs: _Signs) -> _Finding | None:
    last = signs.last_entry
    if signs.outcome is not None and _closed_for_long(signs):
        reason = f"Silent: for over a day every call of its feeds {_meaning(signs.outcome)}."
        return _Finding("silent", reason, since=last)
    if last is None:
        return _mute(signs)
    rhythm, missing = signs.history.rhythm, signs.surely_missing()
    if (
        not signs.known()
        or missing < max(SILENT_ENTRIES, LONGER_THAN_EVER * rhythm.longest)
        or rhythm.pauses_like(missing) > SILENT_A_DAY
    ):
        return None
    expected = signs.missing()
    reason = (
        f"Silent since {_when(last, signs.history.now)}: {_articles(expected)} expected since then."
    )
    return _Finding(
        "silent", reason + _calls(signs), since=last, expected=expected, counted_from=last
    )


def _mute(signs: _Signs) -> _Finding | None:
    """Find an outlet whose feeds answer and never had anything, though it is said to publish."""
    before = signs.history.before
    if before is None or not signs.answered():
        return None
    expected = signs.expected(_hours(before.since), signs.until)
    if expected < SILENT_ENTRIES**2:
        return None
    reason = f"Silent since it is followed: {_articles(expected)} expected from what it is said to publish."
    return _Finding("silent", reason, since=before.since, expected=expected)


def _unread(signs: _Signs) -> _Finding | None:
    history, today = signs.history, int(_hours(signs.history.now)) // DAY_HOURS
    since = (today - RECENT_DAYS) * DAY_HOURS
    announced = sum(entries for hour, entries in history.recent if since <= hour)
    pages = sum(day.pages for day in history.read if day.day >= today - RECENT_DAYS)
    if pages or announced < UNREAD_ENTRIES or not history.reads or not signs.known():
        return None
    reason = f"Its feeds announced {_number(announced)} articles since {_date(since)}, but not one of their pages could be read."
    return _Finding("unreached", reason)


def _changed(signs: _Signs) -> _Finding | None:
    found = changed_layout(signs.history.read, int(_hours(signs.history.now)) // DAY_HOURS)
    if found is None:
        return None
    return _Finding("changed-layout", found.reason, expected=found.expected, seen=found.seen)


def _thin(signs: _Signs) -> _Finding | None:
    """Find far fewer entries than expected, and than it ever had, over a day or a week."""
    rhythm = signs.history.rhythm
    if not signs.known():
        return None
    doubt = 1 / rhythm.entries
    for hours, spread, lean in (
        (DAY_HOURS, rhythm.spread + doubt, rhythm.lean_day),
        (WEEK_HOURS, rhythm.spread * WEEK_TOGETHER / 7 + doubt, rhythm.lean_week),
    ):
        start, seen, expected = signs.window(hours)
        least = max(THIN_ENTRIES, LEAN_OF_USUAL * rhythm.a_day() * hours / DAY_HOURS)
        few = expected >= least and seen < min(THIN_SHARE, lean) * expected
        if few and chance_of_so_few(seen, expected, spread) < THIN_CHANCE:
            span = "24 hours" if hours == DAY_HOURS else "7 days"
            reason = f"Thin: {_articles(seen, 'in')} the last {span}, where {_number(expected)} were expected."
            return _Finding("thin", reason, None, expected, seen, _moment(start))
    return None


def _late(signs: _Signs) -> _Finding | None:
    last, missing = signs.last_entry, signs.surely_missing()
    rhythm = signs.history.rhythm
    rare = missing > rhythm.longest and rhythm.pauses_like(missing) < LATE_A_DAY
    if last is None or not signs.known() or missing < LATE_ENTRIES or not rare:
        return None
    expected = signs.missing()
    reason = f"Late: nothing since {_when(last, signs.history.now)}, where {_articles(expected)} expected."
    return _Finding(
        "late", reason + _calls(signs), since=last, expected=expected, counted_from=last
    )


def _usual(signs: _Signs) -> _Finding:
    start, seen, expected = signs.window(DAY_HOURS)
    begun = _moment(start)
    if not signs.known():
        days = signs.history.rhythm.days
        reason = f"Too little history to say: {_articles(signs.history.rhythm.entries, 'in')} {_number(days)} {'day' if round(days) == 1 else 'days'}."
        return _Finding("unknown", reason, seen=seen, counted_from=begun)
    reason = f"As usual: {_articles(seen, 'in')} the last 24 hours, where {_number(expected)} were expected."
    return _Finding("healthy", reason, None, expected, seen, begun)


def _calls(signs: _Signs) -> str:
    return f" Every call of its feeds {_meaning(signs.outcome)}." if signs.outcome else ""


def _meaning(outcome: str) -> str:
    return OUTCOMES[outcome].meaning if outcome in OUTCOMES else OUTCOMES["failed"].meaning


def _articles(number: float, follows: str = "") -> str:
    """Return such as `14 articles were`, or `14 articles in` with what follows."""
    one = round(number) == 1
    return f"{_number(number)} {'article' if one else 'articles'} {follows or ('was' if one else 'were')}"


def _number(number: float) -> str:
    return f"{round(number):,}"


def _when(moment: datetime, now: datetime) -> str:
    """Return such as `09:40 UTC on Thursday`, or the day alone where that was longer ago."""
    if now - moment < timedelta(days=6):
        return f"{moment.astimezone(UTC):%H:%M} UTC on {moment.astimezone(UTC):%A}"
    return _date(_hours(moment))


def _date(hours: float) -> str:
    day = _moment(hours)
    return f"{day.day} {day:%B}"


def _hours(moment: datetime) -> float:
    return moment.timestamp() / 3600


def _moment(hours: float) -> datetime:
    return datetime.fromtimestamp(hours * 3600, tz=UTC)
