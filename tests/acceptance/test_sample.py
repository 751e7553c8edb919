"""The sample press from end to end: what is planted is found, and nothing else is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from worldtake.model import TEXT_CREDITS
from worldtake.testing.sample_gold import planted_copies, planted_edges
from worldtake.testing.scores import b_cubed, compare_edges, compare_pairs

if TYPE_CHECKING:
    from tests.acceptance.conftest import ReadSample

pytestmark = pytest.mark.xdist_group("sample")


def test_every_article_of_the_press_is_read(sample: ReadSample) -> None:
    assert set(sample.gold.stories) == set(sample.ids.values())


def test_nothing_is_left_in_quarantine(sample: ReadSample) -> None:
    assert [] == [(each.item, each.message) for each in sample.newsroom.quarantine()]


def test_stories_are_found_over_all_languages(sample: ReadSample) -> None:
    predicted = {
        sample.ids[article]: bundle.file.story.id
        for bundle in sample.bundles
        for article in bundle.file.story.articles
    }
    assert b_cubed(predicted, sample.gold.stories).f1 >= 0.85


def test_look_alikes_of_one_day_are_two_stories(sample: ReadSample) -> None:
    for one, other in sample.gold.look_alikes:
        assert not stories_of(sample, one) & stories_of(sample, other)


def stories_of(sample: ReadSample, planted: str) -> set[str]:
    return {
        bundle.file.story.id
        for bundle in sample.bundles
        for article in bundle.file.story.articles
        if sample.gold.stories[sample.ids[article]] == planted
    }


def test_the_stories_of_a_thread_are_in_one(sample: ReadSample) -> None:
    threads = {bundle.file.story.id: bundle.thread for bundle in sample.bundles}
    for planted in sample.gold.threads.values():
        found = {threads[story] for each in planted for story in stories_of(sample, each)}
        assert (1, False) == (len(found), None in found)


def test_every_agency_copy_within_a_language_is_found(sample: ReadSample) -> None:
    planted = planted_copies(sample.gold)
    comparison = compare_pairs(found_copies(sample), planted)
    assert frozenset() == comparison.missing


def found_copies(sample: ReadSample) -> set[tuple[str, str]]:
    return {
        (sample.ids[copy.a], sample.ids[copy.b])
        for bundle in sample.bundles
        for copy in bundle.file.copies
    }


def test_no_copy_is_found_between_articles_written_apart(sample: ReadSample) -> None:
    related = {(copy.a, copy.b) for copy in sample.gold.copies}
    assert set() == {tuple(sorted(pair)) for pair in found_copies(sample)} - related


def test_every_credit_is_found(sample: ReadSample) -> None:
    comparison = compare_edges(found_credits(sample), planted_edges(sample.gold))
    assert frozenset() == comparison.missing


def test_no_credit_is_found_that_is_not_there(sample: ReadSample) -> None:
    comparison = compare_edges(found_credits(sample), planted_edges(sample.gold))
    assert frozenset() == comparison.extra


def found_credits(sample: ReadSample) -> set[tuple[str, str]]:
    return {
        (sample.ids[report.article.id], credit.outlet_id or credit.outlet)
        for report in sample.reports
        for credit in report.trace.credits
        if credit.kind in TEXT_CREDITS
    }


def test_no_edge_is_drawn_that_is_not_planted(sample: ReadSample) -> None:
    stated = planted_edges(sample.gold)
    related = {pair for copy in sample.gold.copies for pair in ((copy.a, copy.b), (copy.b, copy.a))}
    drawn = {
        (sample.ids[edge.article_id], edge.to_outlet, sample.ids.get(edge.to_article or ""))
        for bundle in sample.bundles
        if bundle.file.lineage
        for edge in bundle.file.lineage.edges
    }
    unplanted = {
        (article, outlet, target)
        for article, outlet, target in drawn
        if (article, outlet) not in stated and (article, target) not in related
    }
    assert set() == unplanted


def test_the_story_that_a_country_leaves_out_is_a_gap(sample: ReadSample) -> None:
    for planted, countries in sample.gold.gaps.items():
        named = [code for code in countries if len(code) == 2]
        for bundle in sample.bundles:
            if bundle.file.story.id in stories_of(sample, planted) and len(bundle.file.reports) > 9:
                assert bundle.coverage is not None
                assert set(named) <= {gap.country for gap in bundle.coverage.gaps()}


def test_every_statement_stands_in_the_text_it_points_at(sample: ReadSample) -> None:
    texts = {report.article.id: report.article for report in sample.reports}
    for bundle in sample.bundles:
        for group in bundle.takes:
            for take in group.takes:
                article = texts[take.article_id]
                body = article.title if take.evidence.part == "title" else article.text
                assert take.evidence.exact == take.evidence.span.cut(body)


def test_most_quotes_have_the_speaker_that_is_planted(sample: ReadSample) -> None:
    planted, hits = 0, 0
    for report in sample.reports:
        found = {
            quote.speaker.cut(report.article.text)
            for quote in report.trace.quotes
            if quote.speaker and quote.part == "text"
        }
        for quote in sample.gold.quotes[sample.ids[report.article.id]]:
            if quote.speaker:
                planted += 1
                hits += any(quote.speaker in each or each in quote.speaker for each in found)
    assert hits / planted >= 0.8
