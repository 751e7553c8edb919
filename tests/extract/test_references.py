"""The mark of a note is no part of the sentence that it stands on; powers, ordinals and links with words are."""

from __future__ import annotations

import pytest
from lxml import html

from worldtake.extract.references import is_reference


def answers(markup: str) -> bool:
    return is_reference(html.fragment_fromstring(markup))


@pytest.mark.parametrize(
    "markup",
    [
        '<sup><a href="#n2">2</a></sup>',
        '<sup class="reference"><a href="#cite-7">[7]</a></sup>',
        '<sup><a href="#a">1</a>, <a href="#b">2</a></sup>',
        '<sup><a href="#a">[1]</a><a href="#b">[2]</a></sup>',
        '<sup><a href="https://sources.example/report">12</a></sup>',
        '<sup><a href="#n">*</a></sup>',
        "<sup>[3]</sup>",
        '<a href="#fn4">[4]</a>',
        '<a href="/text#fn4" role="doc-noteref">4</a>',
        '<a href="/text#4" class="footnote-link">iv</a>',
    ],
)
def test_the_mark_of_a_note_is_told(markup: str) -> None:
    assert answers(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<sup>2</sup>",
        "<sup>nd</sup>",
        '<sup><a href="/live">Live</a></sup>',
        "<sup><b>2</b></sup>",
        '<a href="#comments">12</a>',
        '<a href="/2">2</a>',
        '<a href="#top">the top of the page</a>',
        '<a href="/x" class="footnote">see our report</a>',
        "<sup></sup>",
        "<sub>[1]</sub>",
    ],
)
def test_powers_ordinals_and_links_with_words_are_none(markup: str) -> None:
    assert not answers(markup)
