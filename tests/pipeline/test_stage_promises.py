"""The promises that every stage keeps, over every stage of the pipeline."""

from __future__ import annotations

from typing import Any

import pytest

from worldtake.coverage import CoverageRequest, MeasureCoverage, OutletHealth, carried, sum_up
from worldtake.extract import ExtractArticle
from worldtake.fetch import FeedBody, ParseFeed
from worldtake.model import OutletHabits, Shown
from worldtake.pipeline.habits import LearnHabits, OutletPages
from worldtake.takes import GroupTakes
from worldtake.testing.builders import (
    NOON,
    a_feed,
    a_page,
    a_report,
    a_story_file,
    an_article,
    an_outlet,
)
from worldtake.testing.stage_checks import STAGE_CHECKS
from worldtake.trace import ComparePair, FindDifferences, Pair, TraceArticle, TraceOrigins
from worldtake.translate import (
    DetectLanguage,
    Draft,
    Given,
    Remembered,
    TranslateArticle,
    segments,
)

OUTLETS = (an_outlet(), an_outlet(id="us-ledger", name="Harbor Ledger"))
TEXTS = (
    "The lanterns were lit on Friday.\n\n“We kept the keys,” said Ada Brankovic, the keeper.",
    "Svetilke so prižgali v petek. »Ključe smo obdržali,« je povedala Ada Branković.",
    "الفوانيس أضيئت يوم الجمعة. وقالت آدا: «احتفظنا بالمفاتيح».",
    "金曜日に灯りがともった。「鍵は捨てなかった」とアダさんは話した。",
)
ARTICLES = tuple(
    an_article(text, url=f"https://lantern.test/{number}", id=f"{number:026d}", language=language)
    for number, (text, language) in enumerate(zip(TEXTS, ("en", "sl", "ar", "ja"), strict=True))
)
REPORTS = tuple(a_report(article) for article in ARTICLES)
FILE = a_story_file(REPORTS)
PAGES = tuple(
    a_page(
        f"<html><body><article><h1>Lanterns</h1><p>{text}</p></article></body></html>",
        url=f"https://lantern.test/{n}",
    )
    for n, text in enumerate(TEXTS)
)
SHOWN = tuple((f"p{n}", Shown(url=f"https://lantern.test/{n}", lines=("a",))) for n in range(4))
RSS = b"<rss version='2.0'><channel><title>T</title><item><title>A</title><link>https://lantern.test/a</link></item></channel></rss>"


def given(article: Any) -> dict[tuple[str, str], Given]:
    words = {"target": "Translated.", "engine": "t", "version": "1", "model": "T"}
    found = Given(remembered=Remembered(**words, tier="good", made=article.seen))
    return {(each.language, each.text): found for each in segments(article, "en")}


STAGES: list[tuple[Any, tuple[Any, ...]]] = [
    (ParseFeed(), (FeedBody(feed=a_feed(), url="https://lantern.test/f", body=RSS),)),
    (ExtractArticle(outlets=OUTLETS), PAGES),
    (
        LearnHabits(),
        tuple(OutletPages(before=each, shown=SHOWN) for each in (None, OutletHabits(lines=("a",)))),
    ),
    (DetectLanguage(), ARTICLES),
    (TranslateArticle(), tuple(Draft(article=each, given=given(each)) for each in ARTICLES)),
    (TraceArticle(outlets=OUTLETS), ARTICLES),
    (ComparePair(), tuple(Pair(a=REPORTS[0], b=other) for other in REPORTS[1:])),
    (TraceOrigins(), (FILE,)),
    (FindDifferences(), (FILE,)),
    (GroupTakes(), (FILE,)),
    (
        MeasureCoverage(),
        (
            CoverageRequest(
                told=carried(FILE),
                press=sum_up(
                    OutletHealth(outlet=each, healthy=True, articles_in_window=3)
                    for each in OUTLETS
                ),
                as_of=NOON,
            ),
        ),
    ),
]


@pytest.mark.parametrize("check", STAGE_CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize(("stage", "items"), STAGES, ids=lambda each: type(each).__name__)
def test_every_stage_keeps_its_promises(stage: Any, items: tuple[Any, ...], check: Any) -> None:
    check(stage, items)
