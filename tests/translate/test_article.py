from __future__ import annotations

import pickle
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.translate.scripted import START

from worldtake.model import Article, Skip, Translation
from worldtake.translate import Draft, Given, Remembered, TranslateArticle, segments, to_json, told

ENGLISH = {
    "Požar na trajektu": "Fire on a ferry",
    "Ladja gori.": "The ship is on fire.",
    "Vseh 214 je varnih.": "All 214 are safe.",
    "Konec.": "The end.",
}


def _remembered(target: str, **changes: Any) -> Remembered:
    made = {"engine": "opus", "version": "1", "model": "OPUS-MT sl-en", "tier": "good"}
    return Remembered(**({"target": target, "made": START} | made | changes))


def _given(article: Article, **changes: Given | None) -> dict[tuple[str, str], Given]:
    english = {text: Given(remembered=_remembered(words)) for text, words in ENGLISH.items()}
    return {
        (segment.language, segment.text): found
        for segment in segments(article, "en")
        if (found := (english | changes).get(segment.text))
    }


def _translated(article: Article, *, may_ask: bool = False, **changes: Given | None) -> Translation:
    draft = Draft(article=article, given=_given(article, **changes), may_ask=may_ask)
    found = TranslateArticle()(draft)
    assert isinstance(found, Translation)
    return found


def test_title_and_text_stand_in_english_with_the_paragraphs_of_the_original(article: Any) -> None:
    found = _translated(article(text="Ladja gori. Vseh 214 je varnih.\n\nKonec."))
    assert ("Fire on a ferry", "The ship is on fire. All 214 are safe.\n\nThe end.") == (
        found.title,
        found.text,
    )
    assert ("opus", "1", "good", (), "") == (
        found.engine,
        found.engine_version,
        found.tier,
        found.warnings,
        found.waits,
    )


def test_each_sentence_is_aligned_both_ways(article: Any) -> None:
    original = article()
    found = _translated(original)
    pairs = [
        (pair.source.cut(original.text), pair.target.cut(found.text)) for pair in found.alignment
    ]
    assert [(words, ENGLISH[words]) for words in ("Ladja gori.", "Vseh 214 je varnih.")] == pairs


def test_what_is_not_translated_stands_in_the_original_and_is_marked_with_why(article: Any) -> None:
    doubted = Given(doubts=("digits-differ", "repeats"))
    found = _translated(article(), **{"Ladja gori.": doubted, "Požar na trajektu": None})
    assert "Ladja gori. All 214 are safe." == found.text
    assert [("untranslated", "digits-differ", "repeats"), ()] == [
        pair.flags for pair in found.alignment
    ]
    assert ("untranslated",) == found.title_flags
    assert "title-untranslated" in found.warnings
    assert "All 214 are safe." == told(found)


def test_grouping_reads_all_of_a_whole_translation(article: Any) -> None:
    assert told(_translated(article())) is None


def test_a_doubtful_sentence_is_flagged_and_warned_of(article: Any) -> None:
    doubtful = Given(remembered=_remembered("All 241 are safe.", flags=("digits-differ",)))
    found = _translated(article(), **{"Vseh 214 je varnih.": doubtful})
    assert ("digits-differ",) == found.alignment[1].flags
    assert ("digits-differ",) == found.warnings


def test_it_says_who_translated_what_and_when(article: Any) -> None:
    later = START + timedelta(days=2)
    rough = Given(
        remembered=_remembered(
            "The ship burns.", engine="apertium", model="Apertium slv-hbs", tier="gist", made=later
        )
    )
    found = _translated(article(), **{"Ladja gori.": rough})
    assert [("OPUS-MT sl-en", START), ("Apertium slv-hbs", later)] == [
        (maker.model, maker.made) for maker in found.makers
    ]
    assert [1, 0] == [pair.maker for pair in found.alignment]
    assert "gist" == found.tier


def test_what_nobody_was_asked_for_waits_for_readers_where_it_may_be_shown(article: Any) -> None:
    part: Any = {"Vseh 214 je varnih.": None}
    assert "reader" == _translated(article(), may_ask=True, **part).waits
    assert "" == _translated(article(), may_ask=False, **part).waits


def test_what_waits_for_an_engine_or_a_new_day_says_so(article: Any) -> None:
    late = Given(waits="budget", waits_for="deepl")
    found = _translated(article(), may_ask=True, **{"Ladja gori.": late})
    assert ("budget", "deepl") == (found.waits, found.waits_for)
    nothing = Draft(
        article=article(), given=dict.fromkeys(_given(article()), Given(waits="engine"))
    )
    found = TranslateArticle()(nothing)  # type: ignore[assignment]
    assert ("none", "none", False, "engine") == (
        found.engine,
        found.tier,
        found.shown,
        found.waits,
    )


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
    draft = Draft(article=article(language=language), given={})
    assert Skip(reason) == TranslateArticle()(draft)


def test_the_stage_can_be_sent_to_another_process() -> None:
    stage = TranslateArticle(target="fr")
    assert stage == pickle.loads(pickle.dumps(stage))  # noqa: S301 our own bytes


def test_json_lines_carry_the_offsets_in_order_and_where_the_doubts_are(article: Any) -> None:
    doubtful = Given(remembered=_remembered("The ship is on fire.", flags=("length-ratio",)))
    original = article(text="Ladja gori.")
    expected = {
        "language": "en",
        "engine": "opus",
        "version": "1",
        "tier": "good",
        "models": ["OPUS-MT sl-en"],
        "title": "Fire on a ferry",
        "text": "The ship is on fire.",
        "alignment": [[0, 11, 0, 20]],
        "warnings": ["0-11: length-ratio"],
    }
    assert expected == to_json(_translated(original, **{"Ladja gori.": doubtful}))


@given(
    st.text(alphabet=st.sampled_from("abČ .!?\n。ا؟1"), min_size=1, max_size=300),
    st.sets(st.integers(0, 20)),
)
def test_alignment_covers_both_texts_for_any_text(text: str, dropped: set[int]) -> None:
    original = Article(
        id="a", url="https://x.example/", outlet_id=None, title="T", text=text, language="sl", seen=START
    )  # fmt: skip
    given_ = {
        (segment.language, segment.text): Given(remembered=_remembered(f"<{number}>"))
        for number, segment in enumerate(segments(original, "en"))
        if number not in dropped and segment.foreign
    }
    found = TranslateArticle()(Draft(article=original, given=given_))
    if isinstance(found, Skip):
        return
    rest, source = list(found.text), list(text)
    for pair in found.alignment:
        shown = pair.target.cut(found.text)
        assert shown[0] == "<" or shown == pair.source.cut(text)
        rest[pair.target.start : pair.target.end] = " " * len(pair.target)
        source[pair.source.start : pair.source.end] = " " * len(pair.source)
    assert not "".join(rest).strip()
    assert not "".join(source).strip()
