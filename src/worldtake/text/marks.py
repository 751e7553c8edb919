"""Find what stands in quotation marks, in every script.

Gives the outermost quotations of a text as spans without their marks, one for each paragraph they run over. Knows unequal
marks, marks that are apostrophes, missing spaces and missing closing marks. Who says the words is left to others.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from worldtake.model import Span

#: Opening mark -> marks that may close it, the proper one first.
CLOSERS = {
    "“": '”"“',
    "„": '“”"',
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    "﹁": "﹂",
    "〝": "〞〟",
    "＂": "＂",
    '"': '"”',
    "‘": "’'",
    "‚": "‘’",
    "'": "'’",
}
#: Marks that are apostrophes too.
SINGLE = frozenset("'‘’‚‹›")
#: A mark after which a new quotation may open without a space.
_OPENS_AFTER = frozenset("([{—–-:،,/…|")
#: How far an unclosed quotation may run in its paragraph, characters.
UNCLOSED_CHARS = 1200
_AFTER_END = regex.compile(r"[.,;]?(?:\s|$)")
_PARAGRAPH = regex.compile(r"[^\n]+")
_DASHED = regex.compile(r"(?:^|(?<=[.!?…»”]\s))[—–]\s?(?=\p{L}|[¿¡])", regex.MULTILINE)
_DASH_END = regex.compile(r"\s[—–]\s?(?=\p{Ll})")

#: Longest quotation within a paragraph, characters, and marks without a closing one after which a paragraph is left: each
#: of them is looked for to that length.
QUOTATION_CHARS, MAX_UNCLOSED = 20_000, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Words in quotation marks."""

    #: The words without marks, one span for each paragraph.
    spans: tuple[Span, ...]
    #: From the first opening mark to past the last closing mark.
    outer: Span
    #: The opening mark; a dash for dialogue.
    mark: str
    #: False where the closing mark is missing.
    closed: bool


def marked(text: str) -> tuple[Marked, ...]:
    """Return the outermost quotations of `text` in order."""
    found: list[Marked] = []
    open_mark = ""
    for paragraph in _PARAGRAPH.finditer(text):
        pieces = list(_in_paragraph(text, paragraph.start(), paragraph.end()))
        carried = (
            bool(pieces)
            and open_mark != ""
            and _continues(text, pieces[0], paragraph.start(), open_mark)
        )
        if carried:
            found[-1] = _joined(found[-1], pieces.pop(0))
            found.extend(pieces)
        else:
            found = _without_stray(found)
            found.extend(pieces)
        open_mark = found[-1].mark if found and not found[-1].closed else ""
    return tuple(_without_stray(found))


def dashed(text: str) -> tuple[Marked, ...]:
    """Return the speech that dashes set off: from a dash at the start of a line or sentence to the next."""
    found = []
    for start in _DASHED.finditer(text):
        line_end = text.find("\n", start.end())
        end = _DASH_END.search(text, start.end(), len(text) if line_end < 0 else line_end)
        if end and end.start() > start.end():
            span = Span(start.end(), end.start())
            found.append(
                Marked(spans=(span,), outer=Span(start.start(), end.end()), mark="—", closed=True)
            )
    return tuple(found)


def _without_stray(found: list[Marked]) -> list[Marked]:
    """Drop a last single mark that nothing closes: an apostrophe."""
    if found and not found[-1].closed and found[-1].mark in SINGLE and len(found[-1].spans) == 1:
        return found[:-1]
    return found


def _continues(text: str, piece: Marked, paragraph_start: int, open_mark: str) -> bool:
    leads = not text[paragraph_start : piece.outer.start].strip()
    same = piece.mark == open_mark or {piece.mark, open_mark} <= {"“", '"', "”", "„"}
    return leads and (same or (open_mark == "«" and piece.mark == "»"))


def _joined(first: Marked, second: Marked) -> Marked:
    return Marked(
        spans=first.spans + second.spans,
        outer=Span(first.outer.start, second.outer.end),
        mark=first.mark,
        closed=second.closed,
    )


