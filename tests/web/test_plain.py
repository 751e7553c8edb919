from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.web.press import NIGHT, SmallPress

from worldtake.model import Span
from worldtake.web.plain import plain


def test_a_dataclass_is_an_object_of_its_fields() -> None:
    assert {"start": 1, "end": 4} == plain(Span(1, 4))


def test_a_moment_is_iso_8601() -> None:
    assert "2026-09-08T05:50:00+00:00" == plain(NIGHT)


def test_tuples_sets_and_mappings_keep_what_they_hold() -> None:
    assert {"1": [Span(0, 1).start, "x"], "2": ["y"]} == plain({1: (0, "x"), 2: frozenset("y")})
    assert "/home/reader" == plain(Path("/home/reader"))


def test_every_view_has_a_json_shape() -> None:
    press = SmallPress()
    story = press.front().stories[0].story.id
    for view in (press.front(), press.story(story), press.status(), press.quarantine()):
        assert json.loads(json.dumps(plain(view)))


def test_what_has_no_json_shape_is_named() -> None:
    @dataclass
    class Odd:
        thing: object

    with pytest.raises(TypeError, match="object has no JSON shape"):
        plain(Odd(object()))
