"""Be told of news instead of asking for it: subscribe feeds to the hubs that they name (WebSub), and hear what the hubs say.

A hub is asked only where `public_url` is set, and believed only in what it signs with the secret that it was given. While it has
promised to call, its feed is still called now and then: a hub may fall silent.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from worldtake.errors import CallError, UnreadableInputError
from worldtake.fetch import FeedBody, ParseChild
from worldtake.http import Door, websub
from worldtake.log import logger
from worldtake.store import ledger, press, subscriptions
from worldtake.store.announced import take_in
from worldtake.store.records import MICROS, moment
from worldtake.store.subscriptions import Subscription

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping
    from datetime import datetime

    from worldtake.fetch import FeedParse
    from worldtake.http import DoorSettings, Response
    from worldtake.model import Feed
    from worldtake.settings import Settings
    from worldtake.store import Connection, Store

    Post: TypeAlias = Callable[[str, Mapping[str, str]], Awaitable[Response]]

#: Part of a lease after which it is renewed.
RENEW_AFTER = 2 / 3
#: How long after it was asked a hub may ask back, in seconds.
CONFIRM_SECONDS = 24 * 3600
#: Pause before a hub that has not asked back, or has failed, is asked again, in seconds; it doubles each time, up to a week.
AGAIN_SECONDS = 3600
LONGEST_SECONDS = 7 * 24 * 3600
#: Times that a hub is told that a feed is no longer followed.
LEAVE_TRIES = 3
#: Calls in one round: with 5 s between two calls of one hub, some minutes.
MOST_CALLS = 64
#: Deliveries that are read at one time; of more, the feeds are called instead, so that hubs never take all of the site's threads.
MOST_READ = 4
#: Random bytes of a token, and of a secret.
TOKEN_BYTES = 32
#: Refusals that may pass.
_PASSING = frozenset({408, 425, 429})
_log = logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a hub sends."""

    #: The bytes, as signed.
    body: bytes = field(repr=False)
    #: `X-Hub-Signature`; None where there is none.
    signature: str | None
    #: `Content-Type`; empty where not declared.
    content_type: str = ""


@dataclass(slots=True, kw_only=True)
class Hubs:
    """What hubs ask of this house and tell it. Close it."""

    store: Store = field(repr=False)
    settings: Settings
    #: Now, aware.
    clock: Callable[[], datetime] = field(repr=False)
    _child: ParseChild = field(default_factory=ParseChild, repr=False)
    _places: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(MOST_READ), repr=False
    )

    @property
    def host(self) -> str | None:
        """Name under which hubs call; None where they are not asked to."""
        return urlsplit(self.settings.public_url or "").hostname

    def knows(self, token: str) -> bool:
        """Tell whether a hub was given this token."""
        with self.store.read() as connection:
            return _by_token(connection, token) is not None

    def confirm(self, token: str, query: Mapping[str, str]) -> str | None:
        """Return what a hub that asks whether something was meant is to be answered; None where it was not meant."""
        question = websub.read_question(query)
        if question is None or not self.knows(token):  # whoever knows no token locks no store
            return None
        with self.store.write() as connection:
            known = _by_token(connection, token)
            if known is None or known.topic != question.topic:
                return None
            return _confirmed(connection, known, question, now=moment(self.clock()))

    def hear(self, token: str, delivery: Delivery) -> bool:
        """Take in what a hub sends: the feed is called again, and entries within are read; return whether it was believed."""
        now = moment(self.clock())
        with self.store.read() as connection:
            known = _by_token(connection, token)
            if known is None or not known.is_live(now):
                return False
            if not websub.is_signed(delivery.body, known.secret, delivery.signature):
                _log.warning("a hub's call was not signed as agreed", feed=known.feed_url)
                return False
            found = press.feed_states(connection, [known.feed_url])
        if known.feed_url not in found:
            return False
        feed, _ = found[known.feed_url]
        parse = None
        if delivery.body and self._places.acquire(blocking=False):
            try:
                parse = self._read(feed, known, delivery)
            finally:
                self._places.release()
        with self.store.write() as connection:
            _take_in(connection, feed, parse, now=now, settings=self.settings)
        return True

    def close(self) -> None:
        """End the child that reads feeds."""
        self._child.close()

    def _read(self, feed: Feed, known: Subscription, delivery: Delivery) -> FeedParse | None:
        kind, _, parameters = delivery.content_type.partition(";")
        name, _, charset = parameters.partition("=")
        body = FeedBody(
            feed=feed,
            url=known.topic,
            body=delivery.body,
            media_type=kind.strip().lower(),
            charset=charset.strip(" \"'").lower() or None if name.strip() == "charset" else None,
        )
        try:
            return self._child(body)
        except UnreadableInputError:
            return None  # a hub may send a part of a feed, or nothing: then the feed itself says what is new


