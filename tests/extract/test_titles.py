"""The headline: the outlet's names cut off at either end, and what page and feed agree on."""

from datetime import UTC, datetime

import pytest

from worldtake.extract import ExtractArticle
from worldtake.extract.evidence import Evidence
from worldtake.extract.known import Known
from worldtake.extract.titles import read_titles, without_name
from worldtake.model import Article, Entry, Outlet, Page

HEADLINE = "Ferry: the last boat leaves"
NAMES = {"quaysideecho", "港口晨報", "echo"}
OUTLET = Outlet(id="gb-echo", name="Quayside Echo", native_name="港口晨報", country="GB")


def title(head: str, announced: str = "") -> str:
    entry = Entry(url="u", feed_url="f", outlet_id=OUTLET.id, title=announced)
    page = Page(
        url="https://echo.example/1",
        body=f"<head>{head}</head><body><p>{'The ferry left at six. ' * 20}</p>".encode(),
        fetched=datetime(2025, 6, 1, tzinfo=UTC),
        outlet_id=OUTLET.id,
        entry=entry,
    )
    found = ExtractArticle(outlets=(OUTLET,))(page)
    assert isinstance(found, Article)
    return found.title


@pytest.mark.parametrize(
    "joint", [" | ", " - ", " – ", "—", " / ", " · ", ": ", "：", " » ", "・", "_"]
)
def test_a_known_name_is_cut_off_at_the_end(joint: str) -> None:
    whole = f"{HEADLINE}{joint}Quayside Echo" if joint != "—" else f"{HEADLINE} — Quayside Echo"
    assert without_name(whole, NAMES, branded=True) == HEADLINE


@pytest.mark.parametrize("joint", [" | ", ": ", " « ", "："])
def test_a_known_name_is_cut_off_at_the_beginning(joint: str) -> None:
    assert without_name(f"港口晨報{joint}{HEADLINE}", NAMES, branded=True) == HEADLINE


def test_a_name_before_a_colon_in_a_heading_is_said_of_it() -> None:
    whole = f"Echo: {HEADLINE}"
    assert without_name(whole, NAMES, branded=False) == whole


@pytest.mark.parametrize("joint", [" | ", " - ", " – "])
def test_a_quotation_mark_that_closes_before_the_name_stays(joint: str) -> None:
    whole = f"Sailors on the «Moon Sail»{joint}Quayside Echo"
    assert without_name(whole, NAMES, branded=True) == "Sailors on the «Moon Sail»"


def test_a_name_within_a_word_stays() -> None:
    assert without_name("Sailors hear Anti-Echo", NAMES, branded=True) == "Sailors hear Anti-Echo"


@pytest.mark.parametrize("whole", ["{} / Quayside Echo", "港口晨報：{}", "Quayside Echo: {}"])
def test_every_name_of_the_pages_outlet_is_cut_off(whole: str) -> None:
    assert title(f"<title>{whole.format(HEADLINE)}</title>") == HEADLINE


def test_the_feed_tells_the_headline_in_a_title_with_more_in_it() -> None:
    assert title(f"<title>{HEADLINE} - World - Site</title>", HEADLINE) == HEADLINE


def test_the_feed_does_not_change_a_heading() -> None:
    assert title(f"<h1>{HEADLINE}</h1>", "Something shorter") == HEADLINE


def test_a_full_width_space_between_phrases_is_kept() -> None:
    assert title("<h1>港の船が　最後に出る日</h1>") == "港の船が　最後に出る日"


@pytest.mark.parametrize(
    "tail", [" - National | Globe", " | Sport", " * Globe * by Jon Abel", " – World", " ㅣ항구일보"]
)
def test_a_tail_is_cut_off_where_the_heading_has_none(tail: str) -> None:
    head = f'<meta property="og:title" content="{HEADLINE}{tail}">'
    assert title(f"{head}</head><body><h1>{HEADLINE}</h1>") == HEADLINE


def test_two_kickers_over_one_headline_are_cut_off() -> None:
    head = '<meta property="og:title" content="Ferries: The last boat leaves the harbour">'
    found = title(
        f"{head}</head><body><h1>End of a service - The last boat leaves the harbour</h1>"
    )
    assert found == "The last boat leaves the harbour"


def test_one_kicker_is_part_of_the_headline() -> None:
    head = '<meta property="og:title" content="Ferries: The last boat leaves the harbour">'
    found = title(f"{head}</head><body><h1>Ferries - The last boat leaves the harbour</h1>")
    assert found == "Ferries: The last boat leaves the harbour"


def test_the_section_and_the_author_round_a_headline_are_cut_off() -> None:
    head = '<meta property="article:section" content="정치"><title>항구의 마지막 배가 "오늘 떠난다"-정치</title>'
    by = f"<title>{HEADLINE} | by Jon Abel</title>"
    assert (title(head), title(by)) == ('항구의 마지막 배가 "오늘 떠난다"', HEADLINE)


def test_parts_that_recur_over_an_outlets_pages_are_cut_off() -> None:
    found = Evidence(title=f"{HEADLINE} | Harbour life | The Globe")
    known = Known(
        url="https://globe.example/1",
        fetched=datetime(2025, 6, 1, tzinfo=UTC),
        site_parts=frozenset(("harbour life", "the globe")),
    )
    assert read_titles(found, None, known) == [("title", HEADLINE)]
