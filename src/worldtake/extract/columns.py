"""Name in plain language what the trees look at: each column of `features` for blocks, and of `cues` for lines.

Readers see these names where `explain` says why a block was kept or left out; docs/reference/columns.md lists them all.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from worldtake.extract.cues import NEAR, WINDOWS
from worldtake.extract.features import AROUND, LEVELS, REASONS, TAGS
from worldtake.extract.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

#: What a column's number is: yes or no, the same turned round, a share from 0 to 1, an amount (below 0 for none), steps (0 for none), a
#: number that may be below 0, the logarithm of an amount, or that of an amount and 1.
Kind: TypeAlias = Literal["yes", "no", "share", "amount", "steps", "signed", "log", "log1"]
_PERCENT = 100
#: Amount from which no tenths are shown.
_WHOLE = 10
_LOGS: Mapping[str, Callable[[float], float]] = defaultdict(
    lambda: float, log=math.exp, log1=math.expm1
)
_STEPS = {1: "", 2: "second ", 3: "third "}
#: What the runs of prose found at each of `cues.GAP_COSTS` are.
_RUNS = ("main run of prose", "main run of prose with little furniture in it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one column says, for readers."""

    #: Such as "ends as a sentence does".
    words: str
    #: How its numbers are to be read.
    kind: Kind = "amount"

    def shown(self, value: float) -> str:
        """Return one of its numbers in words."""
        if self.kind != "signed" and value < 0:
            return "none"
        if self.kind in {"yes", "no"}:
            return "yes" if (value > 0) == (self.kind == "yes") else "no"
        if self.kind == "share":
            return f"{value * _PERCENT:.0f}%"
        return "none" if self.kind == "steps" and not value else _number(_LOGS[self.kind](value))


def _number(value: float) -> str:
    tenths = round(value, 1)
    return f"{value:,.0f}" if tenths.is_integer() or value >= _WHOLE else f"{tenths:.1f}"


def _columns(kind: Kind, words: Mapping[str, str]) -> dict[str, Column]:
    return {name: Column(words=each, kind=kind) for name, each in words.items()}


def _own_columns() -> dict[str, Column]:
    """Return the columns that say what a block itself is."""
    yes = {
        "ended": "ends as a sentence does",
        "cut": "ends in dots, cut short",
        "colon": "ends in a colon",
        "first_lower": "begins with a small letter",
        "first_upper": "begins with a capital",
        "first_quote": "begins with a quotation mark",
        "first_bullet": "begins with a bullet or a dash",
        "copyright": "holds a copyright sign",
        "after_image": "stands directly behind a picture",
        "is_title": "says what the page's markup gives as headline",
        "in_description": "stands in the page's description for previews",
    }
    shares = {
        "linked": "share of it that is links",
        "strong": "share of it that is emphasised",
        "upper": "share of capitals in its beginning",
        "digits": "share of digits in its beginning",
        "commas": "commas a word",
        "title_words": "share of its words that are the headline's",
    }
    amounts = {
        "weight": "its length, in Latin letters' worth",
        "words": "its words",
        "inner": "sentences that end within it",
        "links": "links in it",
        "bars": "bars, arrows and bullets in it",
        "runs": "pieces that its markup cuts it into",
        "quotes": "quotation marks in it",
        "repeated": "times that it stands on the page",
        "within": "long blocks that hold its beginning again",
        "holds": "other blocks that it holds again",
    }
    body = {"in_body": "in the body that JSON-LD states: 1, outside it: -1, none stated: 0"}
    return (
        _columns("yes", yes) | _columns("share", shares) | _columns("amount", amounts)
    ) | _columns("signed", body)


def _box_columns() -> dict[str, Column]:
    """Return the columns that say what a block stands in."""
    yes = {
        **{f"tag_{tag}": f"is a {tag} element" for tag in TAGS},
        **{f"in_{tag}": f"stands in a {tag} element" for tag in AROUND},
        "embed": "stands in a post of a social network",
    }
    steps = {
        **{f"why_{each}": f"steps up to a box that says it is {LABELS[each]}" for each in REASONS},
        "body": "steps up to a box that says it holds the text",
        "standfirst": "steps up to a box that says it is the standfirst",
        "post": "number of the article element that it stands in",
        "inside_85": "how deep it stands in the box that holds most of the prose",
        "inside_60": "how deep it stands in the smaller box that holds three fifths of the prose",
    }
    free = {"free": "a box round it says that it is furniture, and is believed"}
    amounts = {
        "whys": "kinds of furniture that the boxes round it say they are",
        "depth": "how deep it stands in the page",
        "posts": "article elements on the page",
    }
    return (
        (_columns("yes", yes) | _columns("no", free) | _columns("steps", steps))
        | _columns("amount", amounts)
        | dict(_sum_columns())
    )


