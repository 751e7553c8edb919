from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import html
from tests.web.conftest import client_of
from tests.web.press import (
    CAVE,
    DOUBTED,
    DUE,
    FERRY,
    FOR_BUDGET,
    INTO_PERSIAN,
    MATCHED,
    READ,
    ROUGH,
    SLY,
    TRANSLATING,
    TRANSLATIONS,
    UNSERVED,
    UNTITLED,
    WAITING,
    SmallPress,
    Written,
    find,
    story_of,
)

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from worldtake.model.views import StoryView

ENGLISH = tuple(written for written in TRANSLATIONS if written.target == "en")


@pytest.fixture(scope="module")
def site() -> TestClient:
    return client_of(SmallPress(more=(SLY, *ENGLISH), translation=TRANSLATING))


def address(written: Written) -> str:
    return f"/article/{written.article().id}"


def page(client: TestClient, written: Written, query: str = "") -> html.HtmlElement:
    return html.document_fromstring(client.get(address(written) + query).text)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def tongues(elements: list[html.HtmlElement]) -> set[tuple[str, str]]:
    return {(each.get("lang"), each.get("dir")) for each in elements}


def test_the_translation_says_who_made_it_and_that_quoted_words_are_translated(
    site: TestClient,
) -> None:
    said = text(page(site, DOUBTED).cssselect(".told .note")[0])
    assert (
        "good translation Machine translated from Slovenian by OPUS-MT sl-en and Apertium spa-eng,"
        " 22 November 2026. Words within quotation marks are translated too."
    ) == said


def test_a_rough_translation_warns(site: TestClient) -> None:
    said = text(page(site, ROUGH).cssselect(".told .note")[0])
    assert said.startswith("rough translation ")
    assert said.endswith("Good for the gist, not for the wording.")


def test_a_doubtful_sentence_says_why_and_is_listed(site: TestClient) -> None:
    tree = page(site, DOUBTED)
    doubted = tree.cssselect(".doubt[data-pair]")
    assert 2 == len(doubted)
    reason = tree.get_element_by_id(doubted[0].get("aria-describedby"))
    assert "Doubtful: digits differ from the original." == text(reason)
    assert ("en", "ltr") == (reason.get("lang"), reason.get("dir"))
    listed = tree.cssselect(".doubts")
    assert [
        "3 sentences are doubtful", "2 sentences stand in the original"
    ] == [text(each.cssselect("summary")[0]) for each in listed]  # fmt: skip
    for link in tree.cssselect(".doubts a"):
        assert 1 == len(tree.cssselect(link.get("href")))


def test_a_doubtful_headline_says_so(site: TestClient) -> None:
    assert "The translated headline is doubtful: a name of the original is missing." == text(
        page(site, DOUBTED).cssselect("#headline .small")[0]
    )


def test_a_sentence_left_in_the_original_has_its_own_language_and_words(site: TestClient) -> None:
    kept = page(site, DOUBTED).cssselect(".translated .kept")
    assert {("sl", "ltr")} == tongues(kept)
    assert "Gradnja je stala 240.000 evrov." == kept[1].text


def test_words_within_quotation_marks_of_the_translation_are_marked(site: TestClient) -> None:
    marked = page(site, DOUBTED).cssselect(".translated mark.rendered")
    assert ["We did not build the path overnight,"] == [text(each) for each in marked]


def test_persian_for_a_reader_of_persian_runs_from_right_to_left_on_both_sides() -> None:
    client = client_of(SmallPress(language="fa", more=(INTO_PERSIAN,)))
    tree = page(client, INTO_PERSIAN)
    assert ("en", "ltr") == (tree.get("lang"), tree.get("dir"))
    assert ("fa", "rtl") == (
        tree.cssselect("h1")[0].get("lang"),
        tree.cssselect("h1")[0].get("dir"),
    )
    assert {("fa", "rtl")} == tongues(tree.cssselect(".side.translated"))
    assert {("he", "rtl")} == tongues(tree.cssselect(".side.source, #title, .translated .kept"))
    assert ["Persian", "Hebrew, the original"] == [text(p) for p in tree.cssselect(".heads p")]
    assert "دو سال کار کردیم." == text(tree.cssselect("mark.rendered")[0])


