"""Make the outlet of a web address: call its home page, its robots.txt and the feeds that they announce, and read who it is.

What a site does not state stays out, and is said. At most `MAX_CALLS` calls, at the pace of the settings.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import regex

from worldtake.catalog import (
    OutletIndex,
    SiteFacts,
    domain_of,
    is_latin,
    label_name,
    language_tag,
    merge,
    outlet_from_page,
    read_site,
)
from worldtake.catalog.tags import country_of_locale
from worldtake.errors import CallError, UnreadableInputError, WorldtakeError
from worldtake.fetch import FeedBody, ParseChild, discover_feeds
from worldtake.http import Door, registered_domain, status_outcome
from worldtake.model import Feed
from worldtake.newsroom.working import door_settings
from worldtake.text.decode import decode
from worldtake.text.fold import fold
from worldtake.translate.language import detect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from worldtake.fetch import FeedParse
    from worldtake.http import Response
    from worldtake.model import Outlet
    from worldtake.settings import Settings

#: Calls that one site is asked for, beside robots.txt.
MAX_CALLS = 12
#: Feeds and sitemaps kept.
MAX_FEEDS, MAX_SITEMAPS = 6, 2
#: Paths asked for where a site announces no feed.
COMMON_PATHS = ("/feed", "/rss", "/rss.xml", "/feeds", "/atom.xml", "/feed.xml", "/index.xml")
#: Share of the entries of a feed that another announces from which it says nothing more.
SAME_SHARE = 0.8
#: Titles that the language is detected on, and how sure that must be to outvote what is declared.
TITLES, SURE = 40, 0.9
HOME_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
_OK = frozenset({200, 203})
_SIDE_FEED = regex.compile(r"comment|podcast|kommentar|/author/|/tags?/", regex.IGNORECASE)
_NEWS = regex.compile(r"news|noticia|actu|nachrichten|novost|google", regex.IGNORECASE)
_HTML = regex.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b", regex.IGNORECASE)
_MOBILE = regex.compile(r"^(?:www\d?|m|mobile|amp|touch)\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundOutlet:
    """What was found at an address."""

    #: The outlet as it is to be kept; a known one with what is new.
    outlet: Outlet
    #: The outlet as the catalogue knows it; None for a new one.
    known: Outlet | None
    #: Where each thing was found.
    places: tuple[tuple[str, str], ...]
    #: What could not be found out, and what was left out and why.
    missing: tuple[str, ...]


def find_outlet(
    url: str,
    settings: Settings,
    known: Iterable[Outlet],
    *,
    now: datetime,
    hosts: tuple[str, ...] = (),
) -> FoundOutlet:
    """Return the outlet that publishes at `url`: its home page, any page of it, or one of its feeds.

    Raises:
        WorldtakeError: if the site cannot be called, refuses it, or answers with what is no page.
    """
    return asyncio.run(_found(url, settings, tuple(known), now, hosts))


async def _found(
    url: str, settings: Settings, known: tuple[Outlet, ...], now: datetime, hosts: tuple[str, ...]
) -> FoundOutlet:
    async with Door(door_settings(settings, hosts)) as door:
        with ParseChild() as parse:
            search = _Search(door=door, parse=parse, index=OutletIndex(known), day=f"{now:%F}")
            await search.look(url)
    return search.result(known)


@dataclass(frozen=True, slots=True, kw_only=True)
class _FoundFeed:
    """A feed that was called and read."""

    feed: Feed
    parse: FeedParse

    def urls(self) -> set[str]:
        return {entry.url for entry in self.parse.entries}


@dataclass(slots=True, kw_only=True)
class _Search:
    """The calls of one site, and what they gave."""

    door: Door
    parse: ParseChild
    index: OutletIndex
    #: Today, ISO 8601.
    day: str
    home: str = ""
    facts: SiteFacts = field(default_factory=lambda: read_site("", ""))
    feeds: list[_FoundFeed] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    calls: int = 0

    async def look(self, url: str) -> None:
        """Call the home page of `url`, then what it announces."""
        first = await self._page(url)
        html = self._html(first)
        announced = [] if html else [first.url]
        self.home = urljoin(first.url, "/")
        if html is None or urlsplit(first.url).path not in {"", "/"}:
            html = await self._home_page() or html
        if html:
            self.facts = read_site(html, self.home)
            announced += self._announced(html)
        await self._try_all(announced)
        await self._try_all(await self._sitemaps(), sitemaps=True)
        if not any(each.feed.kind != "sitemap" for each in self.feeds) and not announced:
            await self._try_all([urljoin(self.home, path) for path in COMMON_PATHS], quiet=True)

    def result(self, known: Sequence[Outlet]) -> FoundOutlet:
        """Return the outlet: a known one with new feeds, else a new one."""
        made, places, missing = self._made()
        decision = merge([made], known)[0]
        if decision.decision == "refused":
            raise WorldtakeError(decision.reason)
        known_one = self.index.by_id(decision.outlet.id) or self._holder(made)
        changed = decision.decision != "known"
        return FoundOutlet(
            outlet=decision.outlet if changed else known_one or made,
            known=None if decision.decision == "new" else known_one,
            places=tuple(places.items()),
            missing=(*missing, *self.left_out),
        )

    def _holder(self, made: Outlet) -> Outlet | None:
        found = (self.index.by_domain(feed.url) for feed in made.feeds)
        return next((each for each in found if each), None)

    async def _page(self, url: str) -> Response:
        self.calls += 1
        response = await self.door.fetch(url, accept=HOME_ACCEPT)
        if response.status not in _OK:
            outcome = status_outcome(response.status)
            message = f"{url} answers {response.status} ({outcome}); open it in a browser, and correct the address if it has moved"
            raise WorldtakeError(message)
        return response

    async def _home_page(self) -> str | None:
        try:
            response = await self._page(self.home)
        except WorldtakeError as error:
            self.left_out.append(f"the home page: {error}")
            return None
        self.home = urljoin(response.url, "/")
        return self._html(response)

    @staticmethod
    def _html(response: Response) -> str | None:
        """Return the text of a page; None where the answer is none."""
        named = response.media_type in {"text/html", "application/xhtml+xml"}
        if not _HTML.match(response.body[:5000]) and not (
            named and not response.body.lstrip().startswith((b"<?xml", b"<rss", b"<feed", b"{"))
        ):
            return None
        try:
            return decode(response.body, charset=response.charset, html=True).text
        except UnreadableInputError:
            return None

    def _announced(self, html: str) -> list[str]:
        """Return the feeds that the page announces, those of comments and of other outlets left out."""
        domain = registered_domain(urlsplit(self.home).hostname or "")
        kept: list[str] = []
        for each in discover_feeds(html, self.home):
            host = urlsplit(each.url).hostname or ""
            stranger = each.kind == "unknown" and registered_domain(host) != domain
            if not stranger and not _SIDE_FEED.search(f"{each.url} {each.title}"):
                kept.append(each.url)
        return kept

    async def _sitemaps(self) -> list[str]:
        """Return the news sitemaps that robots.txt names."""
        try:
            named = await self.door.robots_sitemaps(self.home)
        except CallError as error:
            self.left_out.append(f"robots.txt: {error}")
            return []
        return [url for url in named if _NEWS.search(urlsplit(url).path)][:MAX_SITEMAPS]

    async def _try_all(
        self, urls: Iterable[str], *, sitemaps: bool = False, quiet: bool = False
    ) -> None:
        """Call addresses and keep those that are feeds; with `quiet`, end at the first and say nothing of others."""
        for url in dict.fromkeys(urls):
            kept = sum((each.feed.kind == "sitemap") == sitemaps for each in self.feeds)
            if self.calls >= MAX_CALLS or kept >= (MAX_SITEMAPS if sitemaps else MAX_FEEDS):
                self.left_out.append(f"{url}: not called, there are enough")
                continue
            problem = await self._try(url)
            if problem and not quiet:
                self.left_out.append(f"{url}: {problem}")
            if quiet and problem is None:
                return

    async def _try(self, url: str) -> str | None:
        """Call one address and keep it if it is a feed with entries; return what speaks against it."""
        self.calls += 1
        try:
            response = await self.door.fetch(url)
            if response.status not in _OK:
                return f"answers {response.status} ({status_outcome(response.status)})"
            body = FeedBody(
                feed=Feed(url=url, outlet_id=""),
                url=response.url,
                body=response.body,
                media_type=response.media_type,
                charset=response.charset,
            )
            found = await asyncio.to_thread(self.parse, body)
        except CallError as error:
            return f"{error.outcome}: {error}"
        except UnreadableInputError:
            return "is no feed"
        moved = response.redirected_permanently and found.kind != "unknown"
        return self._kept(response.url if moved else url, found)

    def _kept(self, url: str, found: FeedParse) -> str | None:
        if not found.entries:
            more = ", but names other sitemaps" if found.children else ""
            return f"announces nothing{more}"
        if found.kind == "sitemap" and not any(entry.title for entry in found.entries):
            return "is no news sitemap"
        holder = self.index.by_domain(url)
        mine = self.index.by_domain(self.home)
        if holder and holder != mine:
            return f"stands under a domain of {holder.id}"
        urls = {entry.url for entry in found.entries}
        for each in self.feeds:
            alike = (each.feed.kind == "sitemap") == (found.kind == "sitemap")
            if alike and len(urls & each.urls()) >= SAME_SHARE * len(urls):
                return f"announces the same as {each.feed.url}"
        self.feeds.append(_read_feed(url, found, self.facts.country, self.day))
        return None

    def _made(self) -> tuple[Outlet, dict[str, str], list[str]]:
        """Return the outlet that the site states, where each thing stands, and what is not stated."""
        places = dict(self.facts.places)
        unsaid = places.pop("no country", "nothing states it")
        missing: list[str] = []
        name = self._name(places, missing)
        country = self.facts.country or self._feed_country(places)
        languages = tuple(self._languages(places))
        made = outlet_from_page(name, self.home, country, None)
        if self.index.by_id(made.id):
            label = "-".join(part for part in domain_of(self.home).split(".")[:-1])
            made = replace(made, id=f"{made.id}-{label}")
        printed = self.facts.printed
        if country is None:
            missing.append(f"country: {unsaid}")
        if not languages:
            missing.append("language: nothing states it")
        if self.facts.kind == "unknown":
            missing.append("kind: nothing states it")
        if not self.feeds:
            missing.append("feeds: none was found")
        outlet = replace(
            made,
            name=name,
            native_name=printed if printed and not is_latin(printed) else None,
            domains=(_MOBILE.sub("", urlsplit(self.home).hostname or ""),),
            languages=languages,
            kind=self.facts.kind,
            feeds=tuple(replace(each.feed, outlet_id=made.id) for each in self.feeds),
            provenance="reader",
        )
        return outlet, places, missing

    def _name(self, places: dict[str, str], missing: list[str]) -> str:
        if self.facts.latin:
            titles = [fold(each.parse.title) for each in self.feeds]
            borne_out = any(title.startswith(fold(self.facts.latin)) for title in titles)
            if places.get("name") == "title" and not borne_out:
                missing.append("name: only the page's title states it; look whether it is right")
            return self.facts.latin
        printed = (each.parse.title for each in self.feeds)
        title = next((each for each in printed if each and is_latin(each)), None)
        if title and self.facts.printed is None:
            places["name"] = "feed title"
            return title
        missing.append("name in Latin script: made from the domain; correct it")
        return label_name(self.home)

    def _feed_country(self, places: dict[str, str]) -> str | None:
        said = {country_of_locale(each.parse.language) for each in self.feeds} - {None}
        if len(said) != 1:
            return None
        places["country"] = "feed language"
        return said.pop()

    def _languages(self, places: dict[str, str]) -> Iterator[str]:
        """Yield the languages of the feeds, that of the page first if a feed bears it out; without feeds that of the page."""
        declared = self.facts.language
        found = list(dict.fromkeys(each.feed.language for each in self.feeds if each.feed.language))
        if declared and (not found or _base(declared) in {_base(tag) for tag in found}):
            yield from dict.fromkeys((declared, *found))
            return
        if found:
            places["language"] = "titles of its feeds"
        yield from found


def _read_feed(url: str, found: FeedParse, country: str | None, day: str) -> _FoundFeed:
    declared = language_tag(found.language)
    titles = ". ".join(entry.title for entry in found.entries[:TITLES])
    detected, confidence = detect(titles, declared=[declared] if declared else (), country=country)
    sure = detected != "und" and confidence >= SURE
    outvoted = sure and (declared is None or _base(declared) != _base(detected))
    language = detected if outvoted else declared
    feed = Feed(url=url, outlet_id="", kind=found.kind, language=language, checked=day)
    return _FoundFeed(feed=feed, parse=found)


def _base(tag: str) -> str:
    return tag.partition("-")[0]
