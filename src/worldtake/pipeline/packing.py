"""Pack what goes to workers and back.

Python packs frozen classes with slots field by field through `dataclasses.fields`; an article with its spans takes ten times
as long that way as by the names of its fields looked up once.
"""

from __future__ import annotations

import dataclasses
import functools
import io
import operator
import pickle
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def pack(what: object) -> bytes:
    """Return `what` in bytes that `pickle.loads` reads."""
    file = io.BytesIO()
    _Packer(file, protocol=pickle.HIGHEST_PROTOCOL).dump(what)
    return file.getvalue()


class _Packer(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        kind: Any = type(value)
        values = _values(kind)
        return NotImplemented if values is None else (_rebuilt, (kind, values(value)))


@functools.cache
def _values(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """Return what gives the values of a frozen class with slots that packs itself as Python does; None for all others."""
    if not (dataclasses.is_dataclass(kind) and "__slots__" in vars(kind)):
        return None
    if kind.__reduce__ is not object.__reduce__:
        return None
    names = [field.name for field in dataclasses.fields(kind)]
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _rebuilt(kind: type, values: tuple[Any, ...]) -> object:
    made: object = object.__new__(kind)
    known: Any = kind
    for name, value in zip(_names(known), values, strict=True):
        object.__setattr__(made, name, value)
    return made


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