def test_names_of_countries_come_in_the_readers_language_and_say_so() -> None:
    client = client_of(SmallPress(language="fa", more=(INTO_PERSIAN,)))
    link = page(client, INTO_PERSIAN).cssselect(".kicker .country")[0]
    assert ("fa", "rtl") == (link.get("lang"), link.get("dir"))


def test_a_translation_without_alignment_is_in_the_readers_language() -> None:
    bare = replace(DOUBTED, changes={**DOUBTED.changes, "alignment": ()})
    tree = page(client_of(SmallPress(more=(bare,))), bare)
    assert {("en", "ltr")} == tongues(tree.cssselect(".side.translated"))
    assert {("sl", "ltr")} == tongues(tree.cssselect(".side.source"))


def test_a_block_left_in_the_original_runs_as_the_original_does() -> None:
    left = replace(
        INTO_PERSIAN,
        paragraphs=(INTO_PERSIAN.paragraphs[0], (INTO_PERSIAN.paragraphs[1][1],)),
        target="en",
    )
    tree = page(client_of(SmallPress(more=(left,))), left)
    assert [("en", "ltr"), ("he", "rtl")] == [
        (each.get("lang"), each.get("dir")) for each in tree.cssselect(".side.translated")
    ]


def test_the_rest_is_asked_for_again_until_it_is_there(site: TestClient) -> None:
    tree = page(site, WAITING)
    reading = tree.cssselect("#reading")[0]
    assert f"{address(WAITING)}?have=2" == reading.get("hx-get")
    assert "#reading" == reading.get("hx-select")
    assert [address(WAITING)] == [a.get("href") for a in tree.cssselect("noscript a")]
    assert 1 == len(tree.cssselect("script[src*=htmx]"))
    assert 204 == site.get(reading.get("hx-get")).status_code
    assert 200 == site.get(f"{address(WAITING)}?have=1").status_code


def test_what_waits_stands_once_in_the_original_after_the_notice(site: TestClient) -> None:
    tree = page(site, WAITING)
    blocks = [each.get("class") for each in tree.cssselect(".text > :not(.heads):not(button)")]
    assert [
        "row paragraph", "waiting note", "row paragraph to-come", "row paragraph to-come"
    ] == blocks  # fmt: skip
    assert [] == tree.cssselect(".row.to-come .translated")
    assert [] == tree.cssselect(".doubts")


@pytest.mark.parametrize("written", [FOR_BUDGET, DOUBTED, UNSERVED, MATCHED, READ])
def test_a_page_that_waits_for_nothing_soon_rests(site: TestClient, written: Written) -> None:
    assert [] == page(site, written).cssselect("[hx-get], script[src*=htmx]")


def test_an_address_with_a_receipt_keeps_it_when_it_asks_again(site: TestClient) -> None:
    reading = page(site, WAITING, "?s=0-5").cssselect("#reading")[0]
    assert f"{address(WAITING)}?s=0-5&have=2" == reading.get("hx-get")


@pytest.mark.parametrize("written", [UNSERVED, MATCHED])
def test_without_a_translator_the_way_to_one_is_shown(site: TestClient, written: Written) -> None:
    tree = page(site, written)
    link = tree.cssselect("#reading .note a")[0]
    assert "/about#translation" == link.get("href")
    about = html.document_fromstring(site.get("/about").text)
    assert 1 == len(about.cssselect("#translation"))
    assert 1 == len(tree.cssselect(".text:not(.two)"))


