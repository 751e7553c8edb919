from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from worldtake.errors import EngineBusyError, EngineRefusedError
from worldtake.pipeline.wires import DoorWire, named_hosts
from worldtake.settings import TranslatorSettings
from worldtake.testing import Answer, Fault, Press

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.testing import Request

HOST = "engine.localhost"


class Engine:
    """Answers with how it was asked."""

    host = HOST

    def answer(self, request: Request, port: int) -> Answer | None:
        del port
        return Answer(body=f"{request.method} {request.headers.get('authorization')}".encode())


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as started:
        started.add(Engine())
        yield started


@pytest.fixture
def wire() -> Iterator[DoorWire]:
    with DoorWire(allow_hosts=(HOST,), max_bytes=10_000) as made:
        yield made


def test_an_engine_is_asked_with_a_key(press: Press, wire: DoorWire) -> None:
    found = wire.send(press.url(HOST), method="GET", headers={"Authorization": "Bearer k"})
    assert (200, b"GET Bearer k") == (found.status, found.body)
    assert "text/html; charset=utf-8" == found.headers["content-type"]


def test_an_answer_of_any_status_comes_back_with_the_wait_it_asks_for(
    press: Press, wire: DoorWire
) -> None:
    press.plant(HOST, "/", Fault(status=429, headers=(("Retry-After", "7"),)))
    found = [wire.send(press.url(HOST), method="GET") for _ in range(2)]
    assert [(429, 7.0)] * 2 == [(each.status, each.retry_after_seconds) for each in found]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(drop=True), "tried again"),
        (Fault(body=b"x" * 20_000), "longer than 10000 bytes"),
        (Fault(delay_seconds=1.0), "took longer than"),
    ],
)
def test_an_engine_without_a_whole_answer_is_busy(
    press: Press, wire: DoorWire, fault: Fault, words: str
) -> None:
    press.plant(HOST, "/", fault)
    with pytest.raises(EngineBusyError, match=words):
        wire.send(press.url(HOST), method="GET", seconds=0.3)


def test_an_engine_that_is_not_there_is_busy(wire: DoorWire) -> None:
    with pytest.raises(EngineBusyError):
        wire.send(f"http://{HOST}:1/")


def test_an_engine_that_redirects_is_refused(press: Press, wire: DoorWire) -> None:
    press.plant(HOST, "/", Fault(redirect_to="http://elsewhere.localhost/"))
    with pytest.raises(EngineRefusedError, match=r"redirects to http://elsewhere\.localhost/"):
        wire.send(press.url(HOST), method="GET")


def test_a_machine_that_no_setting_names_is_refused(press: Press, wire: DoorWire) -> None:
    with pytest.raises(EngineRefusedError, match="not an address of the public network"):
        wire.send(press.url("other.localhost"), method="GET")


def test_several_threads_call_at_once(press: Press, wire: DoorWire) -> None:
    press.plant(HOST, "/", Fault(delay_seconds=0.2))
    started = time.monotonic()
    with ThreadPoolExecutor(12) as threads:
        calls = [threads.submit(wire.send, press.url(HOST), method="GET") for _ in range(12)]
        assert {200} == {call.result().status for call in calls}
    assert time.monotonic() - started < 2


def test_closing_breaks_off_what_is_under_way(press: Press) -> None:
    before = {thread for thread in threading.enumerate() if thread.name == "wire"}
    wire = DoorWire(allow_hosts=(HOST,))
    press.plant(HOST, "/", Fault(delay_seconds=1.0))
    with ThreadPoolExecutor(3) as threads:
        calls = [threads.submit(wire.send, press.url(HOST), method="GET") for _ in range(3)]
        time.sleep(0.2)
        wire.close()
        for call in calls:
            with pytest.raises(EngineBusyError):
                call.result(timeout=2)
    after = {thread for thread in threading.enumerate() if thread.name == "wire"}
    assert before == after


def test_a_closed_wire_says_so(press: Press) -> None:
    wire = DoorWire(allow_hosts=(HOST,))
    wire.close()
    wire.close()
    with pytest.raises(EngineBusyError, match="closed"):
        wire.send(press.url(HOST))


def test_hosts_are_those_of_the_settings() -> None:
    translators = [
        TranslatorSettings(engine="llm", url="http://LOCALHOST:11434/v1", model="m"),
        TranslatorSettings(engine="libretranslate", url="http://[::1]:5000"),
        TranslatorSettings(engine="libretranslate", url="http://localhost:5000"),
        TranslatorSettings(engine="llm", url="https://prevajalnik.čebela.si/v1", model="m"),
        TranslatorSettings(engine="deepl"),
    ]
    assert ("localhost", "::1", "prevajalnik.xn--ebela-gya.si") == named_hosts(translators)
