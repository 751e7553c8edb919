"""Pages that mean ill cost little, and are left where they are no article."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from worldtake.extract import ExtractArticle
from worldtake.model import Article, Page, Skip

LINE = "The lanterns along the old harbour were lit again on Friday after eleven years in the dark."
#: Processor time within which a hostile page is read, in seconds; it takes a tenth of that.
SECONDS = 10.0


def read(body: str, title: str = "Lanterns return to the harbour") -> Article | Skip:
    page = (
        f"<!doctype html><html><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
    fetched = datetime(2026, 9, 16, tzinfo=UTC)
    given = Page(url="http://lantern.example/1", body=page.encode(), fetched=fetched)
    begun = time.process_time()
    found = ExtractArticle()(given)
    assert time.process_time() - begun < SECONDS
    return found


def text(found: Article | Skip) -> str:
    return found.text if isinstance(found, Article) else found.reason


def test_a_tag_of_too_many_attributes_keeps_its_words() -> None:
    many = " ".join(f"a{number}=x" for number in range(50_000))
    assert LINE in text(read(f"<p {many}>{LINE} {LINE}</p>"))


def test_a_long_attribute_is_no_reason_to_lose_the_others() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 20_000}" alt="a harbour">'
    assert LINE in text(read(f'{picture}<p style="{"color: red; " * 2_000}">{LINE} {LINE}</p>'))


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{'Lit again.<br><br>' * 9_000}</p>",
        f"<p>{'<span class=x>w</span>' * 40_000}</p>",
        f"<p>{LINE} {'lit<br>' * 20_000}</p>",
    ],
    ids=["breaks", "spans", "lines"],
)
def test_what_repeats_without_end_is_read_in_time(body: str) -> None:
    assert isinstance(read(body), Article)


@pytest.mark.parametrize("body", [f"<p>{LINE * 3_000}</p>", "<p>Lit again.</p>" * 20_000])
def test_what_is_longer_than_an_article_is_left(body: str) -> None:
    assert Skip("too-long") == read(body)


def test_a_headline_without_end_is_none() -> None:
    found = read(f"<p>{LINE} {LINE}</p>", title="Harbour | " * 20_000)
    assert isinstance(found, Article)
    assert len(found.title) <= 1_000
