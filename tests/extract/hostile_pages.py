"""Pages that mean ill or are broken, made by code, and what each costs in a child of its own.

`python hostile_pages.py` reads names of `PAGES` from its input and answers each with a line of JSON. It imports the extractor once
and forks for each page, so that neither import nor the making of the page counts: `seconds` is processor time of the child,
`grown` by how many bytes its peak of resident memory rose above what it was when the child began.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldtake.errors import UnreadableInputError
from worldtake.extract import ExtractArticle
from worldtake.model import Article, Page, Skip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINE = "The lanterns along the old harbour were lit again on Friday after eleven years in the dark."
TITLE = "Lanterns return to the harbour"
MEGABYTE = 1_000_000
#: Processor time after which a child is ended, seconds, and address space that it may add, bytes.
KILL_SECONDS, KILL_BYTES = 20, 2_000 * MEGABYTE
#: Processor time up to which a page is read a second time, to see that it comes out the same.
REPEATED_SECONDS = 0.3


def page(body: str, head: str = "", title: str = TITLE) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><main><article><h1>{title}</h1>{body}</article></main></body></html>"
    )


def text(words: str, size: int = MEGABYTE) -> str:
    """Return a page of an article whose first paragraph says `words` over and over."""
    return page(f"<p>{words * (size // len(words))}</p><p>{LINE}</p><p>{LINE}</p>")


def nested(tag: str, depth: int) -> str:
    return page(f"<{tag}>" * depth + f"{LINE} {LINE}")


def closed(tag: str, depth: int) -> str:
    return page(f"<{tag}>" * depth + f"{LINE} {LINE}" + f"</{tag}>" * depth)


def numbered(template: str, count: int) -> str:
    return "".join(template.format(n=n) for n in range(count))


def script(value: str, kind: str = "application/json") -> str:
    return f'<script type="{kind}">{value}</script>'


def ld(value: str) -> str:
    return script(value, "application/ld+json")


def unseen(value: str) -> str:
    """Return a page that shows no text, with a script."""
    return f"<html><head><title>{TITLE}</title></head><body><div id=app></div>{value}</body></html>"


NODE = '{{"@type":"NewsArticle","headline":"Lanterns {n}","datePublished":"2026-01-01"}},'
BODY = f"<p>{LINE}</p><p>{LINE} Then it rained.</p>"
#: Name -> what makes the page.
PAGES: dict[str, Callable[[], str | bytes]] = {
    "div-3000": lambda: closed("div", 3_000),
    "div-100000": lambda: nested("div", 100_000),
    "div-100000-closed": lambda: closed("div", 100_000),
    "span-100000": lambda: nested("span", 100_000),
    "inline-100000-closed": lambda: closed("b", 100_000),
    "quotes-100000": lambda: nested("blockquote", 100_000),
    "lists-100000": lambda: nested("ul><li", 50_000),
    "tables-100000": lambda: nested("table><tr><td", 33_000),
    "forms-30000": lambda: nested("form", 30_000),
    "svg-30000": lambda: nested("svg><g", 15_000),
    "frames-20000": lambda: page(numbered('<iframe src="/{n}" srcdoc="&lt;p&gt;x">', 20_000) + BODY),
    "articles-3000": lambda: page(f"<article><p>{LINE}</p>" * 3_000),
    "one-text-5mb": lambda: text(f"{LINE} ", 5 * MEGABYTE),
    "page-10mb": lambda: page(f"<div class=x><p>{LINE}</p></div>" * 84_000),
    "page-11mb": lambda: page(f"<p>{LINE}</p>" * 115_000),
    "tiny-paragraphs": lambda: page("<p>x</p>" * 200_000),
    "same-paragraphs": lambda: page(f"<p>{LINE[:40]}.</p>" * 100_000),
    "headings": lambda: page(numbered("<h2>Lanterns number {n} return to it</h2><p>Lit.</p>", 20_000)),
    "first-headings": lambda: page(numbered("<h1>Lanterns number {n} return to it</h1>", 9_000) + BODY),
    "links": lambda: page(numbered('<a href="/{n}">harbour and lanterns</a> ', 100_000)),
    "linked-items": lambda: page(numbered('<li><a href="/{n}">Lanterns {n}</a></li>', 9_000) + BODY),
    "authors": lambda: page(numbered('<a rel="author" href="/{n}">Ana Lund {n}</a> ', 20_000) + BODY),
    "attributes": lambda: page(f"<p {numbered('a{n}=x ', 50_000)}>{LINE} {LINE}</p>"),
    "attributes-by-hundreds": lambda: page(f"<p {numbered('a{n}=x ', 900)}>{LINE}</p>" * 300),
    "classes": lambda: page(f'<p class="{numbered("c{n} ", 50_000)}">{LINE} {LINE}</p>'),
    "class-1mb": lambda: page(f'<p class="{"article-body" * 84_000}">{LINE} {LINE}</p>'),
    "different-classes": lambda: page(numbered(f'<p class="c{{n}} share-x{{n}}" id="i{{n}}">{LINE[:20]}</p>', 9_000)),
    "attribute-1mb": lambda: page(f'<p title="{"x " * 500_000}" style="{"a:b;" * 250_000}">{LINE} {LINE}</p>'),
    "unclosed": lambda: page("<p><b><i><a href=x><td><li>" * 20_000 + BODY),
    "unclosed-tag": lambda: page(BODY + "<p class='" + "x" * MEGABYTE),
    "unclosed-paragraphs": lambda: page("<p>Lit." * 200_000),
    "unclosed-empty": lambda: page("<div></div><p>" * 99_000 + BODY),
    "different-tags": lambda: page(numbered("<a{n}>lit.", 100_000) + BODY),
    "misnested": lambda: page("<b><i></b></i><p><div></p>" * 20_000 + BODY),
    "brackets": lambda: page("<" * MEGABYTE + BODY),
    "breaks": lambda: page("<br>" * MEGABYTE + BODY),
    "breaks-with-words": lambda: page("lit<br>" * 200_000 + BODY),
    "double-breaks": lambda: page(f"<div>{(LINE + '<br><br>') * 9_000}</div>"),
    "spans": lambda: page(f"<p>{'<span class=x>w</span>' * 100_000}</p>"),
    "times-in-one": lambda: page(f"<p>{'<time datetime=2026-01-01>1</time>' * 20_000}</p>{BODY}"),
    "times": lambda: page(numbered('<time class="published" datetime="2026-01-{n}">Jan {n}</time>', 10_000) + BODY),
    "dates": lambda: page(numbered("<p>Published: {n} January 2026, 10:{n}</p>", 9_000) + BODY),
    "table": lambda: page(f"<table>{'<tr>' + '<td>7</td>' * 20 + '</tr>' }" * 1_500 + BODY),
    "table-200000": lambda: page(f"<table>{('<tr>' + '<td>7</td>' * 100 + '</tr>') * 2_000}</table>{BODY}"),
    "images": lambda: page("<figure><img src=x><figcaption>Lit. Photo: A</figcaption></figure>" * 3_000 + BODY),
    "bylines": lambda: page("<p>By Ana Lund and Bo Ek and Cy Oh</p>" * 5_000 + BODY),
    "metas": lambda: page(BODY, numbered('<meta name="author" content="Ana Lund {n}">', 10_000)),
    "meta-dates": lambda: page(BODY, numbered('<meta property="article:published_time" content="{n}">', 10_000)),
    "meta-titles": lambda: page(BODY, numbered('<meta property="og:title" content="Lanterns {n} - x">', 10_000)),
    "meta-1mb": lambda: page(BODY, f'<meta name="author" content="{"Ana, " * 200_000}"><meta name="date" content="{"2026-" * 200_000}">'),
    "items": lambda: page(f'<p itemprop="author">{LINE}' * 3_000),
    "items-names": lambda: page(f'<p itemprop="{numbered("n{n} ", 50_000)}">{LINE}</p>{BODY}'),
    "canonicals": lambda: page(BODY, numbered('<link rel="canonical" href="http://x{n}.example/">', 20_000)),
    "json-ld-nodes": lambda: page(BODY, ld("[" + numbered(NODE, 20_000)[:-1] + "]")),
    "json-ld-scripts": lambda: page(BODY, (ld(NODE.format(n=7)[:-1])) * 5_000),
    "json-ld-deep": lambda: page(BODY, ld('{"@graph":[' * 100_000)),
    "json-ld-deep-closed": lambda: page(BODY, ld('{"@graph":[' * 400 + "{}" + "]}" * 400)),
    "json-ld-5mb": lambda: page(BODY, ld('{"@type":"NewsArticle","x":[' + "1," * 2_500_000 + "1]}")),
    "json-ld-body-5mb": lambda: unseen(ld(json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": f"{LINE}\n" * 54_000}))),
    "json-ld-authors": lambda: page(BODY, ld(json.dumps({"@type": "NewsArticle", "author": [{"name": f"Ana {n}"} for n in range(50_000)]}))),
    "json-ld-date-1mb": lambda: page(BODY, ld(json.dumps({"@type": "NewsArticle", "datePublished": "2026 " * 200_000}))),
    "json-5mb": lambda: unseen(script('{"x":[' + "{}," * 1_500_000 + "{}]}")),
    "json-bodies": lambda: unseen(script(json.dumps([{"title": TITLE, "body": BODY * 9} for _ in range(2_000)]))),
    "json-deep": lambda: unseen(script('{"a":[' * 400_000)),
    "json-in-json": lambda: unseen(script(json.dumps(json.dumps(json.dumps(json.dumps({"body": BODY * 2_000})))))),
    "script-objects": lambda: unseen(script('x={"a":' * 300_000, "")),
    "script-strings": lambda: unseen(script("a:'" * 500_000, "")),
    "script-names": lambda: unseen(script("body" * 500_000, "")),
    "script-rows": lambda: unseen(script('self.__next_f.push([1,"' + "1:T10000,<p>lit" * 30_000 + '"])', "")),
    "script-flat": lambda: unseen(script(json.dumps([{"title": 1, "body": 2, "all": n} for n in range(100_000)]))),
    "templates": lambda: unseen(f"<template>{BODY}</template>" * 10_000),
    "templates-nested": lambda: unseen("<template>" * 150 + f"<p>{LINE}</p>" * 40_000),
    "templates-beside": lambda: unseen(f"<template>{BODY * 200}</template>" * 150),
    "json-attributes": lambda: unseen(f"<x-a data-x='{json.dumps({'body': BODY * 20})}'></x-a>" * 1_500),
    "noscripts-nested": lambda: unseen("<noscript>" * 20_000 + BODY),
    "entities": lambda: text("&amp;&#8217;&nbsp;&hellip;"),
    "entities-without-end": lambda: text("&amp", MEGABYTE),
    "nuls": lambda: text("\0lit\0 "),
    "surrogates": lambda: text("&#xD800;lit&#xDFFF; "),
    "numbers-beyond": lambda: text("&#99999999999;&#x110000; "),
    "bidi": lambda: text("\u202e\u2066lit\u2069\u202c "),
    "no-width": lambda: text("l\u200bi\u200ct\u200d\ufeff "),
    "combining": lambda: text("lit" + "\u0301" * 400 + " ", 500_000),
    "combining-title": lambda: page(BODY, title="L" + "\u0301\u0316" * 200_000),
    "spaces": lambda: text("lit" + " " * 50_000 + "\n"),
    "wide-spaces": lambda: text("\u3000\u2003\xa0 "),
    "digits": lambda: text("7", 190_000),
    "digits-apart": lambda: text("7 ", 190_000),
    "dots": lambda: text(".", 190_000),
    "quotes-straight": lambda: text('" ', 190_000),
    "quotes-nested": lambda: text("“«„", 190_000),
    "capitals": lambda: text("Ana Lund ", 190_000),
    "commas": lambda: text("Ana, ", 190_000),
    "dashes": lambda: text("— - ", 190_000),
    "colons": lambda: text("10:10:", 190_000),
    "addresses": lambda: text("http://a.b/c?d=e&amp;f@g.h ", 190_000),
    "thai": lambda: text("กา", 190_000),
    "han": lambda: text("中文。", 190_000),
    "hangul": lambda: text("가나 ", 190_000),
    "title-1mb": lambda: page(BODY, title="Harbour | " * 100_000),
    "comment-unclosed": lambda: page(BODY + "<!-- " + "x" * MEGABYTE),
    "comments": lambda: page("<!-- x -->" * 200_000 + BODY),
    "comments-opening": lambda: page("<!-- " * 300_000 + BODY),
    "cdata": lambda: page("<![CDATA[ x ]]>" * 100_000 + BODY),
    "conditional": lambda: page("<!--[if IE]><p>x</p><![endif]--><![if !IE]>" * 30_000 + BODY),
    "doctypes": lambda: "<!doctype html>" * 100_000 + page(BODY),
    "laughs": lambda: '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha">' + numbered('<!ENTITY l{n} "&a;&a;&a;&a;">', 2_000) + f"]><html><body><p>&l1999; {LINE} {LINE}</p></body></html>",
    "xhtml": lambda: '<?xml version="1.0" encoding="utf-8"?>' + page(BODY).replace("<html", '<html xmlns="http://www.w3.org/1999/xhtml"'),
    "namespaces": lambda: page(numbered("<x{n}:p xmlns:x{n}='u{n}'>lit</x{n}:p>", 20_000) + BODY),
    "plist": lambda: '<?xml version="1.0"?><plist version="1.0"><dict>' + "<key>a</key><string>b</string>" * 30_000 + "</dict></plist>",
    "rss": lambda: '<?xml version="1.0"?><rss version="2.0"><channel>' + f"<item><title>{TITLE}</title><description>{LINE}</description></item>" * 5_000 + "</channel></rss>",
    "style-2mb": lambda: page(BODY, f"<style>{'.a{color:red}' * 150_000}</style>"),
    "script-2mb": lambda: page(BODY, script("function f(){return {a:[1,2]}}" * 70_000, "")),
    "empty": lambda: "",
    "blank": lambda: " \n" * 100_000,
    "only-head": lambda: "<html><head><title>x</title>",
    "binary": lambda: bytes(range(256)) * 4_000,
    "half-utf-8": lambda: page(BODY).encode() + b"\xe2\x82" * 100_000,
    "utf-16": lambda: page(BODY * 2_000).encode("utf-16"),
    "plain-lines": lambda: "Lit again.\n" * 90_000,
    "plain-one-line": lambda: f"{LINE} " * 10_000,
    "plain-markup-late": lambda: " " * 5_000 + page(BODY),
}  # fmt: skip


def asked(name: str) -> Page:
    made = PAGES[name]()
    body = made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")
    kind = "text/plain" if name.startswith("plain") else "text/html"
    fetched = datetime(2026, 9, 16, tzinfo=UTC)
    return Page(url=f"http://lantern.example/{name}", body=body, fetched=fetched, media_type=kind)


def read(given: Page) -> Article | Skip | str:
    try:
        return ExtractArticle()(given)
    except UnreadableInputError as error:
        return str(error)


def faults(found: Article | Skip | str) -> Iterator[str]:
    """Yield what of the promises to every later stage an article breaks."""
    if not isinstance(found, Article):
        return
    place = 0
    for block in found.blocks:
        if block.span.start != place or not found.text[block.span.start : block.span.end].strip():
            yield f"block at {block.span.start}, not {place}, or blank"
        place = block.span.end + 2
    if place - 2 != len(found.text):
        yield f"blocks end at {place - 2} of {len(found.text)}"
    if any(not each.text.strip() for each in found.discarded):
        yield "what was left out is blank"


def measured(given: Page) -> dict[str, Any]:
    least = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    found = read(given)
    seconds = time.process_time() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - least) * 1024
    return {
        "seconds": round(seconds, 3),
        "grown": grown,
        "kind": type(found).__name__,
        "said": found if isinstance(found, str) else getattr(found, "reason", ""),
        "has_line": isinstance(found, Article) and LINE in found.text,
        "faults": list(faults(found))[:3],
        "repeats": seconds > REPEATED_SECONDS or read(given) == found,
    }


def in_child(given: Page) -> str:
    """Return what a child that may be ended says of a page, as JSON."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        resource.setrlimit(resource.RLIMIT_CPU, (KILL_SECONDS, KILL_SECONDS))
        size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + KILL_BYTES, size + KILL_BYTES))
        try:
            said = json.dumps(measured(given))
        except BaseException as error:  # noqa: BLE001 whatever it is, the test must hear of it
            said = json.dumps({"kind": repr(error)[:300]})
        os.write(theirs, said.encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    return said or json.dumps({"kind": f"ended with {status}"})


if __name__ == "__main__":
    read(Page(url="http://a.example/", body=page(BODY).encode(), fetched=datetime.now(UTC)))
    for line in sys.stdin:
        sys.stdout.write(in_child(asked(line.strip())) + "\n")
        sys.stdout.flush()
