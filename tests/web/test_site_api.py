from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.press import FERRY, story_of

if TYPE_CHECKING:
    from starlette.testclient import TestClient

STORY = f"/api/v1/story/{story_of(FERRY).id}"


def test_a_story_is_given_as_data(client: TestClient) -> None:
    story = client.get(STORY).json()
    assert "Ferry ablaze, everyone safe" == story["card"]["title"]
    assert [2, 3] == [story["lineage"]["origins_low"], story["lineage"]["origins_high"]]


@pytest.mark.parametrize(
    "path", ["front", "country/IT", "outlet/ke-shore", "search?q=ferry", "status"]
)
def test_every_view_is_given_as_data(client: TestClient, path: str) -> None:
    assert 200 == client.get(f"/api/v1/{path}").status_code


def test_an_article_is_given_with_its_whole_text(client: TestClient) -> None:
    article = FERRY[3].article()
    assert article.text == client.get(f"/api/v1/article/{article.id}").json()["article"]["text"]


def test_an_old_story_id_leads_to_the_permanent_address(client: TestClient) -> None:
    answer = client.get("/api/v1/story/old")
    assert (308, STORY) == (answer.status_code, answer.headers["location"])


def test_what_is_unknown_is_an_error_in_json(client: TestClient) -> None:
    answer = client.get("/api/v1/story/x")
    assert 404 == answer.status_code
    assert {"detail": "no story x: it may be of another store"} == answer.json()


def test_the_interface_describes_itself(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {
        "/api/v1/front", "/api/v1/story/{story_id}", "/api/v1/article/{article_id}",
        "/api/v1/search", "/api/v1/country/{code}", "/api/v1/outlet/{outlet_id}", "/api/v1/status",
    } == set(paths)  # fmt: skip
