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
    from collections.abc import Callable, Mapping

    Read: typing.TypeAlias = Callable[[Any], object]
    Write: typing.TypeAlias = Callable[[Any], object]

Noun = TypeVar("Noun")

#: Resolution of stored moments.
MICROS = 1_000_000
#: Longest record that is remembered among the short ones, in characters.
SHORT_CHARS = 4_000
_SCALARS = frozenset((str, int, float, bool, type(None)))


def dump(noun: object, *, without: frozenset[str] = frozenset()) -> str:
    """Return `noun` as compact JSON; the fields named in `without` are left out."""
    plain = _plain(noun)
    if without and isinstance(plain, dict):
        plain = {name: value for name, value in plain.items() if name not in without}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def load(kind: type[Noun], record: str, **more: object) -> Noun:
    """Read a `kind` from its JSON, with `more` fields that are stored elsewhere."""
    values = (_short if len(record) < SHORT_CHARS else _long)(typing.cast(Any, kind), record)
    return kind(**(values | more)) if more else kind(**values)


def load_all(kind: type[Noun], record: str) -> tuple[Noun, ...]:
    """Read a sequence of `kind`."""
    return typing.cast("tuple[Noun, ...]", _all(typing.cast(Any, kind), record))


def moment(when: datetime) -> int:
    """Return an aware datetime as microseconds since 1970."""
    return round(when.timestamp() * MICROS)


def read_moment(micros: int) -> datetime:
    """Return the datetime of `moment`, in UTC."""
    return datetime.fromtimestamp(micros / MICROS, tz=UTC)


# Records are read again and again as an article goes from stage to stage; what they say is frozen.
@functools.lru_cache(maxsize=2048)
def _short(kind: type, record: str) -> dict[str, object]:
    return _values(kind, json.loads(record))


@functools.lru_cache(maxsize=256)
def _long(kind: type, record: str) -> dict[str, object]:
    return _values(kind, json.loads(record))


@functools.lru_cache(maxsize=512)
def _all(kind: type, record: str) -> tuple[object, ...]:
    return tuple(map(_reader(kind), json.loads(record)))


def _plain(value: Any) -> object:
    return _writer_of(value.__class__)(value)


@functools.cache
def _writer_of(kind: Any) -> Write:
    """Return what makes plain values of a `kind`; made once for each, since articles are written all day."""
    if kind in _SCALARS:
        return _as_it_is
    if kind is nouns.Span:
        return lambda span: [span.start, span.end]
    if issubclass(kind, (tuple, list, set, frozenset)):
        return lambda values: [_writer_of(each.__class__)(each) for each in values]
    if issubclass(kind, datetime):
        return datetime.isoformat
    if dataclasses.is_dataclass(kind):
        return _fields_writer(kind)
    return _as_it_is


def _fields_writer(kind: Any) -> Write:
    fields = tuple((each.name, each.default) for each in dataclasses.fields(kind))

    def write(noun: object) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, default in fields:
            value: Any = getattr(noun, name)
            if value is not default and value != default:
                found[name] = _writer_of(value.__class__)(value)
        return found

    return write


def _values(kind: type, values: Mapping[str, Any]) -> dict[str, object]:
    readers = _readers(kind)
    return {name: readers[name](value) for name, value in values.items() if name in readers}


@functools.cache
def _readers(kind: type) -> dict[str, Read]:
    """Return what reads each field of `kind`, made once from its type hints."""
    hints = typing.get_type_hints(kind, localns={**vars(nouns), "datetime": datetime})
    return {name: _reader(hint) for name, hint in hints.items()}


@functools.cache
def _reader(hint: Any) -> Read:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        inner = _reader(next(each for each in arguments if each is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _tuple_reader(arguments)
    if hint is nouns.Span:
        return lambda value: nouns.Span(value[0], value[1])
    if hint is datetime:
        return datetime.fromisoformat
    if dataclasses.is_dataclass(hint):
        kind = typing.cast(type, hint)
        return lambda value: kind(**_values(kind, value))
    return float if hint is float else _as_it_is


def _tuple_reader(arguments: tuple[Any, ...]) -> Read:
    if len(arguments) == 2 and arguments[1] is Ellipsis:  # noqa: PLR2004 tuple[X, ...] has two
        each_one = _reader(arguments[0])
        return lambda values: tuple(map(each_one, values))
    readers = tuple(map(_reader, arguments))
    return lambda values: tuple(read(value) for read, value in zip(readers, values, strict=True))


def _as_it_is(value: Any) -> object:
    return value