def test_an_article_that_is_about_to_be_translated_says_so(site: TestClient) -> None:
    tree = page(site, DUE)
    assert ("ar", "rtl") == (
        tree.cssselect("h1")[0].get("lang"),
        tree.cssselect("h1")[0].get("dir"),
    )
    assert f"{address(DUE)}?have=0" == tree.cssselect("#reading")[0].get("hx-get")


def test_a_language_that_the_reader_reads_stands_as_printed_and_can_be_seen_translated(
    site: TestClient,
) -> None:
    tree = page(site, READ)
    assert ("sl", READ.title[0]) == (
        tree.cssselect("h1")[0].get("lang"),
        text(tree.cssselect("h1")[0]),
    )
    assert [] == tree.cssselect(".translated")
    link = tree.cssselect("#reading .note a")[0].get("href")
    assert f"{address(READ)}?translated=yes" == link
    other = page(site, READ, "?translated=yes")
    assert READ.title[1] == text(other.cssselect("h1")[0])
    assert address(READ) == other.cssselect(".told .note a")[0].get("href")


def test_a_headline_left_in_the_original_stands_alone(site: TestClient) -> None:
    tree = page(site, UNTITLED)
    assert ("sl", UNTITLED.title[0]) == (
        tree.cssselect("h1")[0].get("lang"), text(tree.cssselect("h1")[0])
    )  # fmt: skip
    assert [] == tree.cssselect("#headline .original")
    assert "Headline: no translator had an answer for it." in text(tree.cssselect(".doubts")[0])


@pytest.mark.parametrize("path", ["/", "/search?q=Karst", "/country/SI", "/outlet/si-odmev"])
def test_words_for_grouping_alone_are_on_no_page(path: str) -> None:
    client = client_of(SmallPress(more=(MATCHED,)))
    body = client.get(path).text
    assert "New path to the cave" not in body
    assert "municipality" not in body


def test_an_article_translated_for_grouping_alone_shows_the_original(site: TestClient) -> None:
    tree = page(site, MATCHED)
    assert "New path" not in text(tree)
    assert ("sl", MATCHED.title[0]) == (
        tree.cssselect("h1")[0].get("lang"), text(tree.cssselect("h1")[0])
    )  # fmt: skip


def test_a_sentence_of_a_maker_for_grouping_alone_stands_in_the_original() -> None:
    makers = (DOUBTED.changes["makers"][0], replace(DOUBTED.changes["makers"][1], tier="match"))
    mixed = replace(DOUBTED, hours=50, changes={**DOUBTED.changes, "makers": makers})
    tree = page(client_of(SmallPress(more=(mixed,))), mixed)
    assert "open all year round" not in text(tree)
    assert "Pot bo odprta vse leto." in [each.text for each in tree.cssselect(".translated .kept")]


def test_lists_say_quietly_what_is_translated(site: TestClient) -> None:
    tree = html.document_fromstring(site.get("/outlet/si-odmev").text)
    lines = {
        each.cssselect("h3 a")[0].get("href"): text(each.cssselect(".meta")[0])
        for each in tree.cssselect(".item")
    }
    assert lines[address(DOUBTED)].endswith("UTC translated from Slovenian")
    assert lines[address(ROUGH)].endswith("roughly translated from Slovenian")
    assert lines[address(MATCHED)].endswith("UTC Slovenian")


def test_headlines_have_the_language_they_are_in(site: TestClient) -> None:
    tree = html.document_fromstring(site.get("/outlet/si-odmev").text)
    found = {
        each.cssselect("h3 a")[0].get("href"): each.cssselect("h3 span")[0].get("lang")
        for each in tree.cssselect(".item")
    }
    assert ["en", "en", "sl", "sl", "sl", "sl"] == [
        found[address(each)] for each in (DOUBTED, ROUGH, MATCHED, UNSERVED, UNTITLED, READ)
    ]


