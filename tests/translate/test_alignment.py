"""From a place in the original to its place in the translation, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from worldtake.model import Aligned, Span
from worldtake.translate import to_source, to_target

if TYPE_CHECKING:
    from collections.abc import Callable

#: "Ladja gori. Konec." beside "The ship burns. The end."
PAIR = (
    Aligned(source=Span(0, 11), target=Span(0, 15)),
    Aligned(source=Span(12, 18), target=Span(16, 24)),
)


def test_a_word_leads_to_the_sentence_that_it_is_translated_in() -> None:
    assert Span(0, 15) == to_target(PAIR, Span(6, 10))
    assert Span(12, 18) == to_source(PAIR, Span(20, 23))


def test_a_span_over_two_sentences_leads_to_both() -> None:
    assert Span(0, 24) == to_target(PAIR, Span(10, 13))


def test_what_only_touches_a_sentence_is_not_in_it() -> None:
    assert Span(12, 18) == to_source(PAIR, Span(15, 17))


def test_white_space_and_no_translation_lead_nowhere() -> None:
    assert [None, None] == [to_target(PAIR, Span(11, 12)), to_target((), Span(0, 5))]


@st.composite
def _alignments(draw: Callable[..., int]) -> tuple[Aligned, ...]:
    found = []
    source = target = 0
    for _ in range(draw(st.integers(0, 8))):
        source += draw(st.integers(0, 3))
        target += draw(st.integers(0, 3))
        ours, theirs = draw(st.integers(1, 9)), draw(st.integers(1, 9))
        found.append(
            Aligned(source=Span(source, source + ours), target=Span(target, target + theirs))
        )
        source, target = source + ours, target + theirs
    return tuple(found)


@given(_alignments(), st.integers(0, 60), st.integers(1, 30))
def test_there_and_back_covers_every_character_that_was_translated(
    alignment: tuple[Aligned, ...], start: int, length: int
) -> None:
    span = Span(start, start + length)
    there = to_target(alignment, span)
    touched = [each for each in alignment if each.source.overlaps(span)]
    assert (there is None) == (not touched)
    if there is not None:
        back = to_source(alignment, there)
        assert Span(touched[0].source.start, touched[-1].source.end) == back
        assert Span(touched[0].target.start, touched[-1].target.end) == there


@given(_alignments(), st.integers(0, 60), st.integers(1, 60), st.integers(0, 9))
def test_a_wider_span_leads_to_no_less(
    alignment: tuple[Aligned, ...], start: int, length: int, more: int
) -> None:
    inner = to_source(alignment, Span(start, start + length))
    outer = to_source(alignment, Span(max(0, start - more), start + length + more))
    if inner is not None:
        assert outer is not None
        assert outer.start <= inner.start
        assert inner.end <= outer.end
