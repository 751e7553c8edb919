from __future__ import annotations

import html
from dataclasses import replace
from typing import TYPE_CHECKING

import lxml.html
import pytest

from worldtake.testing import Request, SamplePress

if TYPE_CHECKING:
    from worldtake.testing import Sample, SampleArticle, SampleOutlet

LEGACY = {"windows-1251", "gb18030", "shift_jis", "iso-8859-2"}


@pytest.fixture(scope="module")
def pages(sample: Sample) -> dict[str, bytes]:
    """Return the page of every article by its id."""
    return {article.id: page(sample, article) for article in sample.articles}


def page(sample: Sample, article: SampleArticle, port: int = 8123) -> bytes:
    press = SamplePress(sample=sample)
    press.port = port
    host, slash, path = article.address.partition("/")
    answer, _ = press.respond(Request(method="GET", host=host, path=slash + path, headers={}))
    assert answer.status == 200
    return answer.body


def outlet_of(sample: Sample, article: SampleArticle) -> SampleOutlet:
    return next(outlet for outlet in sample.outlets if outlet.id == article.outlet_id)


def test_there_are_many_templates_and_encodings(sample: Sample) -> None:
    assert len({outlet.template for outlet in sample.outlets}) >= 14
    assert {outlet.encoding for outlet in sample.outlets} >= LEGACY


def test_every_page_shows_title_and_whole_text(sample: Sample, pages: dict[str, bytes]) -> None:
    short = []
    for article in sample.articles:
        shown = html.unescape(pages[article.id].decode(outlet_of(sample, article).encoding))
        wanted = (article.title.source, *article.printed())
        if not all(part in shown for part in wanted):
            short.append(article.id)
    assert short == []


def test_every_page_says_in_both_languages_that_it_is_invented(
    sample: Sample, pages: dict[str, bytes]
) -> None:
    silent = []
    for article in sample.articles:
        outlet = outlet_of(sample, article)
        shown = html.unescape(pages[article.id].decode(outlet.encoding))
        needed = (sample.words["en"], sample.words[outlet.languages[0]])
        if not all(words["invented"] in shown for words in needed):
            silent.append(article.id)
    assert silent == []


def test_a_page_says_that_it_is_invented_outside_the_text(sample: Sample) -> None:
    invented = tuple(words["invented"] for words in sample.words.values())
    assert [a.id for a in sample.articles if any(line in a.text() for line in invented)] == []


def test_no_page_leaves_a_mark_of_its_template(pages: dict[str, bytes]) -> None:
    assert [name for name, body in pages.items() if b"{{" in body] == []


def test_a_page_is_the_same_twice(sample: Sample) -> None:
    for article in sample.articles[::25]:
        assert page(sample, article) == page(sample, article)


def test_a_page_names_the_port_it_is_served_on(sample: Sample) -> None:
    article = next(a for a in sample.articles if a.outlet_id == "us-harborledger")
    assert b"http://harborledger.localhost:9001/" in page(sample, article, port=9001)


def test_noise_carries_dates_that_are_not_the_articles(sample: Sample) -> None:
    article = next(a for a in sample.articles if a.outlet_id == "fr-lecourrierduport")
    tree = lxml.html.fromstring(page(sample, article).decode())
    dates = {time.get("datetime") for time in tree.iter("time")}
    assert dates
    assert article.published.isoformat() not in dates


def test_a_caption_can_stand_twice(sample: Sample) -> None:
    article = next(
        a for a in sample.articles if a.image and outlet_of(sample, a).template == "captions"
    )
    assert article.image is not None
    tree = lxml.html.fromstring(page(sample, article).decode())
    lines = [node.text_content() for node in tree.iter("figcaption", "p")]
    assert lines.count(article.image.caption.source) == 2


def test_letters_that_a_charset_lacks_are_written_as_references(sample: Sample) -> None:
    article = next(a for a in sample.articles if a.outlet_id == "pl-wislanski")
    changed = replace(article, author="Łucja 北")
    press = SamplePress(sample=replace(sample, articles=(changed,)))
    host, slash, path = article.address.partition("/")
    answer, _ = press.respond(Request(method="GET", host=host, path=slash + path, headers={}))
    assert "Łucja &#21271;".encode("iso-8859-2") in answer.body
