from __future__ import annotations

import pytest

from worldtake.testing.markup import fill


def test_names_are_escaped_and_tripled_braces_are_not() -> None:
    page = fill("{{a}} {{{a}}}", {"a": '<b>"x"</b>'})
    assert page == '&lt;b&gt;&quot;x&quot;&lt;/b&gt; <b>"x"</b>'


def test_a_section_repeats_for_each_item_and_sees_what_is_outside() -> None:
    page = fill("{{#items}}{{n}}{{end}}{{/items}}", {"items": [{"n": 1}, {"n": 2}], "end": ";"})
    assert page == "1;2;"


def test_a_section_of_a_word_prints_it_by_a_dot_and_of_nothing_is_left_out() -> None:
    template = "{{#author}}By {{.}}{{/author}}{{^author}}No name{{/author}}"
    assert fill(template, {"author": "Ada"}) == "By Ada"
    assert fill(template, {"author": ""}) == "No name"


def test_sections_of_one_name_nest() -> None:
    values = {"a": [{"n": "x", "a": [{"n": "y"}]}]}
    assert fill("{{#a}}{{n}}({{#a}}{{n}}{{/a}}){{/a}}", values) == "x(y)"


def test_a_dotted_name_looks_inside_and_a_missing_one_prints_nothing() -> None:
    assert fill("[{{w.by}}{{w.no}}{{none.at.all}}]", {"w": {"by": "Von"}}) == "[Von]"


def test_an_open_section_is_an_error_that_names_it() -> None:
    with pytest.raises(ValueError, match="section items is not closed"):
        fill("{{#items}}x", {"items": [1]})
