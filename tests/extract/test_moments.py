"""Dates as pages print them, in many languages; what can be read in two ways stays unread."""

from datetime import UTC, datetime

import pytest

from worldtake.extract.moments import Moment, read_moment

FETCHED = datetime(2025, 12, 1, tzinfo=UTC)


def said(text: str, country: str | None = None) -> str | None:
    found = read_moment(text, fetched=FETCHED, country=country)
    return None if found is None else found.at.isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "Published: 28/11/2025 15:41",
        "28. novembra 2025 ob 15.41",
        "2025年11月28日 15:41",
        "28 ноября 2025, 15:41",
        "November 28, 2025 3:41 pm",
        "28 พฤศจิกายน 2568 15:41",
        "٢٨ نوفمبر ٢٠٢٥ ١٥:٤١",
        "28 Kasım 2025 - 15:41",
        "28 नवंबर 2025, 15:41",
        "Freitag, 28. November 2025, 15:41 Uhr",
        "15:41, 28 Nov 2025",
        "2025. 11. 28. 오후 3:41",
        "28 Νοεμβρίου 2025 15:41",
        "28 novembre 2025 à 15h41",
    ],
)
def test_a_minute_is_read_in_many_languages(text: str) -> None:
    assert said(text) == "2025-11-28T15:41:00+00:00"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-11-28T15:41:22.5+01:00", "2025-11-28T15:41:22+01:00"),
        ("Fri, 28 Nov 2025 15:41:00 +0530", "2025-11-28T15:41:00+05:30"),
        ("28.11.2025 15:41 MSK", "2025-11-28T15:41:00+03:00"),
    ],
)
def test_a_stated_zone_is_kept(text: str, moment: str) -> None:
    assert said(text) == moment


def test_a_country_with_one_zone_lends_it() -> None:
    assert said("28.11.2025 15:41", "SI") == "2025-11-28T15:41:00+01:00"


def test_a_country_with_several_zones_lends_none() -> None:
    assert said("28.11.2025 15:41", "US") == "2025-11-28T15:41:00+00:00"


def test_a_weekday_within_a_year_gives_the_year() -> None:
    found = read_moment("Wednesday, November 19", fetched=FETCHED)
    assert found == Moment(
        at=datetime(2025, 11, 19, tzinfo=UTC), precision="day", zone_stated=False
    )


def test_a_weekday_that_fits_no_year_gives_no_date() -> None:
    assert said("Monday, November 19") is None


@pytest.mark.parametrize(
    "text",
    [
        "on",
        "ten days ago",
        "03/04/2019",
        "28 листопада",
        "2031-01-01",
        "31/02/2025",
        "May I",
        "1985-05-05",
        "28 listopada 2025",
    ],
)
def test_what_states_no_one_day_is_unknown(text: str) -> None:
    assert said(text) is None


def test_of_two_readings_the_one_within_a_year_is_taken() -> None:
    assert said("11/12/2024") == "2024-12-11T00:00:00+00:00"
