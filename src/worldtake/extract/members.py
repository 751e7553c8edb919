"""Read the values of a script's state: headlines that stand in them, numbers that stand for others, lists that are a body's blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import regex

#: Characters of script that are read of one page in all, of values, attempts that fail included.
MAX_CHARS = 5_000_000
#: Values that are gone through, and attempts at reading JSON in the midst of JavaScript.
MAX_VALUES, MAX_ATTEMPTS = 150_000, 400
#: Levels of a list's member in which its words are looked for.
MEMBER_DEPTH = 8
#: Members of a list from which it may be one of all values, and how many are looked at.
FLAT_MEMBERS = 20
#: Length above which a headline is none, characters.
TITLE_CHARS = 400
#: Longest standfirst, characters.
STANDFIRST_CHARS = 1_500
#: Names under which a value's headline stands, and names within that one.
_TITLES = ("headline", "title", "webTitle", "articleTitle", "headLine", "heading", "seoTitle")
_INNER_TITLES = ("basic", "text", "rendered", "value", "main", "default")
#: Names under which a standfirst stands beside them.
_STANDFIRSTS = (
    "standfirst", "subTitle", "subtitle", "subtitles", "subHeadline", "subheadline", "subheading", "deck", "dek", "chapeau", "intro",
)  # fmt: skip
#: Names under which a list's member has its words; the first that has any is taken.
_WORDS = (
    "html", "content", "text", "value", "body", "paragraph", "paragraphs", "children", "nodes", "items", "model", "blocks", "data",
    "props",
)  # fmt: skip
#: Types of members that are no words of the text.
OTHER = regex.compile(
    r"image|photo|picture|figure|video|audio|gallery|embed|advert|^ads?$|related|newsletter|promo|caption|credit|byline|"
    r"author|^bio|link_list|interstitial|widget|quiz|poll|podcast|social|tweet",
    regex.IGNORECASE,
)
_HEADS = regex.compile(
    r"^(?:h[2-6]|.*(?:heading|header|sub_?title|subhead(?:line)?))$", regex.IGNORECASE
)
_PARAGRAPHS = regex.compile(r"^(?:p|paragraph|text|body|block)$", regex.IGNORECASE)
MARKUP = regex.compile(r"<(?:p|br|div|h[1-6]|li|blockquote)[\s/>]", regex.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands nearest over a body in the data."""

    #: Headlines; empty where none does.
    titles: tuple[str, ...] = ()
    #: Standfirst, which may be markup; empty where none stands beside the headlines.
    standfirst: str = ""


#: Where nothing does.
NO_HEAD = Head()


@dataclass(slots=True, kw_only=True)
class Budget:
    """What may still be spent on one page."""

    chars: int = MAX_CHARS
    values: int = MAX_VALUES
    attempts: int = MAX_ATTEMPTS
    #: Pieces of a stream that is pushed, in order.
    pushed: list[str] = field(default_factory=list)


def unflattened(root: Any) -> Any:
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


def head_of(value: dict[str, Any]) -> Head | None:
    """Return the headlines and the standfirst that a value has; None where it has no headline."""
    titles = titles_of(value)
    said = (value.get(name) for name in _STANDFIRSTS) if titles else ()
    standfirst = next((each for each in said if isinstance(each, str) and each), "")
    return Head(titles=titles, standfirst=standfirst[:STANDFIRST_CHARS]) if titles else None


def titles_of(value: dict[str, Any]) -> tuple[str, ...]:
    """Return the headlines that a value has."""
    found: list[str] = []
    for name in _TITLES:
        said = value.get(name)
        inner = [said.get(each) for each in _INNER_TITLES] if isinstance(said, dict) else [said]
        found += [each for each in inner if isinstance(each, str) and 0 < len(each) < TITLE_CHARS]
    return tuple(found)


def joined(members: list[Any], budget: Budget) -> str:
    """Return a list's members as markup, one paragraph each, as far as they hold words."""
    if any(isinstance(each, str) for each in members) and members[0] == "$":
        return ""
    parts = [_words(each, budget, MEMBER_DEPTH) for each in members]
    return "".join(
        each if MARKUP.search(each[:200]) else f"<p>{each}</p>" for each in parts if each.strip()
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
    if OTHER.search(kind) or titles_of(value):  # what has a headline of its own is another article
        return ""
    within = (value[name] for name in _WORDS if isinstance(value.get(name), str | list | dict))
    words = next((found for each in within if (found := _words(each, budget, depth - 1))), "")
    if not words or MARKUP.match(words):
        return words
    if _HEADS.match(kind):
        return f"<h2>{words}</h2>"
    return f"<p>{words}</p>" if _PARAGRAPHS.match(kind) and "blocks" not in value else words