def test_a_take_of_a_rough_translation_says_so() -> None:
    rough = replace(FERRY[0], changes={"tier": "gist"})

    class Rough(SmallPress):
        def story(self, story_id: str) -> StoryView:
            view = SmallPress().story(story_id)
            lines = (rough.headline(story_id), *view.headlines[1:])
            return replace(view, headlines=lines)

    tree = html.document_fromstring(client_of(Rough()).get(f"/story/{story_of(FERRY).id}").text)
    said = [text(each) for each in tree.cssselect(".take figcaption")]
    assert [True, False] == ["roughly translated" in each for each in said]


def test_the_story_says_that_its_headline_is_translated(site: TestClient) -> None:
    tree = html.document_fromstring(site.get(f"/story/{story_of(FERRY).id}").text)
    assert "translated from Italian" in text(tree.cssselect(".lead-by")[0])
    assert "en" == tree.cssselect("#thread h3 span")[0].get("lang")


def test_a_receipt_of_the_translation_marks_the_sentence_of_the_original(site: TestClient) -> None:
    written = FERRY[0].translation()
    assert written
    span = find(written.text, "214 people")
    tree = page(site, FERRY[0], f"?t={span.start}-{span.end}")
    marked = tree.cssselect(".source mark.receipt")
    assert ["A bordo c'erano 214 persone."] == [text(each) for each in marked]
    assert 1 == len(tree.cssselect(f"#t{span.start}-{span.end}"))


@pytest.mark.parametrize("written", ENGLISH, ids=lambda w: str(w.hours))
def test_ids_are_unique_and_descriptions_lead_somewhere(site: TestClient, written: Written) -> None:
    tree = page(site, written)
    ids = [each.get("id") for each in tree.cssselect("[id]")]
    assert sorted(set(ids)) == sorted(ids)
    assert {each.get("aria-describedby") for each in tree.cssselect("[aria-describedby]")} <= set(
        ids
    )


def test_programs_are_told_makers_flags_and_what_waits(site: TestClient) -> None:
    told = site.get(f"/api/v1/article/{WAITING.article().id}").json()["translation"]
    assert ("reader", "opus") == (told["waits"], told["waits_for"])
    assert "OPUS-MT ar-en" == told["makers"][0]["model"]
    assert [[], ["untranslated"]] == [each["flags"] for each in told["alignment"][:2]]
    line = site.get("/api/v1/search?q=harbour").json()["headlines"][0]
    assert "good" == line["tier"]


def test_status_shows_translators_budgets_and_what_waits(site: TestClient) -> None:
    tree = html.document_fromstring(site.get("/status").text)
    rows = [[text(cell) for cell in row] for row in tree.cssselect(".engines tbody tr")]
    assert ["OPUS-MT", "answers", "412,380", "–"] == rows[0]
    assert ["DeepL", "answers", "20,000 of 20,000", "0.40 of 1.50"] == rows[1]
    assert rows[2][1].startswith("rests until 8 Sept 2026, 07:50 UTC, after 5 failures: no answer")
    assert [
        "1,204 articles wait until they are opened, or more outlets carry their stories.",
        "1 article waits for tomorrow’s budget.",
        "3 articles wait for a translator that does not answer.",
    ] == [text(each) for each in tree.cssselect(".waits li")]
    assert "48,113 sentences are remembered (21.4 MB)" in text(tree)
    status = json.loads(site.get("/api/v1/status").text)["translation"]
    assert ["reader", 1204] == status["waiting"][0]


def test_status_says_where_no_translator_is_set_up() -> None:
    tree = html.document_fromstring(client_of(SmallPress()).get("/status").text)
    section = tree.cssselect("section[aria-labelledby=translation-title]")[0]
    assert "No translator is set up" in text(section)
    assert "/about#translation" == section.cssselect("a")[0].get("href")


def test_a_single_story_in_another_language_of_the_reader_is_no_translation() -> None:
    client = client_of(
        SmallPress(language="pt-BR", more=(replace(CAVE[0], language="pt", hours=60),))
    )
    assert "translated from Portuguese" not in client.get("/").text