def _by_token(connection: Connection, token: str) -> Subscription | None:
    if not (token.isascii() and token.isprintable()):
        return None
    return subscriptions.by_token(connection, token)


def _confirmed(
    connection: Connection, known: Subscription, question: websub.Question, *, now: int
) -> str | None:
    meant = now <= known.asked + CONFIRM_SECONDS * MICROS
    match (question.mode, known.state):
        case ("unsubscribe", "leaving"):
            subscriptions.forget(connection, [known.feed_url])
            return question.challenge
        case ("subscribe", "asked" | "verified" | "denied") if meant:
            lease = question.lease_seconds * MICROS
            due = now + round(lease * RENEW_AFTER)
            fresh = replace(known, state="verified", until=now + lease, due=due, tries=0)
            subscriptions.keep(connection, fresh)
            return question.challenge
        case ("denied", "asked" | "verified" | "denied"):
            _log.warning("a hub refuses", feed=known.feed_url, hub=known.hub, why=question.reason)
            due = now + LONGEST_SECONDS * MICROS
            subscriptions.keep(connection, replace(known, state="denied", until=0, due=due))
            return ""
        case _:
            return None


def _take_in(
    connection: Connection, feed: Feed, parse: FeedParse | None, *, now: int, settings: Settings
) -> None:
    """Keep the entries that a hub sent as those of a feed that was called, and have the feed called again.

    Where the entries came along it is not called more often than feeds are at all.
    """
    fresh: list[str] = []
    if parse is not None and parse.entries:
        fresh = take_in(connection, parse.entries, now=now)
        ledger.file_work(connection, "fetch.pages", fresh, now=now)
    pause = settings.poll_minutes * 60 if parse is not None and parse.entries else 0.0
    subscriptions.call_at_once(connection, feed.url, now=now, pause_seconds=pause)


def subscribe(
    store: Store, door: DoorSettings, *, site: str | None, clock: Callable[[], datetime]
) -> int:
    """Do as `subscribe_due` through a door of its own; a house with nothing to ask or give up opens none."""
    with store.read() as connection:
        idle = not subscriptions.subscriptions(connection) and (
            site is None or not subscriptions.announced(connection)
        )
    return 0 if idle else asyncio.run(_through_door(store, door, site=site, clock=clock))


async def _through_door(
    store: Store, settings: DoorSettings, *, site: str | None, clock: Callable[[], datetime]
) -> int:
    async with Door(settings) as door:
        return await subscribe_due(store, post=door.post, site=site, clock=clock)


async def subscribe_due(
    store: Store, *, post: Post, site: str | None, clock: Callable[[], datetime]
) -> int:
    """Ask hubs for what is to be asked now, and tell those whose feeds are no longer followed; return how many were called.

    `site` is the public address of the site; without one every subscription is given up. `post` sends a form (`Door.post`).
    A hub that fails is not called again in this round.
    """
    now = moment(clock())
    with store.write() as connection:
        if site is None:
            every = subscriptions.subscriptions(connection)
            subscriptions.forget(connection, [each.feed_url for each in every])
            return 0
        due = _due(connection, site, now=now)[:MOST_CALLS]
    by_hub: dict[str, list[Subscription]] = {}
    for each in due:
        by_hub.setdefault(urlsplit(each.hub).netloc, []).append(each)
    counts = await asyncio.gather(
        *(_call_hub(store, post, some, site=site, clock=clock) for some in by_hub.values())
    )
    return sum(counts)


