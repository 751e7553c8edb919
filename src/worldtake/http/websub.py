"""WebSub as a subscriber speaks it: what is sent to a hub, what a hub asks, whether what it sends is signed as agreed.

Follows the W3C Recommendation of 23 January 2018. Nothing is called or kept here.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Mode: TypeAlias = Literal["subscribe", "unsubscribe", "denied"]

#: How long a hub is asked to tell of news, in seconds: the ten days that most hubs give anyway.
LEASE_SECONDS = 10 * 86_400
#: The least and greatest lease that is believed, in seconds; a hub that states none gives `LEASE_SECONDS`.
MIN_LEASE_SECONDS = 60
MAX_LEASE_SECONDS = 90 * 86_400
#: Longest challenge and reason that are read, in characters.
MAX_CHALLENGE_CHARS = 4_096
MAX_REASON_CHARS = 300
#: Where a hub calls, below the address of the site.
PATH = "websub"
#: Hashes that a signature may use; the Recommendation names these four.
_HASHES = frozenset({"sha1", "sha256", "sha384", "sha512"})
_MODES: dict[str, Mode] = {
    "subscribe": "subscribe",
    "unsubscribe": "unsubscribe",
    "denied": "denied",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a hub asks or says at the address it was given."""

    #: "subscribe" and "unsubscribe" ask whether that was meant, "denied" says no.
    mode: Mode
    #: Address of the feed as the hub knows it.
    topic: str
    #: What to answer with where it was meant; empty for "denied".
    challenge: str = ""
    #: For how long the hub will tell of news, in seconds.
    lease_seconds: int = LEASE_SECONDS
    #: Why it was denied; empty where the hub does not say.
    reason: str = ""


def callback_url(site: str, token: str) -> str:
    """Return the address that a hub is to call, below the public address of the site."""
    return f"{site.rstrip('/')}/{PATH}/{token}"


def subscribe_form(callback: str, topic: str, secret: str) -> dict[str, str]:
    """Return what is sent to a hub to be told of news of `topic`, signed with `secret`."""
    return {
        "hub.callback": callback,
        "hub.mode": "subscribe",
        "hub.topic": topic,
        "hub.lease_seconds": str(LEASE_SECONDS),
        "hub.secret": secret,
    }


def unsubscribe_form(callback: str, topic: str) -> dict[str, str]:
    """Return what is sent to a hub to be told no more."""
    return {"hub.callback": callback, "hub.mode": "unsubscribe", "hub.topic": topic}


def read_question(query: Mapping[str, str]) -> Question | None:
    """Return what the query of a hub's call asks; None where it is none of WebSub's questions."""
    mode, topic = _MODES.get(query.get("hub.mode", "")), query.get("hub.topic", "")
    challenge = query.get("hub.challenge", "")
    if mode is None or not topic:
        return None
    if mode == "denied":
        reason = query.get("hub.reason", "")[:MAX_REASON_CHARS]
        return Question(mode=mode, topic=topic, reason=reason)
    if not 0 < len(challenge) <= MAX_CHALLENGE_CHARS:
        return None
    lease = _lease(query.get("hub.lease_seconds", ""))
    return Question(mode=mode, topic=topic, challenge=challenge, lease_seconds=lease)


def is_signed(body: bytes, secret: str, signature: str | None) -> bool:
    """Tell whether `signature`, an `X-Hub-Signature`, is that of `body` under `secret`; compares in constant time."""
    name, _, given = (signature or "").strip().partition("=")
    method = name.strip().lower()
    if method not in _HASHES:
        return False
    expected = hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()
    return hmac.compare_digest(expected.encode(), given.strip().lower().encode())


def _lease(stated: str) -> int:
    digits = stated.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):  # noqa: PLR2004 30,000 years
        return LEASE_SECONDS
    return min(max(int(digits), MIN_LEASE_SECONDS), MAX_LEASE_SECONDS)
