from __future__ import annotations

import pytest

from worldtake.translate.repeats import repeats


@pytest.mark.parametrize(
    "target",
    [
        "the fire was out the fire was out the fire was out",
        "He said he he he he he left.",
        "the council met on Friday the council met on Friday",
        "火灾火灾火灾火灾",
    ],
)
def test_a_loop_is_seen(target: str) -> None:
    assert repeats("Gasilci so pogasili požar.", target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Ne bomo se vdali, ne bomo se vdali!", "We shall not give up, we shall not give up!"),
        ("Imajo pravico, vi pa tudi.", "They have a right to know, as you have a right to know."),
        ("非常非常非常好", "非常非常非常好"),
        ("Da.", "Yes."),
    ],
)
def test_what_the_source_says_twice_or_rhetoric_is_none(source: str, target: str) -> None:
    assert not repeats(source, target)
