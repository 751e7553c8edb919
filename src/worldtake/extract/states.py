"""Find what may be an article's body in the data of scripts: JSON, JSON within JavaScript, and strings of either that hold markup.

What frameworks keep for the browser has no common form, so forms are not told apart: every value that can be read as JSON is gone
through, strings and lists that hold prose are handed on with the headlines that stand nearest to them, and where no JSON can be
read, names with string literals after them are. All is bounded, for a script may be megabytes and may mean ill.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Characters of script that are read of one page in all, of values, attempts that fail included.
MAX_CHARS = 5_000_000
#: Values that are gone through, and attempts at reading JSON in the midst of JavaScript.
MAX_VALUES, MAX_ATTEMPTS = 150_000, 400
#: Members of a list or names of a value that are gone through: bodies have hundreds of blocks.
MAX_MEMBERS = 5_000
#: Strings within strings that are followed: JSON in a literal in JSON.
MAX_NESTING = 3
#: Levels of a list's member in which its words are looked for.
MEMBER_DEPTH = 8
#: Members of a list from which it may be one of all values, and how many are looked at.
FLAT_MEMBERS = 20
#: Length from which a string or list may be a body, characters.
LEAST_CHARS = 150
#: Length above which a headline is none, characters.
TITLE_CHARS = 400
#: Longest standfirst, characters.
STANDFIRST_CHARS = 1_500
#: Names under which a value's headline stands, and names within that one.
_TITLES = ("headline", "title", "webTitle", "articleTitle", "headLine", "heading", "seoTitle")
_STANDFIRSTS = (
    "standfirst",
    "subTitle",
    "subtitle",
    "subtitles",
    "subHeadline",
    "subheadline",
    "subheading",
    "deck",
    "dek",
    "chapeau",
    "intro",
)
_INNER_TITLES = ("basic", "text", "rendered", "value", "main", "default")
#: Names under which a list's member has its words; the first that has any is taken.
_WORDS = (
    "html", "content", "text", "value", "body", "paragraph", "paragraphs", "children", "nodes", "items", "model", "blocks", "data",
    "props",
)  # fmt: skip
#: Names under which text without markup is believed to be a body.
_BODIES = regex.compile(
    r"(?:body|content|text|story|article|paragraphs?|html|description|rendered|value)",
    regex.IGNORECASE,
)
#: Types of members that are no words of the text.
_OTHER = regex.compile(
    r"image|photo|picture|figure|video|audio|gallery|embed|advert|^ads?$|related|newsletter|promo|caption|credit|byline|"
    r"author|^bio|link_list|interstitial|widget|quiz|poll|podcast|social|tweet",
    regex.IGNORECASE,
)
#: Names under which stand other people's and other articles' texts.
_ELSE = regex.compile(
    r"author|contributor|creator|byline|comments?$|newsletter|^related|recommend|cookie|consent",
    regex.IGNORECASE,
)
_HEADS = regex.compile(
    r"^(?:h[2-6]|.*(?:heading|header|sub_?title|subhead(?:line)?))$", regex.IGNORECASE
)
_PARAGRAPHS = regex.compile(r"^(?:p|paragraph|text|body|block)$", regex.IGNORECASE)
_MARKUP = regex.compile(r"<(?:p|br|div|h[1-6]|li|blockquote)[\s/>]", regex.IGNORECASE)
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
class Head:
    """What stands nearest over a body in the data."""

    #: Headlines; empty where none does.
    titles: tuple[str, ...] = ()
    #: Standfirst, which may be markup; empty where none stands beside the headlines.
    standfirst: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What may be a body."""

    #: As markup.
    source: str
    #: Where it stands, as the provenance says it.
    place: str
    #: What stands over it.
    head: Head = Head()


@dataclass(slots=True, kw_only=True)
class Budget:
    """What may still be spent on one page."""

    chars: int = MAX_CHARS
    values: int = MAX_VALUES
    attempts: int = MAX_ATTEMPTS
    #: Pieces of a stream that is pushed, in order.
    pushed: list[str] = field(default_factory=list)


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
        yield from of_string(text.decode("utf-8", "replace"), "text", Head(), where.deeper())
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
    stack: list[tuple[Any, str, Head]] = [(_unflattened(root), "", Head())]
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
            own = _head_of(value) or head
            members = list(islice(value.items(), MAX_MEMBERS))
            stack.extend((each, key, own) for key, each in reversed(members))
        elif isinstance(value, list):
            source = _joined(value, budget) if 1 < len(value) <= MAX_MEMBERS else ""
            if len(source) >= LEAST_CHARS:
                yield Candidate(source=source, place=where.place, head=head)
            stack.extend((each, name, head) for each in reversed(value[:MAX_MEMBERS]))


