"""Read the HTTP header `Link` (RFC 8288), in which servers name a feed's hub and its own address (WebSub)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Longest header read, in characters.
MAX_HEADER_CHARS = 16_000
#: An address, or a parameter of the address before it.
_PART = regex.compile(
    r'<(?P<url>[^<>]*)>|;\s*(?P<name>[^\s=;,"<>]++)(?:\s*=\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s;,"]*)))?'
)


def links_of(header: str) -> Mapping[str, str]:
    """Return relation -> address as written, perhaps relative; of several with one relation the first."""
    found: dict[str, str] = {}
    url, named = "", True
    for part in _PART.finditer(header[:MAX_HEADER_CHARS]):
        if part["url"] is not None:
            url, named = part["url"].strip(), False
        elif part["name"].lower() == "rel" and not named:
            named = True  # only the first relation of a link counts
            for rel in (part["quoted"] or part["bare"] or "").lower().split():
                found.setdefault(rel, url)
    return found
