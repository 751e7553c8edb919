"""Pages of plain text in many languages and ways of saving are read line by line as their reader would."""

from statistics import fmean

import pytest
from labelled_texts import LabelledText, f1, labelled_texts, read_kinds

KNOWN = tuple(labelled_texts("known.txt"))
HELD_OUT = tuple(labelled_texts("held-out.txt"))


@pytest.mark.parametrize("page", KNOWN, ids=lambda page: page.name)
def test_most_of_a_known_page_is_read_right(page: LabelledText) -> None:
    found = read_kinds(page.text)
    assert f1(page.kinds, found, "b") >= 0.8


@pytest.mark.parametrize(("kind", "least"), [("b", 0.98), ("x", 0.93), ("t", 0.98)])
def test_known_pages_are_read_right_by_characters(kind: str, least: float) -> None:
    assert fmean(f1(page.kinds, read_kinds(page.text), kind) for page in KNOWN) >= least


@pytest.mark.parametrize(("kind", "least"), [("b", 0.97), ("x", 0.92), ("t", 0.97)])
def test_pages_written_after_the_rules_are_read_right_too(kind: str, least: float) -> None:
    assert fmean(f1(page.kinds, read_kinds(page.text), kind) for page in HELD_OUT) >= least
