"""A body that a page keeps from sight is found where it is the page's article for sure, and nowhere else."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from worldtake.extract import ExtractArticle
from worldtake.model import Article, Page, Skip

TITLE = "Ferry to Tallow Island sails again after the winter storms"
LINES = (
    "The ferry to Tallow Island left its pier on Tuesday for the first time since the storms of January.",
    "Forty islanders stood on the quay, among them two who had not seen the mainland for eleven weeks.",
    "“We had flour and candles, but no post,” said Maren Oake, who keeps the island's only shop.",
    "The county paid for a new hull, and the crew of six will sail twice a day until the end of October.",
)
OTHER = (
    "The bakers of Low Street have agreed on one price for a loaf, the first such pact in forty years.",
    "Their guild says that flour has doubled and that wood for the ovens is dearer than ever before.",
    "Customers were seen to queue in the rain, though not all of them came away with what they wanted.",
    "The mayor called the pact a shame and promised that the town's own oven would be lit by the spring.",
)
MARKUP = "".join(f"<p>{line}</p>" for line in LINES)
PHOTO = '<figure><img src="/f.jpg"><figcaption>The ferry at its pier. Photo: M. Oake</figcaption></figure>'
OTHER_MARKUP = "".join(f"<p>{line}</p>" for line in OTHER)


def read(body: str, head: str = "", title: str = TITLE) -> Article | Skip:
    page = (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )
    fetched = datetime(2026, 9, 16, tzinfo=UTC)
    return ExtractArticle()(
        Page(url="http://tallow.example/1", body=page.encode(), fetched=fetched)
    )


def paragraphs(found: Article | Skip) -> tuple[str, ...]:
    assert isinstance(found, Article), found
    return tuple(found.text[each.span.start : each.span.end] for each in found.blocks)


def said(found: Article | Skip) -> str:
    assert isinstance(found, Article), found
    return dict(found.provenance)["text"]


def state(value: Any) -> str:
    return json.dumps(value).replace("<", "\\u003c")


def story(body: Any, name: str = "body", title: str = TITLE) -> dict[str, Any]:
    return {"id": 7, "headline": title, name: body, "section": {"name": "Coast"}}


def flight(rows: str) -> str:
    """Return rows as scripts that push them in two pieces."""
    middle = len(rows) // 2
    return "".join(
        f"<script>self.__next_f.push({state([1, piece])})</script>"
        for piece in (rows[:middle], rows[middle:])
    )


BLOCKS = [{"type": "text", "content": f"<p>{line}</p>"} for line in LINES]
FUSION = [
    BLOCKS[0],
    {"type": "image", "caption": "The ferry at its pier.", "content": "/f.jpg"},
    *BLOCKS[1:],
]
MODELS = [
    {"type": "text", "model": {"blocks": [{"type": "paragraph", "model": {"text": line}}]}}
    for line in LINES
]
PORTABLE = [{"_type": "block", "children": [{"_type": "span", "text": line}]} for line in LINES]
ELEMENTS = [
    "$",
    "div",
    None,
    {"children": [["$", "p", None, {"children": line}] for line in LINES]},
]
ROW = f"<div>{MARKUP}</div>"
UNQUOTED = f"{{id:7,headline:{json.dumps(TITLE)},body:{json.dumps(MARKUP)},ads:undefined}}"

SCRIPTS = {
    "next": f'<script id="__NEXT_DATA__" type="application/json">{state({"props": story(MARKUP)})}</script>',
    "initial-state": f"<script>window.__INITIAL_STATE__ = {state({'a': story(MARKUP)})};var x=[1];</script>",
    "pushed": f'<script>w["q"]=w["q"]||[];w["q"].push({state({"data": story(MARKUP, "contentHtml")})})</script>',
    "parsed": f"<script>window.S = JSON.parse({state(json.dumps(story(MARKUP, 'bodyHtml')))})</script>",
    "fusion": f"<script>Fusion.globalContent={state(story(FUSION, 'content_elements'))};</script>",
    "models": f"<script>window.SIMORGH={state(story({'blocks': MODELS}, 'content'))}</script>",
    "portable": f'<script type="application/json">{state(story(PORTABLE))}</script>',
    "strings": f'<script type="application/json">{state(story(list(LINES)))}</script>',
    "lines": f'<script type="application/json">{state(story(chr(10).join(LINES), "articleText"))}</script>',
    "escaped": f'<script type="application/json">{state(story(html.escape(MARKUP)))}</script>',
    "literal": f"<script>window.__NUXT__=(function(a){{return {UNQUOTED}}}(1))</script>",
    "literals": "<script>var t=[" + ",".join(f"{{text:{json.dumps(line)}}}" for line in LINES) + "]</script>",
    "flight-elements": flight(f'5:{json.dumps(ELEMENTS)}\n6:"$L7"\n'),
    "flight-row": flight(f"5:null\n7:T{len(ROW.encode()):x},{ROW}8:null\n"),
    "template": f'<script type="text/template">{MARKUP}</script>',
}  # fmt: skip


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_a_body_in_a_script_is_the_text_of_a_page_that_shows_none(script: str) -> None:
    found = read(f'<div id="app"></div>{script}')
    assert LINES == paragraphs(found)
    assert said(found).startswith("script ")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (f"<noscript>{MARKUP}</noscript>", "noscript"),
        (f"<template>{MARKUP}</template>", "template"),
        (f"<textarea>{html.escape(MARKUP)}</textarea>", "textarea"),
        (f'<iframe srcdoc="{html.escape(MARKUP)}"></iframe>', "iframe srcdoc"),
        (f'<x-story :story="{html.escape(state(story(MARKUP)))}"></x-story>', "attribute :story"),
    ],
    ids=["noscript", "template", "textarea", "srcdoc", "attribute"],
)
def test_a_body_that_only_browsers_without_scripts_show_is_read(body: str, place: str) -> None:
    found = read(f'<div id="app"></div>{body}')
    assert LINES == paragraphs(found)
    assert place == said(found)


def test_a_body_in_a_script_is_read_as_a_page_is() -> None:
    first, rest = MARKUP[: len(LINES[0]) + 7], MARKUP[len(LINES[0]) + 7 :]
    marked = f"{PHOTO}{first}$$ADVERT$$<h2>Eleven weeks</h2>{rest}"
    found = read(SCRIPTS["next"].replace(state(MARKUP)[1:-1], state(marked)[1:-1]))
    assert (LINES[0], "Eleven weeks", *LINES[1:]) == paragraphs(found)
    assert isinstance(found, Article)
    assert ["The ferry at its pier. Photo: M. Oake"] == [each.text for each in found.discarded]


def test_a_standfirst_beside_the_headline_stands_over_the_body() -> None:
    told = story(MARKUP) | {"subTitle": OTHER[0]}
    found = read(f'<script type="application/json">{state(told)}</script>')
    assert (OTHER[0], *LINES) == paragraphs(found)


def test_the_body_under_the_headline_of_the_page_is_chosen() -> None:
    told = story(OTHER_MARKUP * 3, title="One price for a loaf on Low Street")
    found = read(
        f'<script type="application/json">{state({"all": [told, story(MARKUP)]})}</script>'
    )
    assert LINES == paragraphs(found)


def test_a_body_under_another_headline_is_not_the_article() -> None:
    told = story(OTHER_MARKUP, title="One price for a loaf on Low Street")
    assert Skip("no-text") == read(f'<script type="application/json">{state(told)}</script>')


def test_a_body_without_headline_that_is_about_something_else_is_not_the_article() -> None:
    assert Skip("no-text") == read(f"<noscript>{OTHER_MARKUP}</noscript>")


def test_a_body_that_begins_as_the_page_describes_itself_is_the_article() -> None:
    head = f'<meta name="description" content="{OTHER[0]}">'
    assert OTHER == paragraphs(read(f"<noscript>{OTHER_MARKUP}</noscript>", head))


def test_a_lead_goes_on_where_the_script_has_the_rest() -> None:
    shown = "".join(f"<p>{line}</p>" for line in LINES[:3])
    rest = story(MARKUP + OTHER_MARKUP)
    page = f'<article><h1>{TITLE}</h1>{shown}</article><script type="application/json">{state(rest)}</script>'
    assert LINES + OTHER == paragraphs(read(page))


def test_a_lead_is_not_replaced_by_what_does_not_hold_it() -> None:
    shown = "".join(f"<p>{line}</p>" for line in LINES[:3])
    other = story(OTHER_MARKUP * 4)
    page = f'<article><h1>{TITLE}</h1>{shown}</article><script type="application/json">{state(other)}</script>'
    assert LINES[:3] == paragraphs(read(page))


def stated(lines: tuple[str, ...], end: str = "") -> str:
    body = "\n".join(lines) + end
    node = {"@type": "NewsArticle", "headline": TITLE, "articleBody": body}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_json_ld_states_the_text_of_a_page_that_shows_none() -> None:
    found = read("<p>Loading</p>", stated(LINES))
    assert LINES == paragraphs(found)
    assert "json-ld articleBody" == said(found)


def test_shown_text_that_is_longer_than_the_stated_one_is_kept() -> None:
    page = f"<article><h1>{TITLE}</h1><p>{LINES[0]}</p><p>{LINES[1]}</p></article>"
    assert LINES[:2] == paragraphs(read(page, stated(LINES[:1], " Forty…")))


def test_a_body_that_is_whole_is_preferred_to_one_cut_short() -> None:
    found = read(SCRIPTS["next"], stated(LINES[:3], " The county…"))
    assert LINES == paragraphs(found)


def test_scripts_without_an_article_give_none() -> None:
    consent = {"title": "Your choice", "body": OTHER_MARKUP}
    words = {f"label{number}": "Press to go on. " * 20 for number in range(40)}
    page = f"<script>var consent={state(consent)};var words={state(words)};</script>"
    assert Skip("no-text") == read(page)
