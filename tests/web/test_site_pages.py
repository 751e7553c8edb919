from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from lxml import html
from tests.web.conftest import BANNER, client_of
from tests.web.press import CAVE, FERRY, HOSTILE, SLY, SmallPress, find, story_of

if TYPE_CHECKING:
    from starlette.testclient import TestClient

STORY = f"/story/{story_of(FERRY).id}"
ITALIAN, AGENCY, COPY, ARABIC, JAPANESE = (f"/article/{w.article().id}" for w in FERRY)
PAGES = (
    "/", STORY, f"{STORY}?by=bloc", f"/story/{story_of(CAVE).id}", ITALIAN, AGENCY, COPY, ARABIC,
    JAPANESE, f"/article/{SLY.article().id}", "/countries", "/country/IT", "/country/US",
    "/country/AQ", "/outlet/ke-shore", "/outlet/xx-sly", "/search", "/search?q=ferry",
    "/search?q=nothing", "/about", "/status", "/nope",
)  # fmt: skip


def page(client: TestClient, path: str) -> html.HtmlElement:
    return html.document_fromstring(client.get(path).text)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_what_it_is_and_where_one_is(client: TestClient, path: str) -> None:
    tree = page(client, path)
    assert 1 == len(tree.cssselect("h1"))
    assert 1 == len(tree.cssselect("main#main"))
    assert "#main" == tree.cssselect("body > a")[0].get("href")
    assert "en" == tree.get("lang")
    assert BANNER in text(tree.cssselect(".banner")[0])
    assert BANNER in text(tree.cssselect("footer")[0])


@pytest.mark.parametrize("path", PAGES)
def test_headings_step_down_by_one(client: TestClient, path: str) -> None:
    levels = [int(h.tag[1]) for h in page(client, path).cssselect("h1, h2, h3, h4")]
    assert [] == [(a, b) for a, b in pairwise(levels) if b > a + 1]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_inline_script_style_or_foreign_resource(client: TestClient, path: str) -> None:
    tree = page(client, path)
    assert [] == tree.cssselect("script:not([src]), style, [style], [onclick], [onerror], [onload]")
    sources = [e.get("src") or e.get("href") for e in tree.cssselect("[src], link[href]")]
    assert [] == [source for source in sources if not source.startswith("/static/")]


@pytest.mark.parametrize("path", PAGES)
def test_ids_are_unique(client: TestClient, path: str) -> None:
    ids = [e.get("id") for e in page(client, path).cssselect("[id]")]
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("path", PAGES)
def test_hostile_text_stays_text(client: TestClient, path: str) -> None:
    body = client.get(path).text
    tree = html.document_fromstring(body)
    assert [] == tree.cssselect("main img, main svg:not(.days > svg), main script, title ~ svg")
    assert [] == [a for a in tree.cssselect("a[href]") if ":" in a.get("href").split("/")[0] and not a.get("href").startswith(("http://", "https://"))]  # fmt: skip
    assert HOSTILE[0] not in body


def test_a_hostile_article_is_shown_as_it_was_written(client: TestClient) -> None:
    tree = page(client, f"/article/{SLY.article().id}")
    assert HOSTILE[0] == text(tree.cssselect("h1")[0])
    assert HOSTILE[1] in text(tree.cssselect(".text")[0])
    assert "auto" == tree.cssselect("h1")[0].get("dir")
    assert [] == tree.cssselect(".away")


def test_a_hostile_query_stays_in_its_box(client: TestClient) -> None:
    tree = html.document_fromstring(client.get("/search", params={"q": HOSTILE[1]}).text)
    assert HOSTILE[1] == tree.cssselect("#find")[0].get("value")
    assert [] == tree.cssselect("main img")


def test_the_front_page_tells_each_story_by_origins(client: TestClient) -> None:
    card = page(client, "/").cssselect(".card")[0]
    assert "Ferry ablaze, everyone safe" == text(card.cssselect("h3")[0])
    assert (
        "5 articles, 2 to 3 origins, 5 countries, 4 languages, first seen 8 Sept 2026, 05:50 UTC"
        == text(card.cssselect(".strip")[0])
    )


def test_the_front_page_lists_the_countries_of_the_globe(client: TestClient) -> None:
    links = page(client, "/").cssselect("#country-list a")
    assert ["EG", "GB", "IT", "JP", "KE", "SI"] == sorted(a.get("data-country") for a in links)
    assert {"/country/SI"} == {a.get("href") for a in links if a.get("data-country") == "SI"}


