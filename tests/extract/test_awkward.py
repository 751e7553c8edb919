"""Pages of awkward layouts and other scripts: what an article's text, title, authors and time must be, said by hand before any was read.

Each case of `tests/pages/awkward` is a page of invented news with its `truth.json`: `body` must all be there, `not_body` nowhere.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from golden import PAGES, page_of

from worldtake.extract import ExtractArticle
from worldtake.model import Article
from worldtake.text.fold import squeeze

AWKWARD = PAGES / "awkward"
#: What is not reached yet: claim -> cases. A case that is reached fails until it is taken out of here.
AWAITED: dict[str, tuple[str, ...]] = {
    "body": (),
    "not_body": (
        "english-div-br",
        "english-gallery",
        "russian-read-also",
        "ukrainian-captions",
    ),
    "order": (),
    "blocks": (),
    "title": (),
    "authors": ("korean-portal", "russian-read-also"),
    "published": (),
}


def cases(claim: str) -> list[Any]:
    waits = pytest.mark.xfail(reason="awaited", strict=True)
    return [
        pytest.param(each, id=each.name, marks=waits if each.name in AWAITED[claim] else ())
        for each in sorted(AWKWARD.iterdir())
    ]


def read(folder: Path) -> Article:
    article = ExtractArticle()(page_of(folder))
    assert isinstance(article, Article), article
    return article


def truth(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "truth.json").read_text("utf-8")))


@pytest.mark.parametrize("folder", cases("body"))
def test_every_paragraph_is_in_the_text(folder: Path) -> None:
    text = squeeze(read(folder).text)
    assert [] == [part for part in truth(folder)["body"] if squeeze(part) not in text]


@pytest.mark.parametrize("folder", cases("not_body"))
def test_no_caption_teaser_or_box_is_in_the_text(folder: Path) -> None:
    text = squeeze(read(folder).text)
    assert [] == [part for part in truth(folder)["not_body"] if squeeze(part) in text]


@pytest.mark.parametrize("folder", cases("order"))
def test_the_paragraphs_keep_their_order(folder: Path) -> None:
    text = squeeze(read(folder).text)
    places = [text.find(squeeze(part)) for part in truth(folder)["body"]]
    assert sorted(places) == places


@pytest.mark.parametrize("folder", cases("title"))
def test_the_title_is_the_headline_alone(folder: Path) -> None:
    assert truth(folder)["title"] == read(folder).title


@pytest.mark.parametrize("folder", cases("authors"))
def test_the_authors_are_those_named(folder: Path) -> None:
    assert tuple(truth(folder)["authors"]) == read(folder).authors


@pytest.mark.parametrize("folder", cases("published"))
def test_the_time_is_the_one_stated(folder: Path) -> None:
    assert datetime.fromisoformat(truth(folder)["published"]) == read(folder).published


@pytest.mark.parametrize("folder", cases("blocks"))
def test_no_block_of_the_text_is_the_title_or_the_byline(folder: Path) -> None:
    article, said = read(folder), truth(folder)
    blocks = {squeeze(article.text[each.span.start : each.span.end]) for each in article.blocks}
    assert set() == blocks & {said["title"], *said["authors"]}
