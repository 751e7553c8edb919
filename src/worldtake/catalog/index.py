"""Look outlets up: by id, by domain, by any name they go by."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worldtake.model import Outlet


class OutletIndex:
    """Find outlets among those given; of two with one id or domain, the first."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._by_id: dict[str, Outlet] = {}
        self._by_domain: dict[str, Outlet] = {}
        self._by_name: dict[str, list[Outlet]] = {}
        for outlet in outlets:
            self._by_id.setdefault(outlet.id, outlet)
            for domain in outlet.domains:
                self._by_domain.setdefault(domain.lower(), outlet)
            for name in {fold(each) for each in outlet.names()}:
                self._by_name.setdefault(name, []).append(outlet)

    def by_id(self, outlet_id: str) -> Outlet | None:
        """Return the outlet with this id; None if there is none."""
        return self._by_id.get(outlet_id)

    def by_domain(self, address: str) -> Outlet | None:
        """Return the outlet of an address or host name, by the longest domain that it ends in; None if there is none."""
        labels = domain_of(address).split(".")
        suffixes = (".".join(labels[at:]) for at in range(len(labels)))
        return next((self._by_domain[each] for each in suffixes if each in self._by_domain), None)

    def by_name(
        self, name: str, *, country: str | None = None, language: str | None = None
    ) -> Outlet | None:
        """Return the one outlet that goes by `name`, whatever its case and accents; None if there is none.

        Of several, the one of `country` and `language`, as far as these are told and tell them apart; else the one whose own
        name it is, and not only an alias; None where that leaves more than one.
        """
        found = self.named(name)
        own = [each for each in found if _bears(each, name)]
        hinted = _hinted(found, country, language) if country or language else ()
        for some in (hinted, own, found):
            if len(some) == 1:
                return some[0]
        return None

    def named(self, name: str) -> tuple[Outlet, ...]:
        """Return every outlet that goes by `name`, whatever its case and accents."""
        folded = fold(name)
        return tuple(self._by_name.get(folded) or self._by_name.get(_bare(folded)) or ())


def domain_of(address: str) -> str:
    """Return the host of an address, or a bare host, in lower case without "www."; empty where there is none."""
    text = address.strip()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def _bears(outlet: Outlet, name: str) -> bool:
    names = (outlet.name, outlet.native_name or outlet.name)
    return _bare(fold(name)) in {_bare(fold(each)) for each in names}


def _bare(folded: str) -> str:
    return folded.removeprefix("the ")


def _hinted(
    outlets: Sequence[Outlet], country: str | None, language: str | None
) -> tuple[Outlet, ...]:
    """Return those of the country, or all where none is of it, and of these those that publish in the language."""
    near = tuple(each for each in outlets if country and each.country == country) or tuple(outlets)
    base = (language or "").partition("-")[0]
    reading = (each for each in near if base in {tag.partition("-")[0] for tag in each.languages})
    return tuple(reading) or near
