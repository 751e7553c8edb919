"""A real hub on loopback calls the real site, and the site calls it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import http.client
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import uvicorn

from worldtake.http import Door, DoorSettings
from worldtake.newsroom import open_newsroom
from worldtake.newsroom.hubs import (
    AGAIN_SECONDS,
    LEAVE_TRIES,
    LONGEST_SECONDS,
    Delivery,
    subscribe_due,
)
from worldtake.settings import Settings
from worldtake.store import ledger, press, subscriptions
from worldtake.store.records import moment
from worldtake.testing.builders import a_feed, an_outlet
from worldtake.web import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from worldtake.newsroom import Newsroom
    from worldtake.store.subscriptions import Subscription

NOW = datetime(2026, 9, 16, 12, tzinfo=UTC)
TOPIC = "https://lantern.test/rss.xml"
HOSTS = ("*.localhost",)
LEASE_SECONDS = 6 * 86_400
WAIT_SECONDS = 10.0
NEWS = ["https://lantern.test/news/1", "https://lantern.test/news/2"]
RSS = b"""<rss version="2.0"><channel><title>Lantern</title>
<item><title>Ferry burns</title><link>https://lantern.test/news/1</link></item>
<item><title>All safe</title><link>https://lantern.test/news/2</link></item>
</channel></rss>"""


class Clock:
    """A clock that goes when told."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def go(self, **time: float) -> None:
        self.now += timedelta(**time)


