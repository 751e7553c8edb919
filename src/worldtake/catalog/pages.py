"""Make an outlet that the catalogue does not know from what a page of it states; unconfirmed, and marked so."""

from __future__ import annotations

import hashlib

import regex

from worldtake.catalog.index import domain_of
from worldtake.model import Outlet
from worldtake.text.fold import fold, squeeze

#: Prefix of ids of outlets whose country is not known (ISO 3166 keeps XX free for such use).
UNKNOWN_COUNTRY = "xx"
#: Longest name part of an id, in characters.
SLUG_CHARS = 40

_NOT_ASCII = regex.compile(r"[^a-z0-9]+")
_LATIN = regex.compile(r"\p{Latin}")


def outlet_from_page(
    site: str | None, url: str, country: str | None, language: str | None
) -> Outlet:
    """Return the outlet named `site` at `url`, its id made from its name; the same for the same input."""
    domain = domain_of(url) if url.startswith(("http://", "https://")) else ""
    printed = squeeze(site or "")
    name = printed or domain or "Unknown outlet"
    latin = name if _LATIN.search(name) or not domain else domain
    prefix = country.lower() if country else UNKNOWN_COUNTRY
    return Outlet(
        id=f"{prefix}-{_slug(printed) or _slug(_first_label(domain)) or _hashed(name)}",
        name=latin,
        native_name=name if name != latin else None,
        domains=(domain,) if domain else (),
        country=country,
        languages=(language,) if language and language != "und" else (),
        provenance="page",
    )


def _slug(name: str) -> str:
    """Return the Latin letters and digits of `name`; empty where a letter of it is of another script."""
    folded = fold(name)
    if regex.search(r"(?!\p{Latin})\p{L}", folded):
        return ""
    return _NOT_ASCII.sub("-", folded).strip("-")[:SLUG_CHARS].rstrip("-")


def _first_label(domain: str) -> str:
    return domain.rpartition(".")[0].replace(".", "-")


def _hashed(name: str) -> str:
    return hashlib.blake2b(fold(name).encode(), digest_size=5).hexdigest()
