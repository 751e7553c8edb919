"""Name the host of a web address; what addresses are of one article stands in `worldtake.http.addresses`."""

from __future__ import annotations

from urllib.parse import urlsplit

#: Names of hosts under which a site serves the same pages.
_FACES = ("www.", "m.", "amp.", "mobile.", "edition.")


def host_of(address: str) -> str:
    """Return the host of an address in lower case without `www.`; empty where it has none."""
    try:
        host = (urlsplit(address).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
    for face in _FACES:
        host = host.removeprefix(face)
    return host
