"""Find what may be an article's body in the data of scripts: JSON, JSON within JavaScript, and strings of either that hold markup.

What frameworks keep for the browser has no common form, so forms are not told apart: every value that can be read as JSON is gone
through, strings and lists that hold prose are handed on with the headlines that stand nearest to them, and where no JSON can be
read, names with string literals after them are. All is bounded, for a script may be megabytes and may mean ill.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import regex

from worldtake.extract.members import (
    MARKUP,
    NO_HEAD,
    OTHER,
    Budget,
    Head,
    head_of,
    joined,
    unflattened,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Members of a list or names of a value that are gone through: bodies have hundreds of blocks.
MAX_MEMBERS = 5_000
#: Strings within strings that are followed: JSON in a literal in JSON.
MAX_NESTING = 3
#: Length from which a string or list may be a body, characters.
LEAST_CHARS = 150
#: Names under which text without markup is believed to be a body.
_BODIES = regex.compile(
    r"(?:body|content|text|story|article|paragraphs?|html|description|rendered|value)",
    regex.IGNORECASE,
)
#: Names under which stand other people's and other articles' texts.
_ELSE = regex.compile(
    r"author|contributor|creator|byline|comments?$|newsletter|^related|recommend|cookie|consent",
    regex.IGNORECASE,
)
_ESCAPED = regex.compile(r"&lt;(?:p|br|div)(?:\s|/|&gt;)", regex.IGNORECASE)
#: Where a value of JSON may begin in JavaScript.
_OPENS = regex.compile(r"[\[{](?=\s{0,20}[\"\[{\d])")
#: A name with a string literal after it: a property's, or a function's.
_NAMED = regex.compile(
    r"(?<!\w)[\"']?(?P<name>\w{1,40})[\"']?\s{0,4}[:(]\s{0,4}"
    r"(?:\"(?P<double>(?:[^\"\\]++|\\.)*+)\"|'(?P<single>(?:[^'\\]++|\\.)*+)'|`(?P<back>(?:[^`\\]++|\\.)*+)`)",
    regex.DOTALL,
)
_ESCAPE = regex.compile(
    r"\\(?:u(?P<wide>[0-9a-fA-F]{4})|x(?P<byte>[0-9a-fA-F]{2})|(?P<char>.))", regex.DOTALL
)
_CHARS = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": ""}
#: A stream of values that is pushed in pieces, and a row of text in it: its number and length in bytes (hexadecimal).
_PUSHED = regex.compile(r"__next_f\.push\(")
_ROW = regex.compile(rb"(?:^|(?<=\n)|(?<=[\]}\"]))[0-9a-f]{1,6}:T(?P<bytes>[0-9a-f]{1,6}),")
#: What may stand at the begin of a string that holds JSON.
_JSON = regex.compile(r"^\s*(?:[0-9a-f]{1,6}:)?(?:I|H[LS])?[\[{]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What may be a body."""

    #: As markup.
    source: str
    #: Where it stands, as the provenance says it.
    place: str
    #: What stands over it.
    head: Head = NO_HEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where a text was found, and what may still be spent on it."""

    #: As the provenance says it.
    place: str
    budget: Budget
    #: In how many strings it stands.
    nesting: int = 0

    def deeper(self) -> Where:
        """Return the same one string deeper."""
        return Where(place=self.place, budget=self.budget, nesting=self.nesting + 1)


def candidates_in(source: str, where: Where) -> Iterator[Candidate]:
    """Yield what may be a body in a script's text; pieces of a stream are kept in the budget until all are known."""
    budget, nesting = where.budget, where.nesting
    if nesting > MAX_NESTING or len(source) < LEAST_CHARS or len(source) > budget.chars:
        return
    stream = nesting == 0 and _PUSHED.search(source, 0, min(len(source), 2_000)) is not None
    found = False
    for value in _values(source, budget):
        if stream and isinstance(value, list) and value and isinstance(value[-1], str):
            budget.pushed.append(value[-1])
            continue
        for each in _walk(value, where):
            found = True
            yield each
    if not found and not stream:
        yield from _literals(source, where)


