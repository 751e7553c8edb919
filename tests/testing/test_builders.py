from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from worldtake.model import Span
from worldtake.testing import (
    NOON,
    a_credit,
    a_page,
    a_quote,
    a_report,
    a_story,
    a_story_file,
    a_translation,
    an_article,
    an_evidence,
    an_outlet,
    blocks_of,
    span_of,
)


def test_an_article_is_whole_and_its_blocks_cover_its_text() -> None:
    article = an_article("One.\n\nTwo.")
    assert [block.span.cut(article.text) for block in article.blocks] == ["One.", "Two."]
    assert article.moment() == NOON


def test_articles_of_other_texts_or_outlets_have_other_addresses_and_ids() -> None:
    built = [an_article("A"), an_article("B"), an_article("A", outlet_id="de-laterne")]
    assert len({article.url for article in built}) == 3
    assert len({article.id for article in built}) == 3


def test_the_same_article_is_built_twice() -> None:
    assert an_article("A") == an_article("A")


def test_an_article_without_date_is_ordered_by_when_it_was_seen() -> None:
    article = an_article(published=None)
    assert article.published_precision is None
    assert article.moment() == article.seen


def test_an_outlets_domain_and_country_follow_its_id() -> None:
    outlet = an_outlet(id="de-laterne")
    assert (outlet.domains, outlet.country) == (("laterne.test",), "DE")


def test_a_page_takes_words_or_bytes() -> None:
    assert a_page("é").body == a_page(b"\xc3\xa9").body


def test_spans_are_found_by_their_words() -> None:
    article = an_article()
    quote = a_quote(article.text, "We never threw the keys away", speaker="Ada Brankovic")
    assert quote.content[0].cut(article.text) == "We never threw the keys away"
    assert quote.speaker is not None
    assert quote.speaker.cut(article.text) == "Ada Brankovic"
    credit = a_credit(article.text, "the Harbor Ledger reported")
    assert credit.span.cut(article.text) == an_evidence(article, "the Harbor Ledger reported").exact
    assert span_of("aba", "a", after=1) == Span(2, 3)


def test_words_that_are_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="substring not found"):
        span_of("abc", "x")


def test_a_translation_is_aligned_block_by_block() -> None:
    article = an_article("Eins.\n\nZwei.", language="de")
    translation = a_translation(article, "One.\n\nTwo.")
    pairs = [
        (a.source.cut(article.text), a.target.cut("One.\n\nTwo.")) for a in translation.alignment
    ]
    assert pairs == [("Eins.", "One."), ("Zwei.", "Two.")]


def test_a_story_file_holds_its_reports_in_time_order() -> None:
    late = a_report(an_article("Late.", published=NOON + timedelta(hours=1)))
    early = a_report(an_article("Early.", published=datetime(2026, 9, 10, tzinfo=UTC)))
    story_file = a_story_file((late, early))
    assert story_file.reports == (early, late)
    assert story_file.story == a_story([late.article, early.article])
    assert story_file.story.id == early.article.id


def test_blocks_of_an_empty_text_are_none() -> None:
    assert blocks_of("") == ()
