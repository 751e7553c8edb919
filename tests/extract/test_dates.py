"""Publication and change: what several places state together, to the minute and with the zone."""

from datetime import UTC, date, datetime

import pytest

from worldtake.extract.dates import day_in_address, read_modified, read_published, settled
from worldtake.extract.dom import parse
from worldtake.extract.evidence import gather
from worldtake.extract.known import Known

FETCHED = datetime(2025, 6, 1, 12, tzinfo=UTC)
KNOWN = Known(url="https://echo.example/1", fetched=FETCHED)


def publication(head: str) -> tuple[str, bool] | None:
    found = gather(parse(f"<html><head>{head}</head><body><p>Text</p></body></html>"))
    stated = settled(read_published(found, KNOWN), read_modified(found, KNOWN))
    return (stated.moment.at.isoformat(), stated.moment.zone_stated) if stated else None


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def linked_data(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{fields}}}</script>'


@pytest.mark.parametrize(
    "name",
    [
        "article:published_time",
        "articlePublishedTime",
        "article:published:time",
        "DC.date.issued",
        "pubdate",
        "datePublished",
    ],
)
def test_a_meta_tag_is_known_however_its_name_is_written(name: str) -> None:
    assert publication(meta(name, "2025-05-28T15:41:00+02:00")) == (
        "2025-05-28T15:41:00+02:00",
        True,
    )


def test_another_place_lends_its_zone_to_the_same_minute() -> None:
    head = linked_data('"datePublished":"2025-05-28 15:41:01"') + meta(
        "date", "2025-05-28T15:41:01+02:00"
    )
    assert publication(head) == ("2025-05-28T15:41:01+02:00", True)


def test_a_local_clock_beside_the_moment_in_utc_shows_the_zone() -> None:
    head = linked_data('"datePublished":"2025-05-29T02:25:54Z"') + meta(
        "sailthru.date", "2025-05-28 21:25:54"
    )
    assert publication(head) == ("2025-05-28T21:25:54-05:00", True)


def test_the_zone_of_a_change_is_that_of_the_publication() -> None:
    head = linked_data(
        '"datePublished":"2025-05-28 15:41","dateModified":"2025-05-28T18:02:00+03:00"'
    )
    assert publication(head) == ("2025-05-28T15:41:00+03:00", True)


def test_a_change_in_utc_says_nothing_of_a_local_clock() -> None:
    head = linked_data('"datePublished":"2025-05-28 15:41","dateModified":"2025-05-28T18:02:00Z"')
    assert publication(head) == ("2025-05-28T15:41:00+00:00", False)


def test_a_day_gets_the_time_that_another_place_states_of_it() -> None:
    head = linked_data('"datePublished":"2025-05-28"') + meta("dc.date", "2025-05-28T06:00+02:00")
    assert publication(head) == ("2025-05-28T06:00:00+02:00", True)


def test_the_time_of_another_day_does_not_change_the_day() -> None:
    head = linked_data('"datePublished":"2025-05-28"') + meta("dc.date", "2025-05-20T06:00+02:00")
    assert publication(head) == ("2025-05-28T00:00:00+00:00", False)


def test_linked_data_that_is_no_json_still_states_its_date() -> None:
    head = linked_data('"headline":"A "quoted" word","datePublished":"2025-05-28T15:41:00+02:00"')
    assert publication(head) == ("2025-05-28T15:41:00+02:00", True)


@pytest.mark.parametrize(
    "name", ["article:expiration_time", "publisher_updated_date", "modified_date"]
)
def test_an_end_and_a_change_are_no_publication(name: str) -> None:
    assert publication(meta(name, "2025-05-28T15:41:00+02:00")) is None


def test_a_date_of_the_hatom_format_is_read() -> None:
    assert publication(
        '<abbr class="published" title="2025-05-28T15:41:00+02:00">Wednesday</abbr>'
    ) == (
        "2025-05-28T15:41:00+02:00",
        True,
    )


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://echo.example/2025/05/28/ferry", date(2025, 5, 28)),
        ("https://echo.example/news/2025-05-28-ferry", date(2025, 5, 28)),
        ("https://echo.example/20250528/ferry", date(2025, 5, 28)),
        ("https://echo.example/2025/05/ferry", None),
        ("https://echo.example/2031/05/28/ferry", None),
        ("https://echo.example/ferry-20251399", None),
        ("https://echo.example/123420250528991", None),
    ],
)
def test_an_address_may_name_the_day(address: str, day: date | None) -> None:
    assert day == day_in_address(address, FETCHED)
