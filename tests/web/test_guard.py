from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of
from tests.web.press import SmallPress

from worldtake.web.guard import host_name


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:1"])
def test_loopback_names_are_answered(client: TestClient, host: str) -> None:
    assert 200 == client.get("/healthz", headers={"host": host}).status_code


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil@localhost", "", "localhost/x", "[::1"]
)
def test_other_names_are_refused(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert 400 == answer.status_code
    assert "worldtake does not answer to this name" in answer.text


def test_a_name_that_is_allowed_is_answered() -> None:
    client = client_of(SmallPress(), allowed_hosts=("News.example",))
    assert 200 == client.get("/healthz", headers={"host": "news.example:80"}).status_code


def test_a_star_allows_every_name() -> None:
    client = client_of(SmallPress(), allowed_hosts=("*",))
    assert 200 == client.get("/healthz", headers={"host": "any.example"}).status_code


@pytest.mark.parametrize(
    "path", ["/", "/nope", "/api/v1/front", "/static/nope", "/story/old", "/?part=wrong"]
)
def test_every_answer_is_guarded(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "nosniff" == headers["x-content-type-options"]
    assert "no-referrer" == headers["referrer-policy"]


def test_a_page_that_breaks_is_guarded_and_tells_no_secret() -> None:
    class Broken(SmallPress):
        def front(self):  # noqa: ANN202 never returns
            message = "secret of the house"
            raise RuntimeError(message)

    app = client_of(Broken()).app
    client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
    answer = client.get("/")
    assert 500 == answer.status_code
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_host_header_is_read_without_its_port() -> None:
    assert "::1" == host_name("[::1]:80")
    assert "a.example" == host_name("A.example:1")
    assert None is host_name("a.example:1/x")
