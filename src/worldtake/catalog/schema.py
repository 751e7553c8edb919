"""The shape of an outlet file, checked key by key; see `catalogue/README.md` for the shape in words.

A key that is a claim about somebody (owner, group, state control, exile) is a mapping that names its source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import urlsplit

import regex

from worldtake.errors import CatalogueError
from worldtake.model import Feed, FeedKind, Outlet, OutletKind, Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Folder and id prefix of agencies of no country.
NO_COUNTRY = "int"
#: Claims -> key of the value beside `source`.
CLAIMS = {
    "owner": "name",
    "group": "name",
    "state_control": "value",
    "operates_from": "value",
    "status": "value",
}
_KEYS = frozenset(
    [
        "id",
        "name",
        "native_name",
        "domains",
        "country",
        "languages",
        "kind",
        "aliases",
        "feeds",
        "policy",
        "checked",
        "expect",
    ]
) | frozenset(CLAIMS)
_FEED_KEYS = frozenset({"url", "language", "section", "kind"})
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


def _outlet(found: Mapping[str, Any]) -> Outlet:
    outlet_id = _matching(found, "id", _ID, "<country>-<name> in lower case", needed=True) or ""
    country = _matching(found, "country", _COUNTRY, "two capital letters of ISO 3166-1")
    prefix = (country or NO_COUNTRY).lower()
    if outlet_id.partition("-")[0] != prefix:
        msg = f"id: {outlet_id!r} must begin with {prefix}- for country {country}"
        raise _WrongError(msg)
    languages = _texts(found, "languages", _matches(_LANGUAGE), "BCP 47 tags such as en or sr-Cyrl")
    return Outlet(
        id=outlet_id,
        name=_text(found, "name", needed=True) or "",
        native_name=_text(found, "native_name"),
        domains=_texts(found, "domains", _matches(_DOMAIN), "bare domains without www."),
        country=country,
        languages=languages,
        kind=_choice(found, "kind", get_args(OutletKind), "unknown"),
        aliases=_texts(found, "aliases", bool, "names"),
        feeds=_feeds(found, outlet_id),
        policy=_choice(found, "policy", get_args(Policy), "extract"),
        owner=_claim(found, "owner"),
        group=_claim(found, "group"),
        state_control=_state_control(found),
        operates_from=_claim(found, "operates_from"),
        status=_claim(found, "status"),
    )


def _mapping(found: object) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        msg = "it must hold keys and values; see catalogue/README.md"
        raise _WrongError(msg)
    unknown = sorted(str(key) for key in found if key not in _KEYS)
    if unknown:
        msg = f"{', '.join(unknown)}: unknown; the keys are {', '.join(sorted(_KEYS))}"
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
    values = found.get(key) or []
    if not isinstance(values, list):
        msg = f"{key}: must be a list of {wanted}, not {values!r}"
        raise _WrongError(msg)
    for value in values:
        if not isinstance(value, str) or not check(value):
            msg = f"{key}: {value!r} is none of {wanted}; quote it if YAML reads it otherwise"
            raise _WrongError(msg)
    if len(set(values)) != len(values):
        msg = f"{key}: says something twice; take one out"
        raise _WrongError(msg)
    return tuple(values)


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
    if value not in {None, "controlled", "funded"}:
        msg = f"state_control.value: {value!r} is none of controlled, funded"
        raise _WrongError(msg)
    return value


def _feeds(found: Mapping[str, Any], outlet_id: str) -> tuple[Feed, ...]:
    feeds = found.get("feeds") or []
    if not isinstance(feeds, list):
        msg = "feeds: must be a list of {url: ...}"
        raise _WrongError(msg)
    return tuple(_feed(feed, outlet_id) for feed in feeds)


def _feed(feed: object, outlet_id: str) -> Feed:
    if (
        not isinstance(feed, dict)
        or not set(feed) <= _FEED_KEYS
        or not _is_address(feed.get("url"))
    ):
        msg = f"feeds: {feed!r} must be {{url: https://..., language: ..., section: ...}}"
        raise _WrongError(msg)
    return Feed(
        url=feed["url"],
        outlet_id=outlet_id,
        kind=_choice(feed, "kind", get_args(FeedKind), "unknown"),
        language=_matching(feed, "language", _LANGUAGE, "a BCP 47 tag"),
        section=_text(feed, "section"),
    )


def _is_address(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
