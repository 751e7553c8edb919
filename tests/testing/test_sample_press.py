from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from worldtake.model import Outlet, Span
from worldtake.testing import outlets, phrasebook
from worldtake.testing.adopt_stories import lost_words
from worldtake.text.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.testing import Sample

#: Words by which an article goes on speaking of an outlet that it has named, or names it by its kind.
ANAPHORA = {"the British paper", "das britische Blatt", "Turkish newspaper", "её"}
#: Share of hand-written sentences that the splitter gives back as they are; 0.990 measured, and 0.994 of what it gives
#: is in the phrasebook.
SPLIT_FLOOR = 0.99


def test_the_sample_is_large_enough(sample: Sample) -> None:
    assert len(sample.outlets) >= 40
    assert len({outlet.country for outlet in sample.outlets}) >= 20
    assert len({article.language.split("-")[0] for article in sample.articles}) >= 17
    assert len(sample.articles) >= 100
    assert sum(article.source_id is None for article in sample.articles) >= 60


def test_every_outlet_has_something_to_say(sample: Sample) -> None:
    assert {o.id for o in sample.outlets} == {a.outlet_id for a in sample.articles}


def test_an_outlet_writes_in_its_languages(sample: Sample) -> None:
    languages = {outlet.id: outlet.languages for outlet in sample.outlets}
    astray = [a.id for a in sample.articles if a.language not in languages[a.outlet_id]]
    assert astray == []


def test_addresses_ids_and_hosts_are_unique(sample: Sample) -> None:
    assert len(sample.gold.addresses) == len(sample.articles) == len(sample.gold.stories)
    assert len({outlet.host for outlet in sample.outlets}) == len(sample.outlets)


def test_an_address_does_not_give_the_story_away(sample: Sample) -> None:
    assert [a.address for a in sample.articles if a.id in a.address] == []


def test_a_derived_article_follows_its_source(sample: Sample) -> None:
    by_id = {article.id: article for article in sample.articles}
    early = [
        a.id for a in sample.articles if a.source_id and a.published <= by_id[a.source_id].published
    ]
    assert early == []


def test_planted_words_stand_in_the_article(sample: Sample) -> None:
    lost = [(article.id, words) for article in sample.articles for words in lost_words(article)]
    assert lost == []


def test_every_credited_name_is_a_name_of_the_outlet(sample: Sample) -> None:
    names = {o.id: {name.casefold() for name in o.names()} for o in outlets(1, sample)}
    unknown = [
        (article.id, credit.outlet_id, credit.alias)
        for article in sample.articles
        for credit in article.credits
        if credit.alias
        and credit.alias not in ANAPHORA
        and credit.alias.strip("()").casefold() not in names[credit.outlet_id]
    ]
    assert unknown == []


def test_no_name_belongs_to_two_outlets(sample: Sample) -> None:
    counts = Counter(
        name for outlet in outlets(1, sample) for name in {n.casefold() for n in outlet.names()}
    )
    assert [name for name, count in counts.items() if count > 1] == []


def test_outlets_are_known_to_the_house(sample: Sample) -> None:
    known = {outlet.id: outlet for outlet in outlets(8123, sample)}
    harbor = known["us-harborledger"]
    assert isinstance(harbor, Outlet)
    assert harbor.domains == ("harborledger.localhost",)
    assert harbor.feeds[0].url == "http://harborledger.localhost:8123/rss.xml"
    assert (harbor.provenance, harbor.group) == ("sample", "Ledger Group")
    assert known["rs-savskilist"].names()[:2] == ("Savski list", "Савски лист")


def test_hand_written_sentences_are_what_the_splitter_finds(sample: Sample) -> None:
    found = Counter(sentence in segments for sentence, segments in _split(sample))
    assert found[True] / found.total() >= SPLIT_FLOOR


def test_the_phrasebook_has_english_for_what_the_splitter_finds(sample: Sample) -> None:
    phrases = phrasebook(sample)
    known = Counter[bool]()
    for article in sample.articles:
        if article.language != "en":
            for paragraph in article.printed():
                for span in split(paragraph):
                    known[(article.language, span.cut(paragraph)) in phrases] += 1
    assert known[True] / known.total() >= SPLIT_FLOOR


@pytest.mark.parametrize("language", ["sr-Cyrl", "sr"])
def test_the_phrasebook_knows_a_language_by_tag_and_by_base(sample: Sample, language: str) -> None:
    article = next(a for a in sample.articles if a.language == "sr-Cyrl")
    assert phrasebook(sample)[language, article.title.source] == article.title.english


def test_the_phrasebook_knows_a_sentence_with_and_without_dateline(sample: Sample) -> None:
    phrases = phrasebook(sample)
    article = next(a for a in sample.articles if a.dateline and a.language == "de")
    first = article.paragraphs[0][0]
    assert phrases["de", first.source] == first.english
    assert phrases["de", article.dateline + first.source] == article.dateline + first.english
    assert article.dateline.strip() in {source for _, source in phrases}


def test_the_phrasebook_leaves_english_alone(sample: Sample) -> None:
    assert [key for key in phrasebook(sample) if key[0] == "en"] == []


def test_english_and_original_have_the_same_paragraphs(sample: Sample) -> None:
    uneven = [a.id for a in sample.articles if a.text().count("\n\n") != a.english().count("\n\n")]
    assert uneven == []


def _split(sample: Sample) -> Iterator[tuple[str, set[str]]]:
    for article in sample.articles:
        if article.source_id is None:
            for paragraph in article.paragraphs:
                text = article.space.join(sentence.source for sentence in paragraph)
                spans: tuple[Span, ...] = split(text)
                segments = {span.cut(text) for span in spans}
                for sentence in paragraph:
                    yield sentence.source, segments
