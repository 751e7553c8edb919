"""Why a page was read as it was: every block has its label and what moved the trees, every value the place it is from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldtake.extract import Explanation, ExtractArticle, explain, explanation_json
from worldtake.extract.classify import shipped
from worldtake.extract.columns import BLOCK_COLUMNS, LINE_COLUMNS, Column
from worldtake.extract.cues import NAMES
from worldtake.extract.dom import Dom
from worldtake.extract.features import Stated, block_features
from worldtake.extract.habits import line_key
from worldtake.extract.hints import _NAMES, TAGS
from worldtake.extract.labels import LABELS, REPLACED
from worldtake.extract.phrases import _BEGINNINGS
from worldtake.extract.plain import ROLES
from worldtake.extract.prose import Trees, reader
from worldtake.extract.trees import Forest, packed, unpacked
from worldtake.model import Article, OutletHabits, Page

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAGES = sorted((Path(__file__).parents[1] / "pages").rglob("source.*"))
NOW = datetime(2026, 9, 16, 12, tzinfo=UTC)
PAGE = """<!doctype html><html lang="en"><head><title>Tram stops early | The Paper</title>
<meta property="og:title" content="Tram stops early"><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2026-09-08T09:00:00+02:00"></head><body>
<nav class="main-menu"><a href="/a">Home</a> <a href="/b">World</a></nav><article><h1>Tram stops early</h1>
<p>The last tram of the city stopped an hour early on Monday, and nobody could say why it had done so.</p>
<p>"We are looking into it," said Ana Kovač, who speaks for the tram company, in a hall full of people.</p>
<p>According to the mayor, the same had happened in two other cities within a week, and with the same trams.</p>
</article><footer>Imprint</footer></body></html>"""
#: The same with enough blocks for the trees to be asked.
LARGE = PAGE.replace(
    "</nav>", "</nav><ul>" + "".join(f"<li><a href='/{n}'>Part {n}</a></li>" for n in range(30)) + "</ul>"
)  # fmt: skip
TEXT = """Home
World

Tram stops early

The last tram of the city stopped an hour early on Monday, and nobody could say why it had done so.

"We are looking into it," said Ana Kovač, who speaks for the tram company, in a hall full of people.

