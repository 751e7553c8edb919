from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from worldtake.model import Skip
from worldtake.testing import STAGE_CHECKS, an_article
from worldtake.trace import FindFigures

from .tracing_builders import article

if TYPE_CHECKING:
    from worldtake.model import Figure

    from .tracing_builders import StageCheck


def figures(text: str, language: str = "en") -> tuple[Figure, ...]:
    found = FindFigures()(article(text, language))
    assert not isinstance(found, Skip)
    return found


def found(text: str) -> list[tuple[str, float, str, str]]:
    return [(one.span.cut(text), one.value, one.unit, one.op) for one in figures(text)]


@pytest.mark.parametrize("check", STAGE_CHECKS)
def test_finding_figures_is_a_stage(check: StageCheck) -> None:
    check(FindFigures(), [an_article(), an_article("")])


def test_a_bound_belongs_to_its_figure() -> None:
    assert [("more than 19 per cent", 19.0, "percent", ">")] == found(
        "They hold more than 19 per cent."
    )


def test_a_date_is_no_figure() -> None:
    assert [("34 countries", 34.0, "countries", "=")] == found(
        "On 12 September 2026 34 countries met."
    )


def test_the_whole_of_a_share_is_kept() -> None:
    figure = figures("They hold 19 per cent of Ukraine, he said.")[0]
    assert "Ukraine" == figure.whole


def test_the_state_of_people_is_what_a_figure_measures() -> None:
    both = figures("Three people died and 41 were injured.")
    assert [(3.0, "dead"), (41.0, "injured")] == [(one.value, one.measures) for one in both]
