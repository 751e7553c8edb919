"""Read what a page's markup states of its article, each value with where it was found and how sure it is.

Each field has its own reader: headlines in `titles` and `arbiter`, dates in `dates`, people in `people`, the image in
`pictures`, the rest in `flags`. How sure a value is was counted on the development pages (`evals/metadata.py`): how often
the same value was right where several places agree, where one alone states it, and where they differ.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import regex

from worldtake.extract.addresses import host_of
from worldtake.extract.arbiter import choose
from worldtake.extract.dates import Statement, read_modified, read_published
from worldtake.extract.evidence import LD, Evidence, gather, strings
from worldtake.extract.flags import keywords, live, paywalled, section
from worldtake.extract.people import Credited, both, credited, own_letters
from worldtake.extract.pictures import Picture, main_picture
from worldtake.extract.titles import SITE_CHARS, read_titles
from worldtake.http.addresses import stated_address
from worldtake.text.fold import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.extract.known import Known

#: Letters of the meta tags that name authors, the surest first.
_AUTHORS = (
    "author", "articleauthor", "parselyauthor", "dccreator", "dctermscreator", "sailthruauthor", "byl", "cxenseparseauthor",
    "articleauthorname", "byline", "twittermiscwrittenby", "dcsextauthor", "authors", "authorname", "writer",
)  # fmt: skip
#: Labels under which the card of a shared link names the author.
_WRITTEN_BY = regex.compile(
    r"written by|author|verfasst von|geschrieben von|écrit par|escrito por|scritto da|автор|yazan|作者|작성자",
    regex.IGNORECASE,
)
_LINE_ENDS, _MARKUP = regex.compile(r"\s*\n\s*|</p>|<br ?/?>"), regex.compile(r"<[^<>]{1,200}>")
#: How much of a stated article body is read, characters.
BODY_CHARS = 200_000
#: Fewest letters of a part of a host that may be the outlet's name.
HOST_LETTERS = 3
#: How sure names are that markup states (153 of 154 of fundus' development pages), and values that no page is labelled with.
NAMED, STATED = 0.98, 0.9
_SCRIPT_LETTERS, _REGION_LETTERS = 4, 2

Value = TypeVar("Value")
Sureness = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the markup states of the article."""

    title: str
    #: Every headline stated, cleaned, for finding the title again among the blocks.
    titles: tuple[str, ...]
    #: The same with their places, and the titles as they stand in the markup.
    stated_titles: tuple[tuple[str, str], ...]
    raw_titles: tuple[str, ...]
    #: People and agencies that it credits.
    credited: Credited
    #: Letters of the outlet's names, by which it is no author.
    own: frozenset[str]
    #: Every publication and every change that it states, the surest first.
    published: tuple[Statement, ...]
    modified: tuple[Statement, ...]
    url: str | None
    site: str | None
    picture: Picture | None
    section: str | None
    keywords: tuple[str, ...]
    #: True where the article must be paid for, False where it is said to be free; None where neither is said.
    paywalled: bool | None
    #: True on a live blog.
    live: bool
    language: str
    #: Description for previews; empty where none.
    description: str
    #: Paragraphs of JSON-LD's article body; often cut short, so only for pages that show no text.
    body: tuple[str, ...]
    #: Field name -> words and place.
    provenance: tuple[tuple[str, str], ...]
    #: Field name -> how sure it is, 0 to 1.
    confidences: Sureness


class _Notes:
    """Where the values were found and how sure they are, gathered while they are read."""

    def __init__(self) -> None:
        self.places: dict[str, str] = {}
        self.sure: dict[str, float] = {}

    def take(
        self, name: str, found: tuple[Value, str] | None, sure: float = STATED
    ) -> Value | None:
        """Return the value found, and note its place and how sure it is."""
        if found is None:
            return None
        self.places[name] = found[1]
        self.sure[name] = sure
        return found[0]


def read_metadata(root: Any, known: Known) -> Metadata:
    """Return what the markup under `root` states of the article on a page."""
    found = gather(root)
    notes = _Notes()
    site = notes.take("site", _site(found))
    own = _own(found, site, known)
    titles = read_titles(found, site, known)
    title = _title(titles, known, notes)
    canonical = notes.take("url", _canonical(found, known.url))
    picture = main_picture(root, found, canonical or known.url)
    modified = tuple(read_modified(found, known))
    return Metadata(
        title=title,
        titles=tuple(dict.fromkeys(text for _, text in titles)),
        stated_titles=tuple(titles),
        raw_titles=tuple(each for each in (found.title, found.first("og:title")) if each),
        credited=notes.take("authors", _credited(found, own), NAMED) or Credited(),
        own=own,
        published=tuple(read_published(found, known)),
        modified=modified,
        url=canonical,
        site=site,
        picture=notes.take("image", (picture, picture.place) if picture else None),
        section=notes.take("section", section(found)),
        keywords=notes.take("keywords", keywords(found)) or (),
        paywalled=notes.take("paywalled", paywalled(found)),
        live=notes.take("live", live(found, title)) or False,
        language=_language(found),
        description=found.first("og:description", "description"),
        body=_body(found),
        provenance=tuple(notes.places.items()),
        confidences=tuple(notes.sure.items()),
    )


