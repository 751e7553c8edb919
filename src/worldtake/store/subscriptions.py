"""Subscriptions to hubs (WebSub) in the store: one a feed, with when it is to be asked for again.

`asked` was asked for and not confirmed; `verified` was confirmed by us when the hub asked back; `denied` was refused by the hub;
`leaving` was given up, and the hub has not asked back yet.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import sqlalchemy as sa

from worldtake.store.ledger import file_work, upsert
from worldtake.store.records import MICROS
from worldtake.store.tables import FEED, NOTE, SUBSCRIPTION

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

State: TypeAlias = Literal["asked", "verified", "denied", "leaving"]

_NOTES = "hub of "
_KEPT = frozenset({"feed_url", "hub", "topic", "token", "secret", "state", "until"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What stands between a feed and its hub."""

    #: Address of the feed in the catalogue.
    feed_url: str
    hub: str
    #: Address of the feed as the hub knows it.
    topic: str
    #: Last part of the address that the hub calls; nobody else knows it.
    token: str
    secret: str
    state: State = "asked"
    #: Until when the hub has promised to call, in microseconds since 1970; 0 where it has not.
    until: int = 0
    #: When to ask (again), when it was asked last, and how often in vain: the same unit.
    due: int = 0
    asked: int = 0
    tries: int = 0
    #: Public address of the site under which the hub was told to call.
    site: str = ""

    def is_live(self, now: int) -> bool:
        """Tell whether the hub has promised to call; a renewal that it has not confirmed yet changes nothing."""
        return self.state in ("asked", "verified") and self.until > now


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A feed and the hub that it names."""

    feed_url: str
    hub: str
    topic: str


def announced(connection: sa.Connection) -> tuple[Announced, ...]:
    """Return the feeds whose last answer named a hub, by address."""
    query = (
        sa.select(FEED.c.url, FEED.c.state)
        .where(FEED.c.state.contains('"hub": "', autoescape=True))  # most name none
        .order_by(FEED.c.url)
    )
    found = ((str(row.url), json.loads(row.state)) for row in connection.execute(query))
    return tuple(
        Announced(feed_url=url, hub=str(state["hub"]), topic=str(state.get("topic") or url))
        for url, state in found
        if state.get("hub") and not state.get("retired")
    )


def subscriptions(connection: sa.Connection) -> tuple[Subscription, ...]:
    """Return every subscription, by feed."""
    return _read(connection, sa.true())


def by_token(connection: sa.Connection, token: str) -> Subscription | None:
    """Return the subscription whose hub calls under `token`."""
    found = _read(connection, SUBSCRIPTION.c.token == token)
    return found[0] if found else None


def keep(connection: sa.Connection, subscription: Subscription) -> None:
    """Keep a subscription in place of the feed's earlier one."""
    values = asdict(subscription)
    upsert(connection, SUBSCRIPTION, [{name: values[name] for name in sorted(_KEPT)}])
    rest = {name: value for name, value in values.items() if name not in _KEPT}
    upsert(
        connection,
        NOTE,
        [{"name": _NOTES + subscription.feed_url, "value": json.dumps(rest)}],
    )


def forget(connection: sa.Connection, feed_urls: Collection[str]) -> None:
    """Forget the subscriptions of these feeds."""
    for url in feed_urls:
        connection.execute(SUBSCRIPTION.delete().where(SUBSCRIPTION.c.feed_url == url))
        connection.execute(NOTE.delete().where(NOTE.c.name == _NOTES + url))


def verified(connection: sa.Connection, now: int) -> set[str]:
    """Return the addresses of feeds whose hub has promised to call, at `now` (microseconds since 1970)."""
    live = (SUBSCRIPTION.c.until > now) & SUBSCRIPTION.c.state.in_(("asked", "verified"))
    return {str(url) for url in connection.scalars(sa.select(SUBSCRIPTION.c.feed_url).where(live))}


def call_at_once(
    connection: sa.Connection, feed_url: str, *, now: int, pause_seconds: float
) -> None:
    """Make a feed due: now, or where it was called less than `pause_seconds` ago, when that time is over."""
    state = connection.scalar(sa.select(FEED.c.state).where(FEED.c.url == feed_url))
    if state is None:
        return
    last = _moment(json.loads(state).get("last_ok"))
    due = max(now, last + round(pause_seconds * MICROS)) if last else now
    later = (FEED.c.url == feed_url) & (FEED.c.due > due)
    connection.execute(FEED.update().where(later).values(due=due))
    if due <= now:
        file_work(connection, "fetch.entries", [feed_url], now=now)


def _read(connection: sa.Connection, where: sa.ColumnElement[bool]) -> tuple[Subscription, ...]:
    rows = connection.execute(
        sa.select(SUBSCRIPTION).where(where).order_by(SUBSCRIPTION.c.feed_url)
    ).all()
    notes = _notes(connection, [_NOTES + str(row.feed_url) for row in rows])
    return tuple(
        Subscription(**row._mapping, **notes.get(_NOTES + str(row.feed_url), {}))  # noqa: SLF001 SQLAlchemy's public name
        for row in rows
    )


def _notes(connection: sa.Connection, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    known = {each.name for each in fields(Subscription)}
    wanted = NOTE.c.name.in_(names) if len(names) == 1 else NOTE.c.name.startswith(_NOTES)
    found: dict[str, dict[str, Any]] = {}
    if names:
        for row in connection.execute(sa.select(NOTE).where(wanted)):
            values = json.loads(row.value)
            found[str(row.name)] = {key: values[key] for key in values if key in known}
    return found


def _moment(stated: str | None) -> int:
    try:
        return round(datetime.fromisoformat(stated).timestamp() * MICROS) if stated else 0
    except ValueError:
        return 0
