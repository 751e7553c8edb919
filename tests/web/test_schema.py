"""The JSON interface and the pages, asked whatever a machine can think of, over a real socket and each kind of store."""

from __future__ import annotations

import http.client
import itertools
import json
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import uvicorn
from jsonschema_rs import Draft202012Validator

from worldtake.errors import UnknownItemError
from worldtake.newsroom import open_newsroom
from worldtake.settings import Settings
from worldtake.store import articles as shelf
from worldtake.store import press, search
from worldtake.store import stories as shelves
from worldtake.store.records import moment
from worldtake.store.stories import StoryRow
from worldtake.store.translations import keep_translation
from worldtake.testing.builders import (
    a_credit,
    a_story,
    a_trace,
    a_translation,
    an_article,
    an_outlet,
)
from worldtake.web import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.newsroom import Newsroom

_NUMBERS = itertools.count()
NOW = datetime(2026, 9, 16, 12, tzinfo=UTC)
FERRY = "All 214 people were taken off a ferry that burned off Ancona.\n\nNobody is missing."
TRAJEKT = "Vseh 214 ljudi so rešili s trajekta, ki je gorel pri kraju Ancona.\n\nNihče ni pogrešan."
#: Cases that are generated for each operation, beside those that cover its schema.
CASES = 12
FOREVER_SECONDS = 20
#: Ids and words that no honest reader would ask for, as they stand in an address.
HOSTILE = {
    "nul": "%00",
    "nul within": "si-od%00mev",
    "surrogate": "%ED%A0%80",
    "broken UTF-8": "%C0%AF%FF",
    "right to left": quote("\u202eصباح\u202c"),
    "10,000 letters": "a" * 10_000,
    "10,000 words": "+".join(["a1"] * 10_000),
    "10,000 signs": quote("海" * 3_000),
    "huge number": "9" * 5_000,
    "number beyond 64 bits": "9223372036854775808",
    "superscript number": quote("²"),
    "SQL": quote("' OR 1=1; DROP TABLE article; --"),
    "wildcards": quote("%_*?[]^"),
    "FTS": quote('"a" NEAR(b) AND NOT * : ^ -'),
    "tsquery": quote(r"a & !b | c:* <-> \'d"),
    "format": quote("{{7*7}}%s%n${x}"),
    "traversal": "..%2f..%2fetc%2fpasswd",
    "line break": "a%0d%0aSet-Cookie:%20x=1",
    "emoji": quote("🏴\u200d☠️"),
    "question": "a%3Fb%23c",
    "dots": "...",
}  # fmt: skip
PAGES = ("/story/{}", "/article/{}", "/country/{}", "/outlet/{}", "/{}", "/static/{}")
QUERIES = (
    "/search?q={}", "/search?q=ferry&before={}", "/?part={}", "/article/x?s={}", "/story/x?by={}",
)  # fmt: skip
API = tuple(f"/api/v1{path}" for path in (*PAGES[:4], *QUERIES[:2]))


@dataclass(frozen=True, slots=True)
class Served:
    """The site at an address, over a newsroom."""

    newsroom: Newsroom
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET") -> tuple[int, http.client.HTTPMessage, str]:
        """Return status, headers and text, for a path sent as it is."""
        call = http.client.HTTPConnection("127.0.0.1", self.port, timeout=FOREVER_SECONDS)
        try:
            call.request(method, path)
            answer = call.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            call.close()


