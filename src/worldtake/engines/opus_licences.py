"""The licence of a model, as its release states it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: What is shown where no licence was found.
NOT_STATED = "not stated"
#: Characters of a licence or README that are read.
_MAX_CHARACTERS = 100_000
_FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
_FRONT_LICENCE = re.compile(
    r"^licen[cs]e:[ \t]*(?:\n[ \t]*-[ \t]*)?[\"']?([\w.-]+)", re.MULTILINE | re.IGNORECASE
)
_LICENCE_LINE = re.compile(r"^.*\blicen[cs]ed?\b.*$", re.MULTILINE | re.IGNORECASE)
_COMMONS = re.compile(
    r"\b(?:CC|Creative Commons)[ -]+(BY(?:[ -](?:NC|SA|ND))*)(?:[ -]+v?(\d\.\d))?", re.IGNORECASE
)
_COMMONS_TEXT = re.compile(
    r"\bAttribution((?:[ -]+(?:NonCommercial|ShareAlike|NoDerivatives|NoDerivs))*)[ ]+(\d\.\d)",
    re.IGNORECASE,
)
_SHORT = {"noncommercial": "NC", "sharealike": "SA", "noderivatives": "ND", "noderivs": "ND"}
#: Words of other licences, with their names.
_OTHERS = (
    (r"\bApache(?:\s+License)?,?[\s-]*(?:Version\s*)?2\.0\b", "Apache-2.0"),
    (r"\bMIT\b", "MIT"),
    (r"\bCC0\b", "CC0-1.0"),
    (r"\bGNU AFFERO GENERAL PUBLIC LICENSE|\bAGPL", "AGPL"),
    (r"\bGNU GENERAL PUBLIC LICENSE|\bGPL", "GPL"),
)
_FOR_NO_MONEY = re.compile(r"\bNC\b|non-?commercial", re.IGNORECASE)


def licence_of(folder: Path) -> str:
    """Return the licence that a model's card, its LICENSE or its README states; `NOT_STATED` where none does."""
    card, licence = _text(folder, "README"), _text(folder, "LICEN")
    front = _FRONT.search(card)
    if front and (said := _FRONT_LICENCE.search(front.group(1))):
        return _named(said.group(1))
    told = "\n".join(_LICENCE_LINE.findall(card))
    return _found(licence) or _found(told) or NOT_STATED


def forbids_money(licence: str) -> bool:
    """Tell whether a licence is for use without gain only."""
    return _FOR_NO_MONEY.search(licence.replace("_", "-")) is not None


def _named(word: str) -> str:
    """Return a licence's short name as it is usually written."""
    return _found(word.replace("_", "-")) or word


def _found(text: str) -> str:
    """Return the first licence that a text names; empty where it names none."""
    places: list[tuple[int, str]] = []
    if found := _COMMONS.search(text):
        parts = found.group(1).upper().replace(" ", "-")
        places.append((found.start(), _commons(parts, found.group(2))))
    if found := _COMMONS_TEXT.search(text):
        words = found.group(1).replace("-", " ").lower().split()
        parts = "-".join(("BY", *(_SHORT[word] for word in words)))
        places.append((found.start(), _commons(parts, found.group(2))))
    for pattern, name in _OTHERS:
        if found := re.search(pattern, text, re.IGNORECASE):
            places.append((found.start(), name))
    return min(places)[1] if places else ""


def _commons(parts: str, edition: str | None) -> str:
    return "-".join(filter(None, ("CC", parts, edition)))


def _text(folder: Path, start: str) -> str:
    """Return the text of the first file whose name begins so."""
    for path in sorted(folder.iterdir()):
        if path.name.upper().startswith(start) and path.is_file():
            with path.open(encoding="utf-8", errors="replace") as file:
                return file.read(_MAX_CHARACTERS)
    return ""
