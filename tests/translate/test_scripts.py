"""Scripts are counted by letter and vowel sign; the leading one is what most of the text is in."""

from collections import Counter

import pytest

from worldtake.translate.scripts import count_scripts, leading_script, weight


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("The bridge", "Latin"),
        ("Мост закрыт", "Cyrillic"),
        ("橋が閉鎖", "Kana"),
        ("旧桥关闭", "Han"),
        ("다리 폐쇄", "Hangul"),
        ("पुल बंद", "Devanagari"),
        ("1234 !?", ""),
    ],
)
def test_the_script_of_most_letters_leads(text: str, script: str) -> None:
    assert leading_script(count_scripts(text)) == script


def test_names_in_latin_letters_do_not_outvote_another_script() -> None:
    text = "Anna Karlsson የከተማው ምክር ቤት አባል ናት"
    assert leading_script(count_scripts(text)) == "Ethiopic"


def test_vowel_signs_count_as_letters() -> None:
    assert count_scripts("पुल")["Devanagari"] == 3


def test_a_letter_that_is_not_latin_weighs_double() -> None:
    assert weight(Counter(Latin=4, Han=2)) == 8
