"""Find copies: passages that two articles share nearly word for word, and which way they went.

Shared fingerprints are extended to maximal runs of words. Words in quotation marks are not copying: both may have been at
the press conference. Passages that one outlet repeats in its own articles are boilerplate. Direction rests on a stated
credit, then on stated times, then on containment, then on the kind of outlet; else there is none.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from worldtake.model import Copy, Skip, Span
from worldtake.text.shingles import (
    Token,
    fingerprints,
    shingle_size,
    token_fingerprints,
    tokens,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import timedelta

    from worldtake.model import CopyKind, Report

#: Shared fingerprints that make two articles worth comparing (stage design of tracing).
MIN_SHARED = 3
#: A fingerprint in more articles than this is no sign of copying.
MAX_FREQUENCY = 50
#: Words by which a run may differ and go on: an edited word or two.
MAX_GAP_WORDS = 3
#: Share of the shorter text from which the whole counts as republished, and from which it is a rewrite.
WHOLE_SCORE = 0.6
REWRITE_SCORE = 0.2
#: Shortest shared text that counts, in tokens outside quotation marks.
MIN_RUN_TOKENS = 12
#: Least time between two publications that says which was first, seconds.
MIN_APART_SECONDS = 600
#: Share of the one text that must lie in the other, and how much longer that one must be, for containment.
CONTAINED_SCORE = 0.9
LONGER_FACTOR = 1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two reports to compare."""

    a: Report
    b: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePair:
    """Compare two reports for shared text."""

    name: ClassVar[str] = "compare-pair"
    version: ClassVar[int] = 1

    def __call__(self, pair: Pair) -> Copy | Skip | None:
        """Return what the two share; None where that is no copy; skip one outlet's own pair."""
        a, b = sorted((pair.a, pair.b), key=lambda report: report.article.id)
        if a.article.id == b.article.id:
            return Skip("same-article")
        if a.outlet.id == b.outlet.id:
            return Skip("same-outlet")
        words_a, words_b = _own_words(a), _own_words(b)
        runs = _runs(words_a, words_b)
        shared = sum(run.size for run in runs)
        if shared < MIN_RUN_TOKENS:
            return None
        shorter = max(1, min(len(words_a), len(words_b)))
        score = round(min(1.0, shared / shorter), 4)
        origin, by = _direction(a, b, shared / max(1, len(words_a)), shared / max(1, len(words_b)))
        return Copy(
            a=a.article.id,
            b=b.article.id,
            kind=_kind(a, b, score),
            spans_a=tuple(
                Span(words_a[r.a].span.start, words_a[r.a_end - 1].span.end) for r in runs
            ),
            spans_b=tuple(
                Span(words_b[r.b].span.start, words_b[r.b_end - 1].span.end) for r in runs
            ),
            score=score,
            origin=origin,
            direction_by=by,
        )


def copies(reports: Sequence[Report]) -> tuple[Copy, ...]:
    """Return the copies among `reports`, found by shared fingerprints, ordered by the ids of the pair."""
    compare = ComparePair()
    found = []
    for a, b in candidates(reports):
        copy = compare(Pair(a=a, b=b))
        if isinstance(copy, Copy):
            found.append(copy)
    return tuple(sorted(found, key=lambda copy: (copy.a, copy.b)))


def candidates(reports: Sequence[Report]) -> tuple[tuple[Report, Report], ...]:
    """Return the pairs of different outlets that share at least `MIN_SHARED` fingerprints."""
    ordered = sorted(reports, key=lambda report: report.article.id)
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for at, report in enumerate(ordered):
        for value in {value for value, _ in fingerprints(report.article.text)}:
            holders[value].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        if 1 < len(places) <= MAX_FREQUENCY and not _boilerplate(places, ordered):
            shared.update(itertools.combinations(places, 2))
    return tuple(
        (ordered[a], ordered[b])
        for (a, b), count in sorted(shared.items())
        if count >= MIN_SHARED and ordered[a].outlet.id != ordered[b].outlet.id
    )


def _boilerplate(places: list[int], reports: list[Report]) -> bool:
    """Tell whether a fingerprint stands in several articles of one outlet only."""
    return len({reports[at].outlet.id for at in places}) == 1


@dataclass(slots=True)
class _Run:
    """Shared words: from `a` to `a_end` in the one list, from `b` to `b_end` in the other."""

    a: int
    a_end: int
    b: int
    b_end: int
    size: int


def _own_words(report: Report) -> tuple[Token, ...]:
    """Return the words of a report outside direct quotes."""
    quoted = [
        span
        for quote in report.trace.quotes
        if quote.kind in ("direct", "partial") and quote.part == "text"
        for span in quote.content
    ]
    words = tokens(report.article.text)
    if not quoted:
        return words
    inside = set(itertools.chain.from_iterable(range(span.start, span.end) for span in quoted))
    return tuple(token for token in words if token.span.start not in inside)


