"""See what a page shows of its outlet's habits, and use what was learned from others: lines that recur are left out.

A line is known by a hash of its letters, so that marks and spaces do not matter. `learning` makes habits of what pages show.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections import Counter
from typing import TYPE_CHECKING, Literal

import regex

from worldtake.extract.plain import ROLES
from worldtake.extract.titles import TITLE_CHARS
from worldtake.extract.writing import ends_sentence, letters_key, weight, word_key
from worldtake.model import Shown
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.extract.found import Found
    from worldtake.model import OutletHabits

#: Why a line that recurs on the outlet's pages is left out.
RECURRING = "recurring"
#: Weight from which a line that ends as a sentence is prose by which reports are told apart (Latin letters).
PROSE_WEIGHT = 100
#: Least weight of a sentence that can be furniture: "Yes, of course." is an answer, wherever it recurs.
LEAST_SENTENCE = 25
#: Fewest letters of any other line.
LEAST_LETTERS = 4
#: How much of a line is looked at to see how it ends, characters.
TAIL_CHARS = 60
#: Lines that are looked at from either end of a page: a live blog has hundreds.
END_LINES = 60
#: Share of an article's text that lines that recur may be. Beyond it the page is a copy of others rather than framed as they
#: are; of 395 articles of copies/helsinki, saved with much furniture, the most is .21 (nineteen of twenty: under .09).
MOST_SHARE = 0.3
#: Bytes of a line's hash: a thousand lines of an outlet meet by chance once in a hundred million outlets.
KEY_BYTES = 6
#: What parts the site's name from a headline.
_BARS = regex.compile(r"\s*[|｜‖]\s*|\s+(?:[~–—·•・»«/-]+|::)\s+")
_PROSE_ROLES = ROLES - {"dateline"}


def line_key(text: str) -> str:
    """Return the hash under which lines with the same letters are equal, 8 characters."""
    letters = letters_key(text).encode("utf-8", "surrogatepass")
    return urlsafe_b64encode(hashlib.blake2b(letters, digest_size=KEY_BYTES).digest()).decode()


def can_recur(text: str, label: str) -> bool:
    """Tell whether a block of this text and label can be furniture that recurs."""
    return label in _PROSE_ROLES and bool(_kind(text))


def _kind(text: str) -> Literal["", "line", "prose"]:
    """Return whether a line is prose, another line that can recur, or none that can."""
    if not ends_sentence(text[-TAIL_CHARS:]):
        return "line" if sum(map(str.isalnum, text[:TAIL_CHARS])) >= LEAST_LETTERS else ""
    # A letter weighs one at least.
    size = len(text) if len(text) >= PROSE_WEIGHT else weight(text)
    return "prose" if size >= PROSE_WEIGHT else "line" if size >= LEAST_SENTENCE else ""


def label_recurring(
    judged: Sequence[tuple[str, str]], habits: OutletHabits | None
) -> tuple[str, ...]:
    """Return the labels of (text, label) pairs, `recurring` for the lines of the text that are known to recur.

    Where these are much of the article, none is left out: then it is a copy, or all there is to read.
    """
    labels = [label for _, label in judged]
    if habits is None or not habits.lines:
        return tuple(labels)
    known = frozenset(habits.lines)
    found = [n for n, each in enumerate(judged) if can_recur(*each) and line_key(each[0]) in known]
    whole = sum(weight(text) for text, label in judged if label in _PROSE_ROLES)
    if sum(weight(judged[n][0]) for n in found) <= MOST_SHARE * whole:
        for n in found:
            labels[n] = RECURRING
    return tuple(labels)


def observe(found: Found, url: str) -> Shown:
    """Return what a page shows, of which `found` was read: the same whether or not lines were left out as recurring."""
    every = [(part.text, part.role) for part in found.parts]
    every += [(each.text, "paragraph") for each in found.discarded if each.reason == RECURRING]
    if len(every) > 2 * END_LINES:
        every = every[:END_LINES] + every[-END_LINES:]
    lines: dict[str, set[str]] = {"line": set(), "prose": set()}
    for text, label in every:
        if label in _PROSE_ROLES and (kind := _kind(text)):
            lines[kind].add(line_key(text))
    return Shown(
        url=url,
        lines=tuple(sorted(lines["line"])),
        prose=tuple(sorted(lines["prose"])),
        places=_agreeing(found.titles),
        parts=_beside(found),
        edges=_edges(found.title),
    )


def touches(shown: Shown, before: OutletHabits | None, after: OutletHabits) -> bool:
    """Tell whether a page may be read otherwise after `after` was learned in place of `before`."""
    lines = set(after.lines).symmetric_difference(before.lines if before else ())
    parts = set(after.parts).difference(before.parts if before else ())
    return not (lines.isdisjoint(shown.lines + shown.prose) and parts.isdisjoint(shown.edges))


def reliable(habits: OutletHabits | None) -> dict[str, float]:
    """Return place -> on which share of the outlet's pages it states the headline that most places agree on."""
    return {place: right / of for place, right, of in habits.places} if habits else {}


def _agreeing(titles: Sequence[tuple[str, str]]) -> tuple[tuple[str, bool], ...]:
    """Return the places of headlines with whether each states what most of them do; nothing where none is stated most."""
    said: dict[str, set[tuple[str, ...]]] = {}
    for place, text in titles:
        said.setdefault(place, set()).add(word_key(text))
    votes = Counter(key for keys in said.values() for key in keys)
    most = max(votes.values(), default=0)
    best = [key for key, count in votes.items() if count == most]
    if most <= 1 or len(best) > 1:
        return ()
    return tuple(sorted((place, best[0] in keys) for place, keys in said.items()))


def _beside(found: Found) -> tuple[str, ...]:
    """Return the parts of the page's titles before and behind what another place states as the headline."""
    headlines = {letters_key(fold(text)) for _, text in found.titles}
    return tuple(sorted({part for text in found.raw_titles for part in _frame(text, headlines)}))


def _frame(title: str, headlines: set[str]) -> list[str]:
    parts = _parts(title)
    keys = [letters_key(part) for part in parts]
    for stop in range(1, len(parts)):
        if "".join(keys[:stop]) in headlines:
            return parts[stop:]
        if "".join(keys[-stop:]) in headlines:
            return parts[:-stop]
    return []


def _edges(title: str) -> tuple[str, ...]:
    parts = _parts(title)
    return tuple(sorted({parts[0], parts[-1]})) if len(parts) > 1 else ()


def _parts(title: str) -> list[str]:
    """Return what stands between bars, folded; what a colon parts belongs together."""
    return [folded for part in _BARS.split(title[:TITLE_CHARS]) if (folded := fold(part))]
