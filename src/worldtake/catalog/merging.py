"""Bring outlets that a list names into a catalogue: decide which are new, which add feeds to a known one, which are refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import urlsplit

from worldtake.catalog.contents import mapping_from_outlet
from worldtake.catalog.index import OutletIndex
from worldtake.catalog.schema import outlet_from_mapping
from worldtake.errors import CatalogueError
from worldtake.places import country

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from worldtake.model import Feed, Outlet

Decision: TypeAlias = Literal["new", "merged", "known", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What becomes of one outlet of a list."""

    #: new, merged (feeds added to a known one), known (nothing to add), refused.
    decision: Decision
    #: The outlet as it is to be kept, or as it came where it is refused.
    outlet: Outlet
    #: Feeds that are new.
    feeds: tuple[Feed, ...] = ()
    #: Why it is refused, or what of it is left out; empty where nothing is.
    reason: str = ""


def merge(
    found: Iterable[Outlet],
    known: Iterable[Outlet],
    owner_sources: Mapping[str, str] | None = None,
) -> tuple[Merge, ...]:
    """Return what becomes of each outlet found; one counts as known by its id, else by a domain of its own.

    An owner is taken over only where `owner_sources` tells by the outlet's id where that is stated.
    """
    sources = owner_sources or {}
    kept = {outlet.id: outlet for outlet in known}
    index = OutletIndex(kept.values())
    holders = {feed.url: outlet.id for outlet in kept.values() for feed in outlet.feeds}
    fresh: dict[str, str] = {}
    decisions: list[Merge] = []
    for outlet in found:
        match = kept.get(outlet.id) or kept.get(_known_as(outlet, index, fresh) or "")
        decision = _added(outlet, match, holders) if match else _new(outlet, holders, sources)
        if decision.decision in {"new", "merged"}:
            kept[decision.outlet.id] = decision.outlet
            holders |= dict.fromkeys((feed.url for feed in decision.feeds), decision.outlet.id)
            fresh |= dict.fromkeys(decision.outlet.domains, decision.outlet.id)
        decisions.append(decision)
    return tuple(decisions)


def _known_as(outlet: Outlet, index: OutletIndex, fresh: Mapping[str, str]) -> str | None:
    """Return the id of the outlet that holds a domain of `outlet`, or the domain above it."""
    for domain in outlet.domains:
        match = index.by_domain(domain)
        if match or domain in fresh:
            return match.id if match else fresh[domain]
    return None


def _added(outlet: Outlet, known: Outlet, holders: dict[str, str]) -> Merge:
    feeds = tuple(
        replace(feed, outlet_id=known.id)
        for feed in outlet.feeds
        if feed.url not in holders and not _secret(feed)
    )
    if not feeds:
        return Merge(decision="known", outlet=known)
    tags = (*known.languages, *(feed.language for feed in feeds if feed.language))
    merged = replace(
        known, feeds=known.feeds + feeds, languages=tuple(dict.fromkeys(tags)), provenance="reader"
    )
    return Merge(decision="merged", outlet=merged, feeds=feeds)


def _new(outlet: Outlet, holders: Mapping[str, str], sources: Mapping[str, str]) -> Merge:
    feeds = tuple(feed for feed in outlet.feeds if feed.url not in holders and not _secret(feed))
    if outlet.feeds and not feeds:
        return _without_feeds(outlet, holders)
    stated = {"owner": sources[outlet.id]} if outlet.owner and outlet.id in sources else {}
    clean = replace(outlet, feeds=feeds, owner=outlet.owner if stated else None, group=None)
    if outlet.country and country(outlet.country) is None:
        reason = f"no country has the code {outlet.country}"
        return Merge(decision="refused", outlet=outlet, reason=reason)
    try:
        outlet_from_mapping(mapping_from_outlet(clean, stated), outlet.id)
    except CatalogueError as error:
        return Merge(decision="refused", outlet=outlet, reason=str(error))
    left = "" if clean.owner == outlet.owner else f"without its owner {outlet.owner}: no source"
    return Merge(decision="new", outlet=clean, feeds=feeds, reason=left)


def _without_feeds(outlet: Outlet, holders: Mapping[str, str]) -> Merge:
    held = sorted({holders[feed.url] for feed in outlet.feeds if feed.url in holders})
    if held:
        reason = f"its feeds are those of {', '.join(held)}"
        return Merge(decision="known", outlet=outlet, reason=reason)
    reason = "its feeds carry a user name or password in their addresses; take that out"
    return Merge(decision="refused", outlet=outlet, reason=reason)


def _secret(feed: Feed) -> bool:
    return "@" in urlsplit(feed.url).netloc
