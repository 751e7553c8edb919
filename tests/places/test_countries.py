from __future__ import annotations

import pytest

from worldtake.places import (
    BLOCS,
    bloc_name,
    bloc_of,
    centroid,
    countries,
    country,
    country_name,
    find_country,
    flag,
    language_name,
)


def test_every_country_has_a_place_on_the_globe_and_a_bloc() -> None:
    for code in countries():
        latitude, longitude = centroid(code) or (99.0, 999.0)
        assert -90 <= latitude <= 90, code
        assert -180 <= longitude <= 180, code
        assert bloc_of(code), code


def test_the_table_holds_places_that_lists_forget() -> None:
    assert {"XK", "PS", "TW", "EH"} <= set(countries())


def test_no_country_is_in_two_blocs() -> None:
    listed = [code for bloc in BLOCS for code in bloc.countries]
    assert len(set(listed)) == len(listed)
    assert set(countries()) == set(listed)


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("Slovenia", None, "SI"),
        ("the U.S.", None, "US"),
        ("Britain", None, "GB"),
        ("Kenyan", None, "KE"),
        ("Deutschland", None, "DE"),
        ("Україна", "uk", "UA"),
        ("Ελλάδα", "el", "GR"),
        ("مصر", "ar", "EG"),
        ("भारत", "hi", "IN"),
        ("日本", "ja", "JP"),
        ("ไทย", "th", "TH"),
        ("ישראל", "he", "IL"),
        ("Cote d'Ivoire", None, "CI"),
        ("Paris", None, None),
        ("", None, None),
    ],
)
def test_a_printed_name_gives_its_code(text: str, language: str | None, code: str | None) -> None:
    assert code == find_country(text, language)


def test_names_come_in_the_readers_language() -> None:
    assert ["Slovenia", "Slowenien", "QQ"] == [
        country_name("SI"),
        country_name("SI", "de"),
        country_name("QQ"),
    ]


def test_languages_have_names_with_their_script() -> None:
    assert ["Slovenian", "Serbian (Cyrillic)", "Slowenisch", "x-zz"] == [
        language_name("sl"),
        language_name("sr-Cyrl"),
        language_name("sl", "de"),
        language_name("x-zz"),
    ]


def test_a_flag_is_two_letters_of_another_alphabet() -> None:
    assert ["🇸🇮", "🇽🇰", ""] == [flag("SI"), flag("xk"), flag("EUR")]


def test_a_row_says_where_in_the_world() -> None:
    found = country("SI")
    assert found is not None
    assert "Europe" == found.region


def test_a_bloc_without_a_name_goes_by_its_id() -> None:
    assert ["European Union", "moon"] == [bloc_name("european-union"), bloc_name("moon")]
