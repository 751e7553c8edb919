from __future__ import annotations

import gzip
import http.client
import time
from typing import TYPE_CHECKING

import pytest

from worldtake.testing import Answer, FakeOutlet, Fault, Press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Reply

HOST = "lantern.localhost"


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as press:
        press.add(FakeOutlet(host=HOST), FakeOutlet(host="kettle.localhost", name="The Kettle"))
        yield press


def test_sites_are_told_apart_by_host(press: Press, ask: Callable[..., Reply]) -> None:
    assert b"The Lantern" in ask(press, HOST, "/").body
    assert b"The Kettle" in ask(press, "kettle.localhost", "/").body


def test_an_unknown_host_or_path_is_not_found(press: Press, ask: Callable[..., Reply]) -> None:
    assert ask(press, "nobody.localhost", "/").status == 404
    assert ask(press, HOST, "/nowhere").status == 404


def test_an_unchanged_page_is_not_sent_again(press: Press, ask: Callable[..., Reply]) -> None:
    first = ask(press, HOST, "/rss.xml")
    again = ask(press, HOST, "/rss.xml", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


def test_head_sends_no_body(press: Press, ask: Callable[..., Reply]) -> None:
    reply = ask(press, HOST, "/", method="HEAD")
    assert reply.body == b""
    assert int(reply.headers["Content-Length"]) > 0


def test_what_was_asked_is_in_the_log(press: Press, ask: Callable[..., Reply]) -> None:
    ask(press, HOST, "/robots.txt", User_Agent="lamp/1")
    (request,) = press.requests
    assert (request.host, request.path, request.status) == (HOST, "/robots.txt", 200)
    assert request.headers["user-agent"] == "lamp/1"
    press.forget_requests()
    assert press.requests == ()


def test_a_status_fault_heals_after_its_times(press: Press, ask: Callable[..., Reply]) -> None:
    press.plant(HOST, "/rss.xml", Fault(status=503, headers=(("Retry-After", "7"),), times=2))
    statuses = [ask(press, HOST, "/rss.xml").status for _ in range(3)]
    assert statuses == [503, 503, 200]


def test_a_redirect_names_where_to(press: Press, ask: Callable[..., Reply]) -> None:
    press.plant(HOST, "/old", Fault(redirect_to="/news/1", status=301))
    reply = ask(press, HOST, "/old")
    assert (reply.status, reply.headers["Location"]) == (301, "/news/1")


def test_a_cut_feed_is_broken_xml(press: Press, ask: Callable[..., Reply]) -> None:
    whole = ask(press, HOST, "/rss.xml").body
    press.plant(HOST, "/rss.xml", Fault(cut_to=0.5))
    assert ask(press, HOST, "/rss.xml").body == whole[: round(len(whole) / 2)]


def test_a_body_can_be_compressed(press: Press, ask: Callable[..., Reply]) -> None:
    whole = ask(press, HOST, "/news/1").body
    press.plant(HOST, "/news/1", Fault(compress=True))
    reply = ask(press, HOST, "/news/1")
    assert reply.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(reply.body) == whole


def test_a_wrong_charset_can_be_declared(press: Press, ask: Callable[..., Reply]) -> None:
    press.plant(HOST, "/news/1", Fault(charset="koi8-r"))
    assert ask(press, HOST, "/news/1").headers["Content-Type"] == "text/html; charset=koi8-r"


def test_an_answer_can_be_late(press: Press, ask: Callable[..., Reply]) -> None:
    press.plant(HOST, "/", Fault(delay_seconds=0.2))
    begun = time.monotonic()
    ask(press, HOST, "/")
    assert time.monotonic() - begun >= 0.2


def test_a_connection_can_be_dropped(press: Press, ask: Callable[..., Reply]) -> None:
    press.plant(HOST, "/", Fault(drop=True))
    with pytest.raises(http.client.RemoteDisconnected):
        ask(press, HOST, "/")
    assert [request.status for request in press.requests] == [0]


def test_healing_takes_all_faults_away(press: Press, ask: Callable[..., Reply]) -> None:
    press.plant(HOST, "/", Fault(status=500))
    press.heal()
    assert ask(press, HOST, "/").status == 200


def test_any_answer_can_stand_at_a_path(ask: Callable[..., Reply]) -> None:
    odd = Answer(body=b"\x00\x01", media_type="application/octet-stream", charset=None, status=203)
    with Press() as press:
        press.add(FakeOutlet(host=HOST, answers={"/odd": odd}))
        reply = ask(press, HOST, "/odd")
    assert (reply.status, reply.body) == (203, b"\x00\x01")
    assert reply.headers["Content-Type"] == "application/octet-stream"


def test_a_stopped_press_can_start_again_on_its_port(ask: Callable[..., Reply]) -> None:
    press = Press()
    press.add(FakeOutlet(host=HOST))
    port = press.start().port
    press.stop()
    press.start()
    assert press.port == port
    assert ask(press, HOST, "/").status == 200
    press.stop()
