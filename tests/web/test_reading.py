from __future__ import annotations

from dataclasses import replace

import pytest
from tests.web.press import CAVE, FERRY, OUTLETS, SLY, Written, find

from worldtake.model import Credit, Translation
from worldtake.model.views import ArticleView
from worldtake.web.reading import Reading, Row, read_article


def view_of(written: Written) -> ArticleView:
    return ArticleView(
        article=written.article(), outlet=OUTLETS[written.outlet], translation=written.translation(),
        trace=written.trace(), story=None, copies=(), copied=(), credited=(),
    )  # fmt: skip


def words(row: Row, side: str) -> str:
    return "".join(run.text for sentence in getattr(row, side) for run in sentence.runs)


def original(reading: Reading) -> str:
    return "\n\n".join(words(row, "original") for row in reading.rows)


@pytest.mark.parametrize("written", [*FERRY, *CAVE, SLY], ids=lambda w: w.outlet)
def test_the_original_is_printed_whole(written: Written) -> None:
    assert written.article().text == original(read_article(view_of(written)))


def test_both_sides_of_a_pair_share_a_number() -> None:
    row = read_article(view_of(FERRY[0])).rows[0]
    assert [1, None, 2] == [s.number for s in row.original]
    assert [1, None, 2] == [s.number for s in row.translated]


def test_a_sentence_with_a_quote_is_marked_on_the_translated_side_too() -> None:
    row = read_article(view_of(FERRY[0])).rows[1]
    assert [("quote",), (), ()] == [s.kinds for s in row.translated]


def test_a_quote_is_listed_with_its_speaker_and_its_place() -> None:
    line = read_article(view_of(FERRY[0])).quotes[0]
    text = FERRY[0].article().text
    place = find(text, "Le fiamme sono partite dal ponte garage")
    assert ("Carla Vendramin", f"s{place.start}-{place.end}") == (line.speaker, line.anchor)


def test_a_receipt_is_marked_over_sentence_ends() -> None:
    span = find(FERRY[0].article().text, "nella notte. A bordo")
    reading = read_article(view_of(FERRY[0]), ("text", span))
    marked = [
        run.text
        for sentence in reading.rows[0].original
        for run in sentence.runs
        if "receipt" in run.kinds
    ]
    assert "nella notte. A bordo" == "".join(marked)


@pytest.mark.parametrize("tier", ["match", "none"])
def test_a_translation_for_grouping_alone_is_not_shown(tier: str) -> None:
    view = view_of(FERRY[0])
    assert isinstance(view.translation, Translation)
    hidden = replace(view, translation=replace(view.translation, tier=tier))  # type: ignore[arg-type]
    reading = read_article(hidden)
    assert None is reading.translation
    assert () == reading.rows[0].translated


def test_a_translation_without_alignment_stands_beside_paragraph_by_paragraph() -> None:
    view = view_of(FERRY[0])
    assert view.translation
    reading = read_article(replace(view, translation=replace(view.translation, alignment=())))
    assert view.translation.text == "\n\n".join(words(row, "translated") for row in reading.rows)
    assert view.article.text == original(reading)


def test_a_credit_among_what_was_left_out_is_marked_there() -> None:
    view = view_of(FERRY[0])
    joined = "\n".join(item.text for item in view.article.discarded)
    credit = Credit(
        outlet_id=None, outlet="archivio", kind="photo", span=find(joined, "archivio"), part="discarded"
    )  # fmt: skip
    reading = read_article(replace(view, trace=replace(view.trace, credits=(credit,))))
    marked = {
        left.reason: [run.text for text in left.texts for run in text if run.kinds]
        for left in reading.left_out
    }
    assert {"caption": ["archivio"], "related links": []} == marked


def test_a_block_in_another_language_says_so() -> None:
    article = FERRY[0].article()
    blocks = (replace(article.blocks[0], language="he"), *article.blocks[1:])
    view = replace(view_of(FERRY[0]), article=replace(article, blocks=blocks))
    assert [row.language for row in read_article(view).rows][:2] == ["he", None]


def test_an_article_without_blocks_is_one_row() -> None:
    view = view_of(FERRY[1])
    reading = read_article(replace(view, article=replace(view.article, blocks=())))
    assert 1 == len(reading.rows)
