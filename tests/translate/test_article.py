from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.model import Article, Skip, Translation
from worldtake.translate import Draft, Remembered, TranslateArticle, segments, to_json

ENGLISH = {
    "Požar na trajektu": "Fire on a ferry",
    "Ladja gori.": "The ship is on fire.",
    "Vseh 214 je varnih.": "All 214 are safe.",
    "Konec.": "The end.",
}


def _known(article: Article, tiers: Any = None, **changes: str) -> dict[str, Remembered]:
    english = ENGLISH | changes
    return {
        segment.key: Remembered(
            target=english[segment.text],
            engine="sample",
            version="1",
            tier=(tiers or {}).get(segment.text, "good"),
        )
        for segment in segments(article, "en")
        if english.get(segment.text)
    }


def _translated(article: Article, known: dict[str, Remembered]) -> Translation:
    found = TranslateArticle()(Draft(article=article, known=known))
    assert isinstance(found, Translation)
    return found


def test_title_and_text_stand_in_english_with_the_paragraphs_of_the_original(article: Any) -> None:
    original = article(text="Ladja gori. Vseh 214 je varnih.\n\nKonec.")
    found = _translated(original, _known(original))
    assert ("Fire on a ferry", "The ship is on fire. All 214 are safe.\n\nThe end.") == (
        found.title,
        found.text,
    )
    assert ("sample", "1", "good", ()) == (
        found.engine,
        found.engine_version,
        found.tier,
        found.warnings,
    )


def test_each_sentence_is_aligned_both_ways(article: Any) -> None:
    original = article()
    found = _translated(original, _known(original))
    pairs = [
        (pair.source.cut(original.text), pair.target.cut(found.text)) for pair in found.alignment
    ]
    assert [(words, ENGLISH[words]) for words in ("Ladja gori.", "Vseh 214 je varnih.")] == pairs


def test_what_is_not_known_stands_in_the_original_and_is_marked(article: Any) -> None:
    original = article()
    known = _known(original, **{"Ladja gori.": "", "Požar na trajektu": ""})
    found = _translated(original, known)
    assert "Ladja gori. All 214 are safe." == found.text
    assert [("untranslated",), ()] == [pair.flags for pair in found.alignment]
    assert ("title-untranslated", "untranslated") == found.warnings


def test_a_doubtful_sentence_is_flagged_and_warned_of(article: Any) -> None:
    original = article()
    found = _translated(
        original, _known(original, **{"Vseh 214 je varnih.": "All 241 and 7 are safe."})
    )
    assert ("digits-differ",) == found.alignment[1].flags
    assert ("digits-differ",) == found.warnings


def test_the_tier_is_that_of_its_weakest_part(article: Any) -> None:
    original = article()
    found = _translated(original, _known(original, tiers={"Ladja gori.": "gist"}))
    assert "gist" == found.tier


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("en", "source-equals-target"),
        ("en-GB", "source-equals-target"),
        ("und", "unknown-language"),
        ("sl", "no-translator"),
    ],
)
def test_an_article_is_refused_with_the_reason(article: Any, language: str, reason: str) -> None:
    draft = Draft(article=article(language=language), known={})
    assert Skip(reason) == TranslateArticle()(draft)


def test_the_stage_can_be_sent_to_another_process() -> None:
    stage = TranslateArticle(target="fr")
    assert stage == pickle.loads(pickle.dumps(stage))  # noqa: S301 our own bytes


def test_json_lines_carry_the_offsets_in_order(article: Any) -> None:
    original = article(text="Ladja gori.")
    expected = {
        "language": "en",
        "engine": "sample",
        "version": "1",
        "title": "Fire on a ferry",
        "text": "The ship is on fire.",
        "alignment": [[0, 11, 0, 20]],
        "warnings": [],
    }
    assert expected == to_json(_translated(original, _known(original)))


@given(
    st.text(alphabet=st.sampled_from("abČ .!?\n。ا؟1"), min_size=1, max_size=300),
    st.sets(st.integers(0, 20)),
)
def test_alignment_covers_both_texts_for_any_text(text: str, dropped: set[int]) -> None:
    original = Article(
        id="a",
        url="https://x.example/",
        outlet_id=None,
        title="T",
        text=text,
        language="sl",
        seen=None,
    )  # type: ignore[arg-type]
    known = {
        segment.key: Remembered(target=f"<{number}>", engine="e", version="1", tier="good")
        for number, segment in enumerate(segments(original, "en"))
        if number not in dropped
    }
    found = TranslateArticle()(Draft(article=original, known=known))
    if isinstance(found, Skip):
        return
    rest = list(found.text)
    for pair in found.alignment:
        shown = pair.target.cut(found.text)
        assert shown == pair.source.cut(text) if "untranslated" in pair.flags else shown[0] == "<"
        rest[pair.target.start : pair.target.end] = " " * len(pair.target)
    assert not "".join(rest).strip()
