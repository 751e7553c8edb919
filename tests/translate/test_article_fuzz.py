"""Whatever an article holds and a translator answers: every sentence stays aligned, and nothing of the original is lost."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.translate.scripted import Scripted, router_of

from worldtake.model import Article, Skip, Translation
from worldtake.text.sentences import split
from worldtake.translate import (
    CHECKS,
    segments,
    to_source,
    to_target,
    translate_articles,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_KNOWN_FLAGS = {check.flag for check in CHECKS}
#: What breaks engines: marks of Apertium's stream, tags, scripts from right to left, emoji of several characters, breaks.
_PIECES = [
    "Ladja gori. ", "Konec", "[ ] ^ $ * \\ < / @ { }", "<b>", "...", "?!", "—", "214", "1.200,5", "  ", "\n", "\n\n", "\r\n",
    "\u2028", "\u00a0", "地震が発生した。", "وصلت السفينة. ", "\u200f", "שלום. ", "👩‍👩‍👧 ", "🇸🇮", "e\u0301", "ก", "\x00", "\ufeff", "x" * 401,
    "»Da.« ", "a b ",
]  # fmt: skip
_TEXTS = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=8)), max_size=25).map(
    "".join
)
_ANSWERS = st.one_of(
    st.none(), st.sampled_from(["", " ", "\n", "The ship.\n\nBurns.", "x" * 10_000]), st.text(max_size=40), _TEXTS
)  # fmt: skip


def _article(text: str, title: str) -> Article:
    return Article(
        id="a",
        url="https://x.example/",
        outlet_id=None,
        title=title,
        text=text,
        language="sl",
        seen=datetime(2026, 9, 8, tzinfo=UTC),
    )


@st.composite
def _translations(draw: Callable[..., object]) -> tuple[Article, Translation]:
    article = _article(str(draw(_TEXTS)), str(draw(st.sampled_from(["", "Požar", "214 "]))))
    engine = Scripted()
    for segment in segments(article, "en"):
        answer = draw(_ANSWERS)
        engine.answers[segment.text] = None if answer is None else str(answer)
    (found,) = translate_articles(router_of(engine), [article], whole=True)
    if isinstance(found, Skip):
        found = Translation(
            article_id="a", language="en", engine="none", engine_version="", tier="none",
            title=article.title, text="",
        )  # fmt: skip
    return article, found


@given(_translations())
def test_every_sentence_stays_aligned(made: tuple[Article, Translation]) -> None:
    article, found = made
    if found.engine == "none":
        return
    assert list(split(article.text)) == [pair.source for pair in found.alignment]
    ends = [pair.target.end for pair in found.alignment]
    assert all(before.target.end <= pair.target.start for before, pair in pairwise(found.alignment))
    assert max(ends, default=0) <= len(found.text)
    assert all(_KNOWN_FLAGS.issuperset(pair.flags) for pair in found.alignment)


@given(_translations())
def test_every_character_of_both_texts_stands_in_a_sentence(
    made: tuple[Article, Translation],
) -> None:
    article, found = made
    if found.engine == "none":
        return
    for text, spans in (
        (article.text, [pair.source for pair in found.alignment]),
        (found.text, [pair.target for pair in found.alignment]),
    ):
        rest = list(text)
        for span in spans:
            rest[span.start : span.end] = " " * len(span)
        assert not "".join(rest).strip()


@given(_translations())
def test_an_untranslated_sentence_is_the_original_word_for_word(
    made: tuple[Article, Translation],
) -> None:
    article, found = made
    kept = [pair for pair in found.alignment if "untranslated" in pair.flags]
    assert [pair.source.cut(article.text) for pair in kept] == [
        pair.target.cut(found.text) for pair in kept
    ]


@given(_translations())
def test_a_translated_sentence_is_one_line_whatever_the_engine_answers(
    made: tuple[Article, Translation],
) -> None:
    _, found = made
    translated = [pair for pair in found.alignment if "untranslated" not in pair.flags]
    lines = [pair.target.cut(found.text).splitlines() for pair in translated]
    assert [1] * len(lines) == [len(each) for each in lines]


@given(_translations())
def test_each_sentence_leads_to_its_own_and_back(made: tuple[Article, Translation]) -> None:
    _, found = made
    for pair in found.alignment:
        assert pair.target == to_target(found.alignment, pair.source)
        assert pair.source == to_source(found.alignment, pair.target)
