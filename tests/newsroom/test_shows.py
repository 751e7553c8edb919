"""What views say of translations, over a real store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from worldtake.model import Aligned, Span
from worldtake.newsroom import open_newsroom
from worldtake.settings import Settings
from worldtake.store import articles as shelf
from worldtake.store import press
from worldtake.store.translations import keep_translation
from worldtake.testing.builders import a_maker, a_trace, a_translation, an_article, an_outlet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from worldtake.model import Article
    from worldtake.model.views import ArticleView, Headline
    from worldtake.newsroom import Newsroom

NOW = datetime(2026, 9, 16, 12, tzinfo=UTC)
SOURCE = "Svetilke spet gorijo. Prišlo je dvesto ljudi."
TARGET = "The lanterns burn again. Prišlo je dvesto ljudi."
SLOVENE = an_article(SOURCE, outlet_id="si-odmev", language="sl", title="Svetilke v pristanišču")
#: The first sentence is translated, the second stands in the original.
PAIRS = (
    Aligned(source=Span(0, 21), target=Span(0, 24), maker=0),
    Aligned(source=Span(22, 45), target=Span(25, 48), flags=("untranslated",)),
)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Newsroom]:
    with opened(tmp_path) as newsroom:
        yield newsroom


def opened(folder: Path, **settings: Any) -> Newsroom:
    (folder / "catalogue").mkdir()
    chosen = Settings(home=folder / "home", workers=0, **settings)
    return open_newsroom(chosen, clock=lambda: NOW, catalogue=folder / "catalogue")


def shelve(newsroom: Newsroom, article: Article = SLOVENE, **changes: Any) -> None:
    """Keep an article with its translation."""
    told = {"title": "Lanterns in the harbour", "alignment": PAIRS, "makers": (a_maker(),)}
    translation = a_translation(article, TARGET, **(told | changes))
    made = {"stage": "test", "version": 1}
    with newsroom.store.write() as connection:
        press.keep_outlets(connection, [an_outlet(id="si-odmev")])
        shelf.keep_article(connection, article, page_id="p", **made)
        shelf.keep_traces(connection, [(a_trace(article), article)], **made)
        keep_translation(connection, translation, told=None, **made)


def line(newsroom: Newsroom) -> Headline:
    return newsroom.outlet("si-odmev").headlines[0]


def view(newsroom: Newsroom) -> ArticleView:
    return newsroom.article(SLOVENE.id)


def test_a_line_is_in_the_readers_language_as_far_as_it_is_translated(home: Newsroom) -> None:
    shelve(home)
    assert ("Lanterns in the harbour", "good", "The lanterns burn again.", "en") == (
        line(home).title, line(home).tier, line(home).extract, line(home).extract_language,
    )  # fmt: skip


def test_a_headline_left_in_the_original_is_no_translation(home: Newsroom) -> None:
    shelve(home, title=SLOVENE.title, title_flags=("untranslated",))
    assert (SLOVENE.title, False, "en") == (
        line(home).title, line(home).translated, line(home).extract_language,
    )  # fmt: skip


def test_an_article_without_headline_is_named_by_its_translated_beginning(home: Newsroom) -> None:
    shelve(home, an_article(SOURCE, outlet_id="si-odmev", language="sl", title=""), title="")
    assert ("The lanterns burn again. …", "good") == (line(home).title, line(home).tier)


@pytest.mark.parametrize("hidden", [{"tier": "match"}, {"engine": "none", "tier": "none"}])
def test_a_translation_for_grouping_alone_is_in_no_view(
    home: Newsroom, hidden: dict[str, str]
) -> None:
    shelve(home, waits="budget", waits_for="deepl", **hidden)
    assert (SLOVENE.title, "none", SOURCE) == (
        line(home).title,
        line(home).tier,
        line(home).extract,
    )
    known = view(home).translation
    assert known
    assert ("", "", (), "budget", "deepl") == (
        known.title, known.text, known.alignment, known.waits, known.waits_for,
    )  # fmt: skip
    assert "OPUS-MT sl-en" == known.makers[0].model


def test_a_language_that_the_reader_reads_stays_as_it_was_printed(tmp_path: Path) -> None:
    with opened(tmp_path, reads=("sl-SI",)) as newsroom:
        shelve(newsroom)
        assert (SLOVENE.title, "none") == (line(newsroom).title, line(newsroom).tier)
        assert view(newsroom).reads
        assert "Lanterns in the harbour" == getattr(view(newsroom).translation, "title", None)


def test_another_language_is_not_read(home: Newsroom) -> None:
    shelve(home)
    assert not view(home).reads
