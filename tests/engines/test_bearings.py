from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from worldtake.engines.bearings import AGAIN_SECONDS, KEPT_SECONDS, Bearings
from worldtake.errors import EngineBusyError, EngineError

if TYPE_CHECKING:
    from collections.abc import Callable


class Teller:
    """Answers what it is told to, and counts."""

    def __init__(self) -> None:
        self.answer: Callable[[], str] = lambda: "sl"
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        return self.answer()


def busy() -> str:
    msg = "away"
    raise EngineBusyError(msg)


def test_a_server_is_asked_at_first_use_and_again_when_the_answer_is_old() -> None:
    teller, now = Teller(), [0.0]
    bearings = Bearings(teller, clock=lambda: now[0])
    assert 0 == teller.asked
    assert ["sl", "sl", 1] == [bearings.now(), bearings.told(), teller.asked]
    now[0] = KEPT_SECONDS
    assert ["sl", 2] == [bearings.now(), teller.asked]


def test_a_server_that_is_away_is_left_alone_for_a_while() -> None:
    teller, now = Teller(), [0.0]
    teller.answer = busy
    bearings = Bearings(teller, clock=lambda: now[0])
    for _ in range(3):
        assert None is bearings.now()
    with pytest.raises(EngineBusyError, match="away"):
        bearings.told()
    assert 1 == teller.asked
    teller.answer, now[0] = lambda: "sl", AGAIN_SECONDS
    assert ["sl", None] == [bearings.now(), bearings.error]


def test_what_is_known_stays_known_while_the_server_is_away() -> None:
    teller, now = Teller(), [0.0]
    bearings = Bearings(teller, clock=lambda: now[0])
    bearings.now()
    teller.answer, now[0] = busy, KEPT_SECONDS
    assert "sl" == bearings.now()
    assert isinstance(bearings.error, EngineError)


def test_threads_that_come_together_ask_once() -> None:
    teller = Teller()

    def slow() -> str:
        time.sleep(0.1)
        return "sl"

    teller.answer = slow
    bearings = Bearings(teller)
    threads = [threading.Thread(target=bearings.told) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 == teller.asked
