"""What an outlet file says of an outlet: the other direction of `schema`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from worldtake.catalog.schema import CLAIMS, FEED_KEYS, KEYS, SITEMAP_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from worldtake.model import Expect, Feed, Outlet

#: Columns after which YAML breaks a line.
LINE_CHARS = 100


def outlet_yaml(outlet: Outlet, sources: Mapping[str, str]) -> str:
    """Return the text of the file of `outlet`; `sources` gives each claim's source by its key."""
    content = mapping_from_outlet(outlet, sources)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=LINE_CHARS)


def mapping_from_outlet(outlet: Outlet, sources: Mapping[str, str]) -> dict[str, Any]:
    """Return what the file says, in its order, without what is not known."""
    said: dict[str, Any] = {
        "id": outlet.id,
        "name": outlet.name,
        "native_name": outlet.native_name,
        "domains": list(outlet.domains),
        "country": outlet.country,
        "languages": list(outlet.languages),
        "kind": outlet.kind if outlet.kind != "unknown" else None,
        "aliases": list(outlet.aliases),
        "feeds": _feeds(outlet.feeds, FEED_KEYS, sitemaps=False),
        "sitemaps": _feeds(outlet.feeds, SITEMAP_KEYS, sitemaps=True),
        "expect": _expect(outlet.expect),
        "policy": outlet.policy if outlet.policy != "extract" else None,
    }
    for key, value_key in CLAIMS.items():
        value = getattr(outlet, key)
        if value is not None:
            said[key] = {value_key: value, "source": sources.get(key)}
    return {key: said[key] for key in KEYS if said.get(key) not in (None, [], {})}


def _feeds(feeds: Iterable[Feed], keys: Iterable[str], *, sitemaps: bool) -> list[dict[str, Any]]:
    return [_feed(feed, keys) for feed in feeds if (feed.kind == "sitemap") == sitemaps]


def _feed(feed: Feed, keys: Iterable[str]) -> dict[str, Any]:
    said = {key: getattr(feed, key) for key in keys}
    if feed.checked:
        said["checked"] = date.fromisoformat(feed.checked)
    return {key: value for key, value in said.items() if value not in (None, "unknown")}


def _expect(expect: Expect | None) -> dict[str, Any]:
    if expect is None:
        return {}
    said = {"articles_a_day": expect.articles_a_day, "language": expect.language}
    return {key: value for key, value in said.items() if value is not None}
