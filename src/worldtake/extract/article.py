"""The stage that reads an article out of a page: text in blocks, metadata with where it was found, and what was left out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, ClassVar, TypeAlias

import regex

from worldtake.errors import UnreadableInputError
from worldtake.extract.feedtime import with_feed
from worldtake.extract.found import Found, joined
from worldtake.extract.habits import observe, reliable
from worldtake.extract.known import Known
from worldtake.extract.outlets import by_domain, by_name, of_address, of_names
from worldtake.extract.pages import read_page
from worldtake.extract.people import Credited, both, credited
from worldtake.extract.quick import read_quickly
from worldtake.extract.texts import read_text
from worldtake.http.addresses import canonical
from worldtake.model import Article, Page, Skip, article_id
from worldtake.text.decode import decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worldtake.extract.classify import BlockClassifier
    from worldtake.extract.moments import Moment
    from worldtake.model import Outlet, Shown
    from worldtake.text.decode import Decoded

Provenance: TypeAlias = tuple[tuple[str, str], ...]

#: Longest text of an article, characters (33,000 English words): what is longer is a book or a trap, and takes seconds to trace.
TEXT_CHARS = 200_000
#: How sure a value is that only the feed states, and one that a page of plain text prints: set by hand, no page is labelled so.
ANNOUNCED, PRINTED = 0.95, 0.85
_HTML_TYPES = frozenset(("text/html", "application/xhtml+xml", "application/xml", "text/xml", ""))
_MARKUP = regex.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body)\b",
    regex.IGNORECASE | regex.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article, and what its page shows of its outlet's habits."""

    article: Article
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractArticle:
    """Read the article out of a page.

    Raises:
        UnreadableInputError: on a page that is empty, too large, or no text.
    """

    name: ClassVar[str] = "extract"
    version: ClassVar[int] = 3

    #: The outlets that a page may be from; with none, pages keep the name that they print.
    outlets: tuple[Outlet, ...] = field(default=(), repr=False)
    #: What tells the text's blocks from the others; None for the one that worldtake ships.
    classifier: BlockClassifier | None = field(default=None, repr=False)
    #: True for the fast path: paragraphs of the box that holds most prose, and only what a few tags state.
    fast: bool = False
    #: The same by domain and by folded name.
    domains: Mapping[str, Outlet] = field(init=False, repr=False, compare=False)
    names: Mapping[str, Outlet] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "domains", by_domain(self.outlets))
        object.__setattr__(self, "names", by_name(self.outlets))

    def __call__(self, page: Page) -> Article | Skip:
        """Return the article; `Skip("no-text")` where the page holds none, `Skip("too-long")` where it is more than one can be."""
        found = self._found(page)
        return found if isinstance(found, Skip) else self._article(page, found)

    def read(self, page: Page) -> Reading | Skip:
        """Return the same, with what the page shows of its outlet's habits."""
        found = self._found(page)
        if isinstance(found, Skip):
            return found
        article = self._article(page, found)
        return Reading(article=article, shown=observe(found, article.url))

    def _found(self, page: Page) -> Found | Skip:
        found = self._read(page)
        if isinstance(found, Skip):
            return found
        if found is None or not any(part.text for part in found.parts):
            return Skip("no-text")
        if sum(len(part.text) for part in found.parts) > TEXT_CHARS:
            return Skip("too-long")
        return found

    def decoded(self, page: Page) -> tuple[Decoded, bool]:
        """Return a page's characters, and whether they are markup.

        Raises:
            UnreadableInputError: on a page that is empty, too large, or no text.
        """
        is_html = _says_html(page)
        decoded = decode(page.body, charset=page.charset, html=is_html)
        return decoded, is_html or _MARKUP.match(decoded.text[:4000]) is not None

    def known(self, page: Page) -> Known:
        """Return what is known of a page before it is read."""
        return self._known(page, self._country(page))

    def _read(self, page: Page) -> Found | Skip | None:
        decoded, is_markup = self.decoded(page)
        country = self._country(page)
        if is_markup:
            found = self._read_markup(decoded.text, self._known(page, country))
        else:
            found = read_text(
                decoded.text,
                fetched=page.fetched,
                country=country,
                known=self.names,
                habits=page.habits,
            )
        return _noting_repairs(found, decoded)

    def _read_markup(self, text: str, known: Known) -> Found | Skip | None:
        """Return what an HTML page gives, by the fast path where that is asked for and finds a text."""
        found = read_quickly(text, known) if self.fast else None
        return found or read_page(text, known, self.classifier)

    def _known(self, page: Page, country: str | None) -> Known:
        outlet = self._outlet(page)
        return Known(
            url=page.url,
            fetched=page.fetched,
            country=country,
            names=outlet.names() if outlet else (),
            headline=page.entry.title if page.entry else "",
            reliable=reliable(page.habits),
            site_parts=frozenset(page.habits.parts) if page.habits else frozenset(),
            habits=page.habits,
        )

    def _outlet(self, page: Page) -> Outlet | None:
        if page.outlet_id:
            return next((each for each in self.outlets if each.id == page.outlet_id), None)
        return of_address(page.url, self.domains)

    def _country(self, page: Page) -> str | None:
        """Return the country whose zone a date without one is in."""
        outlet = self._outlet(page)
        return outlet.country if outlet else None

    def _article(self, page: Page, found: Found) -> Article:
        text, blocks = joined(found.parts)
        entry = page.entry
        published, provenance = self._published(page, found)
        url = found.url or _address(page)
        title = found.title or (entry.title if entry else "")
        announced = both(credited(each) for each in entry.authors) if entry else Credited()
        return Article(
            id=article_id(url, published.at if published else page.fetched),
            url=url,
            outlet_id=self._outlet_id(page, found, url),
            title=title,
            text=text,
            blocks=blocks,
            discarded=found.discarded,
            authors=found.authors or announced.people,
            agencies=found.agencies or announced.agencies,
            published=published.at if published else None,
            published_precision=published.precision if published else None,
            published_zone_stated=published.zone_stated if published else False,
            modified=found.modified,
            site=found.site,
            original_site=found.original_site,
            original_country=found.original_country,
            language=found.language,
            image=found.picture.url if found.picture else None,
            image_caption=found.picture.caption if found.picture else None,
            image_credit=found.picture.credit if found.picture else None,
            section=found.section,
            keywords=found.keywords,
            paywalled=found.paywalled,
            live=found.live,
            file=page.file,
            page_digest=page.digest(),
            seen=page.fetched,
            title_raw=found.title_raw,
            provenance=provenance,
            confidences=_confidences(found, provenance),
        )

    def _published(self, page: Page, found: Found) -> tuple[Moment | None, Provenance]:
        """Return when the article was published by page and feed, and where each value of the metadata was found."""
        announced = page.entry.published if page.entry else None
        if announced is None:
            return found.published, found.provenance
        moment = with_feed(found.published, announced, self._country(page))
        if moment == found.published:
            return moment, found.provenance
        places = dict(found.provenance)
        local = found.published is not None and moment.at != announced
        places["published"] = f"{places['published']}, zone of the feed" if local else "feed"
        return moment, tuple(places.items())

    def _outlet_id(self, page: Page, found: Found, url: str) -> str | None:
        if page.outlet_id:
            return page.outlet_id
        if found.original_site:
            # A digest shows another outlet's article: that outlet's it is.
            outlet = of_names((found.original_site,), self.names) or of_address(
                f"http://{found.original_site}", self.domains
            )
        else:
            outlet = of_address(url, self.domains) or of_names((found.site,), self.names)
        return outlet.id if outlet else None


