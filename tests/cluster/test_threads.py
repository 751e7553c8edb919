from __future__ import annotations

from datetime import UTC, datetime, timedelta

from worldtake.cluster import FindThreads, StorySummary

MONDAY = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
POOL = (
    "Talks on a grain insurance pool open in Istanbul, where Leyla Karadere of the insurers Euxine Mutual met "
    "Taras Hrynchuk and the mediator Amina Duarte over premiums for ships."
)
DRAFT = (
    "A leaked draft caps the premium of the grain pool, say diplomats, and Leyla Karadere and Taras Hrynchuk "
    "declined to comment while Amina Duarte of the insurers Euxine Mutual urged patience on ships and premiums."
)
QUAKE = "An earthquake of magnitude 5.6 shook villages near Van, rubble and aftershocks, said Selim Aksungur."
OTHER_QUAKE = "An earthquake of magnitude 5.8 shook villages near Malang, rubble and aftershocks, said Ratna Wibisono."


def a_summary(name: str, text: str, days: float = 0.0) -> StorySummary:
    moment = MONDAY + timedelta(days=days)
    return StorySummary(id=name, first=moment, last=moment, text=text)


def test_stories_that_follow_one_another_are_a_thread() -> None:
    stories = (a_summary("b", DRAFT, days=4), a_summary("a", POOL), a_summary("q", QUAKE, days=3))
    assert (("a", "b"), ("q",)) == FindThreads()(stories)


def test_look_alikes_with_other_names_are_no_thread() -> None:
    stories = (a_summary("v", QUAKE), a_summary("j", OTHER_QUAKE, days=0.2))
    assert (("v",), ("j",)) == FindThreads()(stories)


def test_shared_names_carry_over_months() -> None:
    stories = (a_summary("a", POOL), a_summary("b", DRAFT, days=90))
    assert (("a", "b"),) == FindThreads()(stories)


def test_one_shared_name_does_not_carry_over_months() -> None:
    later = "The mayor of Istanbul opened a library, and readers queued for books and coffee."
    stories = (a_summary("a", POOL), a_summary("b", later, days=90))
    assert (("a",), ("b",)) == FindThreads()(stories)


def test_no_stories_are_no_threads() -> None:
    assert () == FindThreads()(())


def test_order_does_not_matter() -> None:
    stories = [a_summary("a", POOL), a_summary("b", DRAFT, days=4), a_summary("q", QUAKE, days=3)]
    assert FindThreads()(stories) == FindThreads()(stories[::-1])
