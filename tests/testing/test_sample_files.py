from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from worldtake.errors import UnreadableInputError
from worldtake.testing.sample_files import read_outlets, read_stories, read_words, sample_folder

if TYPE_CHECKING:
    from pathlib import Path

    from worldtake.testing.sample_nouns import SampleArticle

SOURCE = {
    "id": "x-1",
    "outlet": "gb-atlasnews",
    "language": "en",
    "published": "2026-09-08T10:00:00+01:00",
    "title": ["A bridge opens", None],
    "paragraphs": [
        [["A bridge opened.", None], ["It is blue.", None]],
        [["Nobody fell in.", None]],
    ],
}
COPY = {
    "id": "x-2",
    "outlet": "us-harborledger",
    "from": "x-1",
    "kind": "edit",
    "published": "2026-09-08T07:00:00-04:00",
    "title": ["Bridge opens abroad", None],
}
GOLD = {"differences": [], "corrections": [], "chains": [], "gaps": [], "shared_quotes": []}


def built(folder: Path, **changes: object) -> SampleArticle:
    """Build the copy with `changes` from a story file of two articles."""
    (folder / "stories").mkdir()
    story = {"story": "x", "title_en": "X", "articles": [SOURCE, COPY | changes], "gold": GOLD}
    dates = yaml.safe_dump(story, allow_unicode=True).replace("'2026", "2026").replace("00'", "00")
    (folder / "stories" / "x.yaml").write_text(dates, encoding="utf-8")
    shipped = sample_folder()
    _, articles = read_stories(folder, read_outlets(shipped), read_words(shipped))
    return articles[1]


def test_a_copy_keeps_all_of_its_source_unless_told(tmp_path: Path) -> None:
    assert built(tmp_path).text() == "A bridge opened. It is blue.\n\nNobody fell in."


def test_a_dateline_stands_before_the_first_sentence(tmp_path: Path) -> None:
    copy = built(tmp_path, dateline="OSLO (Atlas) — ", keep=[1])
    assert copy.text() == "OSLO (Atlas) — Nobody fell in."


def test_a_credit_line_stands_last(tmp_path: Path) -> None:
    copy = built(tmp_path, credit_line=["(Atlas)", None], keep=[0])
    assert copy.text() == "A bridge opened. It is blue.\n\n(Atlas)"


def test_sentences_are_replaced_and_paragraphs_inserted(tmp_path: Path) -> None:
    copy = built(
        tmp_path,
        replace={"It is blue.": ["It is green.", None]},
        insert=[[1, [["Ours came too.", None]]]],
    )
    assert copy.text() == "A bridge opened. It is green.\n\nOurs came too.\n\nNobody fell in."


def test_a_copy_has_its_sources_language_and_its_own_title(tmp_path: Path) -> None:
    copy = built(tmp_path)
    assert (copy.language, copy.title.source, copy.source_id) == (
        "en",
        "Bridge opens abroad",
        "x-1",
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"from": "x-9"}, "its source x-9 does not stand above it"),
        ({"outlet": "us-nobody"}, "outlet us-nobody is not in outlets.yaml"),
        ({"replace": {"It is red.": ["No.", None]}}, "sentences to replace are not in x-1"),
    ],
)
def test_a_recipe_that_does_not_fit_is_an_error(
    tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(UnreadableInputError, match=message):
        built(tmp_path, **changes)
