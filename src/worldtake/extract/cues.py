"""Measure the lines of a plain text page: what each looks like, what stands round it, and where it lies to the longest run of prose.

The numbers go into the trees of `prose`; their order is `NAMES`. None of them knows a language: they count characters, marks,
repetitions and distances, and the words of page furniture that `phrases` knows in many.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import regex

from worldtake.extract.phrases import ENDING, byline_names, furniture
from worldtake.extract.printed import date_label
from worldtake.extract.writing import closes_quote, inner_ends, is_cut, is_mark, unmarked_script

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from worldtake.extract.lines import Line

    Floats = npt.NDArray[np.float64]

#: Weight from which a line that ends as a sentence counts as prose.
PROSE_WEIGHT = 80
#: Weight that a line of anything else costs a run of prose (so that about ten labels outweigh a short paragraph).
GAP_COSTS = (10.0, 40.0)
#: Distances are counted up to this many lines.
FAR = 30
#: Windows in which prose is summed, lines.
WINDOWS = (3, 8, 20)
#: Neighbours whose own looks a line is given.
NEAR = (-3, -2, -1, 1, 2, 3)
#: Shortest word that says what a text is about, letters.
TOPIC_LETTERS = 5
#: Weight above which more of a line says no more.
PROSE_MOST = 2000
#: Length up to which a line may be a date or a byline, characters.
LABEL_CHARS = 60
#: Longest part of a line whose letters are counted, characters.
COUNTED_CHARS = 300
_REASONS = (
    "related_links",
    "newsletter",
    "comments",
    "share",
    "navigation",
    "footer",
    "image_credit",
    "advertisement",
    "app_promotion",
    "reading_time",
)
_UPPER = regex.compile(r"\p{Lu}")
_DIGIT = regex.compile(r"\p{Nd}")
_COMMA = regex.compile(r"[,،、，;；]")
_QUOTE = regex.compile(r"[\"“”„«»「」『』]")
_BAR = regex.compile(r"[|›»·•/→>]")
_ADDRESS = regex.compile(r"https?://|www\.|@|\.com\b")
_CLOCK = regex.compile(r"\p{Nd}[:.h时時시]\s?\p{Nd}{2}|(?:19|20)\p{Nd}{2}|\p{Nd}+[./-]\p{Nd}+")
_BULLET = regex.compile(r"^(?:[•·▪◦●■►▶‣*–—+-]|\p{N}{1,2}[.)]|\[\p{N}+\])\s*\S")

#: What a line says by itself.
OWN = (
    "weight",
    "words",
    "ended",
    "quoted",
    "cut",
    "colon",
    "inner_ends",
    "upper",
    "digits",
    "capitalised",
    "lower_words",
    "commas",
    "quotes",
    "bars",
    "address",
    "clock",
    "bullet",
    "mark",
    "starts_lower",
    "asks",
    "tabs",
    "apart",
    "apart_after",
    "repeated",
    "dated",
    "byline",
    *_REASONS,
    "other_furniture",
)
_PASSED_ON = ("weight", "ended", "capitalised", "inner_ends", "cut", "clock", "apart", "repeated")
_PLACED = (
    "index",
    "from_end",
    "part",
    "since_prose",
    "until_prose",
    "mass_before",
    "mass_after",
    *(f"{side}_{size}" for size in WINDOWS for side in ("before", "after")),
    *(f"unended_{size}" for size in WINDOWS),
    *(f"{what}_{n}" for n in range(len(GAP_COSTS)) for what in ("inside", "to_start", "to_end")),
    "endings_between",
    "since_ending",
    "since_furniture",
    "topic",
    "relative_weight",
    "lines",
    "prose_lines",
    "mass",
)
#: Every number's name, in order.
NAMES = (
    *OWN,
    *(f"{name}_{offset:+d}" for offset in NEAR for name in _PASSED_ON),
    "furniture_-1",
    "furniture_+1",
    *_PLACED,
)


@dataclass(frozen=True, slots=True)
class _Prose:
    """Where the prose of a page is."""

    #: Weight of each line that is prose, else 0.
    mass: Floats
    #: First and last line of the weightiest run, one for each cost.
    runs: tuple[tuple[int, int], ...]


def measure_lines(lines: Sequence[Line]) -> Floats:
    """Return one row of `NAMES` for each line."""
    if not lines:
        return np.zeros((0, len(NAMES)))
    reasons = [furniture(line.text) for line in lines]
    own = _own_rows(lines, reasons)
    prose = _prose(lines)
    is_furniture = np.array([reason is not None for reason in reasons], dtype=np.float64)
    return np.hstack(
        (
            own,
            *(_shifted(own[:, _PASSED_COLUMNS], offset) for offset in NEAR),
            _shifted(is_furniture[:, None], -1),
            _shifted(is_furniture[:, None], 1),
            _places(lines, reasons, prose, own),
        )
    )


_PASSED_COLUMNS = [OWN.index(name) for name in _PASSED_ON]


def _own_rows(lines: Sequence[Line], reasons: Sequence[str | None]) -> Floats:
    counts = Counter(line.key or (line.text,) for line in lines)
    following = [*(line.apart for line in lines[1:]), True]
    return np.array(
        [
            _own(line, reason, counts[line.key or (line.text,)], apart_after=after)
            for line, reason, after in zip(lines, reasons, following, strict=True)
        ],
        dtype=np.float64,
    )


def _own(line: Line, reason: str | None, count: int, *, apart_after: bool) -> list[float]:
    text = line.text[:COUNTED_CHARS]
    words = text.split()
    size, number = len(text), len(words)
    is_short = len(line.text) <= LABEL_CHARS
    return [
        math.log(1 + line.weight),
        math.log(1 + len(line.text.split())),
        line.ended or unmarked_script(text),
        closes_quote(line.text),
        is_cut(line.text),
        line.text.endswith((":", "：")),
        min(inner_ends(text), 5),
        len(_UPPER.findall(text)) / size,
        len(_DIGIT.findall(text)) / size,
        sum(word[0].isupper() for word in words) / number,
        sum(word[0].islower() for word in words) / number,
        len(_COMMA.findall(text)) / number,
        min(4, len(_QUOTE.findall(text))),
        min(4, len(_BAR.findall(text))),
        bool(_ADDRESS.search(text)),
        bool(_CLOCK.search(text)),
        bool(_BULLET.match(text)),
        is_mark(text),
        text[0].islower(),
        line.text.endswith(("?", "!", "？", "！", "؟")),
        "\t" in text,
        line.apart,
        apart_after,
        min(count, 4),
        is_short and date_label(text) is not None,
        is_short and byline_names(text) is not None,
        *(reason == each for each in _REASONS),
        reason is not None and reason not in _REASONS,
    ]


def _prose(lines: Sequence[Line]) -> _Prose:
    mass = np.array(
        [
            min(line.weight, PROSE_MOST)
            if line.weight >= PROSE_WEIGHT
            and (line.ended or closes_quote(line.text) or unmarked_script(line.text))
            else 0
            for line in lines
        ],
        dtype=np.float64,
    )
    return _Prose(mass, tuple(weightiest_run(mass, cost) for cost in GAP_COSTS))


def weightiest_run(mass: Floats, cost: float) -> tuple[int, int]:
    """Return the first and last line of the run with the greatest sum of prose, each other line costing `cost`."""
    best, best_sum, start, total = (0, len(mass) - 1), 0.0, 0, 0.0
    for index, each in enumerate(mass.tolist()):
        if total <= 0:
            start, total = index, 0.0
        total += each or -cost
        if total > best_sum:
            best, best_sum = (start, index), total
    return best


def _shifted(rows: Floats, offset: int) -> Floats:
    """Return for each line the numbers of the line `offset` away; -1 beyond the page."""
    moved = np.full_like(rows, -1.0)
    size = len(rows)
    if abs(offset) < size:
        if offset > 0:
            moved[:-offset] = rows[offset:]
        else:
            moved[-offset:] = rows[:offset]
    return moved


def _places(
    lines: Sequence[Line], reasons: Sequence[str | None], prose: _Prose, own: Floats
) -> Floats:
    size = len(lines)
    index = np.arange(size, dtype=np.float64)
    mass = prose.mass
    total = max(1.0, float(mass.sum()))
    before = np.cumsum(mass) - mass
    is_prose = mass > 0
    unended = 1.0 - own[:, OWN.index("ended")]
    ending = np.array([reason in ENDING for reason in reasons])
    start, end = prose.runs[0]
    median = float(np.median(mass[is_prose])) if is_prose.any() else 1.0
    columns = [
        np.minimum(index, FAR * 2),
        np.minimum(size - 1 - index, FAR * 2),
        index / size,
        _since(is_prose),
        _since(is_prose[::-1])[::-1],
        before / total,
        (total - before - mass) / total,
        *(each for width in WINDOWS for each in _windows(mass, width)),
        *(sum(_windows(unended, width)) / width for width in WINDOWS),
        *(each for run in prose.runs for each in run_columns(index, run)),
        _endings_between(ending, index, start),
        _since(ending),
        _since(np.array([reason is not None for reason in reasons])),
        _topics(lines, start, end),
        np.array([line.weight for line in lines]) / median,
        np.full(size, math.log(size)),
        np.full(size, float(is_prose.sum())),
        np.full(size, math.log(total)),
    ]
    return np.column_stack(columns)


def _since(flags: npt.NDArray[np.bool_]) -> Floats:
    """Return how many lines above the last one that is flagged stands, at most `FAR`; `FAR` where there is none."""
    marks = np.where(flags, np.arange(len(flags)), -FAR)
    last = np.concatenate(([-FAR], np.maximum.accumulate(marks)[:-1]))
    return np.minimum(FAR, np.arange(len(flags)) - last).astype(np.float64)


def _windows(values: Floats, width: int) -> tuple[Floats, Floats]:
    """Return the sums of the `width` values before and after each."""
    sums = np.concatenate(([0.0], np.cumsum(values)))
    index = np.arange(len(values))
    low = np.maximum(0, index - width)
    high = np.minimum(len(values), index + 1 + width)
    return sums[index] - sums[low], sums[high] - sums[index + 1]


def run_columns(index: Floats, run: tuple[int, int]) -> tuple[Floats, Floats, Floats]:
    """Return for each line whether it is in the run, and how far it is from its start and its end."""
    start, end = run
    inside = ((index >= start) & (index <= end)).astype(np.float64)
    return inside, np.clip(index - start, -FAR, FAR), np.clip(end - index, -FAR, FAR)


def _endings_between(ending: npt.NDArray[np.bool_], index: Floats, start: int) -> Floats:
    """Return how many headings of a page's foot stand between the start of the prose and each line."""
    sums = np.concatenate(([0.0], np.cumsum(ending)))
    return np.where(index >= start, np.minimum(9, sums[:-1] - sums[start]), -1.0)


def _topics(lines: Sequence[Line], start: int, end: int) -> Floats:
    """Return the share of each line's longer words that other lines of the main run hold too."""
    longer = [{word for word in line.key if len(word) >= TOPIC_LETTERS} for line in lines]
    counts = Counter(word for words in longer[start : end + 1] for word in words)
    found = np.zeros(len(lines))
    for index, words in enumerate(longer):
        if words:
            least = 1 if start <= index <= end else 0
            found[index] = sum(counts[word] > least for word in words) / len(words)
    return found