def test_a_filling_front_page_refreshes_itself_with_and_without_scripts() -> None:
    client = client_of(SmallPress(due=(("translate", 3),)))
    tree = page(client, "/")
    assert "/?part=stories" == tree.cssselect("#stories")[0].get("hx-get")
    assert 1 == len(tree.cssselect("noscript meta[http-equiv=refresh]"))
    part = client.get("/?part=stories").text
    assert "<html" not in part
    assert {"edition", "newest", "country-list"} == set(
        re.findall(r'id="([\w-]+)"[^>]* hx-swap-oob="true"', part)
    )


def test_a_full_front_page_rests(client: TestClient) -> None:
    tree = page(client, "/")
    assert [] == tree.cssselect("[hx-get], noscript, script[src*=htmx]")


def test_an_empty_house_says_so() -> None:
    client = client_of(SmallPress(empty=True))
    assert "There are no stories yet" in client.get("/").text
    assert "No country" in client.get("/countries").text


def test_an_old_story_id_leads_to_the_permanent_address(client: TestClient) -> None:
    answer = client.get("/story/old")
    assert (308, STORY) == (answer.status_code, answer.headers["location"])


def test_a_country_in_small_letters_leads_to_its_address(client: TestClient) -> None:
    answer = client.get("/country/it")
    assert (308, "/country/IT") == (answer.status_code, answer.headers["location"])


