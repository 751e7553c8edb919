"""Choose among what an XML feed states: the address of an item, its image, its moments, how long the feed stays as it is."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import regex

if TYPE_CHECKING:
    import time
    from collections.abc import Iterable, Mapping

#: Seconds of the periods of the RSS syndication module.
_PERIODS = {
    "hourly": 3600.0,
    "daily": 86_400.0,
    "weekly": 604_800.0,
    "monthly": 2_592_000.0,
    "yearly": 31_536_000.0,
}
_MINUTE = 60.0
#: A number of minutes or times with so many digits is no number to believe.
_PERIOD_DIGITS = 8
#: Relations of links to what belongs to an article without being it.
_NOT_THE_ARTICLE = frozenset({"enclosure", "replies", "edit", "license", "hub", "via", "related"})
#: Addresses that are not of the web.
_ELSEWHERE = regex.compile(r"\s*(?!https?:)[a-z][a-z0-9+.-]*:", regex.IGNORECASE)
_IMAGE_NAME = regex.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)", regex.IGNORECASE)


def best_link(
    *,
    link: str,
    named: str = "",
    original: str = "",
    links: Iterable[tuple[str, str]] = (),
    enclosed: Iterable[str] = (),
) -> str:
    """Return an item's address: where it is said to come from, its link, an id that is one, other links, what it encloses.

    `links` are relations with addresses.
    """
    links = tuple(links)
    candidates = (
        original,
        *(href for rel, href in links if rel == "alternate"),
        link,
        named if named.startswith(("http://", "https://")) else "",
        *(href for rel, href in links if rel not in _NOT_THE_ARTICLE),
        *(href for _, href in links),
        *enclosed,
    )
    return next((each for each in candidates if each.strip() and not _ELSEWHERE.match(each)), "")


def best_image(
    media: Iterable[Mapping[str, Any]],
    enclosures: Iterable[Mapping[str, Any]],
    thumbnails: Iterable[Mapping[str, Any]],
    own: str = "",
) -> str:
    """Return the address of an item's first image: of media content, an enclosure, a thumbnail, its own."""
    found = (
        *(str(each.get("url") or "") for each in media if _is_image(each, "url")),
        *(str(each.get("href") or "") for each in enclosures if _is_image(each, "href")),
        *(str(each.get("url") or "") for each in thumbnails),
        own,
    )
    return next((each for each in found if each.strip()), "")


def ttl_seconds(minutes: str, period: str, frequency: str) -> float | None:
    """Return how long a feed stays as it is: by `ttl`, else by period and frequency of the syndication module; None where unstated."""
    if minutes.isdecimal() and len(minutes) < _PERIOD_DIGITS:
        return float(minutes) * _MINUTE
    whole = _PERIODS.get(period.strip().lower())
    known = frequency.isdecimal() and len(frequency) < _PERIOD_DIGITS
    return whole / max(float(frequency) if known else 1.0, 1.0) if whole else None


def as_moment(parsed: time.struct_time | None) -> datetime | None:
    """Return feedparser's broken-down moment, which is in UTC; None where there is none or it is out of range."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _is_image(each: Mapping[str, Any], name: str) -> bool:
    kind = str(each.get("type") or each.get("medium") or "").lower()
    return kind.startswith("image") or (
        not kind and bool(_IMAGE_NAME.search(str(each.get(name) or "")))
    )
