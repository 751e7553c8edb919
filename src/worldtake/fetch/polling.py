"""Decide when a feed is called again, by what it really publishes: a pure decision, made of what the last calls found.

A feed is called about twice for each new item that it is expected to have, and always twice before its items could have
been pushed off its end; the server's Retry-After and Cache-Control are lower bounds, and failures back off. What a feed
declares for itself (RSS `ttl`, `sy:updatePeriod`) is one too, unless the feed has been seen to turn over faster: many
systems declare an hour and publish a windowful in it.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.fetch.feeds import FeedParse
    from worldtake.model import FeedKind

#: Pause after a feed said that it is gone for good, in seconds: even such answers are taken back.
RETIRED_SECONDS = 30 * 24 * 3600.0
#: By what the pause grows with each failure in a row.
FAILURE_GROWTH = 2.0
#: New items expected between two calls of a feed.
ITEMS_A_CALL = 0.5
#: Rate assumed before a feed has shown its own, in items an hour.
FIRST_RATE = 2.0
#: Hours in which the rate forgets all but 1/e of what it was, and the same for the busiest rate seen.
RATE_HOURS = 6.0
PEAK_HOURS = 72.0
#: Least time that a rate is measured over, in hours.
LEAST_HOURS = 1 / 60
#: By what share of the pause due times are spread, up and down.
SPREAD = 0.1
#: Items remembered to tell which are new: those of the last two windows, at most so many.
SEEN_ITEMS = 1_000
#: Hex digits that an item is remembered by: of 1,000 items, one in 4 million is taken for another.
MARK_DIGITS = 8
#: Times in a row that the new place of a feed may be missing before its old one is asked again.
LOST_PLACES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Polling:
    """How often feeds are called."""

    #: Least and greatest time between two calls of a feed, in seconds.
    min_seconds: float = 10 * 60.0
    max_seconds: float = 24 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a feed between calls; kept as JSON."""

    #: Validators of the last whole answer, replaced together; None where the server gives none.
    etag: str | None = None
    last_modified: str | None = None
    #: Hash of the last whole answer, 32 hex digits; empty before the first.
    digest: str = ""
    #: Its format as last seen.
    kind: FeedKind = "unknown"
    #: Failures in a row.
    failures: int = 0
    #: Seconds from the last call to the next.
    next_due_seconds: float = 10 * 60.0
    #: Where it has moved for good; None where it has not.
    moved_to: str | None = None
    #: Times in a row that nothing was found there.
    lost: int = 0
    #: True where the server says that it is gone for good (410).
    retired: bool = False
    #: What the last call came to, a name of `worldtake.http.outcomes`; empty before the first.
    outcome: str = ""
    #: When it last answered as a feed, and when it last had something new, ISO 8601; None before it has.
    last_ok: str | None = None
    last_new: str | None = None
    #: Items that were new in the last call.
    fresh: int = 0
    #: Items in the last whole answer.
    window: int = 0
    #: New items an hour, newer hours counting more; None before it has answered.
    rate: float | None = None
    #: The greatest rate seen, slowly forgotten, in items an hour; 0 before two answers.
    peak: float = 0.0
    #: The pause that the feed itself declared, in seconds; None where none.
    ttl_seconds: float | None = None
    #: The items seen last, newest first, `MARK_DIGITS` hex digits of a hash of each address.
    seen: str = field(default="", repr=False)
    #: For a sitemap index: address of each sitemap read -> its ETag and Last-Modified.
    children: dict[str, tuple[str | None, str | None]] = field(default_factory=dict, repr=False)


def answered(
    known: FeedState,
    address: str,
    polling: Polling,
    *,
    now: datetime,
    parse: FeedParse | None,
    wait_seconds: float = 0.0,
) -> FeedState:
    """Return the state after an answer; `parse` is None where nothing has changed.

    `address` is the feed's in the catalogue, `wait_seconds` how long the server calls its answer fresh.
    """
    marks = _marks([entry.url for entry in parse.entries]) if parse else []
    before = _split(known.seen)
    new = [mark for mark in marks if mark not in before]
    known = replace(known, ttl_seconds=parse.ttl_seconds if parse else known.ttl_seconds)
    # Sitemaps are read in parts, those that changed, and lose nothing off their end between two calls.
    parts = parse is not None and parse.kind == "sitemap"
    overrun = bool(before) and len(new) == len(marks) and not parts
    rated = _rated(known, now, len(new), overrun=overrun)
    if known.last_ok is None and parse is not None:
        rated = replace(known, rate=_stated_rate(parse, now))
    if parse is not None:
        window = max(len(marks), known.window) if parts else len(marks)
        rated = replace(rated, kind=parse.kind, window=window, seen=_joined(marks, before, window))
    stated = now.isoformat()
    return replace(
        rated,
        failures=0,
        lost=0,
        retired=False,
        outcome="ok" if parse else "unchanged",
        fresh=len(new),
        last_ok=stated,
        last_new=stated if new else known.last_new,
        next_due_seconds=_pause(rated, address, polling, wait_seconds),
    )


