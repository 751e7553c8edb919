"""Look outlets up: by id, by domain, by any name they go by."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worldtake.model import Outlet


class OutletIndex:
    """Find outlets among those given; of two with one domain or name, the first."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._by_id: dict[str, Outlet] = {}
        self._by_domain: dict[str, Outlet] = {}
        self._by_name: dict[str, Outlet] = {}
        for outlet in outlets:
            self._by_id.setdefault(outlet.id, outlet)
            for domain in outlet.domains:
                self._by_domain.setdefault(domain.lower(), outlet)
            for name in outlet.names():
                self._by_name.setdefault(fold(name), outlet)

    def by_id(self, outlet_id: str) -> Outlet | None:
        """Return the outlet with this id; None if there is none."""
        return self._by_id.get(outlet_id)

    def by_domain(self, address: str) -> Outlet | None:
        """Return the outlet of an address or host name, by the longest domain that it ends in; None if there is none."""
        labels = domain_of(address).split(".")
        suffixes = (".".join(labels[at:]) for at in range(len(labels)))
        return next((self._by_domain[each] for each in suffixes if each in self._by_domain), None)

    def by_name(self, name: str) -> Outlet | None:
        """Return the outlet that goes by `name`, whatever its case and accents; None if there is none."""
        return self._by_name.get(fold(name)) or self._by_name.get(fold(name).removeprefix("the "))


def domain_of(address: str) -> str:
    """Return the host of an address, or a bare host, in lower case without "www."; empty where there is none."""
    text = address.strip()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")
