"""What is known of a page before it is read: where it is from, and what its outlet and its feed say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from worldtake.model import OutletHabits


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one page."""

    #: Address it was fetched from, or a `file:` address.
    url: str
    #: When it was fetched, aware.
    fetched: datetime
    #: Country whose zone a date without one is in; None where unknown.
    country: str | None = None
    #: Names that the outlet goes by; empty where it is unknown.
    names: tuple[str, ...] = ()
    #: Headline that the feed announced; empty where none.
    headline: str = ""
    #: Place of a title, such as `og:title`, -> share of this outlet's pages on which it was the chosen one.
    reliable: Mapping[str, float] = field(default_factory=dict)
    #: Parts of titles that recur over the outlet's pages, folded: names of the site and its sections.
    site_parts: frozenset[str] = frozenset()
    #: What was learned of the outlet; None where nothing was.
    habits: OutletHabits | None = None
