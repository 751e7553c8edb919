from __future__ import annotations

import pytest

from worldtake.catalog import label_name, language_tag, read_site
from worldtake.catalog.tags import country_of_host, country_of_locale

LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("html", "url", "expected"),
    [
        ('<meta property="og:site_name" content="Glas"><title>News', "https://x.example", "Glas"),
        ("<title>News, sport and more | The Lantern", "https://thelantern.example", "The Lantern"),
        ("<title>Home - Světlo", "https://x.example", "Světlo"),
        ("<title>Світло Півдня | Новини", "https://svitlo.example", "Світло Півдня"),
        ("<title>الرئيسية - صباح الدلتا", "https://x.example", "صباح الدلتا"),
        ("<title>みなと朝報｜ニュース", "https://x.example", "みなと朝報"),
        ('<meta name="application-name" content="Η Φωνή"><title>Νέα', "https://x.example", "Η Φωνή"),
        ('<meta property="og:site_name" content="x.example"><title>Iks', "https://x.example", "Iks"),
        (LD.format('[{"@type":"Organization","name":"Iks News","url":"https://www.x.example"}]'), "https://x.example", "Iks News"),
        (LD.format('{"@type":"Organization","name":"A shop","url":"https://shop.example"}'), "https://x.example", None),
        ("<title>Home", "https://x.example", None),
        ("<title></title>", "https://x.example", None),
        ("", "https://x.example", None),
        (LD.format("{broken") + "<title>Iks", "https://x.example", "Iks"),
    ],
)  # fmt: skip
def test_the_name_is_what_the_page_states(html: str, url: str, expected: str | None) -> None:
    assert expected == read_site(html, url).printed


def test_a_name_in_another_script_has_a_latin_form_where_the_page_gives_one() -> None:
    node = '{"@type":"NewsMediaOrganization","name":"みなと朝報","alternateName":["港","Minato Choho"]}'
    one, none = (
        read_site(html, "https://m.example") for html in (LD.format(node), "<title>みなと")
    )
    assert ("みなと朝報", "Minato Choho", None) == (one.printed, one.latin, none.latin)


@pytest.mark.parametrize(
    ("html", "url", "expected"),
    [
        ("", "https://www.glas.si", "SI"),
        ("", "https://news.co.uk", "GB"),
        ("", "https://новости.рф", "RU"),
        ("", "https://glas.tv", None),
        ('<meta property="og:locale" content="en_ZA">', "https://a.example.com", "ZA"),
        ('<meta property="og:locale" content="en_US">', "https://a.example.com", None),
        (LD.format('{"@type":"Organization","address":{"addressCountry":"GH"}}'), "https://a.example.com", "GH"),
        (LD.format('{"@type":"Organization","address":{"addressCountry":"Ghana"}}'), "https://a.ng", None),
        ('<html lang="ar-EG">', "https://a.example.com", None),
    ],
)  # fmt: skip
def test_a_country_is_stated_or_left_out(html: str, url: str, expected: str | None) -> None:
    assert expected == read_site(html, url).country


def test_evidence_that_differs_is_told() -> None:
    node = '{"@type":"Organization","address":[{"addressCountry":"GH"}]}'
    places = dict(read_site(LD.format(node), "https://a.ng").places)
    assert "JSON-LD address says GH, domain says NG" == places["no country"]


def test_a_kind_is_left_unknown_unless_stated() -> None:
    pages = (LD.format(f'{{"@type":"{kind}"}}') for kind in ("Newspaper", "RadioStation", "Organization"))  # fmt: skip
    assert ["newspaper", "broadcaster", "unknown"] == [
        read_site(page, "https://a.example").kind for page in pages
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("en-US", "en"),
        ("pt_BR", "pt"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("sr-Latn-RS", "sr-Latn"),
        ("nb-NO", "no"),
        ("iw", "he"),
        ("es-419", "es"),
        ("en_GB.UTF-8", "en"),
        ("English", None),
        ("xx", None),
        ("", None),
        (None, None),
    ],
)
def test_a_declared_language_becomes_a_tag(said: str | None, expected: str | None) -> None:
    assert expected == language_tag(said)


@pytest.mark.parametrize(
    ("said", "expected"),
    [("en-ZA", "ZA"), ("fr-CI", "CI"), ("uk_UA", "UA"), ("de-AT", "AT"), ("ar_AR", None), ("fr_FR", None), ("x", None)],
)  # fmt: skip
def test_a_locale_tells_a_country_where_it_is_no_template(said: str, expected: str | None) -> None:
    assert expected == country_of_locale(said)


def test_hosts_without_a_country_tell_none() -> None:
    hosts = ("glas.com", "glas.eu", "glas.io", "localhost", "", "127.0.0.1")
    assert [None] * 6 == [country_of_host(host) for host in hosts]


def test_the_last_resort_for_a_name_is_the_longest_label() -> None:
    assert ["Glas Naroda", "Example"] == [
        label_name(url) for url in ("https://www.glas-naroda.co.example", "news.example.co.uk")
    ]