def _title(titles: list[tuple[str, str]], known: Known, notes: _Notes) -> str:
    chosen = choose(titles, known.reliable)
    found = (chosen.text, chosen.place) if chosen else None
    return notes.take("title", found, chosen.confidence if chosen else 0.0) or ""


def _body(found: Evidence) -> tuple[str, ...]:
    stated = found.article.get("articleBody")
    if not isinstance(stated, str):
        return ()
    lines = _LINE_ENDS.split(html.unescape(stated)[:BODY_CHARS])
    plain = (squeeze(_MARKUP.sub("", line) if "<" in line else line) for line in lines)
    return tuple(line for line in plain if line)


def site_name(found: Evidence) -> str | None:
    """Return the outlet's name as a page states it."""
    stated = _site(found)
    return stated[0] if stated else None


def _site(found: Evidence) -> tuple[str, str] | None:
    publisher = strings(found.article.get("publisher"))[:1]
    stated = (
        ("og:site_name", found.first("og:site_name")),
        (f"{LD} publisher", publisher[0] if publisher else ""),
        ("application-name", found.first("application-name", "al:ios:app_name")),
    )
    for place, name in stated:
        if name and len(name) < SITE_CHARS and "://" not in name:
            return squeeze(name), f"{place}: {name}"
    return None


def _own(found: Evidence, site: str | None, known: Known) -> frozenset[str]:
    """Return the letters of all names that the page gives the outlet and its section: none of them is an author's."""
    labels = [each for each in host_of(known.url).split(".")[:-1] if len(each) >= HOST_LETTERS]
    printed = (*strings(found.article.get("publisher")), *found.meta.get("og:site_name", ()))
    return own_letters(
        (site, *known.names, *labels, *printed, *found.stated("articleSection"), host_of(known.url))
    )


def _credited(found: Evidence, own: frozenset[str]) -> tuple[Credited, str] | None:
    """Return the people whom the first place names that names any, and the agencies of all places."""
    named = [(place, who) for place, who in _stated_authors(found, own) if who]
    if not named:
        return None
    place, first = next((each for each in named if each[1].people), named[0])
    agencies = both(who for _, who in named).agencies
    who = Credited(people=first.people, agencies=agencies)
    return who, f"{place}: {', '.join((*who.people, *who.agencies))}"


def _stated_authors(found: Evidence, own: frozenset[str]) -> Iterator[tuple[str, Credited]]:
    authors = _listed(found.article.get("author"))
    yield f"{LD} author", both(who for each in authors for who in _written(each, own))
    for tag in _AUTHORS:
        yield tag, both(credited(value, own) for value in found.named.get(tag, ()))
    yield "twitter:data", both(credited(value, own) for value in _on_card(found))
    yield "itemprop author", both(credited(value, own) for value in found.items.get("author", ()))
    yield "rel=author", both(credited(value, own) for value in found.authors)


def _on_card(found: Evidence) -> Iterator[str]:
    """Yield what the card of a shared link says of the author, under a label of its own."""
    for number in "12":
        label, value = found.first(f"twitter:label{number}"), found.first(f"twitter:data{number}")
        if value and _WRITTEN_BY.match(label):
            yield value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _written(author: Any, own: frozenset[str]) -> Iterator[Credited]:
    """Yield who a JSON-LD author is; an organisation may be an agency, never a person."""
    group = isinstance(author, dict) and "organization" in str(author.get("@type", "")).lower()
    for said in strings(author):
        who = credited(said, own)
        yield Credited(agencies=who.agencies) if group else who


def _canonical(found: Evidence, url: str) -> tuple[str, str] | None:
    stated = (
        *(("link canonical", each) for each in found.links.get("canonical", ())[:1]),
        *(("og:url", each) for each in found.meta.get("og:url", ())[:1]),
    )
    for place, address in stated:
        if believed := stated_address(address, url):
            return believed, place
    return None


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
