"""One announcement as its format has it: what the readers of XML feeds, JSON Feed and sitemaps have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worldtake.model import FeedKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One announcement as its format has it, before it is cleaned."""

    #: Address, perhaps relative; empty where none.
    link: str
    #: Title and summary, perhaps HTML.
    title: str = ""
    summary: str = ""
    #: Moments as announced, aware.
    published: datetime | None = None
    updated: datetime | None = None
    #: BCP 47 tag.
    language: str | None = None
    #: Names.
    authors: tuple[str, ...] = ()
    #: Address of its image, perhaps relative; empty where none.
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A sitemap that an index names."""

    #: Address, perhaps relative.
    link: str
    #: When it last changed, aware; None where not stated.
    updated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """All that a feed announces, as its format has it."""

    #: Its announcements, in its order, or the newest of a long sitemap.
    items: tuple[Item, ...] = ()
    #: Further announcements of a long sitemap.
    left_out: int = 0
    #: Sitemaps of an index.
    places: tuple[Place, ...] = ()
    #: What kind of feed it is.
    kind: FeedKind = "unknown"
    #: Its title, perhaps HTML.
    title: str = ""
    #: Its language, as declared.
    language: str | None = None
    #: Its hub and its own address (WebSub), perhaps relative; empty where none.
    hub: str = ""
    self_url: str = ""
    #: How long it asks to be taken as it is, in seconds; None where it does not.
    ttl_seconds: float | None = None


def moment(value: object) -> datetime | None:
    """Return an ISO 8601 moment (a year or a month stand for their first day), read as UTC where it has no zone; None where it is none."""
    stated = str(value or "").strip().replace(" +", "+").replace(" Z", "Z")
    if len(stated) in _PARTIAL:
        stated += _PARTIAL[len(stated)]
    try:
        found = datetime.fromisoformat(stated)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        return None


#: What a year and a month lack, by their length in characters.
_PARTIAL = {4: "-01-01", 7: "-01"}
