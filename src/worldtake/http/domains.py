"""Which part of a host name somebody registered: `news.example.co.uk` belongs to `example.co.uk`.

By the Public Suffix List as its package ships it; names that it does not know end in one label.
"""

from __future__ import annotations

import functools
import ipaddress

from publicsuffixlist import PublicSuffixList


def registered_domain(host: str) -> str:
    """Return the registered domain of `host` in lower case; a literal address, or a suffix itself, as it is."""
    folded = host.strip("[]").rstrip(".").lower()
    try:
        ipaddress.ip_address(folded.partition("%")[0])
    except ValueError:
        return _suffixes().privatesuffix(folded) or folded
    return folded


@functools.cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
