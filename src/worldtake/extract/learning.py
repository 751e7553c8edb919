"""Learn an outlet's habits from what its pages show: lines that recur, where its headlines stand, what frames its titles.

Order does not matter: the same pages give the same habits. Pages that tell one report again (a story under two addresses, a
report that grows, agency copy with its background) count as one, or their own paragraphs would be taken for furniture.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from worldtake.model import OutletHabits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worldtake.model import Shown

#: Pages on which a line must recur, telling different reports.
LEAST_PAGES = 3
#: Pages of an outlet that are learned from, the newest: two days of a busy one, half a year of a weekly.
KEPT_PAGES = 100
#: Share of the shorter page's long sentences, and how many, that two pages of one report share. On copies/helsinki (one event,
#: 75 outlets) 86 long sentences recur on three pages of an outlet, nearly all of them the report's own; told apart in this
#: way, 10 are left, all of them furniture; shares of .2 to .5 give 8 to 13.
KIN_SHARE = 0.25
KIN_LINES = 2
#: The same over all lines, for pages without long sentences, such as galleries.
KIN_LINE_SHARE = 0.5
#: Most lines and most parts of titles that are kept of an outlet: those that recur most.
MOST_LINES, MOST_PARTS = 200, 50
#: Share of an outlet's pages whose headline a part must end or begin, to be known for no part of it by that alone.
EDGE_SHARE = 0.5
#: Pages up to which habits are learned anew with each (1 ms), and by how much their number grows from then on until they are.
EACH_PAGES = 20
GROWTH = 1.25


def is_time(before: int, after: int) -> bool:
    """Tell whether habits are worth learning anew when the pages of an outlet have grown from `before` to `after`."""
    if after <= EACH_PAGES:
        return before < after >= LEAST_PAGES
    return _step(after) > _step(before)


def _step(pages: int) -> int:
    return int(math.log(max(pages, 1)) / math.log(GROWTH))


def learn(shown: Iterable[Shown]) -> OutletHabits:
    """Return the habits of the outlet whose pages show this."""
    pages = _by_address(shown)
    return OutletHabits(
        pages=len(pages),
        lines=_recurring(pages),
        places=_tallied(pages),
        parts=_framing(pages),
    )


@dataclass(frozen=True, slots=True)
class _Pages:
    """All pages of one article."""

    url: str
    every: list[Shown]
    lines: frozenset[str] = field(default_factory=frozenset)
    prose: frozenset[str] = field(default_factory=frozenset)


def _by_address(shown: Iterable[Shown]) -> list[_Pages]:
    found: dict[str, list[Shown]] = {}
    for each in shown:
        found.setdefault(each.url, []).append(each)
    pages = [
        _Pages(
            url,
            every,
            frozenset(line for each in every for line in (*each.lines, *each.prose)),
            frozenset(line for each in every for line in each.prose),
        )
        for url, every in found.items()
    ]
    # The longest first: one with nothing of its own but furniture must not stand for those that have more.
    return sorted(pages, key=lambda each: (-len(each.prose), -len(each.lines), each.url))


def _recurring(pages: Sequence[_Pages]) -> tuple[str, ...]:
    places: dict[str, list[int]] = {}
    for n, page in enumerate(pages):
        for line in page.lines:
            places.setdefault(line, []).append(n)
    kin: dict[tuple[int, int], bool] = {}
    found = [
        (-len(on), line)
        for line, on in places.items()
        if len(on) >= LEAST_PAGES and _tell_apart(pages, on, kin)
    ]
    return tuple(sorted(line for _, line in sorted(found)[:MOST_LINES]))


def _tell_apart(
    pages: Sequence[_Pages], on: Sequence[int], kin: dict[tuple[int, int], bool]
) -> bool:
    """Tell whether there are enough pages among `on` of which no two tell one report."""
    taken: list[int] = []
    for n in on:
        for other in taken:
            if (other, n) not in kin:
                kin[other, n] = _are_kin(pages[other], pages[n])
        if not any(kin[other, n] for other in taken):
            taken.append(n)
        if len(taken) == LEAST_PAGES:
            return True
    return False


def _are_kin(one: _Pages, other: _Pages) -> bool:
    """Tell whether two pages tell one report."""
    least = min(len(one.prose), len(other.prose))
    if least:
        shared = len(one.prose & other.prose)
        return shared >= min(KIN_LINES, least) and shared >= KIN_SHARE * least
    shared, least = len(one.lines & other.lines), min(len(one.lines), len(other.lines))
    return shared >= KIN_LINE_SHARE * least


def _tallied(pages: Sequence[_Pages]) -> tuple[tuple[str, int, int], ...]:
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for page in pages:
        newest = max(page.every, key=lambda each: each.places)
        for place, agrees in newest.places:
            right[place] += agrees
            of[place] += 1
    return tuple((place, right[place], of[place]) for place in sorted(of))


def _framing(pages: Sequence[_Pages]) -> tuple[str, ...]:
    """Return what recurs in titles beside the headline, and what ends or begins the headline of every other page."""
    beside = Counter(part for page in pages for part in {p for e in page.every for p in e.parts})
    edges = Counter(part for page in pages for part in {p for e in page.every for p in e.edges})
    many = max(LEAST_PAGES, EDGE_SHARE * len(pages))
    found = {part: count for part, count in beside.items() if count >= LEAST_PAGES}
    found |= {part: count for part, count in edges.items() if count >= many}
    best = sorted(found, key=lambda part: (-found[part], part))
    return tuple(sorted(best[:MOST_PARTS]))
