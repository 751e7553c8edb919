from __future__ import annotations

from worldtake.cluster.words import Terms, base_language


def test_words_are_stemmed_and_function_words_dropped() -> None:
    assert ["en:ferri", "en:burn"] == Terms("en")("The ferries were burning")


def test_scripts_without_spaces_give_pairs_of_characters() -> None:
    assert ["zh:渡轮", "zh:轮起", "zh:起火"] == Terms("zh")("渡轮起火")


def test_serbian_is_the_same_in_both_scripts() -> None:
    assert Terms("sr")("Београд поплава") == Terms("sr")("Beograd poplava")


def test_region_and_script_do_not_make_a_language() -> None:
    assert ["sr", "pt", "und"] == [base_language(tag) for tag in ("sr-Cyrl", "pt_BR", "")]
