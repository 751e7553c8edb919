from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from worldtake.model import Entry
from worldtake.model.health import Health
from worldtake.store import volumes
from worldtake.store.records import moment

if TYPE_CHECKING:
    from worldtake.store import Store

NOW = datetime(2026, 9, 16, 12, 20, tzinfo=UTC)
HOUR = moment(NOW) // volumes.HOUR_MICROS
DAY = HOUR // 24


def entry(name: str, published: datetime | None = None, outlet: str = "si-odmev") -> Entry:
    return Entry(
        url=f"https://odmev.test/{name}", feed_url="f", outlet_id=outlet, published=published
    )


def counted(store: Store, *entries: Entry, outlet: str = "si-odmev") -> list[tuple[int, int]]:
    with store.write() as connection:
        volumes.count_entries(connection, entries, now=moment(NOW))
        return volumes.volumes(connection, [outlet], 0).get(outlet, [])


def test_entries_count_in_the_hour_in_which_they_were_published(store: Store) -> None:
    lately, early = NOW - timedelta(hours=3), NOW - timedelta(hours=40)
    found = counted(store, entry("a", lately), entry("b", lately), entry("c", early))
    assert [(HOUR - 40, 1), (HOUR - 3, 2)] == found


def test_what_states_no_time_an_old_one_or_one_to_come_counts_as_it_arrives(store: Store) -> None:
    stated = (
        None,
        NOW - timedelta(days=3),
        NOW + timedelta(hours=2),
        NOW.replace(hour=0, minute=0),
    )
    found = counted(store, *(entry(str(number), each) for number, each in enumerate(stated)))
    assert [(HOUR, 4)] == found


def test_counts_add_up_over_batches(store: Store) -> None:
    counted(store, entry("a"), entry("x", outlet="it-lanterna"))
    assert [(HOUR, 3)] == counted(store, entry("b"), entry("c"))


def test_the_house_listens_in_the_hours_in_which_something_came(store: Store) -> None:
    with store.write() as connection:
        for hours in (0, 1, 2, 5, 5):
            volumes.mark_listening(connection, now=hours * volumes.HOUR_MICROS)
        assert ((0, 3), (5, 6)) == volumes.listened(connection, 0)
        assert ((2, 3), (5, 6)) == volumes.listened(connection, 2)


def read(when: int, pages: int = 1, refused: int = 0, characters: int = 0) -> volumes.DayYield:
    day = when // volumes.DAY_MICROS
    return volumes.DayYield(day=day, pages=pages, refused=refused, characters=characters)


def test_readings_add_up_by_day(store: Store) -> None:
    now = moment(NOW)
    with store.write() as connection:
        volumes.count_readings(connection, {"a": read(now, pages=2, characters=900)})
        volumes.count_readings(connection, {"a": read(now, pages=1, refused=1)})
        found = volumes.yields(connection, ["a", "b"], DAY - 1)
    expected = volumes.DayYield(day=DAY, pages=3, refused=1, characters=900)
    assert {"a": [expected]} == found


def standing(outlet: str = "a") -> volumes.Standing:
    health = Health(
        outlet_id=outlet, state="silent", since=NOW, reason="Nichts.", measured=NOW,
        expected=14.5, counted_from=NOW, last_entry=NOW, outcome="dns",
    )  # fmt: skip
    return volumes.Standing(health=health, rhythm={"rates": [0.5] * 168}, learnt=DAY)


def test_how_an_outlet_stands_is_read_as_it_was_kept(store: Store) -> None:
    with store.write() as connection:
        volumes.keep_health(connection, [standing(), standing("b")])
        assert {"a": standing()} == volumes.standings(connection, ["a", "c"])
        assert {"a": standing().health, "b": standing("b").health} == volumes.health(connection)
        assert {"a": "silent", "b": "silent"} == volumes.health_states(connection)


def test_old_counts_are_dropped_once_a_day(store: Store) -> None:
    long_ago = moment(NOW - timedelta(days=volumes.KEPT_DAYS + 1))
    with store.write() as connection:
        for when in (long_ago, moment(NOW)):
            volumes.count_entries(connection, [entry("a")], now=when)
            volumes.count_readings(connection, {"si-odmev": read(when)})
        volumes.drop_old(connection, now=moment(NOW))
        assert {"si-odmev": [(HOUR, 1)]} == volumes.volumes(connection, ["si-odmev"], 0)
        assert [DAY] == [
            each.day for each in volumes.yields(connection, ["si-odmev"], 0)["si-odmev"]
        ]


def test_an_outlet_that_is_forgotten_leaves_no_counts(store: Store) -> None:
    counted(store, entry("a"))
    with store.write() as connection:
        volumes.count_readings(connection, {"si-odmev": read(moment(NOW))})
        volumes.keep_health(connection, [standing("si-odmev")])
        volumes.forget_volumes(connection, ["si-odmev"])
        left = (
            volumes.volumes(connection, ["si-odmev"], 0),
            volumes.yields(connection, ["si-odmev"], 0),
            volumes.health(connection),
        )
    assert ({}, {}, {}) == left
