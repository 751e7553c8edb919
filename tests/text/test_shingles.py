from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from worldtake.text.shingles import fingerprints, tokens

PASSAGE = (
    "the council sold the old lighthouse to a family of bakers on friday after eleven years of quarrels and"
    " slammed doors"
)


def test_fingerprints_are_the_same_everywhere() -> None:
    assert (3488453608173810723, 4) == fingerprints(PASSAGE)[0]


def test_a_passage_keeps_its_fingerprints_in_another_text() -> None:
    inside = {value for value, _ in fingerprints(PASSAGE)}
    around = {
        value
        for value, _ in fingerprints(f"Something else stands here first. {PASSAGE}. And after it.")
    }
    assert len(inside & around) >= 3


def test_a_text_shorter_than_a_shingle_has_none() -> None:
    assert () == fingerprints("Too few words here.")


def test_case_and_accents_do_not_matter() -> None:
    assert [value for value, _ in fingerprints(PASSAGE)] == [
        value for value, _ in fingerprints(PASSAGE.upper())
    ]


def test_characters_are_the_words_of_scripts_without_spaces() -> None:
    assert ["港", "口", "abc"] == [token.word for token in tokens("港口 abc")]


@given(st.text(max_size=200))
def test_hashes_fit_a_signed_column_and_positions_the_text(text: str) -> None:
    for value, position in fingerprints(text):
        assert -(2**63) <= value < 2**63
        assert 0 <= position < len(text)
