"""What shows by its place that it is furniture: notes, dated teasers and their headings, boxes that ask to sign up, closing lines."""

from datetime import UTC, datetime

import pytest

from worldtake.extract import ExtractArticle
from worldtake.model import Article, Page

FETCHED = datetime(2025, 6, 1, 12, tzinfo=UTC)
PARAGRAPHS = (
    "The ferry left the harbour at six in the morning with all its lamps lit, as it has for forty years.",
    "Nobody on the quay had been told that it was the last time, and the captain did not say it either.",
    "By noon the company had put out a statement of three lines, and the ticket office was closed.",
)
BODY = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
TEXT = "\n\n".join(PARAGRAPHS)
STAGE = ExtractArticle()


def read(body: str) -> Article:
    page = Page(
        url="https://www.echo.example/a/1", body=f"<body>{body}</body>".encode(), fetched=FETCHED
    )
    found = STAGE(page)
    assert isinstance(found, Article)
    return found


def reasons(found: Article) -> dict[str, str]:
    return {each.text: each.reason for each in found.discarded}


@pytest.mark.parametrize("tag", ["p", "div", "small", "font", "span", "aside"])
def test_a_note_is_left_out_whatever_its_tag(tag: str) -> None:
    note = "Nothing that stands on this page has ever happened anywhere at all."
    found = read(f"<div>{BODY}<{tag} role='note'>{note}</{tag}></div>")
    assert (TEXT, {note: "notice"}) == (found.text, reasons(found))


@pytest.mark.parametrize(
    "dates",
    [
        ("3 May 2025", "4 May 2025", "5 May 2025"),
        ("٣ مايو ٢٠٢٥", "٤ مايو ٢٠٢٥", "٥ مايو ٢٠٢٥"),
        ("2025年5月3日", "2025年5月4日", "2025年5月5日"),
        ("३ मई २०२५", "४ मई २०२५", "५ मई २०२५"),
        ("03.05.2025", "04.05.2025", "05.05.2025"),
        ("3 мая 2025 г.", "4 мая 2025 г.", "5 мая 2025 г."),
    ],
)
def test_a_list_of_dated_headlines_and_its_heading_are_left_out(dates: tuple[str, ...]) -> None:
    items = "".join(f"<li><span>{date}</span> <b>Another headline here</b></li>" for date in dates)
    found = read(f"<div>{BODY}<h3>Elsewhere</h3><ul>{items}</ul></div>")
    assert TEXT == found.text


def test_dates_in_a_table_of_links_are_left_out() -> None:
    rows = "".join(
        f"<tr><td>{n} May 2025</td><td><a href='/{n}'>A linked headline</a></td></tr>"
        for n in (3, 4)
    )
    assert TEXT == read(f"<div>{BODY}<table>{rows}</table></div>").text


def test_a_table_of_dated_sentences_is_kept() -> None:
    items = "".join(f"<li>{n} May 2025: the ferry sails.</li>" for n in (3, 4, 5))
    assert "4 May 2025: the ferry sails." in read(f"<div>{BODY}<ul>{items}</ul></div>").text


def test_a_strip_of_many_links_is_left_out_however_long() -> None:
    strip = "".join(
        f"<span>{n} May 2025</span> <a href='/{n}'>A headline of a good length that goes on and on, number {n}</a> "
        for n in range(1, 7)
    )
    assert TEXT == read(f"<div><div>{strip}</div>{BODY}</div>").text


def test_a_box_unlike_the_paragraphs_with_a_heading_and_a_line_is_left_out() -> None:
    box = "<div><h4>Over breakfast</h4><span>What you should know, every day.</span></div>"
    first, *rest = (f"<section><p>{each}</p></section>" for each in PARAGRAPHS)
    assert TEXT == read(f"<div>{first}{box}{''.join(rest)}</div>").text


def test_a_subheading_over_paragraphs_is_kept() -> None:
    first, *rest = (f"<p>{each}</p>" for each in PARAGRAPHS)
    section = f"<section><h3>The last day</h3>{''.join(rest)}</section>"
    assert "The last day" in read(f"<div>{first}{section}</div>").text


def test_a_box_with_a_field_for_a_mail_address_is_left_out() -> None:
    box = "<div><b>Over breakfast</b><p>All that matters, every day.</p><form><input type=email></form></div>"
    first, *rest = (f"<p>{each}</p>" for each in PARAGRAPHS)
    found = read(f"<div>{first}{box}{''.join(rest)}</div>")
    assert (TEXT, "newsletter") == (found.text, reasons(found)["All that matters, every day."])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("<p class='credits'>The Harbour Post contributed to this story.</p>", "sign_off"),
        ("<p>By Harbour News</p>", "sign_off"),
        ("<p>(Harbour)</p>", "sign_off"),
        ("<p>Source: Harbour Post</p>", "source_note"),
        ("<p>来源：港口晨报</p>", "source_note"),
    ],
)
def test_a_line_under_the_last_paragraph_closes_the_article(line: str, reason: str) -> None:
    found = read(f"<div>{BODY}{line}</div><div><a href='/b'>Another headline</a></div>")
    assert reason in reasons(found).values() or line in f"<p>{found.text.splitlines()[-1]}</p>"


def test_a_closing_line_behind_a_box_of_links_is_not_taken_for_one() -> None:
    paragraphs = "".join(f"<section><p>{each}</p></section>" for each in PARAGRAPHS)
    links = (
        "<div><h4>Related articles</h4><ul><li><a href='/b'>Another headline</a></li></ul></div>"
    )
    found = read(f"<div>{paragraphs}{links}<section><p>(Harbour)</p></section></div>")
    assert reasons(found)["(Harbour)"] == "sign_off"