class Hub:
    """A hub that asks back at once, in the call, unless it is told otherwise."""

    def __init__(self) -> None:
        #: Forms received, newest last.
        self.forms: list[dict[str, str]] = []
        #: What it answers, and where it sends on; None answers.
        self.status = 202
        self.sends_on: int | None = None
        #: What of its question back is other than it should be; None asks nothing back.
        self.changes: dict[str, str] | None = {}
        self.asks_late = False
        self.slow_seconds = 0.0
        #: What was answered to its questions.
        self.answers: list[tuple[int, str]] = []

    @contextmanager
    def served(self) -> Iterator[str]:
        hub = self

        class Desk(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                if hub.sends_on and self.path == "/hub":
                    self._say(hub.sends_on, Location="/moved")
                    return
                time.sleep(hub.slow_seconds)
                form = {key: values[0] for key, values in parse_qs(body).items()}
                hub.forms.append(form)
                if hub.changes is not None and not hub.asks_late and hub.status < 300:
                    hub.ask_back(form)
                self._say(hub.status)

            def _say(self, status: int, **headers: str) -> None:
                self.send_response(status)
                for name, value in {**headers, "Content-Length": "0"}.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://hub.localhost:{server.server_port}/hub"
        server.shutdown()
        thread.join()
        server.server_close()

    def ask_back(self, form: Mapping[str, str]) -> tuple[int, str]:
        query = {
            "hub.mode": form["hub.mode"],
            "hub.topic": form["hub.topic"],
            "hub.challenge": "a challenge & <more>",
            "hub.lease_seconds": str(LEASE_SECONDS),
        }
        callback = form["hub.callback"]
        self.answers.append(call("GET", f"{callback}?{urlencode(query | (self.changes or {}))}"))
        return self.answers[-1]


def call(method: str, url: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
    parts = urlsplit(url)
    made = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=WAIT_SECONDS)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        made.request(
            method, f"{parts.path}?{parts.query}", body=body, headers=named | {"Host": parts.netloc}
        )
        answer = made.getresponse()
        return answer.status, answer.read().decode()
    finally:
        made.close()


@dataclass
class House:
    """The house, its site on a real socket, and a hub that its feed names."""

    newsroom: Newsroom
    clock: Clock
    hub: Hub
    hub_url: str
    site: str
    #: Longest wait of the door.
    seconds: float = field(default=5.0)

    def subscribe(self) -> int:
        async def scene() -> int:
            limits = DoorSettings(allow_hosts=HOSTS, total_seconds=self.seconds)
            async with Door(limits) as door:
                return await subscribe_due(
                    self.newsroom.store, post=door.post, site=self.site, clock=self.clock
                )

        return asyncio.run(scene())

    def subscription(self) -> Subscription | None:
        with self.newsroom.store.read() as connection:
            return next(iter(subscriptions.subscriptions(connection)), None)

    def verified(self) -> set[str]:
        with self.newsroom.store.read() as connection:
            return subscriptions.verified(connection, moment(self.clock()))

    def send(
        self, body: bytes = RSS, *, signed_by: str | None = None, signature: str | None = None
    ) -> int:
        known = self.subscription()
        assert known is not None
        mark = hmac.new((signed_by or known.secret).encode(), body, "sha256").hexdigest()
        return call(
            "POST",
            f"{self.site}/websub/{known.token}",
            body,
            X_Hub_Signature=signature or f"sha256={mark}",
            Content_Type="application/rss+xml; charset=utf-8",
        )[0]

    def due(self, stage: str) -> list[str]:
        with self.newsroom.store.write() as connection:
            found = ledger.claim(
                connection, stage, owner="t", now=moment(self.clock()), lease=0, most=9
            )
            ledger.release(connection, stage, [each.item for each in found])
        return sorted(each.item for each in found)

    def heard(self, stage: str = "fetch.entries") -> list[str]:
        """Wait until something is due for a stage."""
        end = time.monotonic() + WAIT_SECONDS
        while not (found := self.due(stage)) and time.monotonic() < end:
            time.sleep(0.02)
        return found

    def announce(self, **state: object) -> None:
        with self.newsroom.store.write() as connection:
            due = moment(self.clock() + timedelta(hours=20))
            press.keep_feed_state(
                connection, TOPIC, state={"failures": 0, **state}, due=due, feed=a_feed(url=TOPIC)
            )


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(f"sqlite:///{tmp_path / 'worldtake.db'}", tmp_path) as made:
        yield made


@pytest.fixture
def each_house(store_url: str, tmp_path: Path) -> Iterator[House]:
    """The same on each kind of store."""
    with opened(store_url, tmp_path) as made:
        yield made


@contextmanager
def opened(store_url: str, tmp_path: Path) -> Iterator[House]:
    catalogue = tmp_path / "catalogue"
    catalogue.mkdir()
    clock, hub, listener = Clock(), Hub(), socket.socket()
    listener.bind(("127.0.0.1", 0))
    site = f"http://take.localhost:{listener.getsockname()[1]}"
    settings = Settings(home=tmp_path / "home", store=store_url, workers=0, public_url=site)
    with (
        listener,
        open_newsroom(settings, clock=clock, loopback_hosts=HOSTS, catalogue=catalogue) as newsroom,
        hub.served() as hub_url,
    ):
        newsroom.know_outlets([an_outlet(feeds=(a_feed(url=TOPIC),))])
        made = House(newsroom, clock, hub, hub_url, site)
        made.announce(hub=hub_url, topic=TOPIC)
        config = uvicorn.Config(
            create_app(newsroom, hubs=newsroom.hubs), log_level="critical", lifespan="off"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield made
        server.should_exit = True
        thread.join(timeout=10)


def test_a_hub_that_asks_back_is_answered_and_tells_until_its_lease_ends(each_house: House) -> None:
    assert 1 == each_house.subscribe()
    known = each_house.subscription()
    assert known is not None
    form = each_house.hub.forms[0]
    assert (f"{each_house.site}/websub/{known.token}", "subscribe", TOPIC, known.secret) == tuple(
        form[f"hub.{name}"] for name in ("callback", "mode", "topic", "secret")
    )
    assert [(200, "a challenge & <more>")] == each_house.hub.answers
    assert ("verified", {TOPIC}) == (known.state, each_house.verified())
    each_house.clock.go(seconds=LEASE_SECONDS + 1)
    assert set() == each_house.verified()


def test_a_hub_may_ask_back_after_it_answered(house: House) -> None:
    house.hub.asks_late = True
    house.subscribe()
    assert set() == house.verified()
    house.clock.go(hours=20)
    assert 200 == house.hub.ask_back(house.hub.forms[0])[0]
    assert {TOPIC} == house.verified()


@pytest.mark.parametrize(
    "changes",
    [
        {"hub.topic": "https://lantern.test/other.xml"},
        {"hub.mode": "unsubscribe"},
        {"hub.mode": "publish"},
        {"hub.challenge": ""},
    ],
)
def test_what_was_not_asked_for_is_not_confirmed(house: House, changes: dict[str, str]) -> None:
    house.hub.changes = changes
    house.subscribe()
    assert [404] == [status for status, _ in house.hub.answers]
    assert set() == house.verified()


def test_a_hub_that_asks_back_days_later_is_not_confirmed(house: House) -> None:
    house.hub.asks_late = True
    house.subscribe()
    house.clock.go(hours=25)
    assert 404 == house.hub.ask_back(house.hub.forms[0])[0]


@pytest.mark.parametrize("token", ["x", "%00", "%ED%A0%80", "a" * 10_000, "%F0%9F%8F%B4"])
def test_who_knows_no_token_changes_nothing(each_house: House, token: str) -> None:
    each_house.subscribe()
    query = {"hub.mode": "denied", "hub.topic": TOPIC}
    url = f"{each_house.site}/websub/{token}"
    assert (404, 410) == (call("GET", f"{url}?{urlencode(query)}")[0], call("POST", url, RSS)[0])
    assert {TOPIC} == each_house.verified()


def test_what_a_hub_sends_is_taken_in_and_the_feed_called(each_house: House) -> None:
    each_house.subscribe()
    assert 202 == each_house.send()
    assert [TOPIC] == each_house.heard()
    assert NEWS == each_house.due("fetch.pages")


def test_what_a_hub_sends_twice_is_taken_in_once(house: House) -> None:
    house.subscribe()
    house.send()
    house.heard("fetch.pages")
    with house.newsroom.store.write() as connection:
        ledger.finish(connection, "fetch.pages", NEWS, version=1)
    known = house.subscription()
    assert known is not None
    assert house.newsroom.hubs.hear(known.token, signed(known, RSS))
    assert [] == house.due("fetch.pages")


def test_a_feed_that_was_just_called_is_not_called_again_for_what_came_along(house: House) -> None:
    house.subscribe()
    house.announce(hub=house.hub_url, topic=TOPIC, last_ok=NOW.isoformat())
    house.send()
    assert 2 == len(house.heard("fetch.pages"))
    assert [] == house.due("fetch.entries")
    house.clock.go(minutes=10)
    house.newsroom.poll()
    assert [TOPIC] == house.due("fetch.entries")


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff", b"<rss", b"news!", b"<!DOCTYPE html><p>no feed"]
)
def test_a_hub_that_sends_no_feed_has_the_feed_called(house: House, body: bytes) -> None:
    house.subscribe()
    assert 202 == house.send(body)
    assert [TOPIC] == house.heard()
    assert [] == house.due("fetch.pages")


@pytest.mark.parametrize("signature", [None, "sha256=00", "md5=00", "", "sha256=\xe9"])
def test_what_is_signed_otherwise_is_answered_and_has_no_effect(
    house: House, signature: str | None
) -> None:
    house.subscribe()
    known = house.subscription()
    assert known is not None
    forged = replace(signed(known, RSS), signature=signature)
    assert not house.newsroom.hubs.hear(known.token, forged)
    assert 202 == house.send(signed_by="another secret", signature=signature)
    assert ([], []) == (house.due("fetch.entries"), house.due("fetch.pages"))


def test_after_its_lease_a_hub_is_no_longer_believed(house: House) -> None:
    house.subscribe()
    house.clock.go(seconds=LEASE_SECONDS + 1)
    known = house.subscription()
    assert known is not None
    assert not house.newsroom.hubs.hear(known.token, signed(known, RSS))
    assert 202 == house.send()


def test_a_body_that_is_too_long_is_refused(house: House) -> None:
    house.subscribe()
    try:
        status = house.send(b"x" * 5_000_001)
    except ConnectionError:  # the site need not read on
        status = 413
    assert (413, []) == (status, house.due("fetch.entries"))


def test_a_lease_is_renewed_after_two_thirds_while_the_hub_stays_believed(house: House) -> None:
    house.subscribe()
    house.clock.go(seconds=LEASE_SECONDS * 0.66)
    assert 0 == house.subscribe()
    house.clock.go(seconds=LEASE_SECONDS * 0.02)
    house.hub.changes = None
    assert 1 == house.subscribe()
    assert {TOPIC} == house.verified()
    house.hub.changes = {}
    house.clock.go(seconds=AGAIN_SECONDS)
    assert 1 == house.subscribe()
    house.clock.go(seconds=LEASE_SECONDS * 0.5)
    assert {TOPIC} == house.verified()
    assert 1 == len({form["hub.callback"] for form in house.hub.forms})


def test_a_hub_that_says_no_is_asked_again_in_a_week(house: House) -> None:
    house.hub.changes = {"hub.mode": "denied", "hub.reason": "not today"}
    house.subscribe()
    known = house.subscription()
    assert known is not None
    assert ("denied", set(), [(200, "")]) == (known.state, house.verified(), house.hub.answers)
    house.clock.go(seconds=LONGEST_SECONDS - 1)
    assert 0 == house.subscribe()
    house.hub.changes = {}
    house.clock.go(seconds=1)
    assert 1 == house.subscribe()
    assert {TOPIC} == house.verified()


def test_a_hub_may_end_what_it_promised(each_house: House) -> None:
    each_house.subscribe()
    each_house.hub.changes = {"hub.mode": "denied"}
    assert 200 == each_house.hub.ask_back(each_house.hub.forms[0])[0]
    known = each_house.subscription()
    assert known is not None
    assert not each_house.newsroom.hubs.hear(known.token, signed(known, RSS))
    assert ([], set()) == (each_house.due("fetch.entries"), each_house.verified())


@pytest.mark.parametrize("status", [307, 308])
def test_a_hub_may_send_on(house: House, status: int) -> None:
    house.hub.sends_on = status
    house.subscribe()
    assert {TOPIC} == house.verified()


@pytest.mark.parametrize(
    ("status", "seconds"),
    [
        (500, AGAIN_SECONDS),
        (503, AGAIN_SECONDS),
        (429, AGAIN_SECONDS),
        (400, LONGEST_SECONDS),
        (404, LONGEST_SECONDS),
    ],
)
def test_a_hub_that_fails_is_asked_again_later(house: House, status: int, seconds: int) -> None:
    house.hub.status = status
    assert 1 == house.subscribe()
    house.clock.go(seconds=seconds - 1)
    assert 0 == house.subscribe()
    house.clock.go(seconds=1)
    assert 1 == house.subscribe()
    house.clock.go(seconds=AGAIN_SECONDS)
    assert 0 == house.subscribe()


def test_a_hub_that_is_slow_holds_up_nobody_for_good(house: House) -> None:
    house.hub.slow_seconds = 1.0
    house.seconds = 0.2
    assert 1 == house.subscribe()
    assert set() == house.verified()
    assert 0 == house.subscribe()


def test_a_hub_within_this_machine_is_not_called(house: House) -> None:
    async def scene() -> int:
        async with Door(DoorSettings()) as door:
            return await subscribe_due(
                house.newsroom.store, post=door.post, site=house.site, clock=house.clock
            )

    assert (1, []) == (asyncio.run(scene()), house.hub.forms)
    assert set() == house.verified()


def test_a_hub_that_fails_is_called_once_a_round(house: House) -> None:
    more = [a_feed(url=f"https://lantern.test/{number}.xml") for number in range(3)]
    house.newsroom.know_outlets([an_outlet(feeds=more)])
    with house.newsroom.store.write() as connection:
        for feed in more:
            state = {"hub": house.hub_url, "topic": feed.url}
            press.keep_feed_state(connection, feed.url, state=state, due=0, feed=feed)
    house.hub.status = 503
    assert 1 == house.subscribe()
    house.hub.status = 202
    assert 3 == house.subscribe()
    assert 3 == len(house.verified())


def test_a_feed_that_names_no_hub_any_more_is_left(each_house: House) -> None:
    each_house.subscribe()
    each_house.announce()
    assert 1 == each_house.subscribe()
    assert ["subscribe", "unsubscribe"] == [form["hub.mode"] for form in each_house.hub.forms]
    assert None is each_house.subscription()


def test_a_hub_that_does_not_confirm_the_end_is_left_all_the_same(house: House) -> None:
    house.subscribe()
    known = house.subscription()
    assert known is not None
    house.announce()
    house.hub.changes = None
    for _ in range(LEAVE_TRIES + 1):
        house.subscribe()
        house.clock.go(days=1)
    assert None is house.subscription()
    assert 410 == call("POST", f"{house.site}/websub/{known.token}", RSS)[0]


def test_a_feed_with_another_hub_goes_over_to_it(house: House) -> None:
    house.subscribe()
    house.announce(hub=f"{house.hub_url}?new", topic=f"{TOPIC}?new")
    house.subscribe()
    house.subscribe()
    assert [TOPIC, TOPIC, f"{TOPIC}?new"] == [form["hub.topic"] for form in house.hub.forms]
    assert {TOPIC} == house.verified()


def test_a_site_that_moves_asks_anew(house: House) -> None:
    house.subscribe()
    house.site = house.site.replace("take.localhost", "localhost")
    assert 1 == house.subscribe()
    assert house.hub.forms[1]["hub.callback"].startswith(f"{house.site}/websub/")


def test_without_a_public_address_no_hub_is_asked_and_all_are_given_up(house: House) -> None:
    house.subscribe()
    house.site = None  # type: ignore[assignment]
    assert 0 == house.subscribe()
    assert (None, set()) == (house.subscription(), house.verified())


def test_the_house_asks_through_a_door_of_its_own(house: House) -> None:
    assert (1, {TOPIC}) == (house.newsroom.subscribe(), house.verified())
    assert 0 == house.newsroom.subscribe()


def test_a_site_without_hubs_is_only_read(house: House) -> None:
    routes = {getattr(route, "path", "") for route in create_app(house.newsroom).routes}
    assert not [path for path in routes if "websub" in path]


def signed(known: Subscription, body: bytes) -> Delivery:
    mark = hmac.new(known.secret.encode(), body, hashlib.sha512).hexdigest()
    return Delivery(body=body, signature=f"sha512={mark}", content_type="application/rss+xml")
