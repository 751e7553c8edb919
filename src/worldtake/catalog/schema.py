"""The shape of an outlet file, checked key by key; see `catalogue/README.md` for the shape in words.

A key that is a claim about somebody (owner, group, state control, exile) is a mapping that names its source.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import urlsplit

import regex

from worldtake.errors import CatalogueError
from worldtake.model import Expect, Feed, FeedKind, Outlet, OutletKind, Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

#: Folder and id prefix of agencies of no country, and of outlets whose country is not known.
NO_COUNTRY = ("int", "xx")
#: The keys of a file, in the order in which they are written.
KEYS = (
    "id",
    "name",
    "native_name",
    "domains",
    "country",
    "languages",
    "kind",
    "aliases",
    "feeds",
    "sitemaps",
    "expect",
    "owner",
    "group",
    "state_control",
    "operates_from",
    "status",
    "policy",
)
#: Claims -> key of the value beside `source`.
CLAIMS = {
    "owner": "name",
    "group": "name",
    "state_control": "value",
    "operates_from": "value",
    "status": "value",
}
#: What a state can be to an outlet: see `Outlet.state_control`.
STATE_CONTROL = ("controlled", "captured", "funded")
#: The keys of a feed and of a sitemap, in the order in which they are written.
FEED_KEYS = ("url", "language", "section", "kind", "checked")
SITEMAP_KEYS = ("url", "language", "section", "checked")
_EXPECT_KEYS = ("articles_a_day", "language")
_FEED_KINDS = tuple(kind for kind in get_args(FeedKind) if kind != "sitemap")
_ID = regex.compile(r"[a-z]{2,3}-[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY = regex.compile(r"[A-Z]{2}")
_LANGUAGE = regex.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")
_DOMAIN = regex.compile(r"(?!www\.)(?:[\p{Ll}\p{Lo}\p{M}0-9-]+\.)+[\p{Ll}\p{Lo}\p{M}0-9-]{2,}")


class _WrongError(Exception):
    """A key with a wrong value; names the key and the remedy."""


def outlet_from_mapping(found: object, where: str) -> Outlet:
    """Return the outlet that the content of the file `where` describes.

    Raises:
        CatalogueError: naming the file, the key and the remedy.
    """
    try:
        return _outlet(_mapping(found))
    except _WrongError as error:
        message = f"{where}: {error}"
        raise CatalogueError(message) from None


def sources_from_mapping(found: Mapping[str, Any]) -> dict[str, str]:
    """Return claim -> its source, of a file that keeps the rules."""
    return {key: str(found[key]["source"]) for key in CLAIMS if found.get(key) is not None}


def _outlet(found: Mapping[str, Any]) -> Outlet:
    outlet_id = _matching(found, "id", _ID, "<country>-<name> in lower case", needed=True) or ""
    country = _matching(found, "country", _COUNTRY, "two capital letters of ISO 3166-1")
    _check_prefix(outlet_id, country)
    return Outlet(
        id=outlet_id,
        name=_text(found, "name", needed=True) or "",
        native_name=_text(found, "native_name"),
        domains=_texts(found, "domains", _matches(_DOMAIN), "bare domains without www."),
        country=country,
        languages=_texts(
            found, "languages", _matches(_LANGUAGE), "BCP 47 tags such as en or sr-Cyrl"
        ),
        kind=_choice(found, "kind", get_args(OutletKind), "unknown"),
        aliases=_texts(found, "aliases", bool, "names"),
        feeds=(*_feeds(found, outlet_id), *_sitemaps(found, outlet_id)),
        expect=_expect(found),
        policy=_choice(found, "policy", get_args(Policy), "extract"),
        owner=_claim(found, "owner"),
        group=_claim(found, "group"),
        state_control=_state_control(found),
        operates_from=_operates_from(found),
        status=_claim(found, "status"),
    )


def _check_prefix(outlet_id: str, country: str | None) -> None:
    prefixes = (country.lower(),) if country else NO_COUNTRY
    if outlet_id.partition("-")[0] not in prefixes:
        begins = " or ".join(f"{prefix}-" for prefix in prefixes)
        of = f"country {country}" if country else "an outlet without country"
        msg = f"id: {outlet_id!r} must begin with {begins} for {of}"
        raise _WrongError(msg)


def _mapping(found: object) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        msg = "it must hold keys and values; see catalogue/README.md"
        raise _WrongError(msg)
    unknown = sorted(str(key) for key in found if key not in KEYS)
    if unknown:
        msg = f"{', '.join(unknown)}: unknown; the keys are {', '.join(KEYS)}"
        raise _WrongError(msg)
    return found


def _text(found: Mapping[str, Any], key: str, *, needed: bool = False) -> str | None:
    value = found.get(key)
    if value is None and not needed:
        return None
    if not isinstance(value, str) or not value.strip():
        msg = f"{key}: must be words, not {value!r}; quote it if YAML reads it otherwise"
        raise _WrongError(msg)
    return value.strip()


def _matching(
    found: Mapping[str, Any],
    key: str,
    shape: regex.Pattern[str],
    wanted: str,
    *,
    needed: bool = False,
) -> str | None:
    value = _text(found, key, needed=needed)
    if value is not None and not shape.fullmatch(value):
        msg = f"{key}: {value!r} is not {wanted}"
        raise _WrongError(msg)
    return value


def _matches(shape: regex.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: shape.fullmatch(value) is not None


def _texts(
    found: Mapping[str, Any], key: str, check: Callable[[str], bool], wanted: str
) -> tuple[str, ...]:
    values = _rows(found, key, f"a list of {wanted}")
    for value in values:
        if not isinstance(value, str) or not value.strip() or not check(value):
            msg = f"{key}: {value!r} is none of {wanted}; quote it if YAML reads it otherwise"
            raise _WrongError(msg)
    if len(set(values)) != len(values):
        msg = f"{key}: says something twice; take one out"
        raise _WrongError(msg)
    return tuple(values)


def _rows(found: Mapping[str, Any], key: str, wanted: str) -> list[Any]:
    values = found.get(key)
    if values is None:
        return []
    if not isinstance(values, list):
        msg = f"{key}: must be {wanted}, not {values!r}"
        raise _WrongError(msg)
    return values


def _choice(found: Mapping[str, Any], key: str, allowed: tuple[Any, ...], default: str) -> Any:
    value = found.get(key, default)
    if value not in allowed:
        msg = f"{key}: {value!r} is none of {', '.join(allowed)}"
        raise _WrongError(msg)
    return value


def _claim(found: Mapping[str, Any], key: str) -> str | None:
    """Return the value of a claim, which must name its source."""
    claim = found.get(key)
    if claim is None:
        return None
    value_key = CLAIMS[key]
    if not isinstance(claim, dict) or set(claim) != {value_key, "source"}:
        msg = f"{key}: must be {{{value_key}: ..., source: https://...}}; leave it out if no source is known"
        raise _WrongError(msg)
    if not _is_address(claim["source"]):
        msg = f"{key}.source: {claim['source']!r} is not an address"
        raise _WrongError(msg)
    return _text(claim, value_key, needed=True)


def _state_control(found: Mapping[str, Any]) -> str | None:
    value = _claim(found, "state_control")
    if value is not None and value not in STATE_CONTROL:
        msg = f"state_control.value: {value!r} is none of {', '.join(STATE_CONTROL)}"
        raise _WrongError(msg)
    return value


def _operates_from(found: Mapping[str, Any]) -> str | None:
    value = _claim(found, "operates_from")
    if value is not None and not _COUNTRY.fullmatch(value):
        msg = f"operates_from.value: {value!r} is not two capital letters of ISO 3166-1"
        raise _WrongError(msg)
    return value


def _expect(found: Mapping[str, Any]) -> Expect | None:
    expect = found.get("expect")
    if expect is None:
        return None
    if not isinstance(expect, dict) or not expect or not set(expect) <= set(_EXPECT_KEYS):
        msg = f"expect: {expect!r} must be {{articles_a_day: 120, language: en}}"
        raise _WrongError(msg)
    daily = expect.get("articles_a_day")
    if daily is not None and (not isinstance(daily, int) or isinstance(daily, bool) or daily < 1):
        msg = f"expect.articles_a_day: {daily!r} is not a whole number above 0; leave it out if not known"
        raise _WrongError(msg)
    language = _matching(expect, "language", _LANGUAGE, "a BCP 47 tag")
    return Expect(articles_a_day=daily, language=language)


def _feeds(found: Mapping[str, Any], outlet_id: str) -> tuple[Feed, ...]:
    rows = _rows(found, "feeds", "a list of {url: ...}")
    for row in rows:
        if isinstance(row, dict) and row.get("kind") == "sitemap":
            msg = f"feeds: {row.get('url')} is a sitemap; put it under sitemaps, without kind"
            raise _WrongError(msg)
    return tuple(_feed(row, "feeds", FEED_KEYS, outlet_id, "unknown") for row in rows)


def _sitemaps(found: Mapping[str, Any], outlet_id: str) -> tuple[Feed, ...]:
    rows = _rows(found, "sitemaps", "a list of {url: ...}")
    return tuple(_feed(row, "sitemaps", SITEMAP_KEYS, outlet_id, "sitemap") for row in rows)


def _feed(
    row: object, where: str, keys: Collection[str], outlet_id: str, default: FeedKind
) -> Feed:
    if not isinstance(row, dict) or not set(row) <= set(keys) or not _is_address(row.get("url")):
        msg = f"{where}: {row!r} must be {{url: https://...}}, beside it any of {', '.join(keys)}"
        raise _WrongError(msg)
    return Feed(
        url=row["url"],
        outlet_id=outlet_id,
        kind=_choice(row, "kind", _FEED_KINDS, default) if "kind" in row else default,
        language=_matching(row, "language", _LANGUAGE, "a BCP 47 tag"),
        section=_text(row, "section"),
        checked=_day(row.get("checked"), where),
    )


def _day(value: object, where: str) -> str | None:
    """Return a day, which YAML reads as one unless it is quoted."""
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        msg = f"{where}.checked: {value!r} is not a day such as 2026-11-22"
        raise _WrongError(msg) from None


def _is_address(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