def _runs(a: tuple[Token, ...], b: tuple[Token, ...]) -> list[_Run]:
    """Return the maximal shared runs, in the order of `a`, no word of either side twice."""
    seeds = _seeds(a, b)
    used_a: set[int] = set()
    used_b: set[int] = set()
    runs: list[_Run] = []
    for at_a, at_b in seeds:
        if at_a in used_a or at_b in used_b or a[at_a].word != b[at_b].word:
            continue
        run = _extended(a, b, (at_a, at_b), used_a=used_a, used_b=used_b)
        used_a.update(range(run.a, run.a_end))
        used_b.update(range(run.b, run.b_end))
        runs.append(run)
    return _bridged(sorted(runs, key=lambda run: run.a))


def _seeds(a: tuple[Token, ...], b: tuple[Token, ...]) -> list[tuple[int, int]]:
    places: defaultdict[int, list[int]] = defaultdict(list)
    for value, at in token_fingerprints(b, positions=tuple(range(len(b)))):
        places[value].append(at)
    if shingle_size(a) != shingle_size(b):
        return []
    return [
        (at, other)
        for value, at in token_fingerprints(a, positions=tuple(range(len(a))))
        for other in places.get(value, ())
    ]


def _extended(
    a: tuple[Token, ...],
    b: tuple[Token, ...],
    seed: tuple[int, int],
    *,
    used_a: set[int],
    used_b: set[int],
) -> _Run:
    at_a, at_b = seed
    start_a, start_b = at_a, at_b
    while start_a > 0 and start_b > 0 and a[start_a - 1].word == b[start_b - 1].word:
        if start_a - 1 in used_a or start_b - 1 in used_b:
            break
        start_a, start_b = start_a - 1, start_b - 1
    end_a, end_b = at_a, at_b
    while end_a < len(a) and end_b < len(b) and a[end_a].word == b[end_b].word:
        if end_a in used_a or end_b in used_b:
            break
        end_a, end_b = end_a + 1, end_b + 1
    return _Run(start_a, end_a, start_b, end_b, end_a - start_a)


def _bridged(runs: list[_Run]) -> list[_Run]:
    """Join runs that a few edited words part."""
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if (
            last is not None
            and 0 <= run.a - last.a_end <= MAX_GAP_WORDS
            and 0 <= run.b - last.b_end <= MAX_GAP_WORDS
        ):
            last.a_end, last.b_end, last.size = run.a_end, run.b_end, last.size + run.size
        else:
            joined.append(run)
    return joined


def _kind(a: Report, b: Report, score: float) -> CopyKind:
    if "agency" in (a.outlet.kind, b.outlet.kind) or _same_agency(a, b):
        return "agency" if score >= REWRITE_SCORE else "passage"
    if score >= WHOLE_SCORE:
        return "republication"
    return "rewrite" if score >= REWRITE_SCORE else "passage"


def _same_agency(a: Report, b: Report) -> bool:
    """Tell whether both credit one agency with what they print."""
    kinds = ("agency", "dateline")
    first = {credit.outlet for credit in a.trace.credits if credit.kind in kinds}
    return any(credit.outlet in first for credit in b.trace.credits if credit.kind in kinds)


def _direction(a: Report, b: Report, share_a: float, share_b: float) -> tuple[str | None, str]:
    """Return the id of the article that the other was made from, and what says so."""
    return (
        _by_credit(a, b)
        or _by_time(a, b)
        or _by_containment(a, b, share_a, share_b)
        or _by_kind(a, b)
        or (None, "")
    )


def _by_credit(a: Report, b: Report) -> tuple[str, str] | None:
    a_credits, b_credits = _credits(a, b), _credits(b, a)
    if a_credits == b_credits:
        return None
    return (b.article.id if a_credits else a.article.id), "credit"


def _credits(report: Report, other: Report) -> bool:
    return any(
        credit.outlet_id == other.outlet.id and credit.kind != "photo"
        for credit in report.trace.credits
    )


def _by_time(a: Report, b: Report) -> tuple[str, str] | None:
    if a.article.published is None or b.article.published is None:
        return None
    if "day" in (a.article.published_precision, b.article.published_precision):
        return None
    if _same_agency(a, b):
        return None  # both have it from the agency
    apart: timedelta = b.article.published - a.article.published
    if abs(apart.total_seconds()) < MIN_APART_SECONDS:
        return None
    return (a.article.id if apart.total_seconds() > 0 else b.article.id), "time"


def _by_containment(a: Report, b: Report, share_a: float, share_b: float) -> tuple[str, str] | None:
    if share_a >= CONTAINED_SCORE and share_a > share_b * LONGER_FACTOR:
        return b.article.id, "containment"
    if share_b >= CONTAINED_SCORE and share_b > share_a * LONGER_FACTOR:
        return a.article.id, "containment"
    return None


def _by_kind(a: Report, b: Report) -> tuple[str, str] | None:
    agencies: Iterable[Report] = [report for report in (a, b) if report.outlet.kind == "agency"]
    found = list(agencies)
    return (found[0].article.id, "agency") if len(found) == 1 else None
