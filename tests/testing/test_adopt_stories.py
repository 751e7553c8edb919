from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from worldtake.testing.adopt_stories import adopt, lost_words
from worldtake.testing.sample_files import sample_folder
from worldtake.testing.sample_nouns import SampleFigure

if TYPE_CHECKING:
    from worldtake.testing import Sample

STORIES = Path(str(sample_folder() / "stories"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "new").mkdir()
    (tmp_path / "shipped").mkdir()
    shutil.copy(STORIES / "s04-cave.yaml", tmp_path / "new")
    return tmp_path


def test_stories_that_fit_are_copied(folder: Path) -> None:
    assert adopt(folder / "new", folder / "shipped") == ()
    assert [path.name for path in (folder / "shipped").iterdir()] == ["s04-cave.yaml"]


def test_a_story_with_lost_words_is_not_copied(folder: Path) -> None:
    path = folder / "new" / "s04-cave.yaml"
    story = path.read_text(encoding="utf-8")
    path.write_text(
        story.replace('figures:\n      - {text: "', 'figures:\n      - {text: "X'), "utf-8"
    )
    wrong = adopt(folder / "new", folder / "shipped")
    assert wrong
    assert wrong[0].startswith("s04-sl-1: not in its text: X")
    assert list((folder / "shipped").iterdir()) == []


def test_planted_words_that_are_not_printed_are_lost(sample: Sample) -> None:
    figure = SampleFigure(text="no such words", value=1, unit="people", measures="seen")
    article = replace(sample.articles[0], figures=(figure,))
    assert lost_words(sample.articles[0]) == ()
    assert lost_words(article) == ("no such words",)
