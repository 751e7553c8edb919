"""Find outlets by domain or name, and make one from a page where the catalogue has none."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import regex

from worldtake.model import Outlet
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What an outlet is called when its page does not say.
UNNAMED = "Unnamed outlet"
#: Characters of a name that go into an id.
ID_NAME_CHARS = 40
_NOT_WORD = regex.compile(r"[^a-z0-9]+")


class OutletIndex:
    """Outlets by id, domain and name."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self.outlets = tuple(outlets)
        self._by_id = {each.id: each for each in self.outlets}
        self._by_domain = {domain: each for each in self.outlets for domain in each.domains}
        self._by_name = {fold(name): each for each in self.outlets for name in each.names()}

    def by_id(self, identity: str) -> Outlet | None:
        """Return the outlet with this id."""
        return self._by_id.get(identity)

    def by_url(self, url: str) -> Outlet | None:
        """Return the outlet whose domain an address is on, the longest match first."""
        labels = (urlsplit(url).hostname or "").lower().split(".")
        for at in range(len(labels)):
            found = self._by_domain.get(".".join(labels[at:]))
            if found:
                return found
        return None

    def by_name(self, name: str) -> Outlet | None:
        """Return the outlet that goes by a name, in any script."""
        return self._by_name.get(fold(name))


def outlet_from_page(
    site: str | None, url: str, country: str | None, language: str | None
) -> Outlet:
    """Return an outlet made from what a page says, marked as made from a page."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    name = (site or host or UNNAMED).strip()
    prefix = country.lower() if country else "xx"
    return Outlet(
        id=f"{prefix}-{_slug(name)}",
        name=name,
        domains=(host,) if host else (),
        country=country,
        languages=(language,) if language and language != "und" else (),
        provenance="page",
    )


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = _NOT_WORD.sub("-", plain).strip("-")[:ID_NAME_CHARS].strip("-")
    if len(slug) >= len(name) / 2:
        return slug
    return hashlib.blake2b(name.encode(), digest_size=6).hexdigest()
