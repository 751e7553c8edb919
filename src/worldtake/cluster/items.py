"""What grouping works on: one article as words and a moment, and the group that it ends in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterItem:
    """One article as grouping sees it."""

    #: `Article.id`.
    id: str
    #: `Article.moment()`, aware.
    moment: datetime
    #: `Outlet.id`; empty where unknown.
    outlet_id: str
    #: BCP 47 tag of `title` and `text`: the reader's language where they are translated.
    language: str
    #: Headline.
    title: str
    #: Body; empty for headlines alone.
    text: str = field(default="", repr=False)

    def order(self) -> tuple[datetime, str, str]:
        """Return what the stream is sorted by."""
        return (self.moment, self.outlet_id, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryGroup:
    """The articles that were found to be one story."""

    #: Id of the earliest article.
    founder: str
    #: Ids of all articles in the order of the stream, the founder first.
    members: tuple[str, ...]
