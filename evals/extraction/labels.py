"""Label a page's blocks by what people read out of it: which share of each block's words stand in the body, in order."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Words in a row from which they are no chance agreement; a shorter block must agree as a whole.
RUN_WORDS = 4
_WORD = regex.compile(r"\w+")


def shares(blocks: Sequence[str], body: str) -> list[float]:
    """Return which share of each block's words the body holds, 0 to 1, by one alignment of the whole page with it."""
    words = [_WORD.findall(block) for block in blocks]
    matcher = SequenceMatcher(
        None, [word for block in words for word in block], _WORD.findall(body), autojunk=False
    )
    run = [0] * sum(map(len, words))
    for start, _, size in matcher.get_matching_blocks():
        run[start : start + size] = [size] * size
    found = []
    at = 0
    for block in words:
        own = run[at : at + len(block)]
        at += len(block)
        agreed = sum(size >= min(RUN_WORDS, len(block)) for size in own)
        found.append(agreed / len(block) if block else 0.0)
    return found


def word_counts(blocks: Sequence[str]) -> list[int]:
    """Return how many words each block has."""
    return [len(_WORD.findall(block)) for block in blocks]
