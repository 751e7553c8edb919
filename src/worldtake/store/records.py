"""Write the nouns as JSON and read them back: any frozen dataclass of `model`, by its type hints.

Fields that hold their default are left out, so that a field added later with a default reads old rows.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from datetime import UTC, datetime
from typing import Any, TypeVar

import worldtake.model as nouns

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

Noun = TypeVar("Noun")

#: Resolution of stored moments.
MICROS = 1_000_000


def dump(noun: object, *, without: frozenset[str] = frozenset()) -> str:
    """Return `noun` as compact JSON; the fields named in `without` are left out."""
    plain = _plain(noun)
    if isinstance(plain, dict):
        plain = {name: value for name, value in plain.items() if name not in without}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def load(kind: type[Noun], record: str, **more: object) -> Noun:
    """Read a `kind` from its JSON, with `more` fields that are stored elsewhere."""
    values = json.loads(record)
    return typing.cast(Noun, _dataclass(kind, values, more))


def load_all(kind: type[Noun], record: str) -> tuple[Noun, ...]:
    """Read a sequence of `kind`."""
    return tuple(typing.cast(Noun, _read(kind, value)) for value in json.loads(record))


def moment(when: datetime) -> int:
    """Return an aware datetime as microseconds since 1970."""
    return round(when.timestamp() * MICROS)


def read_moment(micros: int) -> datetime:
    """Return the datetime of `moment`, in UTC."""
    return datetime.fromtimestamp(micros / MICROS, tz=UTC)


def _plain(value: object) -> object:
    if isinstance(value, nouns.Span):
        return [value.start, value.end]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if getattr(value, field.name) != field.default
        }
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (tuple, list, set, frozenset)):
        return [_plain(each) for each in value]
    return value


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind, localns={**vars(nouns), "datetime": datetime})


def _dataclass(kind: type, values: Mapping[str, Any], more: Mapping[str, object]) -> object:
    hints = _hints(kind)
    found = {name: _read(hints[name], value) for name, value in values.items() if name in hints}
    return kind(**(found | dict(more)))


def _read(hint: Any, value: Any) -> object:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if value is None:
        return None
    if origin in (types.UnionType, typing.Union):
        return _read(next(each for each in arguments if each is not type(None)), value)
    return _tuple(arguments, value) if origin is tuple else _single(hint, value)


def _single(hint: Any, value: Any) -> object:
    if hint is nouns.Span:
        return nouns.Span(*value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if dataclasses.is_dataclass(hint):
        return _dataclass(typing.cast(type, hint), value, {})
    return float(value) if hint is float else value


def _tuple(arguments: tuple[Any, ...], values: list[Any]) -> tuple[object, ...]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:  # noqa: PLR2004 tuple[X, ...] has two
        return tuple(_read(arguments[0], each) for each in values)
    return tuple(_read(kind, each) for kind, each in zip(arguments, values, strict=True))