def pushed_candidates(where: Where) -> Iterator[Candidate]:
    """Yield what may be a body in the stream that a page's scripts pushed in pieces."""
    whole = "".join(where.budget.pushed)
    encoded = whole.encode("utf-8", "replace")
    for row in _ROW.finditer(encoded):
        text = encoded[row.end() : row.end() + int(row.group("bytes"), 16)]
        yield from of_string(text.decode("utf-8", "replace"), "text", NO_HEAD, where.deeper())
    yield from candidates_in(whole, where.deeper())


def _values(source: str, budget: Budget) -> Iterator[Any]:
    """Yield the values of JSON that stand in a text, one after the other."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while budget.attempts > 0 and budget.chars > 0 and (opens := _OPENS.search(source, at)):
        at = opens.start()
        try:
            value, end = decoder.raw_decode(source, at)
        except json.JSONDecodeError as error:
            budget.attempts -= 1
            budget.chars -= max(error.pos, 1)
            at += 1
        except (ValueError, RecursionError):
            budget.attempts -= 20
            at += 1
        else:
            budget.chars -= end - at
            yield value
            at = end


def _walk(root: Any, where: Where) -> Iterator[Candidate]:
    """Yield what may be a body in a value of JSON."""
    budget = where.budget
    stack: list[tuple[Any, str, Head]] = [(unflattened(root), "", NO_HEAD)]
    seen: set[int] = set()
    while stack and budget.values > 0:
        value, name, head = stack.pop()
        budget.values -= 1
        if isinstance(value, dict | list):
            if id(value) in seen or _ELSE.search(name):
                continue
            seen.add(id(value))
        if isinstance(value, str):
            yield from of_string(value, name, head, where)
        elif isinstance(value, dict):
            own = head_of(value) or head
            members = list(islice(value.items(), MAX_MEMBERS))
            stack.extend((each, key, own) for key, each in reversed(members))
        elif isinstance(value, list):
            source = joined(value, budget) if 1 < len(value) <= MAX_MEMBERS else ""
            if len(source) >= LEAST_CHARS:
                yield Candidate(source=source, place=where.place, head=head)
            stack.extend((each, name, head) for each in reversed(value[:MAX_MEMBERS]))


def of_string(value: str, name: str, head: Head, where: Where) -> Iterator[Candidate]:
    """Yield what may be a body in a string: its markup, the JSON in it, or lines of text under a name that says so."""
    if len(value) < LEAST_CHARS or OTHER.search(name):
        return
    if _JSON.match(value):
        yield from candidates_in(value, where.deeper())
        return
    if not MARKUP.search(value) and _ESCAPED.search(value):
        value = html.unescape(value)
    if MARKUP.search(value):
        yield Candidate(source=value, place=where.place, head=head)
    elif _BODIES.search(name):
        yield Candidate(source=marked_up(value.splitlines()), place=where.place, head=head)


def marked_up(lines: Sequence[str]) -> str:
    """Return lines of text as paragraphs."""
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())


def _literals(source: str, where: Where) -> Iterator[Candidate]:
    """Yield what may be a body in names with string literals after them; literals of one name in a row are one list."""
    row: list[str] = []
    last = ""
    budget = where.budget
    for found in _NAMED.finditer(source[: max(0, budget.chars)]):
        budget.values -= 1
        if budget.values <= 0:
            break
        literal = next(each for each in found.group("double", "single", "back") if each is not None)
        if len(literal) < LEAST_CHARS // 4:
            continue
        text = _unescaped(literal)
        yield from of_string(text, found.group("name"), NO_HEAD, where)
        if found.group("name") != last:
            yield from _of_row(row, last, where.place)
            row, last = [], found.group("name")
        row.append(text)
    yield from _of_row(row, last, where.place)
    budget.chars -= len(source)


def _of_row(row: list[str], name: str, place: str) -> Iterator[Candidate]:
    if len(row) > 1 and _BODIES.search(name):
        source = "".join(each if MARKUP.search(each) else f"<p>{each}</p>" for each in row)
        yield Candidate(source=source, place=place)


def _unescaped(literal: str) -> str:
    """Return what a string literal of JavaScript says."""
    if "\\" not in literal:
        return literal

    def char(escape: regex.Match[str]) -> str:
        number = escape.group("wide") or escape.group("byte")
        if number:
            return chr(int(number, 16))
        return _CHARS.get(escape.group("char"), escape.group("char"))

    return _ESCAPE.sub(char, literal).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