def _due(connection: Connection, site: str, *, now: int) -> list[Subscription]:
    """Return what is to be asked for or given up now, in the order of their turns."""
    wanted = {each.feed_url: each for each in subscriptions.announced(connection)}
    known = {each.feed_url: each for each in subscriptions.subscriptions(connection)}
    found: list[Subscription] = []
    for url, each in known.items():
        named = wanted.get(url)
        same = named is not None and (named.hub, named.topic) == (each.hub, each.topic)
        if not same and each.state != "leaving":
            # A feed that has another hub now is left at the old one first.
            each = replace(each, state="leaving", until=0, due=now, tries=0)  # noqa: PLW2901 that feed's new standing
            subscriptions.keep(connection, each)
        if each.state == "leaving" and each.tries >= LEAVE_TRIES and each.due <= now:
            subscriptions.forget(connection, [url])
        elif each.due <= now or (each.site != site and each.state != "leaving"):
            found.append(each)
    found += [_first(wanted[url]) for url in wanted.keys() - known.keys()]
    return sorted(found, key=lambda each: (each.due, each.feed_url))


def _first(named: subscriptions.Announced) -> Subscription:
    return Subscription(
        feed_url=named.feed_url,
        hub=named.hub,
        topic=named.topic,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        secret=secrets.token_urlsafe(TOKEN_BYTES),
    )


async def _call_hub(
    store: Store,
    post: Post,
    due: Iterable[Subscription],
    *,
    site: str,
    clock: Callable[[], datetime],
) -> int:
    """Call one hub for each of `due`, until it fails; return how often."""
    calls = 0
    for each in due:
        calls += 1
        asked = _asking(each, site, now=moment(clock()))
        with store.write() as connection:  # before the call: a hub may ask back before it answers
            subscriptions.keep(connection, asked)
        if not await _answered(store, post, asked, clock=clock):
            return calls
    return calls


def _asking(each: Subscription, site: str, *, now: int) -> Subscription:
    pause = min(AGAIN_SECONDS * 2 ** min(each.tries, 20), LONGEST_SECONDS) * MICROS
    asked = replace(each, site=site, asked=now, due=now + pause, tries=each.tries + 1)
    return asked if each.state == "leaving" or each.is_live(now) else replace(asked, state="asked")


async def _answered(
    store: Store, post: Post, asked: Subscription, *, clock: Callable[[], datetime]
) -> bool:
    """Send what is asked; return whether the hub can be called for more."""
    callback = websub.callback_url(asked.site, asked.token)
    if asked.state == "leaving":
        form = websub.unsubscribe_form(callback, asked.topic)
    else:
        form = websub.subscribe_form(callback, asked.topic, asked.secret)
    try:
        answer = await post(asked.hub, form)
    except CallError as error:
        _log.warning("a hub cannot be called", hub=asked.hub, why=str(error))
        return False
    if 200 <= answer.status < 300:  # noqa: PLR2004 the successful ones
        return True
    _log.warning("a hub refuses", feed=asked.feed_url, hub=asked.hub, status=answer.status)
    refused = 400 <= answer.status < 500 and answer.status not in _PASSING  # noqa: PLR2004 what is wrong with the question
    wait = LONGEST_SECONDS if refused else answer.retry_after_seconds or 0.0
    _put_off(store, asked, until=moment(clock()) + round(wait * MICROS))
    return refused


def _put_off(store: Store, asked: Subscription, *, until: int) -> None:
    """Ask again no sooner than `until`, unless the hub has asked back meanwhile."""
    with store.write() as connection:
        now = subscriptions.by_token(connection, asked.token)
        if now == asked:
            subscriptions.keep(connection, replace(asked, due=max(asked.due, until)))
