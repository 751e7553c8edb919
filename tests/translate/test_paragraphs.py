"""A paragraph in another language than its article says so, where that is sure; most of the text decides for the article."""

from datetime import UTC, datetime

import pytest

from worldtake.extract import from_json, to_json
from worldtake.model import Article, Block, Span
from worldtake.translate import language as module
from worldtake.translate.language import DetectLanguage

ENGLISH = (
    "The harbour office said on Monday that the last ferry of the evening will no longer run in winter.",
    "Passengers who hold a season ticket can get part of their money back until the end of the month.",
    "The council had asked for a second boat, but the company says that too few people would use it.",
)
WELSH = (
    "Dywedodd swyddfa'r harbwr ddydd Llun na fydd fferi olaf y noson yn rhedeg yn ystod y gaeaf mwyach.",
    "Gall teithwyr sydd â thocyn tymor gael rhan o'u harian yn ôl cyn diwedd y mis nesaf, meddai'r cwmni.",
    "Roedd y cyngor wedi gofyn am ail gwch, ond dywed y cwmni mai ychydig iawn o bobl fyddai'n ei ddefnyddio.",
    "Bydd cyfarfod cyhoeddus yn neuadd y pentref nos Iau er mwyn trafod beth ddaw nesaf i'r gwasanaeth.",
)
HEBREW = "משרד הנמל הודיע ביום שני כי המעבורת האחרונה לא תפעל עוד בחורף הקרוב."


def test_an_article_in_one_language_marks_no_paragraph() -> None:
    found = DetectLanguage()(_article(*ENGLISH))
    assert (found.language, _languages(found)) == ("en", [None, None, None])


def test_a_paragraph_in_another_language_says_so() -> None:
    found = DetectLanguage()(_article(*ENGLISH[:2], WELSH[0], ENGLISH[2]))
    assert (found.language, _languages(found)) == ("en", [None, None, "cy", None])


def test_a_paragraph_in_another_script_says_so() -> None:
    found = DetectLanguage()(_article(*ENGLISH, HEBREW))
    assert _languages(found) == [None, None, None, "he"]


def test_a_short_line_in_another_language_is_left_alone() -> None:
    found = DetectLanguage()(_article(*ENGLISH, "Nos da, bawb."))
    assert _languages(found) == [None, None, None, None]


def test_a_paragraph_is_not_taken_for_a_near_language() -> None:
    danish = "Havnekontoret sagde mandag, at den sidste færge ikke længere sejler om vinteren."
    norwegian = (
        "Havnekontoret sa mandag at den siste fergen ikke lenger går om vinteren på kveldstid."
    )
    found = DetectLanguage()(_article(danish, danish, norwegian, danish))
    assert _languages(found) == [None, None, None, None]


def test_a_page_of_two_halves_has_the_language_of_the_longer_one() -> None:
    found = DetectLanguage()(_article(*ENGLISH[:1], *WELSH))
    assert (found.language, _languages(found)) == ("cy", ["en", None, None, None, None])


def test_the_same_is_found_a_second_time() -> None:
    stage = DetectLanguage()
    once = stage(_article(*ENGLISH[:1], *WELSH))
    assert stage(once) == once


def test_another_script_is_seen_without_a_second_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_voter", lambda: None)
    found = DetectLanguage()(_article(*ENGLISH, HEBREW))
    assert _languages(found) == [None, None, None, "he"]


def test_a_paragraphs_language_goes_to_json_and_back() -> None:
    found = DetectLanguage()(_article(*ENGLISH, HEBREW))
    written = to_json(found)
    assert written["blocks"][3]["language"] == "he"
    assert from_json(written).blocks == found.blocks


def _languages(article: Article) -> list[str | None]:
    return [block.language for block in article.blocks]


def _article(*paragraphs: str) -> Article:
    blocks = []
    at = 0
    for each in paragraphs:
        blocks.append(Block(span=Span(at, at + len(each)), role="paragraph"))
        at += len(each) + 2
    return Article(
        id="0", url="https://quay.example/1", outlet_id=None, title="", text="\n\n".join(paragraphs),
        blocks=tuple(blocks), seen=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip
