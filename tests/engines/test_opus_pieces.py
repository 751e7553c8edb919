from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.engines.opus_pieces import cleaned, cut, is_wordless, plain_marks


def test_a_text_is_cut_where_a_sentence_ends() -> None:
    text = "The ferry left late. Nobody was hurt, said the port. It will sail again on Monday."
    expected = [
        "The ferry left late.",
        "Nobody was hurt, said the port.",
        "It will sail again on Monday.",
    ]
    assert expected == list(cut(text, lambda part: len(part) <= 32))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one two three, four five six", ["one two three,", "four five six"]),
        ("one two three four", ["one two", "three four"]),
        ("abcdefgh", ["abcd", "efgh"]),
        ("船は出た。人は無事。", ["船は出た。", "人は無事。"]),
    ],
)
def test_a_text_without_sentences_is_cut_at_the_next_best(text: str, expected: list[str]) -> None:
    half = (len(text) + 1) // 2 + 2
    assert expected == list(cut(text, lambda part: len(part) < min(half, len(text))))


@given(st.text(max_size=400), st.integers(1, 50))
def test_cutting_loses_nothing_but_spaces(text: str, most: int) -> None:
    parts = list(cut(text, lambda part: len(part) <= most))
    assert all(len(part) <= most for part in parts)
    assert "".join(text.split()) == "".join("".join(parts).split())


@given(st.text(max_size=100))
def test_a_cleaned_segment_is_one_line_that_can_be_written(text: str) -> None:
    found = cleaned(text, plain_marks(lambda _: False))
    assert found == " ".join(found.split())
    assert found == found.encode().decode()


def test_marks_are_made_plain_only_where_the_model_does_not_know_them() -> None:
    marks = plain_marks(lambda mark: mark in "«»")
    assert '«Da», "da" - 5...' == cleaned("«Da»,\u00a0„da“ –\t5\u200b…", marks)


@pytest.mark.parametrize("text", ["", " ", "12.5 %", "—", "🙂", "* * *"])
def test_what_has_no_letter_is_wordless(text: str) -> None:
    assert is_wordless(text)
    assert not is_wordless(text + "ж")
