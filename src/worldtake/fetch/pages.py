"""Call a page by the door: whole, or only if it has changed since it was last fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from worldtake.errors import FetchError, UnreadableInputError
from worldtake.http.outcomes import status_outcome
from worldtake.model import Entry, Outlet, Page

if TYPE_CHECKING:
    from datetime import datetime

    from worldtake.http import Door, Response

PAGE_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
_OK = frozenset({200, 203})
_PAGE_TYPES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain"})
_REMEDIES = {
    "login": "it asks for a login, and is left alone",
    "paywall": "it asks for payment, and is left alone",
    "forbidden": "it refuses worldtake, and is left alone",
    "not-found": "correct the address if it has moved",
    "gone": "it is gone for good",
    "withheld": "it is withheld by law where it was called from",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageValidators:
    """By what a server tells whether a page has changed: those of `Page`, stored and sent together."""

    #: `ETag` of the last answer; None where none.
    etag: str | None = None
    #: `Last-Modified` of the last answer; None where none.
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The answer of a server that a page is as it was (304)."""

    #: Address that answered.
    url: str
    #: When, aware.
    fetched: datetime


async def fetch_page(
    door: Door, entry: Entry, outlet: Outlet | None = None, known: PageValidators | None = None
) -> Page | Unchanged:
    """Call the page that `entry` announces; `Unchanged` only where `known` was given and still holds.

    Raises:
        RefusedAddressError: if it may not be called.
        FetchError: if the call fails or is answered with anything but a page; `outcome` says what.
        UnreadableInputError: if the page is empty.
    """
    response = await door.fetch(
        entry.url,
        etag=known.etag if known else None,
        last_modified=known.last_modified if known else None,
        accept=PAGE_ACCEPT,
    )
    if response.not_modified and known is not None:
        return Unchanged(url=response.url, fetched=response.fetched)
    _check(entry.url, response)
    return Page(
        url=response.url,
        body=response.body,
        fetched=response.fetched,
        media_type=response.media_type or "text/html",
        charset=response.charset,
        entry=entry,
        outlet_id=outlet.id if outlet else entry.outlet_id or None,
        outlet_languages=outlet.languages if outlet else (),
        etag=response.headers.get("etag"),
        last_modified=response.headers.get("last-modified"),
    )


def refusal(status: int) -> tuple[str, str]:
    """Return the outcome that a status other than success is, and the remedy in words."""
    outcome = status_outcome(status)
    if outcome == "ok":
        outcome = "bad-answer"
    return outcome, _REMEDIES.get(outcome, "it is tried again later")


def _check(url: str, response: Response) -> None:
    if response.status not in _OK:
        outcome, remedy = refusal(response.status)
        msg = f"{url} answers {response.status}; {remedy}"
        raise FetchError(msg, outcome, response.retry_after_seconds)
    if response.media_type not in _PAGE_TYPES:
        msg = f"{url} is {response.media_type}, not a page; nothing is read out of it"
        raise FetchError(msg, "wrong-type")
    if not response.body.strip():
        msg = f"{url} is an empty page; nothing is read out of it"
        raise UnreadableInputError(msg)
