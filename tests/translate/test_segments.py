from __future__ import annotations

from typing import Any

from worldtake.model import Block, Span
from worldtake.translate import segment_key, segments
from worldtake.translate.segments import lead


def test_the_title_comes_first_and_the_sentences_follow_in_order(article: Any) -> None:
    found = segments(article(), "en")
    expected = ["Požar na trajektu", "Ladja gori.", "Vseh 214 je varnih."]
    assert expected == [segment.text for segment in found]
    assert found[0].span is None


def test_a_key_does_not_depend_on_spaces_normal_form_or_script_tag() -> None:
    assert segment_key("Caf\u00e9  noir.", "fr", "en", "e1") == segment_key(
        " Cafe\u0301\nnoir.", "fr-CA", "en", "e1"
    )


def test_a_key_depends_on_words_languages_and_who_translates() -> None:
    keys = {
        segment_key("Da.", "sl", "en", "e1"),
        segment_key("da.", "sl", "en", "e1"),
        segment_key("Da.", "hr", "en", "e1"),
        segment_key("Da.", "sl", "pt", "e1"),
        segment_key("Da.", "sl", "pt-BR", "e1"),
        segment_key("Da.", "sl", "en", "e2"),
    }
    assert len(keys) == 6


def test_an_article_without_title_has_none(article: Any) -> None:
    assert all(segment.span for segment in segments(article(title=" "), "en"))


def test_before_anybody_asks_the_title_and_three_sentences_are_translated(article: Any) -> None:
    whole = article(text="Ena. Dve.\n\nTri. Štiri. Pet.")
    assert ["Požar na trajektu", "Ena.", "Dve.", "Tri."] == [
        segment.text for segment in lead(whole, "en")
    ]
    assert ["Ena.", "Dve.", "Tri."] == [
        each.text for each in lead(article(title="", text=whole.text), "en")
    ]


def test_a_paragraph_in_another_language_is_translated_from_that_and_none_from_the_readers_own(
    article: Any,
) -> None:
    text = "Ladja gori.\nThe sea was calm.\nDie See war ruhig."
    blocks = (
        Block(span=Span(0, 11), role="paragraph"),
        Block(span=Span(12, 29), role="paragraph", language="en"),
        Block(span=Span(30, 48), role="paragraph", language="de"),
    )
    found = segments(article(title="", text=text, blocks=blocks), "en")
    assert [("sl", True), ("en", False), ("de", True)] == [
        (each.language, each.foreign) for each in found
    ]


def test_what_has_no_letter_needs_no_translation(article: Any) -> None:
    found = segments(article(title="***", text="12.30\n2:1\n…"), "en")
    assert [False] * 4 == [each.foreign for each in found]
