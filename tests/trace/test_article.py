from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from worldtake.model import Discarded, Skip, Trace
from worldtake.testing import STAGE_CHECKS, an_article
from worldtake.trace import TraceArticle, from_json, part_text, to_json

from .tracing_builders import OUTLETS, article

if TYPE_CHECKING:
    from .tracing_builders import StageCheck


TEXT = (
    "LONDON (Atlas) — “We left at dawn,” said Ada Brankovic on 9 September 2026.\n\n"
    "Three people were injured, the Thames Gazette reported."
)


@pytest.mark.parametrize("check", STAGE_CHECKS)
def test_tracing_is_a_stage(check: StageCheck) -> None:
    check(TraceArticle(outlets=OUTLETS), [an_article(), an_article("")])


def test_an_article_without_text_is_skipped() -> None:
    assert Skip("no-text") == TraceArticle(outlets=OUTLETS)(an_article(""))


def test_a_trace_holds_all_four() -> None:
    trace = TraceArticle(outlets=OUTLETS)(article(TEXT))
    assert isinstance(trace, Trace)
    assert (1, 2, 1, 1) == (
        len(trace.quotes),
        len(trace.credits),
        len(trace.figures),
        len(trace.times),
    )


def test_every_span_lies_in_its_text() -> None:
    given = article(TEXT, discarded=(Discarded(text="Photo: Atlas News Agency", reason="caption"),))
    trace = TraceArticle(outlets=OUTLETS)(given)
    assert isinstance(trace, Trace)
    for credit in trace.credits:
        assert credit.span.end <= len(part_text(given, credit.part))


def test_a_trace_survives_json() -> None:
    given = article(TEXT)
    trace = TraceArticle(outlets=OUTLETS)(given)
    assert isinstance(trace, Trace)
    assert trace == from_json(to_json(trace, given))