@contextmanager
def served(newsroom: Newsroom) -> Iterator[Served]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(newsroom), log_level="critical", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield Served(newsroom, listener.getsockname()[1])
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(
    scope="module",
    params=[
        "sqlite",
        pytest.param(
            "postgresql", marks=[pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]
        ),
    ],
)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The site over a small press that was read, on each kind of store."""
    home = tmp_path_factory.mktemp("site")
    catalogue = home / "catalogue"
    catalogue.mkdir()
    store = None
    if request.param == "postgresql":
        import psycopg

        name = f"schema{next(_NUMBERS)}"
        address = str(request.getfixturevalue("postgresql"))
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        address = address.replace("postgresql://", "postgresql+psycopg://")
        store = address.replace("/postgres?", f"/{name}?")
    chosen = Settings(home=home, store=store, workers=0, cluster_wait_seconds=0)
    with open_newsroom(
        chosen, clock=lambda: NOW, loopback_hosts=("*.localhost",), catalogue=catalogue
    ) as newsroom:
        _shelve(newsroom)
        with served(newsroom) as opened:
            yield opened


def _shelve(newsroom: Newsroom) -> None:
    """Keep a story in two languages, with all that hangs on it."""
    home, abroad = an_outlet(id="us-lantern"), an_outlet(id="si-odmev", native_name="Kraški odmev")
    english = an_article(FERRY, outlet_id=home.id, title="All safe as ferry burns off Ancona")
    slovene = an_article(TRAJEKT, outlet_id=abroad.id, title="Trajekt v plamenih", language="sl")
    group = a_story([english, slovene])
    row = StoryRow(
        id=group.id, first=moment(group.first), last=moment(group.last), articles=group.articles
    )
    made = {"stage": "test", "version": 1}
    with newsroom.store.write() as connection:
        press.keep_outlets(connection, [home, abroad])
        for each in (english, slovene):
            shelf.keep_article(connection, each, page_id="p", **made)
            trace = a_trace(each, credits=(a_credit(each.text, "Ancona", outlet_id=home.id),))
            shelf.keep_traces(connection, [(trace, each)], **made)
        keep_translation(connection, a_translation(slovene, FERRY), told=None, **made)
        shelves.keep_grouping(connection, [row], {"older": group.id}, **made)
        search.index(
            connection,
            [
                search.Findable(article_id=each.id, title=each.title, body=each.text)
                for each in (english, slovene)
            ],
        )


@pytest.fixture
def ids(site: Served) -> dict[str, str]:
    """An id of each kind that there is."""
    card = site.newsroom.front().stories[0]
    return {"story_id": card.story.id, "article_id": card.lead.article_id} | {
        "outlet_id": card.lead.outlet.id,
        "code": "SI",
        "older": "older",
    }


def test_no_answer_breaks_or_is_other_than_described(site: Served) -> None:
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{site.url}/api/openapi.json",
        "--phases", "coverage,fuzzing", "--max-examples", str(CASES), "--continue-on-failure",
        "--checks", "all", "--generation-deterministic", "--request-timeout", str(FOREVER_SECONDS),
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=150)
    assert 0 == run.returncode, run.stdout + run.stderr


@pytest.mark.parametrize(
    "path", ["front", "status", "search?q=ancona", "story/{story_id}", "article/{article_id}", "country/{code}", "outlet/{outlet_id}"]
)  # fmt: skip
def test_every_view_has_the_shape_that_is_described(
    site: Served, ids: dict[str, str], path: str
) -> None:
    described = json.loads(site.ask("/api/openapi.json")[2])
    route = described["paths"][f"/api/v1/{path.partition('?')[0]}"]["get"]
    shape = route["responses"]["200"]["content"]["application/json"]["schema"]
    status, _, text = site.ask(f"/api/v1/{path.format(**ids)}")
    assert 200 == status
    Draft202012Validator(shape | {"components": described["components"]}).validate(json.loads(text))


def test_an_older_id_of_a_story_leads_on(site: Served, ids: dict[str, str]) -> None:
    status, headers, _ = site.ask("/api/v1/story/older")
    assert (308, f"/api/v1/story/{ids['story_id']}") == (status, headers["location"])


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_break_no_page(site: Served, hostile: str) -> None:
    answers = {path: site.ask(path.format(hostile)) for path in (*PAGES, *QUERIES)}
    assert {} == {path: said[0] for path, said in answers.items() if said[0] >= 500}
    assert not [path for path, said in answers.items() if "Set-Cookie" in said[1]]


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_are_answered_in_words(site: Served, hostile: str) -> None:
    answers = {path: site.ask(path.format(hostile)) for path in API}
    refused = {path: said for path, said in answers.items() if said[0] != 200}
    assert set() == {said[0] for said in refused.values()} - {404, 422}
    for _, headers, text in refused.values():
        assert "application/json" == headers["content-type"]
        assert len(json.loads(text)["detail"]) in range(10, 400)


def test_a_position_beyond_all_is_no_position(site: Served) -> None:
    assert 1 == len(site.newsroom.search("ancona", "9" * 19).headlines[:1])
    assert 1 == len(site.newsroom.search("ancona", "²").headlines[:1])


@pytest.mark.parametrize("words", ["anc\0ona", "ancona \ud800", "ancona " * 5_000])
def test_words_are_found_among_signs_that_no_text_holds(site: Served, words: str) -> None:
    found = site.newsroom.search(words.replace("\0", ""), None).headlines
    assert {"us-lantern", "si-odmev"} == {each.outlet.id for each in found}


@pytest.mark.parametrize("identity", ["a\0b", "\ud800", "a" * 100_000])
def test_ids_that_no_store_could_hold_are_unknown(site: Served, identity: str) -> None:
    house = site.newsroom
    for ask in (house.story, house.article, house.outlet, house.country):
        with pytest.raises(UnknownItemError, match="no ") as caught:
            ask(identity)
        assert len(str(caught.value).encode()) < 400


@pytest.mark.parametrize("path", ["/api/nope", "/api/v1/", "/api/v1/nope", "/api/v1/story/"])
def test_an_unknown_path_for_programs_is_not_found_in_json(site: Served, path: str) -> None:
    status, headers, text = site.ask(path)
    assert (404, "application/json") == (status, headers["content-type"])
    assert "no page at this address" in json.loads(text)["detail"]


@pytest.mark.parametrize("path", ["/api/v1/front", "/api/v1/search?q=a", "/", "/status"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
def test_another_method_is_refused_and_the_right_one_named(
    site: Served, path: str, method: str
) -> None:
    status, headers, _ = site.ask(path, method)
    assert 405 == status
    assert "GET" in headers["allow"]


def test_a_program_is_told_which_part_is_wrong(site: Served) -> None:
    status, _, text = site.ask("/api/v1/search?before=x")
    assert 422 == status
    assert json.loads(text)["detail"].startswith("q: Field required; before: ")
