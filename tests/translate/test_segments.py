from __future__ import annotations

from typing import Any

from worldtake.translate import segment_key, segments


def test_the_title_comes_first_and_the_sentences_follow_in_order(article: Any) -> None:
    found = segments(article(), "en")
    expected = ["Požar na trajektu", "Ladja gori.", "Vseh 214 je varnih."]
    assert expected == [segment.text for segment in found]
    assert found[0].span is None


def test_a_key_does_not_depend_on_spaces_normal_form_or_script_tag() -> None:
    assert segment_key("Caf\u00e9  noir.", "fr", "en") == segment_key(
        " Cafe\u0301\nnoir.", "fr-CA", "en"
    )


def test_a_key_depends_on_words_and_languages() -> None:
    keys = {
        segment_key("Da.", "sl", "en"),
        segment_key("da.", "sl", "en"),
        segment_key("Da.", "hr", "en"),
        segment_key("Da.", "sl", "pt"),
        segment_key("Da.", "sl", "pt-BR"),
    }
    assert len(keys) == 5


def test_an_article_without_title_has_none(article: Any) -> None:
    assert all(segment.span for segment in segments(article(title=" "), "en"))
