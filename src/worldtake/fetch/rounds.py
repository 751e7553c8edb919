"""Call a feed by the door, the newest sitemaps of an index with it, and say what came of it and when to call again.

What is decided stands in `worldtake.fetch.polling`; here is only what has to be called for it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urljoin

import regex

from worldtake.errors import CallError, FetchError, UnreadableInputError
from worldtake.fetch.entries import newest
from worldtake.fetch.feeds import ChildSitemap, FeedBody, FeedParse, ParseFeed
from worldtake.fetch.links import links_of
from worldtake.fetch.pages import refusal
from worldtake.fetch.polling import FeedState, Polling, answered, failed

if TYPE_CHECKING:
    from worldtake.http import Door, Response
    from worldtake.model import Feed

FEED_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, */*;q=0.5"
)
#: How far back sitemaps of an index are read again, in days: many state the day of a change without its hour or zone.
CHILD_DAYS = 2
_OK = frozenset({200, 203})
_UNCACHED = regex.compile(r"(?:^|[\s,])(?:no-cache|no-store)(?:$|[\s,=])", regex.IGNORECASE)

#: Reads a feed's bytes: `ParseFeed`, a `ParseChild` or `ParseChildren`.
Parse: TypeAlias = Callable[[FeedBody], FeedParse]


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
    #: How long the host asks to be left alone, in seconds; None where it does not ask.
    retry_after_seconds: float | None = None

    @property
    def outcome(self) -> str:
        """Return what the call came to, a name of `worldtake.http.outcomes`."""
        return self.state.outcome


async def fetch_feed(
    door: Door,
    feed: Feed,
    known: FeedState,
    parse: Parse | None = None,
    polling: Polling | None = None,
) -> FeedFetch:
    """Call `feed` once and return what it announces; what goes wrong is in `FeedFetch.problem`.

    The newest sitemaps of an index are called too, and their entries are the index's.
    """
    polling = polling or Polling()
    try:
        response = await door.fetch(
            known.moved_to or feed.url,
            etag=known.etag,
            last_modified=known.last_modified,
            accept=FEED_ACCEPT,
        )
        return await _read(_Call(door, feed, known, parse or ParseFeed(), polling), response)
    except CallError as error:
        wait = error.retry_after_seconds if isinstance(error, FetchError) else None
        state = failed(known, feed.url, polling, outcome=error.outcome, wait_seconds=wait)
        return FeedFetch(state=state, parse=None, problem=str(error), retry_after_seconds=wait)
    except UnreadableInputError as error:
        state = failed(known, feed.url, polling, outcome="unreadable")
        return FeedFetch(state=state, parse=None, problem=str(error), unreadable=True)


@dataclass(frozen=True, slots=True)
class _Call:
    """All that one call of a feed is made with."""

    door: Door
    feed: Feed
    known: FeedState
    parse: Parse
    polling: Polling


async def _read(call: _Call, response: Response) -> FeedFetch:
    feed, known = call.feed, call.known
    if not response.not_modified and response.status not in _OK:
        raise _refused(feed, response)
    digest = hashlib.blake2b(response.body, digest_size=16).hexdigest()
    if response.not_modified or digest == known.digest:
        return FeedFetch(state=_settled(call, response, known.digest, None), parse=None)
    found = _linked(await _parsed(call, feed, response), response)
    children: dict[str, tuple[str | None, str | None]] = {}
    if found.children:
        found, children = await _with_children(call, found)
        digest = ""  # sitemaps change while their index stays the same
    state = replace(_settled(call, response, digest, found), children=children)
    return FeedFetch(state=state, parse=found)


def _refused(feed: Feed, response: Response) -> FetchError:
    outcome, remedy = refusal(response.status)
    if outcome == "gone":
        msg = f"feed {feed.url} is gone for good (410); take it out of the catalogue"
    else:
        msg = f"feed {feed.url} answers {response.status}; {remedy}"
    return FetchError(msg, outcome, response.retry_after_seconds)


def _settled(call: _Call, response: Response, digest: str, found: FeedParse | None) -> FeedState:
    """Return the state after an answer that was read, or that has not changed."""
    known = call.known
    moved = response.url if response.redirected_permanently else known.moved_to
    held = replace(known, moved_to=moved, digest=digest)
    if not response.not_modified:
        named = found is None or digest != ""
        held = replace(
            held,
            etag=response.headers.get("etag") if named else None,
            last_modified=response.headers.get("last-modified") if named else None,
        )
    state = answered(
        held,
        call.feed.url,
        call.polling,
        now=response.fetched,
        parse=found,
        wait_seconds=fresh_seconds(response),
    )
    return replace(state, outcome="moved") if moved != known.moved_to else state


async def _parsed(call: _Call, feed: Feed, response: Response) -> FeedParse:
    body = FeedBody(
        feed=feed,
        url=response.url,
        body=response.body,
        media_type=response.media_type,
        charset=response.charset,
    )
    return await asyncio.to_thread(call.parse, body)


def fresh_seconds(response: Response) -> float:
    """Return for how long the server calls its answer fresh, by `Cache-Control: max-age` and `Age`; 0 where it does not say."""
    if _UNCACHED.search(response.headers.get("cache-control", "")):
        return 0.0
    age = response.headers.get("age", "").strip()
    passed = float(age) if age.isascii() and age.isdecimal() else 0.0
    return max(0.0, (response.max_age_seconds or 0.0) - passed)


def _linked(found: FeedParse, response: Response) -> FeedParse:
    """Return the feed with the hub and the address of its own that the HTTP header `Link` names; those come first."""
    links = links_of(response.headers.get("link", ""))
    hub, own = (_joined(response.url, links.get(rel)) for rel in ("hub", "self"))
    return replace(found, hub=hub or found.hub, self_url=own or found.self_url)


def _joined(base: str, link: str | None) -> str | None:
    try:
        joined = urljoin(base, link) if link else ""
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) else None


async def _with_children(
    call: _Call, index: FeedParse
) -> tuple[FeedParse, dict[str, tuple[str | None, str | None]]]:
    """Return an index with the entries of its newest sitemaps, and the validators of these.

    Raises:
        CallError: if every sitemap fails, of the last one.
        UnreadableInputError: the same.
    """
    entries = list(index.entries)
    left_out, validators = index.left_out, {}
    problem: CallError | UnreadableInputError | None = None
    for child in index.child_sitemaps:
        try:
            found, validators[child.url] = await _child(call, child)
        except (CallError, UnreadableInputError) as error:
            problem = error
            continue
        entries += found.entries
        left_out += found.left_out
    if problem and not validators:
        raise problem
    kept = newest(entries)
    left_out += len(entries) - len(kept)
    return replace(
        index, entries=kept, children=(), child_sitemaps=(), left_out=left_out
    ), validators


async def _child(
    call: _Call, child: ChildSitemap
) -> tuple[FeedParse, tuple[str | None, str | None]]:
    nothing = FeedParse(entries=(), kind="sitemap")
    etag, last_modified = call.known.children.get(child.url) or (None, None)
    if child.url in call.known.children and _is_old(child, call.known.last_ok):
        return nothing, (etag, last_modified)
    response = await call.door.fetch(
        child.url, etag=etag, last_modified=last_modified, accept=FEED_ACCEPT
    )
    if response.not_modified:
        return nothing, (etag, last_modified)
    if response.status not in _OK:
        raise _refused(replace(call.feed, url=child.url), response)
    found = await _parsed(call, call.feed, response)
    return found, (response.headers.get("etag"), response.headers.get("last-modified"))


def _is_old(child: ChildSitemap, last_ok: str | None) -> bool:
    """Tell whether a sitemap states that it has not changed since its index was last read."""
    if child.updated is None or last_ok is None:
        return False
    return child.updated < datetime.fromisoformat(last_ok) - timedelta(days=CHILD_DAYS)
