from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from worldtake.model import Span
from worldtake.web.marks import Mark, anchor, cut

TEXT = "«Ship» burns, says X"
spans = st.tuples(st.integers(0, 15), st.integers(1, 10)).map(lambda s: Span(s[0], s[0] + s[1]))


def mark(start: int, end: int, kind: str = "quote") -> Mark:
    return Mark(span=Span(start, end), kind=kind, anchor=f"s{start}-{end}")  # type: ignore[arg-type]


def test_overlapping_marks_are_cut_into_runs() -> None:
    runs = cut("abcdef", 0, 6, [mark(1, 4), mark(3, 6, "credit")])
    assert ["a", "bc", "d", "ef"] == [run.text for run in runs]
    assert [(), ("quote",), ("quote", "credit"), ("credit",)] == [run.kinds for run in runs]
    assert [(), ("s1-4",), ("s3-6",), ()] == [run.starts for run in runs]


@given(st.lists(spans), st.integers(0, 10), st.integers(0, 10))
def test_runs_are_the_text_again(marked: list[Span], start: int, length: int) -> None:
    end = min(len(TEXT), start + length)
    runs = cut(TEXT, start, end, [mark(s.start, s.end) for s in marked])
    assert TEXT[start:end] == "".join(run.text for run in runs)


def test_an_anchor_names_the_part_and_the_span() -> None:
    assert ["s1-2", "h1-2", "d1-2", "t1-2"] == [
        anchor(Span(1, 2), part) for part in ("text", "title", "discarded", "translation")
    ]
