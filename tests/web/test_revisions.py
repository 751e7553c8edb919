from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from lxml import html
from tests.web.conftest import client_of
from tests.web.press import FERRY, HOSTILE, NIGHT, SmallPress

from worldtake.model.revisions import Revision
from worldtake.text.changes import changes
from worldtake.web.revisions import Passage, revision_lines

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from worldtake.model.views import ArticleView

FILLER = "The ship was built in 1998 and sails between two ports. " * 8


def revision(before: str, after: str, number: int = 1, **more: object) -> Revision:
    values = {
        "number": number,
        "seen": NIGHT + timedelta(hours=number),
        "title_before": "Ferry burns",
        "title_after": "Ferry burns",
        "text_before": before,
        "text_after": after,
        "changes": changes(before, after),
    }
    return Revision(**(values | more))  # type: ignore[arg-type]


REVISIONS = (
    revision(
        "Twelve people of the crew and of the passengers are injured.",
        f"Nineteen people of the crew and of the passengers {HOSTILE[0]} are injured.",
    ),
    revision(
        f"One. {FILLER}A. {FILLER}Last.",
        f"Two. {FILLER}A new one. {FILLER}Last.",
        number=2,
        title_after=f"All safe {HOSTILE[1]}",
        read_otherwise=True,
    ),
)


class Revised(SmallPress):
    """The small press, every article of which was changed twice."""

    def article(self, article_id: str) -> ArticleView:
        return replace(super().article(article_id), revisions=REVISIONS)


@pytest.fixture
def client() -> TestClient:
    return client_of(Revised())


def shown(passage: Passage) -> list[tuple[str, str]]:
    return [(piece.fate, piece.text) for piece in passage.pieces]


def test_a_change_is_shown_with_the_words_round_it() -> None:
    [line] = revision_lines([revision("Twelve are injured.", "Nineteen are injured.")])
    [passage] = line.passages
    assert [("out", "Twelve"), ("in", "Nineteen"), ("kept", " are injured.")] == shown(passage)
    assert (False, False, None) == (passage.cut_before, passage.cut_after, line.title)


def test_changes_far_from_each_other_are_passages_of_their_own() -> None:
    newest = revision_lines(REVISIONS)[0]
    assert [(False, True), (True, True)] == [(p.cut_before, p.cut_after) for p in newest.passages]
    assert all(len(piece.text) < 120 for p in newest.passages for piece in p.pieces)


def test_the_newest_revision_comes_first() -> None:
    assert [2, 1] == [line.number for line in revision_lines(REVISIONS)]


def test_a_text_without_spaces_is_cut_all_the_same() -> None:
    before, after = "船" * 500 + "甲" + "船" * 500, "船" * 500 + "乙" + "船" * 500
    [passage] = revision_lines([revision(before, after)])[0].passages
    assert ["kept", "out", "in", "kept"] == [fate for fate, _ in shown(passage)]
    assert sum(len(text) for _, text in shown(passage)) < 200


def test_very_many_changes_are_counted() -> None:
    texts = [" ".join(f"{word}{n}. {FILLER}" for n in range(40)) for word in ("old", "new")]
    [line] = revision_lines([revision(*texts)])
    assert (30, 10) == (len(line.passages), line.more)


def test_the_article_page_marks_what_was_taken_out_and_put_in(client: TestClient) -> None:
    tree = html.document_fromstring(client.get(f"/article/{FERRY[0].article().id}").text)
    [section] = tree.cssselect("#versions")
    assert ["Version 3", "Version 2"] == [
        each.text_content().split(",")[0] for each in section.cssselect("summary")
    ]
    assert "taken out: Twelve" in [each.text_content() for each in section.cssselect("del")]
    assert f"put in: All safe {HOSTILE[1]}" in [
        each.text_content() for each in section.cssselect("ins")
    ]
    assert [] == section.cssselect("script, img")
    assert "2 changes seen" in tree.cssselect(".article-head")[0].text_content()
    assert "newer version of worldtake" in section.text_content()


def test_the_interface_gives_the_revisions(client: TestClient) -> None:
    found = client.get(f"/api/v1/article/{FERRY[0].article().id}").json()["revisions"]
    assert [1, 2] == [each["number"] for each in found]
    assert [0, 6, 0, 8] == found[0]["changes"][0]


def test_an_article_that_did_not_change_says_nothing_of_versions() -> None:
    page = client_of(SmallPress()).get(f"/article/{FERRY[0].article().id}").text
    assert "versions" not in page
