"""One address for one article: what only tracks the reader is dropped, what names the article is kept."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit, urlunsplit

#: Parameters that say where a reader came from, and their families by prefix.
TRACKING = frozenset(
    {
        "_ga", "_gl", "cmp", "cmpid", "dclid", "fbclid", "gbraid", "gclid", "guccounter", "igshid",
        "ito", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "ncid", "oly_anon_id", "oly_enc_id", "smid",
        "spm", "taid", "traffic_source", "twclid", "vero_id", "wbraid", "wt_mc", "xtor", "yclid",
    }
)  # fmt: skip
TRACKING_PREFIXES = ("utm_", "at_", "ns_", "hsa_", "mtm_", "pk_", "piwik_", "__twitter")
_PORTS = {"http": "80", "https": "443"}


def canonical(url: str) -> str:
    """Return the address that stands for all spellings of `url`: no tracking, no fragment, host in lower case.

    What is not an http or https address is returned as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host:
        return url
    shown = f"[{host}]" if ":" in host else host
    if port is not None and str(port) != _PORTS[scheme]:
        shown = f"{shown}:{port}"
    kept = [pair for pair in parts.query.split("&") if pair and not _tracks(pair)]
    return urlunsplit((scheme, shown, parts.path or "/", "&".join(kept), "")).strip()


def _tracks(pair: str) -> bool:
    name = unquote(pair.partition("=")[0]).lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
