"""Call a feed or a page by the door, and say what comes of it and when to call again."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from worldtake.errors import FetchError, RefusedAddressError, UnreadableInputError
from worldtake.fetch.feeds import FeedBody, FeedParse, ParseFeed
from worldtake.model import Entry, Feed, FeedKind, Outlet, Page

if TYPE_CHECKING:
    from worldtake.http import Door, Response

#: Least and greatest time between two calls of a feed, in seconds.
POLL_SECONDS = 15 * 60.0
MAX_POLL_SECONDS = 24 * 3600.0
#: Pause after a feed said that it is gone for good, in seconds: even such answers are taken back.
RETIRED_SECONDS = 30 * 24 * 3600.0
#: By what the pause grows when a feed has not changed, and when it fails.
UNCHANGED_GROWTH = 1.25
FAILURE_GROWTH = 2.0
FEED_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, */*;q=0.5"
)
PAGE_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
_OK = 200
_GONE = 410
_PAGE_TYPES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain"})

#: Reads a feed's bytes: `ParseFeed` or a `ParseChild`.
Parse: TypeAlias = Callable[[FeedBody], FeedParse]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a feed between calls."""

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
    next_due_seconds: float = POLL_SECONDS
    #: Where it has moved for good; None where it has not.
    moved_to: str | None = None
    #: True where the server says that it is gone for good (410).
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFetch:
    """What came of one call of a feed."""

    #: What to remember.
    state: FeedState
    #: What the feed announces; None where it has not changed or the call failed.
    parse: FeedParse | None
    #: What went wrong, with the remedy; None where nothing did.
    problem: str | None = None
    #: True where it answered with what is no feed: calling again will not mend it.
    unreadable: bool = False


async def fetch_feed(
    door: Door, feed: Feed, known: FeedState, parse: Parse | None = None
) -> FeedFetch:
    """Call `feed` once and return what it announces; what goes wrong is in `FeedFetch.problem`."""
    try:
        response = await door.fetch(
            known.moved_to or feed.url,
            etag=known.etag,
            last_modified=known.last_modified,
            accept=FEED_ACCEPT,
        )
        if response.not_modified:
            return FeedFetch(state=_unchanged(known), parse=None)
        return await _read(feed, known, response, parse or ParseFeed())
    except (FetchError, RefusedAddressError) as error:
        return FeedFetch(state=_failed(known), parse=None, problem=str(error))
    except UnreadableInputError as error:
        return FeedFetch(state=_failed(known), parse=None, problem=str(error), unreadable=True)


async def fetch_page(door: Door, entry: Entry, outlet: Outlet | None = None) -> Page:
    """Call the page that `entry` announces.

    Raises:
        RefusedAddressError: if it may not be called.
        FetchError: if the call fails or is answered with anything but a page.
        UnreadableInputError: if it is not HTML or text.
    """
    response = await door.fetch(entry.url, accept=PAGE_ACCEPT)
    if response.status != _OK:
        msg = f"{entry.url} answers {response.status}; {_remedy(response.status)}"
        raise FetchError(msg)
    if response.media_type not in _PAGE_TYPES:
        msg = f"{entry.url} is {response.media_type}, not a page; nothing is read out of it"
        raise UnreadableInputError(msg)
    return Page(
        url=response.url,
        body=response.body,
        fetched=response.fetched,
        media_type=response.media_type or "text/html",
        charset=response.charset,
        entry=entry,
        outlet_id=outlet.id if outlet else entry.outlet_id or None,
        outlet_languages=outlet.languages if outlet else (),
    )


async def _read(feed: Feed, known: FeedState, response: Response, parse: Parse) -> FeedFetch:
    if response.status == _GONE:
        problem = f"feed {feed.url} is gone for good (410); take it out of the catalogue"
        return FeedFetch(
            state=replace(_failed(known), retired=True, next_due_seconds=RETIRED_SECONDS),
            parse=None,
            problem=problem,
        )
    if response.status != _OK:
        problem = f"feed {feed.url} answers {response.status}; {_remedy(response.status)}"
        state = _failed(known, response.retry_after_seconds)
        return FeedFetch(state=state, parse=None, problem=problem)
    digest = hashlib.blake2b(response.body, digest_size=16).hexdigest()
    answered = replace(
        known,
        etag=response.headers.get("etag"),
        last_modified=response.headers.get("last-modified"),
        moved_to=response.url if response.redirected_permanently else known.moved_to,
    )
    if digest == known.digest:
        return FeedFetch(state=_unchanged(answered), parse=None)
    body = FeedBody(
        feed=feed,
        url=response.url,
        body=response.body,
        media_type=response.media_type,
        charset=response.charset,
    )
    found = await asyncio.to_thread(parse, body)
    state = replace(
        answered, digest=digest, kind=found.kind, failures=0, next_due_seconds=POLL_SECONDS
    )
    return FeedFetch(state=state, parse=found)


def _unchanged(known: FeedState) -> FeedState:
    longer = min(known.next_due_seconds * UNCHANGED_GROWTH, MAX_POLL_SECONDS)
    return replace(known, failures=0, next_due_seconds=longer)


def _failed(known: FeedState, retry_after_seconds: float | None = None) -> FeedState:
    failures = known.failures + 1
    backed_off = min(POLL_SECONDS * FAILURE_GROWTH ** min(failures, 10), MAX_POLL_SECONDS)
    due = max(backed_off, retry_after_seconds or 0.0)
    return replace(known, failures=failures, next_due_seconds=due)


def _remedy(status: int) -> str:
    remedies = {
        401: "it asks for a login, and is left alone",
        403: "it refuses worldtake, and is left alone",
        404: "correct the address if it has moved",
        410: "it is gone for good",
        451: "it is withheld by law where it was called from",
    }
    return remedies.get(status, "it is tried again later")
