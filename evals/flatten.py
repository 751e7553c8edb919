"""Turn an HTML page into the plain text that a reader would save: as copied from a browser, or wrapped as a text browser prints it.

Used by `evals.plain` to have real pages without their markup. Breaks of lines come from the elements alone: what style sheets
and scripts hide or unhide is in the text, as on pages saved without them.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import lxml.html
import regex

from worldtake.text.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Column at which a text browser wraps, characters.
WRAP_COLUMN = 78
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "select",
        "object",
        "iframe",
        "audio",
        "video",
        "canvas",
        "textarea",
        "math",
    ]
)
#: Elements with an empty line before and after.
_PARTED = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "dl",
        "figure",
        "table",
        "hr",
        "fieldset",
    ]
)
_BLOCKS = _PARTED | frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "button",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dt",
        "fieldset",
        "figcaption",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "label",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "option",
        "section",
        "summary",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "caption",
        "title",
    ]
)
_SPACE = regex.compile(r"[ \t\n\r\f\u00a0\u200b]+")
_BREAKS = regex.compile(r"(?: *\n *)+")


def copied_text(body: bytes) -> str:
    """Return the page's text as a browser copies it; empty where there is no markup."""
    text = decode(body, charset=None, html=True).text
    try:
        root = lxml.html.fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.ParserError, ValueError):
        return ""
    joined = "".join(_pieces(root))
    return _BREAKS.sub(lambda run: "\n\n" if run.group().count("\n") > 1 else "\n", joined).strip()


def wrapped_text(copied: str, *, column: int = WRAP_COLUMN) -> str:
    """Return copied text as a text browser prints it: indented, wrapped, an empty line between blocks."""
    blocks = (
        textwrap.fill(
            line, column, initial_indent="   ", subsequent_indent="   ", break_on_hyphens=False
        )
        for line in copied.splitlines()
        if line.strip()
    )
    return "\n\n".join(blocks)


def _pieces(root: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield words and breaks in order, without recursion: pages nest deep."""
    stack: list[tuple[lxml.html.HtmlElement, bool]] = [(root, True)]
    while stack:
        element, opens = stack.pop()
        mark = _break(element.tag)
        if not opens:
            yield mark
            yield _SPACE.sub(" ", element.tail or "")
            continue
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            yield _SPACE.sub(" ", element.tail or "")
            continue
        yield mark if element.tag != "br" else "\n"
        yield _SPACE.sub(" ", element.text or "")
        stack.append((element, False))
        stack.extend((child, True) for child in reversed(element))


def _break(tag: object) -> str:
    if tag in _PARTED:
        return "\n\n"
    if tag in _BLOCKS:
        return "\n"
    return "\t" if tag in {"td", "th"} else ""
