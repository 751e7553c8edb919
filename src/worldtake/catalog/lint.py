"""Find what is wrong with a catalogue as a whole: broken files, outlets that claim the same, names that mislead.

The rules of a single file are in `schema`; here are those that need the others, or a list of what is real.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from worldtake.catalog.common_words import common_words
from worldtake.catalog.files import outlet_files, read_outlet
from worldtake.catalog.index import OutletIndex
from worldtake.catalog.tags import is_language
from worldtake.errors import CatalogueError
from worldtake.places import country
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from worldtake.model import Feed, Outlet

#: Keys of a query that carry a secret.
SECRET_KEYS = frozenset(
    ("access_token", "api_key", "apikey", "auth", "password", "passwd", "secret", "token")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to correct."""

    #: A word with hyphens, such as `broken-file`, `domain-twice`, `feed-of-another`.
    kind: str
    #: Ids of the outlets, or the file.
    outlets: tuple[str, ...]
    #: What is wrong and what to do.
    message: str
    #: True where it may be meant so.
    warning: bool = False


def lint(folder: Path) -> tuple[Problem, ...]:
    """Return every problem of the catalogue in `folder`; empty if it is sound.

    Raises:
        CatalogueError: if `folder` cannot be read.
    """
    outlets: list[Outlet] = []
    problems: list[Problem] = []
    for path in outlet_files(folder):
        try:
            outlets.append(read_outlet(path))
        except CatalogueError as error:
            problems.append(Problem(kind="broken-file", outlets=(str(path),), message=str(error)))
    return (*problems, *clashes(outlets), *oddities(outlets))


def clashes(outlets: Iterable[Outlet]) -> Iterator[Problem]:
    """Yield what more than one of the outlets claims: id, domain, name or alias, feed; and owners spelled in two ways.

    Outlets of different countries may share a name ("The Times"), not an alias that is a domain.
    """
    known = tuple(outlets)
    yield from _claimed_twice(known, "id-twice", lambda outlet: (outlet.id,))
    yield from _claimed_twice(known, "domain-twice", lambda outlet: outlet.domains)
    yield from _claimed_twice(known, "name-twice", _names)
    yield from _claimed_twice(
        known, "feed-twice", lambda outlet: [each.url for each in outlet.feeds]
    )
    yield from _spelled_twice(known)


def oddities(outlets: Iterable[Outlet]) -> Iterator[Problem]:
    """Yield what is wrong with single outlets, beside the shape of their files."""
    known = tuple(outlets)
    index = OutletIndex(known)
    for outlet in known:
        for kind, message in _wrong(outlet, index):
            yield Problem(kind=kind, outlets=(outlet.id,), message=f"{outlet.id}: {message}")
        for kind, message in _odd(outlet):
            yield Problem(
                kind=kind, outlets=(outlet.id,), message=f"{outlet.id}: {message}", warning=True
            )


def _names(outlet: Outlet) -> set[str]:
    return {f"{fold(name)} ({outlet.country or 'no country'})" for name in outlet.names()}


def _claimed_twice(
    outlets: Iterable[Outlet], kind: str, claims: Callable[[Outlet], Iterable[str]]
) -> Iterator[Problem]:
    claimants: dict[str, list[str]] = defaultdict(list)
    for outlet in outlets:
        for claim in claims(outlet):
            claimants[claim].append(outlet.id)
    for claim, ids in sorted(claimants.items()):
        if len(ids) > 1:
            message = f"{claim} is claimed by {', '.join(ids)}; leave it with one of them"
            yield Problem(kind=kind, outlets=tuple(ids), message=message)


def _spelled_twice(outlets: Iterable[Outlet]) -> Iterator[Problem]:
    """Yield owners and groups of one folded name in two spellings: they would count as two voices."""
    spellings: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for outlet in outlets:
        for name in filter(None, (outlet.owner, outlet.group)):
            spellings[fold(name)][name].append(outlet.id)
    for found in spellings.values():
        if len(found) > 1:
            said = "; ".join(f"{name!r} by {', '.join(ids)}" for name, ids in sorted(found.items()))
            ids = sorted({each for claimants in found.values() for each in claimants})
            message = f"an owner or group is spelled in two ways ({said}); choose one"
            yield Problem(kind="spelled-twice", outlets=tuple(ids), message=message)


def _wrong(outlet: Outlet, index: OutletIndex) -> Iterator[tuple[str, str]]:
    for code in filter(None, (outlet.country, outlet.operates_from)):
        if country(code) is None:
            yield "unknown-country", f"{code} is no country of ISO 3166-1 (nor XK); correct it"
    tags = {*outlet.languages, *(each.language for each in outlet.feeds if each.language)}
    if outlet.expect and outlet.expect.language:
        tags.add(outlet.expect.language)
    for tag in sorted(tags):
        if not is_language(tag):
            yield "unknown-language", f"{tag} is no language with a name in CLDR; correct it"
        elif outlet.languages and tag not in outlet.languages:
            yield "other-language", f"{tag} is not among its languages; add it, or correct it"
    for alias in outlet.aliases:
        if fold(alias) in common_words() and not alias.isupper():  # capitals (WELT) mean the name
            yield "common-alias", f"the alias {alias!r} is an everyday word; take it out"
    for feed in outlet.feeds:
        yield from _wrong_feed(feed, outlet, index)


def _wrong_feed(feed: Feed, outlet: Outlet, index: OutletIndex) -> Iterator[tuple[str, str]]:
    parts = urlsplit(feed.url)
    secret = {key.lower() for key, _ in parse_qsl(parts.query)} & SECRET_KEYS
    if "@" in parts.netloc or secret:
        yield "secret-in-feed", f"a feed of {parts.hostname} carries a password or key; take it out"
    holder = index.by_domain(feed.url)
    if holder and holder.id != outlet.id:
        yield "feed-of-another", f"{feed.url} stands under a domain of {holder.id}; move it there"


def _odd(outlet: Outlet) -> Iterator[tuple[str, str]]:
    if outlet.name in outlet.domains and outlet.native_name is None:
        yield "bare-domain", f"the name {outlet.name} is its domain; write it as the outlet does"
    if outlet.operates_from and outlet.operates_from == outlet.country:
        yield "at-home", f"it operates from {outlet.country}, its own country; leave that out"
    if not outlet.domains and not outlet.feeds:
        yield "unreachable", "it has neither a domain nor a feed; add one"
