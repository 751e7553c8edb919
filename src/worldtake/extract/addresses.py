"""Compare web addresses: host, site, and the address without what only tracks readers."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import regex

#: Parameters that say where a reader came from and not what the page is.
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "ref", "cmpid", "ocid", "ito", "xtor")
#: Hosts under a second level such as `co.uk`: a country's two letters after at most three.
_SECOND_LEVEL = regex.compile(r"\.[^.]{2,3}\.[^.]{2}$")
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


def base_of(host: str) -> str:
    """Return the part of a host that names its owner, without a list of public suffixes: two labels, or three under `co.uk`."""
    labels = host.split(".")
    second_level = bool(_SECOND_LEVEL.search(host))
    return ".".join(labels[-3:] if second_level else labels[-2:])


def same_site(address: str, other: str) -> bool:
    """Tell whether a web address is of the same site as `other`; a page from a file has no site to differ from."""
    if not address.startswith(("http://", "https://")):
        return False
    host = host_of(address)
    if not host or "." not in host:
        return False
    if not other.startswith(("http://", "https://")):
        return True
    return base_of(host) == base_of(host_of(other))


def without_tracking(address: str) -> str:
    """Return an address without fragment and without parameters that only track."""
    try:
        parts = urlsplit(address)
        query = [
            pair
            for pair in parse_qsl(parts.query, keep_blank_values=True)
            if not _tracks(pair[0].lower())
        ]
    except ValueError:
        return address
    kept = (
        parts.query
        if len(query) == len(parse_qsl(parts.query, keep_blank_values=True))
        else urlencode(query)
    )
    return urlunsplit((parts.scheme, parts.netloc, parts.path, kept, ""))


def _tracks(name: str) -> bool:
    return any(name == each or (each.endswith("_") and name.startswith(each)) for each in _TRACKING)
