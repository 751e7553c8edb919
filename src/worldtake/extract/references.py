"""Tell the marks of footnotes, which lead to a note and are no part of the sentence that they stand on."""

from __future__ import annotations

from typing import Any

import regex

#: Elements that may be such a mark.
REFERRING = frozenset(("sup", "a"))
#: A number, letter or sign, or some with commas, bare or in brackets.
_NUMBER = r"(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})"
_MARK = regex.compile(
    rf"(?:{_NUMBER}(?:\s?[,;–-]\s?{_NUMBER})*|[\[(]\s?{_NUMBER}(?:\s?[,;–-]\s?{_NUMBER})*\s?[\])])"
)
_BRACKETED = regex.compile(rf"(?:[\[(]\s?{_NUMBER}(?:\s?[,;–-]\s?{_NUMBER})*\s?[\])]\s?)+")
#: What a link to a note says of itself.
_NOTE = regex.compile(r"(?:^|[\s_-])(?:noteref|footnote|fn|endnote)(?:$|[\s_-])")
#: Longest mark, characters, and most links in one.
MARK_CHARS, MARK_LINKS = 16, 6


def is_reference(element: Any) -> bool:
    """Tell whether an element is the mark of a note: raised and a link, or raised in brackets, or a link that says that it is one.

    A raised number that is no link may be a power or a unit (m²) and stays.
    """
    if element.tag == "sup":
        return _is_raised_mark(element)
    return element.tag == "a" and _leads_to_note(element)


def _is_raised_mark(element: Any) -> bool:
    links = [child for child in element[:MARK_LINKS] if child.tag == "a" and not len(child)]
    if len(links) != len(element):
        return False
    said = _said(element, links)
    return _is_mark(said) if links else _BRACKETED.fullmatch(said) is not None


def _said(element: Any, links: list[Any]) -> str:
    """Return the words of a raised element, as far as they can be a mark."""
    parts = [element.text, *(part for link in links for part in (link.text, link.tail))]
    return "".join(part[: MARK_CHARS + 1].strip() for part in parts if part)[: MARK_CHARS + 1]


def _leads_to_note(link: Any) -> bool:
    """Tell whether a link within a text leads to a note further down."""
    said = (link.text or "")[: MARK_CHARS + 1].strip()
    if len(link) or len(said) > MARK_CHARS or not _is_mark(said):
        return False
    marks = f"{link.get('role') or ''} {link.get('rel') or ''} {link.get('class') or ''}"
    if _NOTE.search(marks[:200].lower()):
        return True
    return (link.get("href") or "").startswith("#") and _BRACKETED.fullmatch(said) is not None


def _is_mark(said: str) -> bool:
    return _MARK.fullmatch(said) is not None or _BRACKETED.fullmatch(said) is not None
