from __future__ import annotations

import pytest

from worldtake.translate.leftovers import is_equal, script_left, words_left


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("Ana Vidal", "sl", "en"),
        ("Interview", "de", "en"),
        ("FC Zvezda – NK Bistrica 2:1", "sl", "en"),
        ("Vlada je danas usvojila novi zakon o radu.", "sr-Latn", "hr"),
        ("O goberno aprobou a lei.", "gl", "es"),
        ("東京", "ja", "zh"),
    ],
)
def test_some_texts_are_the_same_in_both_languages(text: str, source: str, target: str) -> None:
    assert not is_equal(text, text, source, target)


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("Vlada je sprejela zakon.", "sl", "en"),
        ("東京で会談", "ja", "en"),
        ("O goberno aprobou onte a nova lei de costas do país.", "gl", "es"),
    ],
)
def test_a_sentence_given_back_is_equal(text: str, source: str, target: str) -> None:
    assert is_equal(text, text.upper(), source, target)


def test_a_name_in_brackets_may_keep_its_script() -> None:
    assert not script_left(
        "首相は言った。", "The prime minister (首相) spoke to the press for an hour."
    )
    assert script_left("首相は言った。", "The prime minister は言った to the press.")


def test_words_of_near_languages_are_no_leftovers() -> None:
    text = "O goberno aprobou onte unha nova reforma laboral"
    assert not words_left(text, "El gobierno aprobó ayer unha nova reforma laboral", "gl", "es")
    assert words_left(text, "The goberno aprobou onte unha nova reforma laboral", "gl", "en")