Share this article
"""


def page_of(text: str, media_type: str = "text/html") -> Page:
    return Page(url="https://paper.example/tram", body=text.encode(), fetched=NOW, media_type=media_type)  # fmt: skip


def explained(text: str, media_type: str = "text/html") -> Explanation:
    return explain(page_of(text, media_type), ExtractArticle())


def page_at(path: Path) -> Page:
    kind = "text/plain" if path.suffix == ".txt" else "text/html"
    return Page(url="https://paper.example/1", body=path.read_bytes(), fetched=NOW, media_type=kind)


def random_rows(seed: int, columns: int) -> NDArray[np.float64]:
    return np.random.default_rng(seed).normal(0, 3, (7, columns))


@given(seed=st.integers(0, 10**6), counted=st.booleans())
def test_the_shares_of_all_columns_add_up_to_the_log_odds(seed: int, *, counted: bool) -> None:
    forest = shipped().forest
    forest = forest if counted else replace(forest, counts=None)
    rows = random_rows(seed, len(BLOCK_COLUMNS)).astype(np.float32)
    odds = forest.start + forest.shares(rows).sum(1)
    np.testing.assert_allclose(forest.chances(rows), 1 / (1 + np.exp(-odds)), rtol=1e-4)


@given(seed=st.integers(0, 10**6), counted=st.booleans())
def test_the_shares_of_lines_add_up_too(seed: int, *, counted: bool) -> None:
    trees = reader().body
    trees = trees if counted else replace(trees, counts=None)
    rows = random_rows(seed, len(NAMES))
    start, shares = trees.shares(rows)
    np.testing.assert_allclose(trees.odds(rows), start + shares.sum(1))


def test_a_column_that_no_tree_asks_for_moves_nothing() -> None:
    forest = shipped().forest
    shares = forest.shares(random_rows(1, len(BLOCK_COLUMNS)).astype(np.float32))
    asked = set(forest.columns[forest.levels].ravel().tolist())
    assert 0.0 == np.abs(shares[:, [n for n in range(shares.shape[1]) if n not in asked]]).sum()


def test_a_question_is_credited_with_the_change_of_the_mean_of_the_leaves() -> None:
    forest = Forest(
        columns=np.array([0, 1], np.int16),
        borders=np.zeros(2, np.float32),
        levels=np.array([[0], [1]], np.int16),
        leaves=np.array([[0, 2, 4, 10]], np.float32),
        bias=0.5,
    )
    # Of the four leaves, 0 to 3, the lower bit is the first question: the means are 4, then 6 for yes, then 10 for yes again.
    assert (4.5, [[2.0, 4.0]]) == (forest.start, forest.shares(np.ones((1, 2), np.float32)).tolist())  # fmt: skip


def test_leaves_weigh_as_what_was_learned_from_came_to_them() -> None:
    forest = Forest(
        columns=np.array([0], np.int16),
        borders=np.zeros(1, np.float32),
        levels=np.array([[0]], np.int16),
        leaves=np.array([[0, 8]], np.float32),
        bias=0.0,
        counts=np.array([[3.0, 1.0]]),
    )
    shares = forest.shares(np.ones((1, 1), np.float32))
    assert (2.0, 6.0) == (round(forest.start, 3), round(float(shares[0, 0]), 3))
    rows = np.array([[1], [1], [-1]], np.float32)
    assert [[5.0, 3.0]] == forest.reached(rows, np.array([1.0, 2.0, 5.0])).tolist()


def test_a_line_weighs_as_the_node_it_passes() -> None:
    trees = Trees(
        start=1.0,
        columns=np.array([[0]]),
        thresholds=np.array([[0.0]]),
        leaves=np.array([[0.0, 8.0]]),
        counts=np.array([[1.0, 1.0]]),
    )
    start, shares = trees.shares(np.ones((1, 1)))
    assert (5.0, [[4.0]]) == (round(start, 3), np.round(shares, 3).tolist())


def test_packed_counts_come_back_within_three_per_cent() -> None:
    counts = np.array([0.0, 1.0, 18.0, 70_000.0])
    np.testing.assert_allclose(unpacked(packed(counts)), counts, rtol=0.03)


def test_the_shipped_trees_know_how_often_each_leaf_was_reached() -> None:
    assert (True, True) == (shipped().forest.counts is not None, reader().body.counts is not None)


def test_every_column_has_a_name_in_plain_language() -> None:
    blocks = block_features(Dom(), Stated())[1]
    assert (sorted(blocks), sorted(NAMES)) == (sorted(BLOCK_COLUMNS), sorted(LINE_COLUMNS))


def test_no_two_columns_have_the_same_name() -> None:
    for columns in (BLOCK_COLUMNS, LINE_COLUMNS):
        words = [each.words for each in columns.values()]
        assert [] == [each for each in words if words.count(each) > 1]


def test_every_label_has_words() -> None:
    named = {*ROLES, *TAGS.values(), *(reason for reason, _ in _NAMES), *_BEGINNINGS}
    found = {
        block.label for path in PAGES for block in explain(page_at(path), ExtractArticle()).blocks
    }
    assert set() == (named | found) - set(LABELS)


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        (Column(words="w", kind="yes"), 1.0, "yes"),
        (Column(words="w", kind="no"), 1.0, "no"),
        (Column(words="w", kind="share"), 0.125, "12%"),
        (Column(words="w", kind="share"), -1.0, "none"),
        (Column(words="w", kind="steps"), 0.0, "none"),
        (Column(words="w", kind="signed"), -3.0, "-3"),
        (Column(words="w", kind="log1"), float(np.log1p(140)), "140"),
        (Column(words="w"), 1234.5, "1,234"),
        (Column(words="w"), 1.25, "1.2"),
    ],
)
def test_numbers_are_shown_as_what_they_are(column: Column, value: float, shown: str) -> None:
    assert shown == column.shown(value)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_the_blocks_that_are_kept_are_the_article(path: Path) -> None:
    page = page_at(path)
    found, article = explain(page, ExtractArticle()), ExtractArticle()(page)
    if isinstance(article, Article):
        kept = [(each.text, each.label) for each in found.blocks if each.kept]
        assert [(b.span.cut(article.text), b.role) for b in article.blocks] == kept


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_what_is_left_out_is_said_with_its_reason(path: Path) -> None:
    page = page_at(path)
    found, article = explain(page, ExtractArticle()), ExtractArticle()(page)
    if isinstance(article, Article):
        left = [
            (each.text, each.label)
            for each in found.blocks
            if each.state == "left out" and each.label != REPLACED
        ]
        assert [(each.text, each.reason) for each in article.discarded] == left


def test_blocks_stand_in_page_order_with_what_they_are() -> None:
    found = [(each.label, each.state) for each in explained(PAGE).blocks]
    assert [
        ("navigation", "left out"),
        ("title", "title"),
        *[("paragraph", "text")] * 3,
        ("footer", "left out"),
    ] == found


def test_a_block_says_what_it_stands_in_and_what_that_says_of_itself() -> None:
    first = explained(PAGE).blocks[0]
    assert (("html", "body", "nav.main-menu"), "navigation") == (first.path, first.says)


def test_reasons_for_the_answer_come_before_those_against_it() -> None:
    found = explained(LARGE)
    for block in found.blocks:
        signs = [reason.share > 0 for reason in block.reasons]
        assert block.chance is not None
        assert sorted(signs, reverse=block.chance >= found.threshold) == signs
        assert 0 < len(signs)


def test_on_a_page_with_few_blocks_the_trees_are_not_asked() -> None:
    found = explained(PAGE)
    assert {(None, ())} == {(each.chance, each.reasons) for each in found.blocks}
    assert any("too few for the trees" in each for each in found.notes)


def test_where_the_trees_find_no_text_that_is_noted() -> None:
    bare = "<html><body>" + "".join(f"<p><a href='/{n}'>Part {n}</a></p>" for n in range(40))
    found = explained(bare)
    assert any("The trees found no text" in each for each in found.notes)
    assert all(each.chance is not None for each in found.blocks)


def test_a_rule_that_overrules_the_classifier_says_what_it_goes_by() -> None:
    notice = "We value your privacy. We and our partners use cookies to show you what you may like, and to count who reads it."
    twice = LARGE.replace("</article>", f"<p>{notice}</p><p>{notice}</p></article>")
    rules = {block.label: block.rule for block in explained(twice).blocks if block.rule}
    assert ["repeated"] == list(rules)
    assert rules["repeated"].endswith("or is a notice on privacy said again")


def test_a_line_that_recurs_is_left_out_by_a_rule() -> None:
    line = "The Paper has told of the harbour and its people since 1911, every day but Sunday."
    text = PAGE.replace("</article>", f"<p>{line}</p></article>")
    habits = OutletHabits(lines=(line_key(line),))
    found = explain(replace(page_of(text), habits=habits), ExtractArticle())
    said = {block.text: (block.label, block.rule) for block in found.blocks}
    assert ("recurring", "it recurs on pages of this outlet") == said[line]


def test_each_value_says_where_it_was_found() -> None:
    values = {each.name: each for each in explained(PAGE).values}
    assert ("Tram stops early", "The Paper") == (values["title"].value, values["site"].value)
    assert "2026-09-08T09:00:00+02:00" == values["published"].value
    assert all(values[name].place for name in ("title", "site", "published"))


def test_a_plain_text_page_is_explained_by_its_lines() -> None:
    found = explained(TEXT, "text/plain")
    assert "text" == found.form
    assert [each.raw.cut(TEXT) for each in found.blocks if each.raw] == [
        each.text for each in found.blocks
    ]
    kept = [each.text[:8] for each in found.blocks if each.kept]
    assert ["The last", '"We are '] == kept


def test_a_page_without_text_says_so() -> None:
    found = explained("<html><body><nav><a href='/'>Home</a></nav></body></html>")
    assert (None, "the page holds no text of an article") == (found.article, found.skipped)


def test_what_is_too_long_for_an_article_is_explained_as_far_as_its_blocks_go() -> None:
    paragraph = "<p>The last tram of the city stopped an hour early on Monday.</p>"
    long, longer = (f"<article>{paragraph * times}</article>" for times in (4000, 11_000))
    found = [(each.skipped, len(each.blocks)) for each in map(explained, (long, longer))]
    too_long = "the page is more than an article can be"
    assert [(too_long, 4000), (too_long, 0)] == found


def test_a_page_that_nests_deep_is_explained() -> None:
    paragraph = "<p>The last tram of the city stopped an hour early on Monday, nobody knew why.</p>"
    assert 5 == len(explained("<div>" * 3000 + paragraph * 5).blocks)


def test_what_was_mended_in_the_characters_is_noted() -> None:
    twice = PAGE.replace("Kovač", "KovaÄ\x8dÅ¡Å¾Ä‡Ä‘Ä\x8dÅ¡Å¾Ä‡Ä‘")
    assert any("encoded twice" in each for each in explained(twice).notes)


def test_text_that_a_page_does_not_show_is_noted() -> None:
    path = next(each for each in PAGES if each.parent.name == "json-ld-only")
    found = explain(page_at(path), ExtractArticle())
    assert any("out of sight: json-ld" in each.lower() for each in found.notes), found.notes


def test_json_holds_every_block_and_value() -> None:
    found = explained(LARGE)
    values = explanation_json(found)
    assert [each.text for each in found.blocks] == [each["text"] for each in values["blocks"]]
    assert [each.name for each in found.values] == [each["name"] for each in values["values"]]
    assert {"column", "words", "value", "log_odds"} == set(values["blocks"][0]["reasons"][0])


def test_the_same_page_is_explained_the_same_way_again() -> None:
    assert explanation_json(explained(LARGE)) == explanation_json(explained(LARGE))
