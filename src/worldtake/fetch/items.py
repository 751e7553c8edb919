"""One announcement as its format has it: what the readers of JSON Feed, sitemaps and XML feeds have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One announcement as its format has it, before it is cleaned."""

    #: Address, perhaps relative.
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


def moment(value: object) -> datetime | None:
    """Return an ISO 8601 moment, read as UTC where it has no zone; None where it is none."""
    try:
        found = datetime.fromisoformat(str(value).strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
