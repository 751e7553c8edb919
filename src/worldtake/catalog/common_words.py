"""Words that articles use in every second line, in many languages: no name of an outlet by themselves."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from worldtake.text.fold import fold


@cache
def common_words() -> frozenset[str]:
    """Return the words, folded."""
    text = files("worldtake.catalog").joinpath("common_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(fold(word) for line in lines for word in line.split())
