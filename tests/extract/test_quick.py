"""The fast path: paragraphs of the box that holds most prose, what a few tags state, and the full path where that is nothing."""

import time
from datetime import UTC, datetime

import pytest

from worldtake.extract import ExtractArticle
from worldtake.model import Article, Page

#: Processor time that a page may take, seconds.
SECONDS = 2.0
FETCHED = datetime(2025, 6, 1, 12, tzinfo=UTC)
LINES = (
    "The ferry left the harbour at six in the morning with all its lamps lit, as it has for forty years.",
    "Nobody on the quay had been told that it was the last time, and the captain did not say it either.",
    "By noon the company had put out a statement of three lines, and the ticket office was closed for good.",
    "The harbour master said that he would keep the lamps burning until the end of the month, ferry or none.",
    "On the far side of the bay the school has hired two fishing boats to bring the children across.",
)
TEXT = "\n\n".join(LINES)
BODY = "".join(f"<p>{line}</p>" for line in LINES)
NAV = "<nav><ul><li><a href='/a'>Harbour</a></li><li><a href='/b'>Weather</a></li></ul></nav>"


def read(body: str, head: str = "") -> Article:
    page = Page(
        url="https://www.echo.example/a/1",
        body=f"<html lang='en'><head>{head}</head><body>{body}</body></html>".encode(),
        fetched=FETCHED,
    )
    found = ExtractArticle(fast=True)(page)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{BODY}</div>",
        "".join(f"<div><div><div><p>{line}</p></div></div></div>" for line in LINES),
        f"<div class='sidebar'>{BODY}</div>",
        f"<div>{BODY}<h2>Read more</h2></div><aside><p>{LINES[0]} Again.</p></aside>",
        f"<div>{BODY}<ul><li><a href='/c'>Another boat is late</a></li></ul></div>",
        f"<div><h1>The last ferry</h1><p>The last ferry</p>{BODY}</div>",
    ],
)
def test_the_paragraphs_are_the_text(body: str) -> None:
    assert TEXT == read(NAV + f"<main><h1>The last ferry</h1>{body}</main>").text


def test_a_page_without_paragraphs_goes_the_full_path() -> None:
    assert TEXT == read(f"<div>{'<br><br>'.join(LINES)}</div>").text


def test_what_a_few_tags_state_is_read() -> None:
    found = read(
        f"<div>{BODY}</div>",
        "<meta property='og:title' content='The last ferry | Echo'><meta property='og:site_name' content='Echo'>"
        '<script type="application/ld+json">{"datePublished": "2025-05-28T15:41:00+02:00"}</script>',
    )
    assert ("The last ferry", "Echo", "en", "2025-05-28T15:41:00+02:00") == (
        found.title,
        found.site,
        found.language,
        found.published.isoformat() if found.published else None,
    )


def test_what_is_left_out_keeps_its_reason() -> None:
    found = read(f"<div>{BODY}<ul><li><a href='/c'>Another boat is late</a></li></ul></div>")
    assert [("Another boat is late", "related_links")] == [
        (each.text, each.reason) for each in found.discarded
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"{'<div>' * 100_000}{BODY}",
        f"{'<div>' * 15_000}{BODY}{'</div>' * 15_000}",
        f"{'<article><p>' * 3_000}{BODY}",
        f"<p {' '.join(f'a{n}=x' for n in range(50_000))}>{LINES[0]}</p>{BODY}",
    ],
    ids=["open", "closed", "articles", "attributes"],
)
def test_deep_and_crowded_pages_end_soon(body: str) -> None:
    begun = time.process_time()
    found = read(body)
    assert time.process_time() - begun < SECONDS
    assert LINES[-1] in found.text
