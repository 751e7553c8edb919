"""A stage that hangs or dies in a worker gives way to its fallback, for the item that it hung on alone."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from worldtake.pipeline import executors
from worldtake.pipeline.executors import Failure, Pool

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Whisper:
    """Answers in small letters at once; dies of one item."""

    def __call__(self, item: str) -> str:
        if item == "fatal":
            os.kill(os.getpid(), signal.SIGKILL)
        return item.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shout:
    """Answers in capitals; hangs on one item and dies of two."""

    fallback: Whisper | None = None

    def __call__(self, item: str) -> str:
        if item == "Endless":
            time.sleep(600)
        if item in {"Deadly", "fatal"}:
            os.kill(os.getpid(), signal.SIGKILL)
        return item.upper()


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    monkeypatch.setattr(executors, "FALLBACK_SECONDS", 3.0)
    monkeypatch.setattr(executors, "CHUNK_SECONDS", 3.0)
    made = Pool(2)
    yield made
    made.close()


def test_a_stage_that_hangs_gives_way_to_its_fallback_for_that_item_alone(pool: Pool) -> None:
    stage = Shout(fallback=Whisper())
    assert ["A", "endless", "B", "C"] == pool.map(stage, ["a", "Endless", "b", "c"])


def test_a_stage_that_dies_gives_way_to_its_fallback(pool: Pool) -> None:
    stage = Shout(fallback=Whisper())
    assert ["deadly", "A"] == pool.map(stage, ["Deadly", "a"])
    assert ["deadly", "B"] == pool.map(stage, ["Deadly", "b"])


def failed(answer: Any) -> str:
    assert isinstance(answer, Failure)
    return answer.message


def test_an_item_that_ends_the_fallback_too_fails(pool: Pool) -> None:
    answers = pool.map(Shout(fallback=Whisper()), ["fatal", "a"])
    assert "the stage ended its worker (memory or a crash)" == failed(answers[0])
    assert "A" == answers[1]


def test_a_stage_without_fallback_that_hangs_fails_for_that_item_alone(pool: Pool) -> None:
    answers = pool.map(Shout(), ["a", "Endless"])
    assert "the stage took over 3 s" == failed(answers[1])
    assert "A" == answers[0]
