from __future__ import annotations

import pytest

from worldtake.catalog import outlet_from_page


def test_an_outlet_is_made_from_what_the_page_states() -> None:
    made = outlet_from_page("Délo  Novice", "https://www.delo-novice.example/1", "SI", "sl")
    assert ("si-delo-novice", "Délo Novice", ("delo-novice.example",), "SI", ("sl",), "page") == (
        made.id,
        made.name,
        made.domains,
        made.country,
        made.languages,
        made.provenance,
    )


@pytest.mark.parametrize(
    ("site", "url", "expected"),
    [
        ("Glas", "file:///tmp/a.html", ("xx-glas", "Glas")),
        ("صباح الدلتا", "https://sabah.example/1", ("xx-sabah", "sabah.example")),
        ("みなと朝報", "https://news.minato.example/", ("xx-news-minato", "news.minato.example")),
        (None, "https://www.a-b.example/", ("xx-a-b", "a-b.example")),
    ],
)
def test_the_id_is_made_of_the_name_or_else_the_domain(
    site: str | None, url: str, expected: tuple[str, str]
) -> None:
    made = outlet_from_page(site, url, None, None)
    assert expected == (made.id, made.name)


def test_a_name_without_latin_letters_or_domain_still_gives_an_id() -> None:
    one, two = (outlet_from_page(name, "file:///x", "EG", "ar") for name in ("الأهرام", "الدستور"))
    assert one.id.startswith("eg-")
    assert one.id != two.id
    assert one == outlet_from_page("الأهرام", "file:///x", "EG", "ar")
