from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from worldtake.model import Copy, Skip, Span
from worldtake.testing import STAGE_CHECKS, a_credit, a_report, a_story_file, a_trace, an_outlet
from worldtake.trace import TraceOrigins

from .tracing_builders import ATLAS, GAZETTE, NOON, SESI, article

if TYPE_CHECKING:
    from worldtake.model import CreditKind, Lineage, Outlet, Report

    from .tracing_builders import StageCheck


LEDGER = an_outlet(id="us-ledger", name="Harbor Ledger", kind="newspaper", group="ledger")
POST = an_outlet(id="us-post", name="Prairie Post", kind="newspaper", group="ledger")


def report(
    outlet: Outlet,
    minutes: int,
    text: str = "Said elsewhere.",
    credited: tuple[Outlet, ...] = (),
    kind: CreditKind = "report",
) -> Report:
    made = article(
        text, outlet_id=outlet.id, url=f"https://{outlet.id}.test/{minutes}",
        published=NOON + timedelta(minutes=minutes), published_precision="minute", id=f"{minutes:03}{outlet.id}",
    )  # fmt: skip
    found = tuple(
        a_credit(text, text, outlet_id=each.id, outlet=each.name, kind=kind) for each in credited
    )
    return a_report(made, outlet=outlet, trace=a_trace(made, credits=found))


def traced(*reports: Report, copies: tuple[Copy, ...] = ()) -> Lineage:
    lineage = TraceOrigins()(a_story_file(reports, copies=copies))
    assert not isinstance(lineage, Skip)
    return lineage


def chain() -> list[Report]:
    return [
        report(SESI, 0),
        report(GAZETTE, 60, credited=(SESI,)),
        report(LEDGER, 120, credited=(GAZETTE,)),
    ]


@pytest.mark.parametrize("check", STAGE_CHECKS)
def test_tracing_origins_is_a_stage(check: StageCheck) -> None:
    check(TraceOrigins(), [a_story_file(chain())])


def test_a_chain_of_credits_has_one_origin() -> None:
    lineage = traced(*chain())
    assert [("tr-sesi", "000tr-sesi", 3)] == [
        (one.outlet, one.article_id, len(one.articles)) for one in lineage.origins
    ]
    assert [("stated", "000tr-sesi"), ("stated", "060gb-gazette")] == [
        (edge.basis, edge.to_article) for edge in lineage.edges
    ]


def test_an_outlet_that_was_not_seen_is_an_origin_without_an_article() -> None:
    lineage = traced(report(LEDGER, 0, credited=(SESI,)))
    assert [("tr-sesi", None)] == [(one.outlet, one.article_id) for one in lineage.origins]


def test_a_photo_credit_leads_nowhere() -> None:
    lineage = traced(report(LEDGER, 0, credited=(ATLAS,), kind="photo"))
    assert () == lineage.edges


def test_a_later_article_is_not_where_a_credit_leads() -> None:
    lineage = traced(report(LEDGER, 0, credited=(SESI,)), report(SESI, 60))
    assert [None] == [edge.to_article for edge in lineage.edges]


def test_two_that_credit_each_other_make_no_cycle() -> None:
    reports = [report(SESI, 0, credited=(GAZETTE,)), report(GAZETTE, 0, credited=(SESI,))]
    lineage = traced(*reports)
    assert 1 == sum(edge.to_article is not None for edge in lineage.edges)


def test_one_group_is_one_origin() -> None:
    lineage = traced(report(LEDGER, 0), report(POST, 5))
    assert (1, 1, 1) == (len(lineage.origins), lineage.origins_low, lineage.origins_high)


def test_a_copy_is_a_measured_edge_with_its_receipts() -> None:
    reports = [
        report(ATLAS, 0, text="The lamp was lit."),
        report(LEDGER, 9, text="The lamp was lit."),
    ]
    copy = Copy(
        a="000gb-atlas", b="009us-ledger", kind="agency", spans_a=(Span(0, 17),), spans_b=(Span(0, 17),),
        score=1.0, origin="000gb-atlas", direction_by="agency",
    )  # fmt: skip
    lineage = traced(*reports, copies=(copy,))
    assert [("measured", "agency", "The lamp was lit.")] == [
        (edge.basis, edge.kind, edge.evidence[0].exact) for edge in lineage.edges
    ]
    assert (1, 1) == (lineage.origins_low, lineage.origins_high)


def test_every_receipt_is_exact() -> None:
    for edge in traced(*chain()).edges:
        assert ["Said elsewhere."] == [each.exact for each in edge.evidence]
