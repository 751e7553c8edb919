from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from worldtake.model import Copy, Skip
from worldtake.testing import STAGE_CHECKS, a_credit, a_quote, a_report, a_trace, an_outlet
from worldtake.trace import ComparePair, Pair, copies

from .tracing_builders import ATLAS, GAZETTE, NOON, article

if TYPE_CHECKING:
    from worldtake.model import Outlet, Report, Trace

    from .tracing_builders import StageCheck


WORDS = (
    "The harbour council sold the old lighthouse to a family of bakers on Friday after eleven years of quarrels.\n\n"
    "The price was not named, but two members of the council left the room before the vote and slammed the door.\n\n"
    "A new roof will be laid before winter, and the lamp will be lit again every evening by the youngest baker."
)
OTHER = "Nothing in these lines is like the others: rain fell on the hills and the river rose over its banks."
LEDGER = an_outlet(id="us-ledger", name="Harbor Ledger", kind="newspaper")


def report(
    text: str, outlet: Outlet = GAZETTE, minutes: int = 0, *, trace: Trace | None = None
) -> Report:
    published = NOON + timedelta(minutes=minutes)
    made = article(
        text, outlet_id=outlet.id, url=f"https://{outlet.id}.test/{minutes}", published=published,
        published_precision="minute", id=f"{minutes:03}{outlet.id}",
    )  # fmt: skip
    return a_report(made, outlet=outlet, trace=trace or a_trace(made))


@pytest.mark.parametrize("check", STAGE_CHECKS)
def test_comparing_is_a_stage(check: StageCheck) -> None:
    pair = Pair(a=report(WORDS), b=report(WORDS, LEDGER, 30))
    check(ComparePair(), [pair])


def test_the_same_text_is_a_republication_of_the_earlier_one() -> None:
    copy = ComparePair()(Pair(a=report(WORDS, LEDGER, 30), b=report(WORDS)))
    assert isinstance(copy, Copy)
    assert ("republication", "000gb-gazette", "time", 1.0) == (
        copy.kind,
        copy.origin,
        copy.direction_by,
        copy.score,
    )
    assert copy.a < copy.b


def test_the_shared_words_are_the_same_on_both_sides() -> None:
    cut = "A line of our own stands here.\n\n" + WORDS.split("\n\n", 1)[1]
    a, b = report(WORDS), report(cut, LEDGER, 30)
    copy = ComparePair()(Pair(a=a, b=b))
    assert isinstance(copy, Copy)
    assert [span.cut(a.article.text) for span in copy.spans_a] == [
        span.cut(b.article.text) for span in copy.spans_b
    ]


def test_other_words_are_no_copy() -> None:
    assert ComparePair()(Pair(a=report(WORDS), b=report(OTHER, LEDGER, 30))) is None


def test_an_agency_is_where_a_copy_of_the_same_minute_comes_from() -> None:
    copy = ComparePair()(Pair(a=report(WORDS, ATLAS), b=report(WORDS, LEDGER, 5)))
    assert isinstance(copy, Copy)
    assert ("agency", "000gb-atlas", "agency") == (copy.kind, copy.origin, copy.direction_by)


def test_a_stated_credit_outweighs_the_times() -> None:
    text = f"{WORDS}\n\nThames Gazette"
    first = report(text, LEDGER, 0)
    trace = a_trace(
        first.article, credits=(a_credit(text, "Thames Gazette", outlet_id=GAZETTE.id),)
    )
    copy = ComparePair()(Pair(a=report(text, LEDGER, 0, trace=trace), b=report(WORDS, GAZETTE, 60)))
    assert isinstance(copy, Copy)
    assert ("060gb-gazette", "credit") == (copy.origin, copy.direction_by)


def test_words_quoted_by_both_are_not_copied() -> None:
    said = "The harbour council sold the old lighthouse to a family of bakers on Friday after eleven years of quarrels"
    texts = (f"“{said},” she said.", f"The mayor spoke: “{said}.”")
    reports = [
        report(text, outlet, minutes, trace=a_trace(article(text), quotes=(a_quote(text, said),)))
        for text, outlet, minutes in zip(texts, (GAZETTE, LEDGER), (0, 30), strict=True)
    ]
    assert ComparePair()(Pair(a=reports[0], b=reports[1])) is None


def test_two_articles_of_one_outlet_are_skipped() -> None:
    assert Skip("same-outlet") == ComparePair()(Pair(a=report(WORDS), b=report(WORDS, GAZETTE, 30)))


def test_copies_are_found_among_many() -> None:
    found = copies([report(OTHER, ATLAS, 1), report(WORDS), report(WORDS, LEDGER, 30)])
    assert [("000gb-gazette", "030us-ledger")] == [(copy.a, copy.b) for copy in found]


def test_text_without_spaces_is_compared_too() -> None:
    text = "港口理事会星期五将旧灯塔卖给了一户面包师家庭，这场争吵持续了十一年之久。新的屋顶将在冬天之前铺好，每天晚上由最年轻的面包师点灯。"
    copy = ComparePair()(Pair(a=report(text), b=report(text, LEDGER, 30)))
    assert isinstance(copy, Copy)
    assert copy.score == 1.0
