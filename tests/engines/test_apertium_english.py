from __future__ import annotations

import pytest

from worldtake.engines.apertium_english import lower_second, polish
from worldtake.engines.apertium_scripts import cyrillic_serbian, latin
from worldtake.engines.apertium_words import read_words


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("„Yes“, he said.", '"Yes", he said.'),
        ("« Yes », she said : no ?", '"Yes", she said: no?'),
        ("2.500 and 12.500.000 people", "2,500 and 12,500,000 people"),
        ("10 000 people and 3,5 %", "10,000 people and 3.5%"),
        ("on 24.12.2018 at 18.30", "on 24.12.2018 at 18.30"),
        ("in 2018 300 people", "in 2018 300 people"),
        ("a the US plan", "the US plan"),
        ("l’autre", "l'autre"),
        ("he says The man And dog", "he says the man and dog"),
    ],
)
def test_text_is_written_as_in_english(given: str, expected: str) -> None:
    assert expected == polish(given)


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Hudak Said no.", "Hudak dijo no.", "Hudak said no."),
        ("Hudak Brown said no.", "Hudak Brown dijo no.", "Hudak Brown said no."),
        ("Hudak UN said no.", "Hudak un dijo no.", "Hudak UN said no."),
        ("The Man said no.", "El hombre dijo no.", "The Man said no."),
        ("Hudak", "Hudak", "Hudak"),
        ("", "", ""),
    ],
)
def test_the_second_word_loses_a_capital_that_it_got(text: str, source: str, expected: str) -> None:
    assert expected == lower_second(text, source)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Џон Њутон", "mk", "Jon Njuton"),
        ("ЩЪРК Щърк", "bg", "SHTARK Shtark"),
        ("Ђорђе Љубић", "sr", "Đorđe Ljubić"),
        ("Щука", "ru", "Shchuka"),
        ("abc δ", "bg", "abc δ"),
    ],
)
def test_cyrillic_is_written_in_latin_letters(text: str, language: str, expected: str) -> None:
    assert expected == latin(text, language)


def test_serbian_is_written_in_cyrillic_but_for_foreign_words() -> None:
    assert "Ђорђе и Џон пишу Wiki" == cyrillic_serbian("Đorđe i Džon pišu Wiki")


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [
        ("hr", "tisuće", "thousand"),
        ("sr", "Juče", "Yesterday"),
        ("hr", "se", ""),
        ("hr", "Indoneziji", "Indonesia"),
        ("bg", "Боливия", "Bolivia"),
        ("hr", "Zubrnik", None),
        ("xx", "word", None),
        ("", "word", None),
    ],
)
def test_what_is_known_of_a_word(language: str, word: str, expected: str | None) -> None:
    assert expected == read_words(language).english(word)