@pytest.mark.parametrize(
    "path",
    ["/story/x", "/article/x", "/outlet/x", "/country/XYZ", "/nope", "/static/../app.py", "/static/%2e%2e/app.py"],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_leads_on(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert 404 == answer.status_code
    assert 'href="/countries"' in answer.text


@pytest.mark.parametrize("path", ["/?part=x", f"{ITALIAN}?s=1", f"{STORY}?by=planet"])
def test_a_malformed_address_is_refused(client: TestClient, path: str) -> None:
    assert 422 == client.get(path).status_code


def test_a_take_opens_the_article_at_its_words(client: TestClient) -> None:
    link = page(client, STORY).cssselect(".take .receipt-link")[0].get("href")
    span = find(FERRY[0].article().text, FERRY[0].paragraphs[1][0][0])
    place = f"{span.start}-{span.end}"
    assert f"{ITALIAN}?s={place}#s{place}" == link
    article = page(client, link)
    marked = "".join(m.text_content() for m in article.cssselect("mark.receipt"))
    assert FERRY[0].paragraphs[1][0][0] == marked
    assert 1 == len(article.cssselect(f"#s{place}"))


def test_a_take_is_told_with_outlet_date_and_original(client: TestClient) -> None:
    take = page(client, STORY).cssselect(".take")[1]
    assert "Carla Vendramin said: “The fire began in the car deck.”" == text(take.cssselect("p")[0])
    original = take.cssselect(".original")[0]
    assert ("ar", "rtl") == (original.get("lang"), original.get("dir"))
    assert "Sabah al-Bahr" in text(take.cssselect("figcaption")[0])
    assert "no date stated" in text(take.cssselect("figcaption")[0])


def test_takes_can_be_grouped_by_bloc(client: TestClient) -> None:
    headings = page(client, f"{STORY}?by=bloc").cssselect(".take-group h3")
    assert ["European Union"] == [text(h) for h in headings]


def test_differences_stand_side_by_side_with_receipts(client: TestClient) -> None:
    values = page(client, STORY).cssselect(".values > li")
    assert ["12 as of 2026-09-08", "19"] == [text(v.cssselect(".value")[0]) for v in values]
    assert ["12", "19"] == [text(v.cssselect(".quoted b")[0]) for v in values]


def test_coverage_says_the_statistics_and_their_limits(client: TestClient) -> None:
    section = page(client, STORY).cssselect("#coverage")[0]
    silent = text(section.cssselect("table.under-covered")[0])
    assert "Silent though able" in silent
    assert "0 of 12 tracked outlets (95 % bound 22 %), 19 of 41 elsewhere" in silent
    assert "Slovenia 0 of 3" in text(section.cssselect(".too-few")[0])
    assert "Malta" not in text(section)
    assert "No healthy outlet in 1 more country." in text(section)


def test_origins_are_a_list_with_the_sentence_that_says_so(client: TestClient) -> None:
    child = page(client, STORY).cssselect(".descent ul li")[0]
    assert "Sabah al-Bahr" in text(child)
    assert "cites it (stated) “وقالت صحيفة «لا لانتيرنا»”" in text(child)


def test_an_arabic_article_runs_from_right_to_left(client: TestClient) -> None:
    tree = page(client, ARABIC)
    source, translated = tree.cssselect(".side.source")[0], tree.cssselect(".side.translated")[0]
    assert ("ar", "rtl") == (source.get("lang"), source.get("dir"))
    assert ("en", "ltr") == (translated.get("lang"), translated.get("dir"))
    assert "no date stated on the page" in text(tree.cssselect(".article-head")[0])


def test_credits_and_quotes_lead_to_their_marks(client: TestClient) -> None:
    tree = page(client, ARABIC)
    places = [a.get("href").removeprefix("#") for a in tree.cssselect(".finds a.quoted")]
    assert 2 == len(places)
    for place in places:
        anchor = tree.get_element_by_id(place)
        assert place in anchor.getnext().get("data-on").split()


def test_shared_text_leads_to_both_articles(client: TestClient) -> None:
    links = [a.get("href") for a in page(client, COPY).cssselect(".lists a[href*='?s=']")]
    assert [COPY, AGENCY] == [link.split("?")[0] for link in links]


def test_what_was_left_out_can_be_opened(client: TestClient) -> None:
    details = page(client, ITALIAN).cssselect("details")[0]
    assert "Leggi anche: il porto" in text(details)
    assert None is details.get("open")
    assert "" == page(client, f"{ITALIAN}?d=0-5#d0-5").cssselect("details")[0].get("open")


def test_a_country_shows_its_press_and_its_gaps(client: TestClient) -> None:
    assert "Ferry ablaze, everyone safe" in client.get("/country/IT").text
    gap = page(client, "/country/US").cssselect(".gap")[0]
    assert "0 of 12 tracked outlets" in text(gap)


def test_search_leads_to_older_results_safely(client: TestClient) -> None:
    link = page(client, "/search?q=ferry").cssselect(".older a")[0].get("href")
    assert "/search?q=ferry&before=01%26x%3D%3Cy%3E" == link


def test_status_lists_outlets_by_state_worst_first_with_the_reason(client: TestClient) -> None:
    shown = page(client, "/status")
    heads = [text(each) for each in shown.cssselect(".standing > summary")]
    assert ["Not reached 1 outlet", "Silent 1 outlet"] == heads[:2]
    row = shown.cssselect(".standing tbody tr")[1]
    assert "14 articles were expected since then" in text(row)
    assert ["14", "0"] == [text(each) for each in row.cssselect(".figure")]


def test_an_outlet_says_in_words_how_it_stands_and_shows_its_days(client: TestClient) -> None:
    shown = page(client, "/outlet/ke-shore")
    assert "Silent since 05:50 UTC on Tuesday" in text(shown.cssselect(".standing-words")[0])
    assert (28, 27) == (len(shown.cssselect("rect.band")), len(shown.cssselect("rect.bar")))
    rows = shown.cssselect(".day-table tbody tr")
    assert (28, ["Tue 8 Sept", "0", "28 to 54"]) == (len(rows), [text(cell) for cell in rows[0]])


def test_an_outlet_that_was_not_measured_shows_no_standing(client: TestClient) -> None:
    assert [] == page(client, "/outlet/jp-kishi").cssselect("#standing-title, .days")


def test_status_shows_stages_and_quarantine(client: TestClient) -> None:
    shown = text(page(client, "/status").cssselect("main")[0])
    assert "the page is binary: nothing to read" in shown
    row = page(client, "/status").cssselect(".stages tbody tr")[0]
    assert ["extract", "1", "2", "7", "0", "1"] == [text(cell) for cell in row]


def test_only_reading_is_allowed(client: TestClient) -> None:
    assert 405 == client.post("/").status_code


def test_a_banner_may_come_and_go_while_the_site_runs() -> None:
    said = ["Sample", None]
    client = client_of(SmallPress(), banner=lambda: said.pop(0))
    assert ["Sample"] == [text(b) for b in page(client, "/about").cssselect(".banner")]
    assert [] == page(client, "/about").cssselect(".banner")
