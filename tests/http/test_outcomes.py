from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from worldtake.http import OUTCOMES, pause_seconds, status_outcome
from worldtake.http.outcomes import as_markdown

PAGE = Path(__file__).parents[2] / "docs/reference/outcomes.md"


def test_the_page_of_outcomes_is_the_table() -> None:
    assert as_markdown() == PAGE.read_text("utf-8"), "write it with worldtake.http.outcomes"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, "ok"),
        (206, "ok"),
        (301, "redirect-nowhere"),
        (304, "unchanged"),
        (400, "bad-answer"),
        (401, "login"),
        (402, "paywall"),
        (403, "forbidden"),
        (404, "not-found"),
        (407, "login"),
        (410, "gone"),
        (418, "bad-answer"),
        (429, "too-many-requests"),
        (451, "withheld"),
        (500, "server-error"),
        (503, "server-error"),
        (999, "bad-answer"),
    ],
)
def test_each_status_has_its_outcome(status: int, expected: str) -> None:
    assert expected == status_outcome(status)


def test_what_may_mend_is_tried_three_times_more_with_growing_pauses() -> None:
    for name in ("dns", "tls", "timeout", "reset", "server-error", "bad-answer", "failed"):
        pauses = [pause_seconds(name, tries) for tries in (1, 2, 3, 4)]
        assert [30.0, 600.0, 3600.0, None] == pauses
        assert "quarantine" == OUTCOMES[name].end


@pytest.mark.parametrize(
    "name",
    ["forbidden", "not-found", "gone", "paywall", "login", "withheld", "robots", "refused-address"],
)
def test_a_refusal_is_final_and_left(name: str) -> None:
    assert (None, "skip") == (pause_seconds(name, 1), OUTCOMES[name].end)


def test_what_calling_again_will_not_mend_waits_for_a_person_at_once() -> None:
    for name in ("redirect-loop", "redirect-nowhere", "too-large", "unreadable"):
        assert (None, "quarantine") == (pause_seconds(name, 1), OUTCOMES[name].end)


def test_a_host_that_says_when_is_waited_for_and_not_for_ever() -> None:
    assert 120.0 == pause_seconds("too-many-requests", 1, retry_after=120)
    assert 120.0 == pause_seconds("held", 9, retry_after=120)
    assert 30.0 == pause_seconds("held", 1, retry_after=0)
    assert 600.0 == pause_seconds("too-many-requests", 1)
    assert 900.0 == pause_seconds("server-error", 2, retry_after=900)
    assert None is pause_seconds("too-many-requests", 12, retry_after=120)


def test_pauses_shrink_with_the_first() -> None:
    assert [0.01, 0.2, 1.2] == [
        pytest.approx(pause_seconds("dns", tries, first=0.01)) for tries in (1, 2, 3)
    ]


def test_the_table_can_be_read_without_a_network() -> None:
    code = "from worldtake.http.outcomes import OUTCOMES; print(len(OUTCOMES))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert f"{len(OUTCOMES)}\n" == shown.stdout
