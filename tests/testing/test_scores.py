from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.testing import Score, b_cubed, compare, compare_edges, compare_pairs, compare_words

GROUPS = st.dictionaries(st.text("abcdefgh", min_size=1), st.sampled_from("xyz"), min_size=1)


def test_b_cubed_of_the_gold_itself_is_whole() -> None:
    gold = {"a": "1", "b": "1", "c": "2"}
    assert b_cubed({"a": "x", "b": "x", "c": "y"}, gold) == Score(1.0, 1.0, 1.0)


def test_b_cubed_of_one_heap_keeps_recall_and_loses_precision() -> None:
    score = b_cubed(dict.fromkeys("abcd", "heap"), {"a": "1", "b": "1", "c": "2", "d": "2"})
    assert score == pytest.approx((0.5, 1.0, 2 / 3))


def test_an_item_that_was_not_predicted_stands_alone() -> None:
    score = b_cubed({"a": "x"}, {"a": "1", "b": "1"})
    assert (score.precision, score.recall) == (1.0, 0.5)


@given(GROUPS, GROUPS)
def test_b_cubed_swaps_precision_and_recall_when_both_sides_swap(
    one: dict[str, str], two: dict[str, str]
) -> None:
    shared = one.keys() & two.keys() or {"z"}
    left = {item: one.get(item, "x") for item in shared}
    right = {item: two.get(item, "x") for item in shared}
    forth, back = b_cubed(left, right), b_cubed(right, left)
    assert (forth.precision, forth.recall) == pytest.approx((back.recall, back.precision))


def test_b_cubed_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one gold item"):
        b_cubed({}, {})


def test_a_comparison_says_what_is_missing_and_what_is_extra() -> None:
    comparison = compare({"a", "b"}, {"b", "c", "d"})
    assert comparison.matched == {"b"}
    assert comparison.missing == {"c", "d"}
    assert comparison.extra == {"a"}
    assert comparison.score() == pytest.approx((1 / 2, 1 / 3, 2 / 5))


def test_edges_have_a_direction_and_pairs_have_none() -> None:
    assert compare_edges([("a", "b")], [("b", "a")]).matched == frozenset()
    assert compare_pairs([("b", "a")], [("a", "b")]).matched == {("a", "b")}


def test_nothing_found_where_nothing_is_planted_is_right() -> None:
    assert compare((), ()).score() == Score(1.0, 1.0, 1.0)


def test_words_are_counted_in_scripts_with_and_without_spaces() -> None:
    assert compare_words("Zwei Boote sanken", "Zwei Boote") == pytest.approx((2 / 3, 1.0, 0.8))
    assert compare_words("二隻の船", "二隻の船が沈んだ").recall == 0.5
    assert compare_words("गंगा किनारे", "किनारे गंगा").f1 == 1.0
