"""Habits learned over the sample press: its pages come one by one, each with a line that its outlet puts into every text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby

import pytest

from worldtake.extract import ExtractArticle
from worldtake.extract.article import Reading
from worldtake.extract.learning import learn
from worldtake.model import Page
from worldtake.testing.sample_nouns import SampleArticle, SampleOutlet, Sentence
from worldtake.testing.sample_pages import render_article
from worldtake.testing.sample_press import Sample, load_sample, outlets

PORT = 8000
FEED = {"href": "/rss.xml", "type": "application/rss+xml"}
#: Pages after which there is something to show: three to learn from, and one more.
LEAST = 4


@dataclass(frozen=True)
class Arrived:
    """One page as it came: how many came before it, whether it bears the planted line, and which paragraphs it lost."""

    before: int
    bears: bool
    lost: tuple[str, ...]


@pytest.fixture(scope="module", params=[True, False], ids=["planted", "as it is"])
def arrived(request: pytest.FixtureRequest) -> tuple[Arrived, ...]:
    sample = load_sample()
    stage = ExtractArticle(outlets=outlets(PORT, sample))
    houses = {each.id: each for each in sample.outlets}
    by_outlet = groupby(sorted(sample.articles, key=outlet_of), key=outlet_of)
    found = []
    for outlet_id, group in by_outlet:
        articles = sorted(group, key=lambda each: each.published)
        if len(articles) >= LEAST:
            found += arrivals(stage, sample, houses[outlet_id], articles, planted=request.param)
    return tuple(found)


def outlet_of(article: SampleArticle) -> str:
    return article.outlet_id


def arrivals(
    stage: ExtractArticle,
    sample: Sample,
    outlet: SampleOutlet,
    articles: list[SampleArticle],
    *,
    planted: bool,
) -> list[Arrived]:
    """Read pages in their order, each with the habits that those before it teach."""
    standing = max((said for _, said in sample.words[outlet.languages[0]]["remarks"]), key=len)
    found, shown = [], []
    for number, article in enumerate(articles):
        own = article.printed()[: len(article.paragraphs)]
        line = (Sentence(standing, standing),)
        paragraphs = (
            *article.paragraphs[:1],
            *([line] if planted else []),
            *article.paragraphs[1:],
        )
        given = page(sample, outlet, replace(article, paragraphs=paragraphs))
        reading = stage.read(replace(given, habits=learn(shown)))
        plain = stage.read(given)
        assert isinstance(reading, Reading)
        assert isinstance(plain, Reading)
        shown.append(reading.shown)
        text = reading.article.text
        lost = tuple(each for each in own if each in plain.article.text and each not in text)
        found.append(Arrived(number, standing in text, lost))
    return found


def page(sample: Sample, outlet: SampleOutlet, article: SampleArticle) -> Page:
    body = render_article(article, outlet, earlier=(), words=sample.words, port=PORT, feed=FEED)
    return Page(
        url=f"http://{outlet.host}:{PORT}{article.path}",
        body=body,
        fetched=article.published + timedelta(hours=1),
        charset=outlet.encoding,
        outlet_id=outlet.id,
    )


def test_no_paragraph_of_the_sample_is_lost(arrived: tuple[Arrived, ...]) -> None:
    assert [] == [each for each in arrived if each.lost]


def test_a_standing_line_is_left_out_from_the_fourth_page_on(arrived: tuple[Arrived, ...]) -> None:
    assert [] == [each for each in arrived if each.before >= LEAST - 1 and each.bears]
