"""Fill page templates: a small part of the Mustache language, enough for test sites.

`{{name}}` prints escaped, `{{{name}}}` as it is, `{{#name}}...{{/name}}` once for each item of a list or once where the
value holds something, `{{^name}}...{{/name}}` where it does not; `{{.}}` is the item itself, `{{a.b}}` looks inside.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TAG = re.compile(
    r"\{\{\{\s*(?P<raw>[\w.]+)\s*\}\}\}"
    r"|\{\{\s*(?P<kind>[#^]?)\s*(?P<name>[\w.]+)\s*\}\}"
)


def fill(template: str, values: Mapping[str, Any]) -> str:
    """Return `template` with `values` filled in; a name that is not there prints nothing.

    Raises:
        ValueError: if a section is not closed.
    """
    return _filled(template, [values])


def _filled(template: str, scopes: Sequence[Any]) -> str:
    parts: list[str] = []
    position = 0
    while found := _TAG.search(template, position):
        parts.append(template[position : found.start()])
        position = found.end()
        if found["raw"]:
            parts.append(_shown(_look_up(found["raw"], scopes)))
        elif not found["kind"]:
            parts.append(escape(_shown(_look_up(found["name"], scopes))))
        else:
            end, after = _section_end(template, found["name"], position)
            inner = template[position:end]
            value = _look_up(found["name"], scopes)
            parts.append(_section(inner, value, scopes, inverted=found["kind"] == "^"))
            position = after
    return "".join((*parts, template[position:]))


def _section(inner: str, value: Any, scopes: Sequence[Any], *, inverted: bool) -> str:
    if inverted:
        return "" if value else _filled(inner, scopes)
    items = value if isinstance(value, (list, tuple)) else [value] if value else []
    return "".join(_filled(inner, [*scopes, item]) for item in items)


def _section_end(template: str, name: str, start: int) -> tuple[int, int]:
    """Return where the section's inside ends and where what follows starts."""
    depth = 1
    marks = re.compile(rf"\{{\{{\s*([#^/])\s*{re.escape(name)}\s*\}}\}}")
    for mark in marks.finditer(template, start):
        depth += -1 if mark[1] == "/" else 1
        if depth == 0:
            return mark.start(), mark.end()
    message = f"section {name} is not closed; add {{{{/{name}}}}}"
    raise ValueError(message)


def _look_up(name: str, scopes: Sequence[Any]) -> Any:
    if name == ".":
        return scopes[-1]
    first, *rest = name.split(".")
    for scope in reversed(scopes):
        if isinstance(scope, dict) and first in scope:
            value = scope[first]
            for key in rest:
                value = value.get(key) if isinstance(value, dict) else None
            return value
    return None


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
