"""The JSON shape of each view as JSON Schema, from the type hints of its fields: what `worldtake.web.plain` writes."""

from __future__ import annotations

import importlib
import pkgutil
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import worldtake.model

#: Where a shape stands in the description of the interface.
PLACE = "#/components/schemas/"
_SCALARS: dict[object, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    Path: {"type": "string"},
}


def shapes(*kinds: type) -> dict[str, dict[str, Any]]:
    """Return name -> schema of these dataclasses and of all that they hold."""
    found: dict[str, dict[str, Any]] = {}
    for kind in kinds:
        _shape(kind, found)
    return dict(sorted(found.items()))


def _shape(hint: Any, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if hint in _SCALARS:
        return _SCALARS[hint]
    if is_dataclass(hint):
        return _dataclass(typing.cast(type, hint), found)
    return _composed(typing.get_origin(hint), typing.get_args(hint), found)


def _composed(
    origin: Any, arguments: tuple[Any, ...], found: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [_shape(each, found) for each in arguments]}
    if origin is tuple:
        return _tuple(arguments, found)
    if origin in (frozenset, list):
        return {"type": "array", "items": _shape(arguments[0], found)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _shape(arguments[1], found)}
    return {}


def _dataclass(kind: type, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    name = kind.__name__
    if name not in found:
        found[name] = {}  # it may hold itself
        hints = _hints(kind)
        held = {field.name: _shape(hints[field.name], found) for field in fields(kind)}
        found[name] = {"type": "object", "properties": held, "required": list(held)}
        found[name] |= {"description": (kind.__doc__ or "").split("\n")[0]}
    return {"$ref": f"{PLACE}{name}"}


def _tuple(arguments: tuple[Any, ...], found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:  # noqa: PLR2004 tuple[X, ...] has two
        return {"type": "array", "items": _shape(arguments[0], found)}
    count = len(arguments)
    parts = [_shape(each, found) for each in arguments]
    return {"type": "array", "prefixItems": parts, "minItems": count, "maxItems": count}


def _hints(kind: type) -> dict[str, Any]:
    # The nouns import each other for typing alone, so that the names are looked up where all of them are known.
    known: dict[str, Any] = {"datetime": datetime, "date": date, "Path": Path, "Mapping": Mapping}
    for module in pkgutil.iter_modules(worldtake.model.__path__):
        nouns = vars(importlib.import_module(f"{worldtake.model.__name__}.{module.name}"))
        known |= {name: noun for name, noun in nouns.items() if not name.startswith("_")}
    return typing.get_type_hints(kind, localns=known)
