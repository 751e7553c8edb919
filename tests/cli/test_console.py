from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from worldtake.cli.console import show_status
from worldtake.model.views import EngineStatus, StatusView, TranslationStatus

if TYPE_CHECKING:
    import pytest


def shown(capsys: pytest.CaptureFixture[str], translation: TranslationStatus) -> list[str]:
    status = StatusView(
        store="sqlite", home="/home/reader", articles=7, stories=2, outlets=7, stages=(),
        quarantine=0, sample=False, translation=translation,
    )  # fmt: skip
    show_status(status)
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def test_status_tells_how_each_translator_stands(capsys: pytest.CaptureFixture[str]) -> None:
    engines = (
        EngineStatus(id="opus", characters=412_380),
        EngineStatus(
            id="deepl", characters=20_000, daily_characters=20_000, money=0.4, daily_money=1.5
        ),
        EngineStatus(
            id="libretranslate", state="rests", failures=5, error="no answer in 60 seconds",
            rests_until=datetime(2026, 9, 8, 7, 50, tzinfo=UTC), characters=900,
        ),
    )  # fmt: skip
    lines = shown(capsys, TranslationStatus(engines=engines))
    assert [
        "translators opus: answers, 412,380 characters today",
        "            deepl: answers, 20,000 of 20,000 characters today, 0.40 of 1.50 money today",
        (
            "            libretranslate: rests until 2026-09-08 07:50 UTC, 5 failures in a row,"
            " 900 characters today, no answer in 60 seconds"
        ),
    ] == [line for line in lines if "today" in line]


def test_status_tells_what_waits_and_what_is_remembered(capsys: pytest.CaptureFixture[str]) -> None:
    waiting = (("reader", 1_204), ("budget", 0), ("engine", 3))
    held = TranslationStatus(waiting=waiting, remembered=48_113, remembered_bytes=21_400_000)
    lines = shown(capsys, held)
    assert (
        "waiting     1,204 until they are opened, 3 for a translator that does not answer" in lines
    )
    assert "remembered  48,113 sentences, 21.4 MB" in lines


def test_status_says_where_no_translator_is_set_up(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, TranslationStatus())
    assert "translators none is set up; see: worldtake translate doctor" in lines
