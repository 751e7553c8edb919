from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.text.changes import changes


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(before[a:b], after[c:d]) for a, b, c, d in changes(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Twelve are injured. All are safe.", "Nineteen are injured. All are safe.", [("Twelve", "Nineteen")]),
        ("The ferry burned.", "The ferry burned. It sank.", [("", "It sank.")]),
        ("The ferry burned. It sank. All safe.", "The ferry burned. All safe.", [("It sank.", "")]),
        ("I feriti sono 12, dice la società.", "I feriti sono 19, dice la compagnia.", [("12", "19"), ("società", "compagnia")]),
        ("船上有214人。全部获救。", "船上有219人。全部获救。", [("214", "219")]),
        ("乗客は全員救助された。", "乗客はほぼ全員救助された。", [("", "ほぼ")]),
        ("ผู้โดยสารทั้งหมดปลอดภัย", "ผู้โดยสารเกือบทั้งหมดปลอดภัย", [("", "เกือบ")]),
        ("قال المتحدث إن 12 أصيبوا.", "قال المتحدث إن 19 أصيبوا.", [("12", "19")]),
        ("यात्री सुरक्षित हैं। आग बुझी।", "यात्री सुरक्षित हैं। आग नहीं बुझी।", [("", "नहीं")]),
        ("They sank 1.5 ships.", "They sank 2.5 ships.", [("1.5", "2.5")]),
        ("", "All new.", [("", "All new.")]),
        ("All gone.", "", [("All gone.", "")]),
    ],
)  # fmt: skip
def test_what_changed_is_told_by_words(
    before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    assert expected == told(before, after)


def test_a_sentence_that_became_another_is_told_whole() -> None:
    before = "First. The company denies that anybody was hurt at all. Last."
    after = "First. Twelve people were taken to hospital in Ancona overnight. Last."
    expected = [
        (
            "The company denies that anybody was hurt at all.",
            "Twelve people were taken to hospital in Ancona overnight.",
        )
    ]
    assert expected == told(before, after)


@pytest.mark.parametrize(("before", "after"), [("a b\n\nc", "a  b c "), ("", " "), ("x", "x")])
def test_white_space_is_no_change(before: str, after: str) -> None:
    assert [] == told(before, after)


WORDS = st.lists(
    st.sampled_from(["ferry", "burned", "12", "船", "火", "قال", "safe.", "Ancona,", "\n\n", "a"]),
    max_size=40,
).map(" ".join)


@given(WORDS, WORDS)
def test_the_changes_make_the_one_text_the_other(before: str, after: str) -> None:
    made, at, at2 = "", 0, 0
    for start, end, start2, end2 in changes(before, after):
        assert at <= start <= end
        assert at2 <= start2 <= end2
        assert before[at:start].split() == after[at2:start2].split()
        made += before[at:start] + " " + after[start2:end2] + " "
        at, at2 = end, end2
    assert after.split() == (made + before[at:]).split()


@pytest.mark.slow
def test_hostile_texts_take_bounded_time() -> None:
    same = "a " * 200_000
    other = "b a " * 100_000
    lines = "a.\n" * 50_000
    began = time.process_time()
    for before, after in ((same, other), (lines, lines + "b.\n"), (lines, "b.\n" + lines[:-3] * 2)):
        changes(before, after)
    assert time.process_time() - began < 20