def _noting_repairs(found: Found | Skip | None, decoded: Decoded) -> Found | Skip | None:
    """Return what was found with a note of what was mended in the page's characters, so that its words can be judged."""
    if not decoded.repairs or not isinstance(found, Found):
        return found
    note = f"{decoded.encoding} by {decoded.how}, mended: {', '.join(decoded.repairs)}"
    return replace(found, provenance=(*found.provenance, ("encoding", note)))


def _confidences(found: Found, provenance: Provenance) -> tuple[tuple[str, float], ...]:
    """Return how sure each value is, those of the feed and of plain text included."""
    sure = dict(found.confidences)
    for name, place in provenance:
        sure[name] = ANNOUNCED if place == "feed" else sure.get(name, PRINTED)
    return tuple(sure.items())


def _says_html(page: Page) -> bool:
    if page.media_type in _HTML_TYPES or page.media_type.endswith("+xml"):
        return True
    if page.media_type.startswith("text/") or page.media_type == "application/octet-stream":
        return False
    message = f"{page.url} is {page.media_type}, not a page: give the page as HTML or as text"
    raise UnreadableInputError(message)


def _address(page: Page) -> str:
    """Return the address of a page that states none: its own, or one made from a file's bytes and name."""
    if page.url.startswith(("http://", "https://")):
        return canonical(page.url)
    digest = hashlib.sha256(page.body).hexdigest()[:16]
    name = PurePosixPath((page.file or page.url).replace("\\", "/")).name
    return f"file:{digest}/{name}"