def _unflattened(root: Any) -> Any:
    """Return a value whose members refer to each other by number with the members in place; all others as they are.

    So writes devalue, in which Nuxt keeps its state: a list of all values, and in those the numbers of others.
    """
    if not isinstance(root, list) or len(root) < FLAT_MEMBERS or not _is_flat(root):
        return root
    whole: list[Any] = [type(each)() if isinstance(each, dict | list) else each for each in root]

    def at(number: Any) -> Any:
        within = isinstance(number, int) and 0 <= number < len(whole)
        return whole[number] if within else number

    for made, each in zip(whole, root, strict=True):
        if isinstance(each, dict):
            made.update((name, at(number)) for name, number in each.items())
        elif isinstance(each, list):
            made.extend(map(at, each))
    return whole[0]


def _is_flat(root: list[Any]) -> bool:
    """Tell whether the members of a list refer to each other by number."""
    numbers = [
        number for each in root[:FLAT_MEMBERS] if isinstance(each, dict) for number in each.values()
    ]
    return bool(numbers) and all(isinstance(each, int) for each in numbers)


def _head_of(value: dict[str, Any]) -> Head | None:
    """Return the headlines and the standfirst that a value has; None where it has no headline."""
    titles = _titles_of(value)
    said = (value.get(name) for name in _STANDFIRSTS) if titles else ()
    standfirst = next((each for each in said if isinstance(each, str) and each), "")
    return Head(titles=titles, standfirst=standfirst[:STANDFIRST_CHARS]) if titles else None


def _titles_of(value: dict[str, Any]) -> tuple[str, ...]:
    """Return the headlines that a value has."""
    found: list[str] = []
    for name in _TITLES:
        said = value.get(name)
        inner = [said.get(each) for each in _INNER_TITLES] if isinstance(said, dict) else [said]
        found += [each for each in inner if isinstance(each, str) and 0 < len(each) < TITLE_CHARS]
    return tuple(found)


def of_string(value: str, name: str, head: Head, where: Where) -> Iterator[Candidate]:
    """Yield what may be a body in a string: its markup, the JSON in it, or lines of text under a name that says so."""
    if len(value) < LEAST_CHARS or _OTHER.search(name):
        return
    if _JSON.match(value):
        yield from candidates_in(value, where.deeper())
        return
    if not _MARKUP.search(value) and _ESCAPED.search(value):
        value = html.unescape(value)
    if _MARKUP.search(value):
        yield Candidate(source=value, place=where.place, head=head)
    elif _BODIES.search(name):
        yield Candidate(source=marked_up(value.splitlines()), place=where.place, head=head)


def marked_up(lines: Sequence[str]) -> str:
    """Return lines of text as paragraphs."""
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())


def _joined(members: list[Any], budget: Budget) -> str:
    """Return a list's members as markup, one paragraph each, as far as they hold words."""
    if any(isinstance(each, str) for each in members) and members[0] == "$":
        return ""
    parts = [_words(each, budget, MEMBER_DEPTH) for each in members]
    return "".join(
        each if _MARKUP.search(each[:200]) else f"<p>{each}</p>" for each in parts if each.strip()
    )


def _words(value: Any, budget: Budget, depth: int) -> str:
    """Return the words of a list's member as markup."""
    budget.values -= 1
    if isinstance(value, str):
        return value
    if depth <= 0 or budget.values <= 0:
        return ""
    if isinstance(value, list):
        if len(value) == 4 and value[0] == "$":  # noqa: PLR2004 an element of React: mark, tag, key, properties
            return _element(value, budget, depth)
        return "".join(_words(each, budget, depth - 1) for each in value)
    return _of_member(value, budget, depth) if isinstance(value, dict) else ""


def _element(value: list[Any], budget: Budget, depth: int) -> str:
    tag, properties = value[1], value[3]
    children = properties.get("children") if isinstance(properties, dict) else None
    words = _words(children, budget, depth - 1) if isinstance(children, str | list) else ""
    return f"<{tag}>{words}</{tag}>" if words and isinstance(tag, str) and tag.isalnum() else words


def _of_member(value: dict[str, Any], budget: Budget, depth: int) -> str:
    kind = next(
        (
            value[each]
            for each in ("type", "_type", "nodeType", "kind")
            if isinstance(value.get(each), str)
        ),
        "",
    )
    if _OTHER.search(kind) or _titles_of(
        value
    ):  # what has a headline of its own is another article
        return ""
    within = (value[name] for name in _WORDS if isinstance(value.get(name), str | list | dict))
    words = next((found for each in within if (found := _words(each, budget, depth - 1))), "")
    if not words or _MARKUP.match(words):
        return words
    if _HEADS.match(kind):
        return f"<h2>{words}</h2>"
    return f"<p>{words}</p>" if _PARAGRAPHS.match(kind) and "blocks" not in value else words


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
        yield from of_string(text, found.group("name"), Head(), where)
        if found.group("name") != last:
            yield from _of_row(row, last, where.place)
            row, last = [], found.group("name")
        row.append(text)
    yield from _of_row(row, last, where.place)
    budget.chars -= len(source)


def _of_row(row: list[str], name: str, place: str) -> Iterator[Candidate]:
    if len(row) > 1 and _BODIES.search(name):
        source = "".join(each if _MARKUP.search(each) else f"<p>{each}</p>" for each in row)
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
