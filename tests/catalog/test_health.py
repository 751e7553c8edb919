from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from worldtake.catalog.health import AssessHealth, FeedSign, History, ebb
from worldtake.catalog.layout import ReadDay
from worldtake.catalog.rhythm import LearnRhythm, Past
from worldtake.model.health import Health

#: A Thursday, 00:00 UTC, to which eight weeks of history lead.
NOW_HOUR = 2950 * 168
BEGIN = NOW_HOUR - 8 * 168
assess = AssessHealth()


def at(hour: float) -> datetime:
    return datetime.fromtimestamp(hour * 3600, tz=UTC)


def usual(hour: int, days: range = range(7), number: int = 3) -> int:
    """Entries of the outlet of these tests: three an hour from 6 to 22."""
    return number if 6 <= hour % 24 < 22 and (hour // 24) % 7 in days else 0


def history(
    until: float, quiet_from: float | None = None, days: range = range(7), number: int = 3
) -> History:
    """The outlet seen at `until`, hours after the end of its history, with nothing from `quiet_from` on."""
    hours = [
        (hour, entries)
        for hour in range(BEGIN, NOW_HOUR + int(until))
        if (entries := usual(hour, days, number))
        and (quiet_from is None or hour < NOW_HOUR + quiet_from)
    ]
    learnt = tuple(each for each in hours if each[0] < NOW_HOUR)
    now = at(NOW_HOUR + until)
    listened = ((BEGIN, NOW_HOUR + int(until) + 1),)
    last = max(hour for hour, _ in hours)
    return History(
        outlet_id="si-odmev",
        rhythm=LearnRhythm()(Past(hours=learnt, listened=listened)),
        now=now,
        heard=now,
        recent=tuple(each for each in hours if each[0] >= NOW_HOUR + int(until) - 192),
        listened=listened,
        feeds=(FeedSign(outcome="ok", last_ok=now, last_new=at(last + 0.7)),),
    )


def test_an_outlet_as_ever_is_healthy_at_every_hour() -> None:
    states = {assess(history(hour)).state for hour in range(8, 56)}
    assert {"healthy"} == states


def test_an_outlet_that_stops_is_late_then_silent_since_its_last_article() -> None:
    states = [assess(history(hour, quiet_from=10)).state for hour in range(10, 18)]
    assert ["healthy", "silent"] == [states[0], states[-1]]
    assert "late" in states
    silent = assess(history(16, quiet_from=10))
    assert at(NOW_HOUR + 9.7) == silent.since
    assert (0, True) == (silent.seen, 14 <= (silent.expected or 0) <= 20)


def test_a_silence_is_told_in_words_with_its_number() -> None:
    reason = assess(history(16, quiet_from=10)).reason
    assert reason.startswith("Silent since 09:42 UTC on Thursday: 1")
    assert reason.endswith(" articles were expected since then.")


def test_a_night_is_no_silence() -> None:
    assert "healthy" == assess(history(24 + 6, quiet_from=22)).state


def test_a_weekend_without_articles_is_no_silence_where_there_never_were_any() -> None:
    states = {assess(history(hour, days=range(5))).state for hour in range(120, 176, 3)}
    assert {"healthy"} == states


def test_clocks_that_change_raise_no_alarm() -> None:
    given = history(24 * 3)
    for shift in (-1, 1):
        recent = tuple((hour + shift, entries) for hour, entries in given.recent)
        for hours in range(24):
            now = given.now - timedelta(hours=hours)
            seen = tuple(each for each in recent if at(each[0] + 1) <= now)
            feed = FeedSign(last_ok=now, last_new=at(seen[-1][0] + 0.7))
            shifted = replace(given, now=now, heard=now, recent=seen, feeds=(feed,))
            assert "healthy" == assess(shifted).state, (shift, hours)


def test_hours_in_which_the_house_did_not_listen_are_no_silence() -> None:
    given = history(40, quiet_from=10)
    off = replace(given, listened=((BEGIN, NOW_HOUR + 11), (NOW_HOUR + 40, NOW_HOUR + 41)))
    assert "silent" == assess(given).state
    assert assess(off).state in ("healthy", "late")


def test_a_feed_that_was_not_called_since_is_not_silent() -> None:
    given = history(40, quiet_from=10)
    feed = FeedSign(last_ok=at(NOW_HOUR + 10), last_new=at(NOW_HOUR + 9.7))
    assert "healthy" == assess(replace(given, feeds=(feed,))).state


def test_times_stated_hours_too_early_are_no_silence() -> None:
    given = history(30)
    early = tuple((hour - 5, entries) for hour, entries in given.recent)
    past = tuple((hour - 5, usual(hour)) for hour in range(BEGIN + 5, NOW_HOUR) if usual(hour))
    rhythm = LearnRhythm()(Past(hours=past, listened=given.listened))
    assert "healthy" == assess(replace(given, recent=early, rhythm=rhythm)).state


def test_an_outlet_with_a_third_of_its_articles_is_thin() -> None:
    given = history(24 * 3 + 12)
    few = tuple((hour, 1 if hour >= NOW_HOUR else entries) for hour, entries in given.recent)
    thin = assess(replace(given, recent=few))
    assert ("thin", 16) == (thin.state, thin.seen)
    assert thin.reason.startswith("Thin: 16 articles in the last 24 hours, where 4")


def test_a_day_on_which_its_whole_country_publishes_little_expects_little() -> None:
    given = history(36)
    few = tuple(
        (hour, 2 if hour % 2 else 1) if hour >= NOW_HOUR else (hour, entries)
        for hour, entries in given.recent
    )
    few = tuple((hour, entries - (hour >= NOW_HOUR and hour % 4 == 1)) for hour, entries in few)
    ebbs = tuple((NOW_HOUR // 24 + day, 0.4) for day in (0, 1))
    assert ["thin", "healthy"] == [
        assess(replace(given, recent=few)).state,
        assess(replace(given, recent=few, ebbs=ebbs)).state,
    ]


def test_a_press_has_an_ebb_where_most_of_at_least_five_outlets_do() -> None:
    assert (1.0, 0.5, 0.25, 1.0) == (
        ebb([0.1, 0.1, 0.1, 0.1]),
        ebb([0.5, 0.5, 0.5, 1.0, 0.2]),
        ebb([0.0] * 9),
        ebb([0.9] * 9),
    )


def test_a_young_outlet_is_not_judged() -> None:
    hours = tuple((hour, usual(hour)) for hour in range(NOW_HOUR - 72, NOW_HOUR) if usual(hour))
    listened = ((NOW_HOUR - 72, NOW_HOUR + 40),)
    given = replace(
        history(40, quiet_from=0),
        rhythm=LearnRhythm()(Past(hours=hours, listened=listened)),
        recent=hours,
        listened=listened,
    )
    found = assess(given)
    assert ("unknown", None) == (found.state, found.expected)
    assert "Too little history to say: 144 articles in 3 days." == found.reason


def test_an_outlet_that_never_answered_is_not_reached() -> None:
    given = replace(
        history(10),
        rhythm=LearnRhythm()(Past(hours=(), listened=())),
        recent=(),
        feeds=(FeedSign(failures=3, outcome="dns"),),
    )
    found = assess(given)
    assert ("unreached", "dns") == (found.state, found.outcome)
    assert "Never heard: every call of its feeds failed: the name is not known." == found.reason


def test_feeds_that_are_closed_to_us_for_a_day_are_not_reached() -> None:
    feed = FeedSign(failures=5, outcome="forbidden", last_ok=at(NOW_HOUR + 9.9))
    given = replace(history(40, quiet_from=10), feeds=(feed,))
    assert "unreached" == assess(given).state


def test_feeds_that_all_fail_for_a_day_are_silent() -> None:
    feed = FeedSign(failures=5, outcome="timeout", last_ok=at(NOW_HOUR + 9.9))
    found = assess(replace(history(40, quiet_from=10), feeds=(feed, feed)))
    assert ("silent", "timeout") == (found.state, found.outcome)
    assert "Silent: for over a day every call of its feeds took too long." == found.reason


def test_a_line_that_is_down_here_is_nobodys_silence() -> None:
    feed = FeedSign(
        failures=5, outcome="dns", last_ok=at(NOW_HOUR + 10), last_new=at(NOW_HOUR + 9.7)
    )
    given = replace(history(40, quiet_from=10), feeds=(feed,), heard=at(NOW_HOUR + 10))
    assert "healthy" == assess(given).state


def read(refused: int, characters: int, pages: int = 30, days: int = 20) -> tuple[ReadDay, ...]:
    """Days of 30 pages with 28 articles of 2,000 to 2,400 characters, and a last one."""
    today = NOW_HOUR // 24
    past = tuple(
        ReadDay(day=today - ago, pages=30, refused=2, characters=28 * (2_000 + 100 * (ago % 5)))
        for ago in range(days, 0, -1)
    )
    return (*past, ReadDay(day=today, pages=pages, refused=refused, characters=characters))


def test_pages_that_hold_no_articles_any_more_have_changed() -> None:
    found = assess(replace(history(14), read=read(refused=24, characters=6 * 2_100)))
    assert "changed-layout" == found.state
    assert (
        "Its pages have changed: of the last 30 pages only 6 held an article, where 28 usually do."
        == found.reason
    )


def test_articles_that_are_far_shorter_than_ever_come_of_a_changed_layout() -> None:
    found = assess(replace(history(14), read=read(refused=2, characters=28 * 300)))
    assert "changed-layout" == found.state
    assert "articles of 300 characters on average" in found.reason


def test_a_few_pages_of_a_kind_are_no_changed_layout() -> None:
    states = [
        assess(replace(history(14), read=each)).state
        for each in (
            read(refused=2, characters=28 * 1_700),
            read(refused=7, characters=23 * 2_000),
            read(refused=4, characters=0, pages=4),
            read(refused=24, characters=6 * 2_000, days=1),
        )
    ]
    assert ["healthy"] * 4 == states


def test_an_outlet_whose_announced_pages_cannot_be_read_is_not_reached() -> None:
    given = history(14)
    assert ["unreached", "healthy"] == [
        assess(replace(given, reads=True)).state,
        assess(replace(given, reads=False)).state,
    ]


def test_a_state_that_lasts_keeps_its_beginning() -> None:
    first = assess(history(12))
    later = assess(replace(history(14), before=first))
    assert first.since == later.since
    assert isinstance(later, Health)
