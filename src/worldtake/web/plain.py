"""The JSON shape of a view: its fields by name, moments in ISO 8601, nothing hidden and nothing added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any


def plain(value: object) -> Any:
    """Return `value` built of what JSON knows: dataclasses as objects, tuples as lists.

    Raises:
        TypeError: if a part of it has no JSON shape.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    message = f"{type(value).__name__} has no JSON shape"
    raise TypeError(message)