def failed(
    known: FeedState,
    address: str,
    polling: Polling,
    *,
    outcome: str,
    wait_seconds: float | None = None,
) -> FeedState:
    """Return the state after a call that gave nothing; `wait_seconds` is how long the host asks to be left alone."""
    if outcome == "gone":
        retired = replace(known, retired=True, moved_to=None, next_due_seconds=RETIRED_SECONDS)
        return replace(retired, failures=known.failures + 1, outcome=outcome, fresh=0)
    # A call that the host's own wish held back says nothing about the feed.
    failures = known.failures + (outcome != "held")
    growth = FAILURE_GROWTH ** min(failures, 20)
    backed_off = _spread(polling.min_seconds * growth, address, polling)
    asked = min(wait_seconds or 0.0, polling.max_seconds)
    state = replace(
        known,
        failures=failures,
        outcome=outcome,
        fresh=0,
        next_due_seconds=max(backed_off, asked),
        lost=known.lost + 1 if outcome == "not-found" and known.moved_to else 0,
    )
    if state.lost < LOST_PLACES:
        return state
    return replace(state, moved_to=None, lost=0, etag=None, last_modified=None, digest="")


def spread_of(address: str) -> float:
    """Return where in the spread of due times an address stands, 0 to 1: always the same for the same address."""
    digest = hashlib.blake2b(address.encode(errors="replace"), digest_size=4).digest()
    return int.from_bytes(digest) / 2**32


def _rated(known: FeedState, now: datetime, fresh: int, *, overrun: bool) -> FeedState:
    """Return the state with its rates as `fresh` new items since the last answer change them."""
    hours = LEAST_HOURS
    if known.last_ok:
        since = now - datetime.fromisoformat(known.last_ok)
        hours = max(since.total_seconds() / 3600, LEAST_HOURS)
    # Where every item is new, some may have come and gone unseen: there were more than these.
    found = fresh / hours * (2 if overrun and fresh else 1)
    kept = math.exp(-hours / RATE_HOURS)
    before = FIRST_RATE if known.rate is None else known.rate
    return replace(
        known,
        rate=before * kept + found * (1 - kept),
        peak=max(found, known.peak * math.exp(-hours / PEAK_HOURS)),
    )


def _stated_rate(parse: FeedParse, now: datetime) -> float:
    """Return how many items an hour the feed has published by its own moments."""
    moments = [moment for entry in parse.entries if (moment := entry.published or entry.updated)]
    if not moments:
        return FIRST_RATE
    return len(moments) / max((now - min(moments)).total_seconds() / 3600, LEAST_HOURS)


def _pause(state: FeedState, address: str, polling: Polling, wait_seconds: float) -> float:
    hours = ITEMS_A_CALL / state.rate if state.rate else math.inf
    turnover = state.window / state.peak * 3600 if state.peak and state.window else math.inf
    longest = turnover / 2 / (1 + SPREAD)
    pause = _spread(min(hours * 3600, longest), address, polling)
    declared = min(state.ttl_seconds or 0.0, longest)
    bound = max(wait_seconds, declared) * (1 + SPREAD * spread_of(address))
    return min(max(pause, bound), polling.max_seconds)


def _spread(seconds: float, address: str, polling: Polling) -> float:
    """Return the pause within its limits, moved by up to `SPREAD` of it."""
    lowest, highest = polling.min_seconds / (1 - SPREAD), polling.max_seconds / (1 + SPREAD)
    moved = min(max(seconds, lowest), highest) * (1 + SPREAD * (2 * spread_of(address) - 1))
    return min(max(moved, polling.min_seconds), polling.max_seconds)


def _marks(addresses: Sequence[str]) -> list[str]:
    marks = (
        hashlib.blake2b(each.encode(errors="replace"), digest_size=MARK_DIGITS // 2).hexdigest()
        for each in addresses
    )
    return list(dict.fromkeys(marks))


def _split(seen: str) -> dict[str, None]:
    return dict.fromkeys(seen[at : at + MARK_DIGITS] for at in range(0, len(seen), MARK_DIGITS))


def _joined(marks: Sequence[str], before: Mapping[str, None], window: int) -> str:
    """Return this answer's items and former ones, of two windows in all."""
    kept = min(max(2 * window, len(before)), SEEN_ITEMS)
    return "".join(list(dict.fromkeys([*marks, *before]))[:kept])
