"""What was read out of one page, of HTML and of plain text alike, before it becomes an article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from worldtake.model import Block, Discarded, Span

if TYPE_CHECKING:
    from datetime import datetime

    from worldtake.extract.moments import Moment
    from worldtake.extract.pictures import Picture
    from worldtake.model import BlockRole

#: What stands between two blocks in an article's text.
BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One block of the text to be."""

    #: The words.
    text: str
    #: What it is.
    role: BlockRole
    #: Where in the decoded page, for plain text pages; None for HTML.
    raw: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that one page gives."""

    #: Headline; empty where none.
    title: str
    #: Where the headline stands in the decoded page, for plain text pages.
    title_raw: Span | None = None
    #: Blocks of the text in order.
    parts: tuple[Part, ...] = ()
    #: What was left out, in page order.
    discarded: tuple[Discarded, ...] = ()
    #: Authors as people.
    authors: tuple[str, ...] = ()
    #: News agencies that it credits in place of people.
    agencies: tuple[str, ...] = ()
    #: Publication; None where not stated.
    published: Moment | None = None
    #: Last change; None where not stated.
    modified: datetime | None = None
    #: Canonical address; None where the page states none of its own site.
    url: str | None = None
    #: The outlet's name as stated.
    site: str | None = None
    #: Outlet that a digest shows, and its country.
    original_site: str | None = None
    original_country: str | None = None
    #: Declared language; `und` where none.
    language: str = "und"
    #: The main image, with what stands under it.
    picture: Picture | None = None
    #: Section and keywords as stated.
    section: str | None = None
    keywords: tuple[str, ...] = ()
    #: True where it must be paid for, False where it is said to be free; None where neither is said.
    paywalled: bool | None = None
    #: True on a live blog.
    live: bool = False
    #: Every headline stated, with its place, and the titles as they stand in the markup.
    titles: tuple[tuple[str, str], ...] = ()
    raw_titles: tuple[str, ...] = ()
    #: Field name -> words and place.
    provenance: tuple[tuple[str, str], ...] = field(default=())
    #: Field name -> how sure it is, 0 to 1.
    confidences: tuple[tuple[str, float], ...] = field(default=())


def joined(parts: tuple[Part, ...]) -> tuple[str, tuple[Block, ...]]:
    """Return the text that the parts make, and where each stands in it."""
    blocks: list[Block] = []
    place = 0
    for part in parts:
        span = Span(place, place + len(part.text))
        blocks.append(Block(span=span, role=part.role, raw=part.raw))
        place = span.end + len(BETWEEN)
    return BETWEEN.join(part.text for part in parts), tuple(blocks)
