from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from worldtake.model import Entry, Expect, Feed, Outlet
from worldtake.newsroom.health import assess_all, day_counts, health_lines
from worldtake.pipeline.grouping import followed_press
from worldtake.store import press, volumes
from worldtake.store.articles import keep_article
from worldtake.store.records import moment
from worldtake.store.tables import FEED
from worldtake.testing.builders import an_article

if TYPE_CHECKING:
    from worldtake.model.health import Health, HealthState
    from worldtake.store import Connection, Store

NOW = datetime(2026, 9, 16, 12, 20, tzinfo=UTC)


def outlet(name: str, **more: object) -> Outlet:
    feed = Feed(url=f"https://{name}.test/feed", outlet_id=name)
    return Outlet(id=name, name=name.title(), country="SI", feeds=(feed,), **more)  # type: ignore[arg-type]


def follow(connection: Connection, *outlets: Outlet) -> None:
    press.keep_outlets(connection, outlets)
    for hour in range(1, 22 * 24):
        volumes.mark_listening(connection, now=moment(NOW - timedelta(hours=hour)))


def publish(connection: Connection, name: str, *, until: datetime = NOW) -> None:
    """Let an outlet publish three an hour by day for three weeks."""
    for hours in range(1, 21 * 24):
        when = NOW - timedelta(hours=hours)
        if when <= until and 6 <= when.hour < 22:
            entries = [
                Entry(url=f"{name}/{hours}/{n}", feed_url="f", outlet_id=name) for n in range(3)
            ]
            volumes.count_entries(connection, entries, now=moment(when))


def answer(connection: Connection, name: str, **state: object) -> None:
    values = {"failures": 0, "digest": "x", "next_due_seconds": 600.0, **state}
    connection.execute(
        FEED.update().where(FEED.c.outlet_id == name).values(state=json.dumps(values))
    )


def heard(when: datetime = NOW) -> dict[str, object]:
    return {"last_ok": when.isoformat(), "last_new": when.isoformat(), "outcome": "ok"}


def assessed(connection: Connection, now: datetime = NOW) -> dict[str, Health]:
    return {each.outlet_id: each for each in assess_all(connection, now=moment(now))}


def test_one_that_stopped_yesterday_is_silent_beside_one_that_goes_on(store: Store) -> None:
    with store.write() as connection:
        follow(connection, outlet("alive"), outlet("mute"))
        stopped = NOW - timedelta(hours=20)
        publish(connection, "alive")
        publish(connection, "mute", until=stopped)
        answer(connection, "alive", **heard())
        answer(connection, "mute", **(heard() | {"last_new": stopped.isoformat()}))
        found = assessed(connection)
    assert ("healthy", "silent") == (found["alive"].state, found["mute"].state)
    assert stopped == found["mute"].since


def test_what_was_measured_is_kept_and_its_beginning_with_it(store: Store) -> None:
    with store.write() as connection:
        follow(connection, outlet("alive"))
        publish(connection, "alive")
        answer(connection, "alive", **heard())
        first = assessed(connection)["alive"]
        later = assessed(connection, NOW + timedelta(hours=2))["alive"]
        kept = volumes.health(connection)["alive"]
    assert (later, first.since) == (kept, later.since)


def test_a_feed_state_of_old_is_read_by_when_it_is_due(store: Store) -> None:
    with store.write() as connection:
        follow(connection, outlet("alive"))
        publish(connection, "alive")
        answer(connection, "alive")
        due = moment(NOW + timedelta(minutes=8))
        connection.execute(FEED.update().values(due=due))
        assert "healthy" == assessed(connection)["alive"].state


def test_an_outlet_of_which_nothing_came_is_unknown_until_it_should_have_come(store: Store) -> None:
    with store.write() as connection:
        follow(connection, outlet("new", expect=Expect(articles_a_day=60)))
        answer(connection, "new", last_ok=NOW.isoformat(), outcome="ok")
        first = assessed(connection)["new"]
        week = NOW + timedelta(days=7)
        for hour in range(7 * 24):
            volumes.mark_listening(connection, now=moment(NOW + timedelta(hours=hour)))
        answer(connection, "new", last_ok=week.isoformat(), outcome="ok")
        later = assessed(connection, week)["new"]
    assert ("unknown", "silent") == (first.state, later.state)
    assert later.reason.startswith("Silent since it is followed")


def test_outlets_without_feeds_are_not_judged(store: Store) -> None:
    with store.write() as connection:
        press.keep_outlets(connection, [Outlet(id="saved", name="Saved")])
        assert {} == assessed(connection)


def test_the_worst_come_first(store: Store) -> None:
    with store.write() as connection:
        houses = (outlet("alive"), outlet("dead"), outlet("fresh"))
        follow(connection, *houses)
        publish(connection, "alive")
        answer(connection, "alive", **heard())
        answer(connection, "dead", failures=4, outcome="dns", digest="")
        assessed(connection)
        lines = health_lines(connection, houses)
    assert [("Dead", "unreached"), ("Fresh", "unknown"), ("Alive", "healthy")] == [
        (line.name, line.health.state) for line in lines
    ]


def test_days_are_counted_with_what_is_usual_of_them(store: Store) -> None:
    with store.write() as connection:
        follow(connection, outlet("alive"))
        publish(connection, "alive")
        answer(connection, "alive", **heard())
        assessed(connection)
        days = day_counts(connection, "alive", now=moment(NOW))
    yesterday = days[-2]
    assert (28, 48, NOW.date()) == (len(days), yesterday.entries, days[-1].day)
    assert (yesterday.low or 0) < 48 < (yesterday.high or 0)


def test_only_outlets_that_are_heard_count_for_gaps(store: Store) -> None:
    states: dict[str, HealthState] = {
        "late": "late", "mute": "silent", "few": "thin", "young": "unknown", "same": "healthy",
    }  # fmt: skip
    names = [*states, "unmeasured"]
    with store.write() as connection:
        follow(connection, *(outlet(name) for name in names))
        found = assessed(connection)
        for name in names:
            answer(connection, name)
            article = replace(an_article(outlet_id=name, url=f"https://{name}.test/a"), id=name)
            keep_article(
                connection,
                replace(article, published=NOW - timedelta(days=1)),
                page_id=name,
                stage="extract",
                version=1,
            )
        volumes.forget_volumes(connection, names)
        standings = [
            volumes.Standing(health=replace(found[name], state=state), rhythm={}, learnt=0)
            for name, state in states.items()
        ]
        volumes.keep_health(connection, standings)
        heard = followed_press(connection, NOW, 7).healthy["SI"]
    assert {"late", "young", "same", "unmeasured"} == heard