def _sum_columns() -> Iterable[tuple[str, Column]]:
    places = ("its box", "the box round that", *(f"the box {n} steps up" for n in range(2, LEVELS)))
    for level, place in enumerate(places):
        yield f"prose_{level}", Column(words=f"share of the page's prose in {place}", kind="share")
        words = f"share of the page's prose outside furniture in {place}"
        yield f"kept_{level}", Column(words=words, kind="share")
        yield f"links_{level}", Column(words=f"share of links in {place}", kind="share")
        yield f"dense_{level}", Column(words=f"share of prose in {place}", kind="share")
        yield f"count_{level}", Column(words=f"blocks in {place}")


def _kind_columns() -> dict[str, Column]:
    """Return the columns that compare a block with those that stand alike or beside it."""
    shares = {
        "kind_prose": "share of the page's prose in blocks of its kind",
        "kind_ended": "share of blocks of its kind that end as sentences",
        "kind_linked": "share of links in blocks of its kind",
        "beside_prose": "share of the page's prose beside it",
        "page_kind": "share of the page's prose in the kind of block with most",
    }
    yes = {
        "kind_best": "is of the kind of block that holds most prose",
        "beside_best": "stands where most of the prose stands",
    }
    amounts = {
        "kind_count": "blocks of its kind on the page",
        "kind_mean": "mean length of blocks of its kind",
        "beside_count": "blocks beside it",
        "to_best": "steps down from a shared box to where most of the prose stands",
        "from_best": "steps down from a shared box to it",
    }
    return _columns("share", shares) | _columns("yes", yes) | _columns("amount", amounts)


def _order_columns() -> dict[str, Column]:
    """Return the columns that say where on the page a block stands and what stands round it."""
    shares = {
        "place": "place on the page, from its top",
        "weight_before": "share of the page's letters above it",
        "prose_before": "share of the page's prose above it",
        "kept_before": "share of the page's prose outside furniture above it",
        "list_links": "share of links in its list or table",
    }
    signed = {
        "after_title": "blocks below the headline",
        "after_last_title": "blocks below the last place that says the headline",
        "before_best": "blocks above the first of the main prose",
        "after_best": "blocks below the last of the main prose",
    }
    amounts = {
        "page_prose": "prose on the page, in letters",
        "page_blocks": "blocks on the page",
        "under_heading": "blocks below the nearest heading; 40 if there is none",
        "list_count": "blocks in its list or table",
        "list_mean": "mean length of blocks in its list or table",
        "list_before": "prose just above its list or table",
        "list_behind": "prose just below its list or table",
        **{f"kept-{n}": f"prose in the {n} blocks above" for n in (4, 10)},
        **{f"kept+{n}": f"prose in the {n} blocks below" for n in (4, 10)},
    }
    return (
        _columns("share", shares) | _columns("signed", signed) | _columns("amount", amounts)
    ) | dict(_neighbour_columns())


def _neighbour_columns() -> Iterable[tuple[str, Column]]:
    said: dict[str, tuple[str, Kind]] = {
        "weight": ("length of {}", "amount"),
        "ended": ("{} ends as a sentence does", "yes"),
        "linked": ("share of links in {}", "share"),
        "heading": ("{} is a heading", "yes"),
        "kept": ("prose in {}", "amount"),
    }
    for name, (words, kind) in said.items():
        for step in (1, 2, 3) if name in {"weight", "linked"} else (1,):
            for sign, side in (("-", "above"), ("+", "below")):
                block = f"the {_STEPS[step]}block {side}"
                yield f"{name}{sign}{step}", Column(words=words.format(block), kind=kind)


