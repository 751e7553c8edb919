"""Find which outlet of the catalogue a page is from: by its domain, else by the name that the page prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldtake.extract.addresses import host_of
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from worldtake.model import Outlet


def by_domain(outlets: Iterable[Outlet]) -> dict[str, Outlet]:
    """Return the outlets by domain; the first of two that claim one domain keeps it."""
    found: dict[str, Outlet] = {}
    for outlet in outlets:
        for domain in outlet.domains:
            found.setdefault(domain.lower().removeprefix("www."), outlet)
    return found


def by_name(outlets: Iterable[Outlet]) -> dict[str, Outlet]:
    """Return the outlets by folded name; a name that two outlets bear finds neither."""
    found: dict[str, Outlet] = {}
    shared: set[str] = set()
    for outlet in outlets:
        for name in {fold(each) for each in outlet.names()}:
            if found.setdefault(name, outlet) is not outlet:
                shared.add(name)
    return {name: outlet for name, outlet in found.items() if name not in shared}


def of_address(address: str, domains: Mapping[str, Outlet]) -> Outlet | None:
    """Return the outlet whose domain is the longest end of the address's host."""
    labels = host_of(address).split(".")
    for start in range(len(labels) - 1):
        outlet = domains.get(".".join(labels[start:]))
        if outlet:
            return outlet
    return None


def of_names(names: Iterable[str | None], known: Mapping[str, Outlet]) -> Outlet | None:
    """Return the outlet that the first known name is of."""
    for name in names:
        outlet = known.get(fold(name)) if name else None
        if outlet:
            return outlet
    return None
