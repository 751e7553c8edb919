from __future__ import annotations

import pytest

from worldtake.engines.apertium_paths import find, tier

ALL = [
    "spa-eng",
    "eng-spa",
    "spa-cat",
    "cat-spa",
    "cat-eng",
    "gl-es",
    "es-gl",
    "gl-en",
    "fra-cat",
    "fr-es",
    "es-fr",
    "cat-fra",
    "slv-hbs",
    "slv-hbs_HR",
    "hbs-eng",
    "eng-hbs",
    "eng-hbs_HR",
    "eng-hbs_SR",
    "es-pt",
    "es-pt_BR",
    "pt-es",
    "swe-isl",
    "isl-eng",
    "dan-swe",
    "mkd-eng",
    "bul-mkd",
    "spa-cat_valencia",
    "eu-en",
    "eu-es",
    "nob-nno_e-syndis",
    "Cyrl-Latn",
    "gl-pt-latin1",
]


def path(source: str, target: str, installed: list[str] | None = None) -> str | None:
    way = find(source, target, ALL if installed is None else installed)
    return way and " ".join(way.modes)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("es", "en", "spa-eng"),
        ("gl", "en", "gl-es spa-eng"),
        ("fr", "en", "fra-cat cat-spa spa-eng"),
        ("sl", "en", "slv-hbs hbs-eng"),
        ("bg", "en", "bul-mkd mkd-eng"),
        ("da", "en", "dan-swe swe-isl isl-eng"),
        ("bs-Latn-BA", "en-GB", "hbs-eng"),
        ("en", "pt-BR", "eng-spa es-pt_BR"),
        ("en", "hr", "eng-hbs_HR"),
        ("en", "sr-Cyrl", "eng-hbs_SR"),
        ("es", "ca-valencia", "spa-cat_valencia"),
        ("eu", "ca", "eu-es spa-cat"),
        ("pt", "ca", "pt-es spa-cat"),
        ("hr", "sr", None),
        ("en", "en-GB", None),
        ("de", "en", None),
        ("und", "en", None),
        ("", "", None),
    ],
)
def test_the_path_between_two_languages(source: str, target: str, expected: str | None) -> None:
    assert expected == path(source, target)


def test_where_the_best_path_is_not_installed_the_next_is_taken() -> None:
    assert "fr-es spa-eng" == path("fr", "en", ["fr-es", "spa-eng", "fra-cat"])


def test_a_path_of_four_steps_is_none() -> None:
    assert path("ro", "sv", ["ro-es", "es-fr", "fra-cat", "cat-ita", "ita-swe"]) is None


def test_a_way_names_the_languages_it_passes() -> None:
    way = find("da", "en", ALL)
    assert way is not None
    assert ("da", "sv", "is", "en") == way.languages


@pytest.mark.parametrize(
    ("tiers", "pairs"),
    [
        ("gist", "es-en gl-en ca-en pt-en it-en fr-en ro-en es-ca ca-gl en-es en-ca da-sv fr-pt"),
        ("match", "hr-en bs-en sr-en sl-en mk-en bg-en is-en eu-en sv-en da-en en-hr en-fr eu-es"),
    ],
)
def test_how_far_a_pair_may_be_trusted(tiers: str, pairs: str) -> None:
    assert {tiers} == {tier(*pair.split("-")) for pair in pairs.split()}
