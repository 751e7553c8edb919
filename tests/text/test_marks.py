from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.text.marks import dashed, marked


def words(text: str) -> list[tuple[str, ...]]:
    return [tuple(span.cut(text) for span in one.spans) for one in marked(text)]


@pytest.mark.parametrize(
    "text",
    [
        "He said “so it is” twice.", 'He said "so it is" twice.', "He said ‘so it is’ twice.", "He said 'so it is' twice.",
        "Er sagte „so it is“ oft.", "Er sagte »so it is« oft.", "Il dit « so it is » ici.", "彼は「so it is」と言った。",
        "Hon sade ”so it is” igen.",
    ],
)  # fmt: skip
def test_marks_of_every_kind_enclose(text: str) -> None:
    assert [("so it is",)] == words(text)


def test_an_apostrophe_closes_nothing() -> None:
    assert [("Anna's lamp isn't lit",)] == words("He said 'Anna's lamp isn't lit' again.")


def test_apostrophes_open_nothing() -> None:
    assert [] == words("Don't take the keepers' boats, it's the '90s.")


def test_unequal_marks_enclose() -> None:
    assert [("We go on.",)] == words("She said: “We go on.’ Then she left.")


def test_a_missing_space_does_not_matter() -> None:
    assert [("in our interest to agree now.",)] == words('so it is"in our interest to agree now."')


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    assert [("We left.", "Nobody saw.")] == words("“We left.\n\n“Nobody saw.” The end.")


def test_a_quotation_without_end_ends_with_its_paragraph() -> None:
    assert [("We left",)] == words("He said: “We left\n\nNothing more.")


def test_inches_are_no_quotation() -> None:
    assert [] == words('A lamp of 5\'10" and a door of 7" stood there.')


def test_gershayim_within_a_word_are_no_quotation() -> None:
    assert [] == words('הודיע צה"ל אתמול')


def test_speech_after_a_dash_ends_at_the_next() -> None:
    text = "– Nobody came – mówi Jan."
    assert ["Nobody came"] == [one.spans[0].cut(text) for one in dashed(text)]


@given(st.text(alphabet="ab .,\n\"'“”‘’«»„「」—", max_size=60))
def test_spans_are_in_order_and_hold_no_space_at_their_ends(text: str) -> None:
    last = 0
    for one in marked(text):
        for span in one.spans:
            assert span.start >= last
            assert span.cut(text) == span.cut(text).strip()
            last = span.end
