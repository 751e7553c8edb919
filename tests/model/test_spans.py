from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.model import Span, quote_evidence


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 2)])
def test_a_span_holds_at_least_one_character(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="at least one character"):
        Span(start, end)


@given(st.text(min_size=1), st.data())
def test_a_receipt_holds_the_exact_words_and_their_surroundings(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = quote_evidence(text, Span(start, end), article_id="a")
    assert text[start:end] == found.exact
    assert found.prefix + found.exact + found.suffix in text


def test_a_receipt_beyond_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after the text"):
        quote_evidence("short", Span(0, 9), article_id="a")


@given(st.integers(0, 99), st.integers(1, 99), st.integers(0, 99))
def test_a_shifted_span_cuts_the_same_words(start: int, length: int, by: int) -> None:
    text = "".join(chr(0x4E00 + number) for number in range(300))
    span = Span(start, start + length)
    assert span.cut(text) == span.shifted(by).cut("x" * by + text)
