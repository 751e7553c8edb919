from __future__ import annotations

from worldtake.model import Copy, Span
from worldtake.trace import copy_from_json, copy_to_json

COPY = Copy(a="a", b="b", kind="agency", spans_a=(Span(0, 4),), spans_b=(Span(3, 7),), score=0.5)


def test_a_copy_is_a_line_of_offsets() -> None:
    expected = {
        "a": "a",
        "b": "b",
        "kind": "agency",
        "spans_a": [[0, 4]],
        "spans_b": [[3, 7]],
        "score": 0.5,
    }
    assert expected == copy_to_json(COPY)


def test_a_copy_survives_json() -> None:
    assert COPY == copy_from_json(copy_to_json(COPY))