def _in_paragraph(text: str, start: int, end: int) -> list[Marked]:
    found: list[Marked] = []
    at, unclosed = start, 0
    while at < end and unclosed <= MAX_UNCLOSED:
        char = text[at]
        if char not in CLOSERS or not _opens(text, at, start, end):
            at += 1
            continue
        close = _closing(text, at, min(end, at + QUOTATION_CHARS))
        unclosed += close is None
        content = _trimmed(text, at + 1, end if close is None else close)
        if content is None or (close is None and not _may_stay_open(text, at, end)):
            at += 1
            continue
        stop = end if close is None else close + 1
        found.append(
            Marked(spans=(content,), outer=Span(at, stop), mark=char, closed=close is not None)
        )
        at = stop
    return found


def _may_stay_open(text: str, at: int, end: int) -> bool:
    return end - at <= UNCLOSED_CHARS and (text[at] not in SINGLE or text[at] in "‘'")


def _opens(text: str, at: int, start: int, end: int) -> bool:
    """Tell whether the mark at `at` opens rather than closes or elides."""
    char = text[at]
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if char in "«“„「『﹁〝‟":
        return True
    if char == "»":
        return not after.isspace() and (before.isspace() or before in _OPENS_AFTER)
    spaced = before.isspace() or before in _OPENS_AFTER or before in CLOSERS
    if char in SINGLE or char == "”":
        return spaced and (after.isalpha() or after in "¿¡([…" or (char == "‘" and after.isdigit()))
    return _straight_opens(before, after, spaced=spaced)


def _straight_opens(before: str, after: str, *, spaced: bool) -> bool:
    if before.isdigit() and not after.isalpha():
        return False  # inches and seconds
    hebrew = "\u0590" <= before <= "\u05ff" and "\u0590" <= after <= "\u05ff"
    return not hebrew and (spaced or not after.isspace()) and after not in ".,;:!?)"


def _closing(text: str, at: int, end: int) -> int | None:
    """Return where the quotation opened at `at` closes; None where it does not in its paragraph."""
    mark = text[at]
    closers = CLOSERS[mark]
    depth = 0
    for place in range(at + 1, end):
        char = text[place]
        if char == mark and mark in "«„「『":
            depth += 1
        elif char in closers and _closes(text, mark, place, end):
            if depth == 0:
                return place
            depth -= 1
    return _unequal(text, at, end) if mark in "“„" else None


def _closes(text: str, mark: str, place: int, end: int) -> bool:
    char = text[place]
    before = text[place - 1]
    after = text[place + 1] if place + 1 < end else " "
    if char in "’'‘" and mark in SINGLE:
        return not after.isalnum() and not before.isspace() and not _plural(text, place, end)
    if char == "“" and mark == "“":
        return not before.isspace() and not after.isalpha()
    if char == '"':
        hebrew = "\u0590" <= before <= "\u05ff" and "\u0590" <= after <= "\u05ff"
        return not hebrew and not (before.isspace() and after.isalpha())
    if char == "»" and mark == "»":
        return not before.isspace()
    return True


def _plural(text: str, place: int, end: int) -> bool:
    """Tell whether the mark at `place` is the possessive of a plural: a better closing mark follows."""
    if text[place - 1] not in "sxz" or not regex.match(
        r"\s\p{Ll}", text, pos=place + 1, endpos=end
    ):
        return False
    rest = text[place + 1 : end]
    later = regex.search(
        r"(?<=[\p{L}.,!?])['’](?![\p{L}\p{N}])|(?<![\p{L}\p{N}])['‘](?=\p{L})", rest
    )
    return later is not None and rest[later.start() - 1 : later.start()].strip() != ""


def _unequal(text: str, at: int, end: int) -> int | None:
    """Return a single closing mark at the end of a sentence that closes the double mark at `at`."""
    for place in range(at + 1, end):
        if text[place] in "’'":
            tail = text[place + 1 : min(place + 3, end)]
            ends = text[place - 1] in ".,!?…" or _AFTER_END.match(tail) is not None
            possessive = text[place - 1] == "s" and tail.strip() != "" and tail[0] not in ".,;"
            if ends and not possessive:
                return place
    return None


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None
