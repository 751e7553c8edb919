"""Outlet files: read, check, write. One YAML file an outlet, `<cc>/<name>.yaml`; the form is in `catalogue/README.md`."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import yaml

from worldtake.errors import CatalogueError
from worldtake.model import Feed, FeedKind, Outlet, OutletKind, Policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Keys of an outlet file.
KEYS = frozenset(
    {
        "id",
        "name",
        "native_name",
        "domains",
        "country",
        "operates_from",
        "status",
        "languages",
        "kind",
        "owner",
        "group",
        "state_control",
        "aliases",
        "feeds",
        "policy",
        "expect",
        "checked",
    }
)
FEED_KEYS = frozenset({"url", "kind", "language", "section"})
#: Claims about somebody: each is a mapping with `source`, and with its value under this key.
CLAIMS = {
    "owner": "name",
    "group": "name",
    "state_control": "value",
    "operates_from": "value",
    "status": "value",
}


def shipped_catalogue() -> Path:
    """Return the folder of the catalogue that comes with worldtake, in a checkout or installed."""
    package = Path(__file__).parents[1]
    installed = package / "catalogue"
    return installed if installed.is_dir() else package.parents[1] / "catalogue"


def read_catalogue(folder: Path) -> tuple[Outlet, ...]:
    """Return the outlets of a folder, by id.

    Raises:
        CatalogueError: if a file breaks the form, naming the file, the key and the remedy.
    """
    marks = tuple((str(file), file.stat().st_mtime_ns) for file in sorted(folder.rglob("*.yaml")))
    return _read(marks)


@functools.lru_cache(maxsize=2)
def _read(marks: tuple[tuple[str, int], ...]) -> tuple[Outlet, ...]:
    found = [read_outlet(Path(file)) for file, _ in marks]
    return tuple(sorted(found, key=lambda each: each.id))


def read_outlet(file: Path) -> Outlet:
    """Return the outlet of one file.

    Raises:
        CatalogueError: if it breaks the form.
    """
    try:
        fields = yaml.load(file.read_text("utf-8"), Loader=_loader())  # noqa: S506 a safe loader, in C where built
    except (OSError, ValueError, yaml.YAMLError) as error:
        message = f"{file}: cannot be read as YAML ({error})"
        raise CatalogueError(message) from error
    if not isinstance(fields, dict):
        message = f"{file}: must be a mapping of keys; see catalogue/README.md"
        raise CatalogueError(message)
    return _outlet(file, {name: value for name, value in fields.items() if value is not None})


def write_outlet(outlet: Outlet, folder: Path) -> Path:
    """Write the outlet's file, `<cc>/<name>.yaml`, and return it."""
    country, _, name = outlet.id.partition("-")
    file = folder / country / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    fields = _fields(outlet)
    file.write_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=100), "utf-8")
    return file


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _outlet(file: Path, fields: Mapping[str, Any]) -> Outlet:
    _check_keys(file, fields, KEYS)
    for key in ("id", "name"):
        if not isinstance(fields.get(key), str) or not fields[key].strip():
            _refuse(file, key, "must be given, as text")
    kind = fields.get("kind", "unknown")
    policy = fields.get("policy", "extract")
    _check_choice(file, "kind", kind, get_args(OutletKind))
    _check_choice(file, "policy", policy, get_args(Policy))
    claims = {key: _claim(file, key, fields.get(key)) for key in CLAIMS}
    return Outlet(
        id=fields["id"],
        name=fields["name"],
        native_name=fields.get("native_name"),
        domains=_texts(file, fields, "domains"),
        country=_country(file, fields.get("country")),
        operates_from=_country(file, claims["operates_from"]),
        status=claims["status"],
        languages=_texts(file, fields, "languages"),
        kind=kind,
        owner=claims["owner"],
        group=claims["group"],
        state_control=claims["state_control"],
        aliases=_texts(file, fields, "aliases"),
        feeds=tuple(_feed(file, fields["id"], each) for each in fields.get("feeds") or ()),
        policy=policy,
    )


def _feed(file: Path, outlet_id: str, fields: Any) -> Feed:
    if not isinstance(fields, dict) or not isinstance(fields.get("url"), str):
        _refuse(file, "feeds", "each must be a mapping with url")
    _check_keys(file, fields, FEED_KEYS)
    if not fields["url"].startswith(("http://", "https://")):
        _refuse(file, "feeds", f"{fields['url']!r} is no web address")
    kind: Any = fields.get("kind") or "unknown"
    _check_choice(file, "feeds.kind", kind, get_args(FeedKind))
    return Feed(
        url=fields["url"],
        outlet_id=outlet_id,
        kind=kind,
        language=fields.get("language"),
        section=fields.get("section"),
    )


def _claim(file: Path, key: str, value: Any) -> str | None:
    if value is None:
        return None
    inner = CLAIMS[key]
    if not isinstance(value, dict) or not value.get(inner) or not value.get("source"):
        _refuse(file, key, f"is a claim about somebody: give {{{inner}: ..., source: ...}}")
    return str(value[inner])


def _country(file: Path, code: Any) -> str | None:
    if code is None:
        return None
    # YAML 1.1 reads an unquoted NO as false.
    if not isinstance(code, str) or len(code) != 2 or not code.isupper():  # noqa: PLR2004 alpha-2
        _refuse(file, "country", f"{code!r} is no ISO 3166-1 alpha-2 code (quote 'NO')")
    return str(code)


def _texts(file: Path, fields: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = fields.get(key) or []
    if not isinstance(values, list) or not all(isinstance(each, str) and each for each in values):
        _refuse(file, key, "must be a list of texts (quote 'no', 'on', numbers)")
    return tuple(values)


def _check_keys(file: Path, fields: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(set(fields) - known)
    if unknown:
        _refuse(file, unknown[0], f"is no key of the form; the keys are {', '.join(sorted(known))}")


def _check_choice(file: Path, key: str, value: Any, choices: Iterable[str]) -> None:
    if value not in choices:
        _refuse(file, key, f"{value!r} is not one of {', '.join(choices)}")


def _refuse(file: Path, key: str, why: str) -> None:
    message = f"{file}: {key}: {why}"
    raise CatalogueError(message)


def _fields(outlet: Outlet) -> dict[str, Any]:
    feeds = [
        {"url": each.url, "kind": each.kind, "language": each.language, "section": each.section}
        for each in outlet.feeds
    ]
    fields = {
        "id": outlet.id,
        "name": outlet.name,
        "native_name": outlet.native_name,
        "domains": list(outlet.domains),
        "country": outlet.country,
        "languages": list(outlet.languages),
        "kind": outlet.kind,
        "aliases": list(outlet.aliases),
        "feeds": [{key: value for key, value in feed.items() if value} for feed in feeds],
        "policy": outlet.policy,
    }
    return {key: value for key, value in fields.items() if value}