def _line_columns() -> dict[str, Column]:
    """Return the columns that say what a line itself is."""
    yes = {
        "ended": "ends as a sentence does",
        "quoted": "ends as a quotation does",
        "cut": "ends in dots, cut short",
        "colon": "ends in a colon",
        "address": "holds a web or mail address",
        "clock": "holds a time, a date or a year",
        "bullet": "begins as an item of a list",
        "mark": "is signs alone",
        "starts_lower": "begins with a small letter",
        "asks": "ends with a question or exclamation mark",
        "tabs": "holds a tab",
        "apart": "a blank line stands above it",
        "apart_after": "a blank line stands below it",
        "dated": "is a date",
        "byline": "is a byline",
        **{each: f"has the words of {LABELS[each]}" for each in _LINE_REASONS},
        "other_furniture": "has the words of other furniture",
    }
    shares = {
        "upper": "share of capitals in it",
        "digits": "share of digits in it",
        "capitalised": "share of its words that begin with a capital",
        "lower_words": "share of its words that begin with a small letter",
        "commas": "commas a word",
    }
    amounts = {
        "inner_ends": "sentences that end within it",
        "quotes": "quotation marks in it",
        "bars": "bars and arrows in it",
        "repeated": "times that it stands on the page",
    }
    logs = {"weight": "its length", "words": "its words"}
    return (
        _columns("yes", yes) | _columns("share", shares) | _columns("amount", amounts)
    ) | _columns("log1", logs)


_LINE_REASONS = (
    "related_links", "newsletter", "comments", "share", "navigation", "footer", "image_credit", "advertisement",
    "app_promotion", "reading_time",
)  # fmt: skip


def _passed_columns() -> Iterable[tuple[str, Column]]:
    said: dict[str, tuple[str, Kind]] = {
        "weight": ("length of {}", "log1"),
        "ended": ("{} ends as a sentence does", "yes"),
        "capitalised": ("share of capitalised words in {}", "share"),
        "inner_ends": ("sentences that end within {}", "amount"),
        "cut": ("{} ends in dots, cut short", "yes"),
        "clock": ("{} holds a time or a date", "yes"),
        "apart": ("a blank line stands above {}", "yes"),
        "repeated": ("times that {} stands on the page", "amount"),
    }
    for offset in NEAR:
        line = _line_at(offset)
        for name, (words, kind) in said.items():
            yield f"{name}_{offset:+d}", Column(words=words.format(line), kind=kind)
    for offset in (-1, 1):
        words = f"{_line_at(offset)} has the words of furniture"
        yield f"furniture_{offset:+d}", Column(words=words, kind="yes")


def _line_at(offset: int) -> str:
    return f"the {_STEPS[abs(offset)]}line {'above' if offset < 0 else 'below'}"


def _placed_columns() -> dict[str, Column]:
    """Return the columns that say where on the page a line stands."""
    shares = {
        "part": "place on the page, from its top",
        "mass_before": "share of the page's prose above it",
        "mass_after": "share of the page's prose below it",
        "topic": "share of its longer words that the main prose holds too",
        **{f"unended_{n}": f"lines that do not end as sentences, in the {n} round it" for n in WINDOWS},
    }  # fmt: skip
    amounts = {
        "index": "lines above it",
        "from_end": "lines below it",
        "since_prose": "lines since the last of prose",
        "until_prose": "lines until the next of prose",
        **{f"before_{n}": f"prose in the {n} lines above" for n in WINDOWS},
        **{f"after_{n}": f"prose in the {n} lines below" for n in WINDOWS},
        "endings_between": "headings of a page's foot between the beginning of the prose and it",
        "since_ending": "lines since a heading of a page's foot",
        "since_furniture": "lines since one with the words of furniture",
        "relative_weight": "its length beside the usual line of prose",
        "prose_lines": "lines of prose on the page",
    }
    logs = {"lines": "lines on the page", "mass": "prose on the page"}
    signed = {}
    for n, run in enumerate(_RUNS):
        signed[f"to_start_{n}"] = f"lines since the {run} begins"
        signed[f"to_end_{n}"] = f"lines until the {run} ends"
    inside = {f"inside_{n}": f"stands in the {run}" for n, run in enumerate(_RUNS)}
    return (
        (_columns("share", shares) | _columns("amount", amounts) | _columns("log", logs))
        | _columns("yes", inside)
        | _columns("signed", signed)
    )


#: Column of `features` -> what it says.
BLOCK_COLUMNS = {
    **_own_columns(),
    **_box_columns(),
    **_kind_columns(),
    **_order_columns(),
}
#: Column of `cues` -> what it says.
LINE_COLUMNS = {**_line_columns(), **dict(_passed_columns()), **_placed_columns()}
