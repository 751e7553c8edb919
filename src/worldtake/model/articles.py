"""What comes in: the announcement, the page as fetched, and the article read out of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from worldtake.model.ids import timed_id

if TYPE_CHECKING:
    from datetime import datetime

    from worldtake.model.habits import OutletHabits
    from worldtake.model.spans import Span

#: What a block of an article's text is.
BlockRole: TypeAlias = Literal[
    "standfirst", "paragraph", "subheading", "quote", "list", "table", "dateline"
]
#: How finely a moment is known.
Precision: TypeAlias = Literal["second", "minute", "day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One announcement in a feed."""

    #: Address of the article.
    url: str
    #: `Feed.url` that announced it.
    feed_url: str
    #: `Outlet.id` of the feed.
    outlet_id: str
    #: Headline as announced; empty where none.
    title: str = ""
    #: Summary as plain text; empty where none.
    summary: str = ""
    #: Publication as announced, aware; None where not stated.
    published: datetime | None = None
    #: Last change as announced, aware; None where not stated.
    updated: datetime | None = None
    #: BCP 47 tag as announced; None where not stated.
    language: str | None = None
    #: Authors as announced.
    authors: tuple[str, ...] = ()
    #: Address of the main image announced with it; None where none.
    image: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Bytes and headers as fetched or read from a file; never changed."""

    #: Address it was fetched from after redirects, or a `file:` address.
    url: str
    #: The bytes of the body.
    body: bytes = field(repr=False)
    #: When it was fetched or read, aware.
    fetched: datetime
    #: `Content-Type` without parameters, in lower case; `text/plain` for a text file.
    media_type: str = "text/html"
    #: Charset of the `Content-Type` header; None where not declared.
    charset: str | None = None
    #: Name of the file it was read from; None for a fetched page.
    file: str | None = None
    #: The announcement that led here; None where there was none.
    entry: Entry | None = None
    #: `Outlet.id`, where known from the feed or the domain.
    outlet_id: str | None = None
    #: Languages that the outlet declares (BCP 47), as a prior for detection.
    outlet_languages: tuple[str, ...] = ()
    #: Validators of the answer, sent when it is called again; None where the server gave none.
    etag: str | None = None
    last_modified: str | None = None
    #: What is known of the outlet's pages when this one is read; None where nothing is. Not kept with the page.
    habits: OutletHabits | None = None

    def digest(self) -> str:
        """Return the hash of the bytes, 32 hex digits."""
        return hashlib.blake2b(self.body, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of an article's text."""

    #: Where in `Article.text`.
    span: Span
    #: What it is.
    role: BlockRole
    #: Where in the decoded page, for plain text pages; None for HTML.
    raw: Span | None = None
    #: BCP 47 where it is surely another than the article's; None where it is the same.
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discarded:
    """Words of the page that are not part of the article, kept with the reason."""

    #: The words.
    text: str
    #: Why they were left out, such as `caption`, `related_links`, `newsletter`, `navigation`.
    reason: str
    #: Where in the decoded page, for plain text pages; None for HTML.
    raw: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text at one canonical URL by one outlet."""

    #: Ordered in time; see `article_id`.
    id: str
    #: Canonical address; a `file:` address where the page states none.
    url: str
    #: `Outlet.id`; None where the outlet is not in the catalogue and not made yet.
    outlet_id: str | None
    #: Headline without the site's name; empty where none was found.
    title: str
    #: Blocks joined by two line ends; title excluded.
    text: str = field(repr=False)
    #: Blocks in the order of the text; together they cover it but for the line ends.
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    #: What was left out, in page order.
    discarded: tuple[Discarded, ...] = field(default=(), repr=False)
    #: Authors as people, without "By".
    authors: tuple[str, ...] = ()
    #: News agencies that the byline credits, as they are shown.
    agencies: tuple[str, ...] = ()
    #: Publication, aware; None where the page states none. Never from teasers.
    published: datetime | None = None
    #: How finely `published` is known; None where it is unknown.
    published_precision: Precision | None = None
    #: True where the page states a zone; else `published` assumes the outlet's or UTC.
    published_zone_stated: bool = False
    #: Last change, aware; None where not stated.
    modified: datetime | None = None
    #: The outlet's name as the page states it; None where it does not.
    site: str | None = None
    #: Outlet whose translation or digest the page shows (a page of a digest service), as printed.
    original_site: str | None = None
    #: Country that the page states for `original_site`, ISO alpha-2; None where not stated.
    original_country: str | None = None
    #: BCP 47, `und` where unknown.
    language: str = "und"
    #: 0 to 1.
    language_confidence: float = 0.0
    #: Address of the main image; None where none.
    image: str | None = None
    #: What stands under the main image, and who made it; None where not stated.
    image_caption: str | None = None
    image_credit: str | None = None
    #: Section and keywords as the page states them.
    section: str | None = None
    keywords: tuple[str, ...] = ()
    #: True where the page says that the article must be paid for, False where it says that it is free; None where neither.
    paywalled: bool | None = None
    #: True where the page is a live blog, which goes on being written.
    live: bool = False
    #: Name of the file it was read from; None for a fetched page.
    file: str | None = None
    #: `Page.digest()` of the page it was read from.
    page_digest: str = ""
    #: When the page was fetched or read, aware.
    seen: datetime
    #: Where the title stands in the decoded page, for plain text pages; None for HTML.
    title_raw: Span | None = None
    #: Where each value of the metadata was found: field name -> words and place.
    provenance: tuple[tuple[str, str], ...] = ()
    #: How sure each value of the metadata is: field name -> 0 to 1.
    confidences: tuple[tuple[str, float], ...] = ()

    def moment(self) -> datetime:
        """Return when it entered the world as far as known: published, else first seen."""
        return self.published or self.seen


def article_id(url: str, moment: datetime) -> str:
    """Return the id of the article at `url`: ordered in time, the same for the same input."""
    return timed_id(moment, url)
