from __future__ import annotations

from importlib import resources

import pytest

from worldtake.trace.grammar import grammar

TABLES = sorted(
    path.name.removesuffix(".toml")
    for path in resources.files("worldtake.trace").joinpath("languages").iterdir()
)


@pytest.mark.parametrize("language", TABLES)
def test_every_table_can_be_read(language: str) -> None:
    assert language == grammar(language).language


def test_serbian_verbs_are_known_in_both_scripts() -> None:
    verb = grammar("sr-Cyrl").verb
    assert [True, True] == [verb.search(word) is not None for word in ("rekao", "рекао")]


def test_a_language_without_a_table_has_no_verbs() -> None:
    assert grammar("xx").verb.search("said") is None


def test_a_region_does_not_matter() -> None:
    assert grammar("pt") is grammar("pt-BR")
