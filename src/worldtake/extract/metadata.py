"""Read title, authors, dates, address, site, image and language from what a page's markup states, with where each was found."""

from __future__ import annotations

import html
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import regex
from htmldate import find_date

from worldtake.extract.evidence import LD, Evidence, gather, strings
from worldtake.extract.moments import Moment, read_moment
from worldtake.extract.printed import is_person, people
from worldtake.extract.titles import SITE_CHARS, chosen_title, read_titles
from worldtake.http.addresses import stated_address
from worldtake.text.fold import fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.extract.known import Known

#: Meta tags that state the publication, the surest first.
_PUBLISHED = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "published_time",
    "article.published",
    "date",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "bt:pubdate",
    "ptime",
    "publish_date",
    "created",
]
_MODIFIED = [
    "article:modified_time",
    "og:article:modified_time",
    "datemodified",
    "og:updated_time",
    "dcterms.modified",
    "last-modified",
    "lastmod",
]
_AUTHORS = [
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "byl",
    "cxenseparse:author",
    "article:author_name",
    "byline",
]
#: Longest statement of authors and longest address that are read, characters.
AUTHORS_CHARS, ADDRESS_CHARS = 300, 2000
#: How much of a stated article body is read, characters.
BODY_CHARS = 200_000
_SCRIPT_LETTERS, _REGION_LETTERS = 4, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the markup states of the article."""

    title: str
    #: Every headline stated, cleaned, for finding the title again among the blocks.
    titles: tuple[str, ...]
    #: The same with their places, and the titles as they stand in the markup.
    stated_titles: tuple[tuple[str, str], ...]
    raw_titles: tuple[str, ...]
    authors: tuple[str, ...]
    published: Moment | None
    modified: datetime | None
    url: str | None
    site: str | None
    image: str | None
    language: str
    #: Description for previews; empty where none.
    description: str
    #: Paragraphs of JSON-LD's article body; often cut short, so only for pages that show no text.
    body: tuple[str, ...]
    #: Field name -> words and place.
    provenance: tuple[tuple[str, str], ...]


def read_metadata(root: Any, known: Known) -> Metadata:
    """Return what the markup under `root` states of the article on a page."""
    url, fetched, country = known.url, known.fetched, known.country
    found = gather(root)
    places: dict[str, str] = {}
    site = _site(found, places)
    titles = read_titles(found, site, known)
    chosen = chosen_title(titles)
    if chosen:
        places["title"] = chosen[0]
    canonical = _canonical(found, url, places)
    published = _published(found, places, fetched=fetched, country=country)
    if published is None and (published := _searched(root, url, fetched)):
        places["published"] = f"htmldate: {published.at.date().isoformat()}"
    return Metadata(
        title=chosen[1] if chosen else "",
        titles=tuple(dict.fromkeys(text for _, text in titles)),
        stated_titles=tuple(titles),
        raw_titles=tuple(each for each in (found.title, found.first("og:title")) if each),
        authors=_authors(found, site, places),
        published=published,
        modified=_modified(found, fetched, country, places),
        url=canonical,
        site=site,
        image=_image(found, canonical or url, places),
        language=_language(found),
        description=found.first("og:description", "description"),
        body=_body(found),
        provenance=tuple(places.items()),
    )


def _body(found: Evidence) -> tuple[str, ...]:
    stated = found.article.get("articleBody")
    if not isinstance(stated, str):
        return ()
    lines = regex.split(r"\s*\n\s*|</p>|<br ?/?>", html.unescape(stated)[:BODY_CHARS])
    plain = (squeeze(regex.sub(r"<[^<>]{1,200}>", "", line)) for line in lines)
    return tuple(line for line in plain if line)


def _site(found: Evidence, places: dict[str, str]) -> str | None:
    publisher = strings(found.article.get("publisher"))[:1]
    stated = (
        ("og:site_name", found.first("og:site_name")),
        (f"{LD} publisher", publisher[0] if publisher else ""),
        ("application-name", found.first("application-name", "al:ios:app_name")),
    )
    for place, name in stated:
        if name and len(name) < SITE_CHARS and "://" not in name:
            places["site"] = f"{place}: {name}"
            return squeeze(name)
    return None


def _authors(found: Evidence, site: str | None, places: dict[str, str]) -> tuple[str, ...]:
    for place, names in _stated_authors(found):
        kept = [each for each in names if each and fold(each) != fold(site or "")]
        if kept:
            places["authors"] = f"{place}: {', '.join(kept)}"
            return tuple(dict.fromkeys(kept))
    return ()


def _stated_authors(found: Evidence) -> Iterator[tuple[str, list[str]]]:
    yield (
        f"{LD} author",
        [name for each in _listed(found.article.get("author")) for name in _persons(each)],
    )
    for tag in _AUTHORS:
        yield tag, [name for value in found.meta.get(tag, ()) for name in _named(value)]
    yield (
        "itemprop author",
        [name for value in found.items.get("author", ()) for name in _named(value)],
    )
    yield "rel=author", [name for value in found.authors for name in _named(value)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _persons(author: Any) -> list[str]:
    """Return the people that a JSON-LD author is; an organisation is none."""
    if isinstance(author, dict) and "organization" in str(author.get("@type", "")).lower():
        return []
    return [name for said in strings(author) for name in _named(said)]


def _named(said: str) -> list[str]:
    """Return the people named in a metadata value: `By` in front and what follows a comma or `and` taken apart."""
    if "://" in said or said.startswith("@") or len(said) > AUTHORS_CHARS:
        return []
    plain = regex.sub(
        r"^(?:by|von|par|por|di|autor|author)\s*:?\s+", "", squeeze(said), flags=regex.IGNORECASE
    )
    if "|" in plain:
        plain = plain.split("|")[0]
    return [each for each in people(plain) if is_person(each)]


def _published(
    found: Evidence, places: dict[str, str], *, fetched: datetime, country: str | None
) -> Moment | None:
    for place, stated in _stated_dates(found):
        moment = read_moment(stated, fetched=fetched, country=country)
        if moment:
            places["published"] = f"{place}: {stated[:80]}"
            return moment
    return None


def _stated_dates(found: Evidence) -> Iterator[tuple[str, str]]:
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield from ((f"{LD} {name}", each) for each in strings(found.article.get(name)))
    for tag in _PUBLISHED:
        yield from ((tag, each) for each in found.meta.get(tag, ()))
    yield from (("itemprop datePublished", each) for each in found.items.get("datePublished", ()))
    nodes = (each for node in found.nodes for each in strings(node.get("datePublished")))
    yield from ((f"{LD} page", each) for each in nodes)
    yield from (("time", each) for each in found.times[:1])


def _searched(root: Any, url: str, fetched: datetime) -> Moment | None:
    """Ask htmldate, without its search through all text: what that finds may stand in a teaser."""
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        stated = find_date(
            root,
            extensive_search=False,
            original_date=True,
            url=url if url.startswith("http") else None,
            min_date="1995-01-01",
            max_date=(fetched + timedelta(days=1)).strftime("%Y-%m-%d"),
        )
    except Exception:  # noqa: BLE001 - the library raises whatever its parsers raise on hostile pages
        return None
    if not stated:
        return None
    at = datetime.strptime(stated, "%Y-%m-%d").replace(tzinfo=UTC)
    return Moment(at=at, precision="day", zone_stated=False)


def _modified(
    found: Evidence, fetched: datetime, country: str | None, places: dict[str, str]
) -> datetime | None:
    stated = [
        *((f"{LD} dateModified", each) for each in strings(found.article.get("dateModified"))),
        *((tag, each) for tag in _MODIFIED for each in found.meta.get(tag, ())),
        *(("itemprop dateModified", each) for each in found.items.get("dateModified", ())),
    ]
    for place, words in stated:
        moment = read_moment(words, fetched=fetched, country=country)
        if moment:
            places["modified"] = f"{place}: {words[:80]}"
            return moment.at
    return None


def _canonical(found: Evidence, url: str, places: dict[str, str]) -> str | None:
    stated = (
        *(("link canonical", each) for each in found.links.get("canonical", ())[:1]),
        *(("og:url", each) for each in found.meta.get("og:url", ())[:1]),
    )
    for place, address in stated:
        if believed := stated_address(address, url):
            places["url"] = place
            return believed
    return None


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base if base.startswith("http") else "", address)
    except ValueError:
        return ""


def _image(found: Evidence, url: str, places: dict[str, str]) -> str | None:
    stated = (
        *(("og:image", each) for each in found.meta.get("og:image", ())),
        *((f"{LD} image", each) for each in _image_addresses(found.article.get("image"))),
        *(("twitter:image", each) for each in found.meta.get("twitter:image", ())),
    )
    for place, address in stated:
        whole = _joined(url, address) if address else ""
        if whole.startswith(("http://", "https://")) and len(whole) < ADDRESS_CHARS:
            places["image"] = place
            return whole
    return None


def _image_addresses(value: Any) -> list[str]:
    return [
        str(each.get("url") or each.get("contentUrl") or "")
        if isinstance(each, dict)
        else str(each or "")
        for each in _listed(value)
    ]


def _language(found: Evidence) -> str:
    stated = (
        found.language,
        *strings(found.article.get("inLanguage"))[:1],
        found.first("content-language", "language", "og:locale", "dc.language"),
    )
    return next((tag for each in stated if (tag := language_tag(each))), "und")


def language_tag(stated: str) -> str:
    """Return a declared language as a BCP 47 tag; empty where it is none."""
    tag = stated.partition(",")[0].strip().replace("_", "-")
    if not regex.match(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$", tag):
        return ""
    first, *rest = tag.split("-")
    cased = [
        each.title()
        if len(each) == _SCRIPT_LETTERS
        else each.upper()
        if len(each) == _REGION_LETTERS
        else each
        for each in rest
    ]
    return "-".join((first.lower(), *cased))
