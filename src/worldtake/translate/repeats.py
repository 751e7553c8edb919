"""Tell whether a translation says things again that its source says once: engines fall into loops."""

from __future__ import annotations

import itertools
from collections import Counter

import regex

from worldtake.text.fold import fold

#: A run of so many words that comes again is doubted.
REPEATED_WORDS = 4
#: A run of so many comes again by no rhetoric.
LONG_WORDS = 7
#: A run that stands more often is doubted whatever the source says twice.
LOOPED = 2
#: Characters of a piece of a text without spaces that stands twice where it says something twice.
REPEATED_CHARS = 6
#: One word so many times in a row is doubted.
STUTTERS = 4
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")
#: Scripts without spaces: a piece three times in a row.
_LOOP = regex.compile(
    r"([\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]{2,20}?)\1\1"
)
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


def repeats(source: str, target: str) -> bool:
    """Tell whether `target` repeats a run of words, or stutters, where `source` does nothing of the kind."""
    words = _WORD.findall(target.casefold())
    times = _times(words)
    if times > LOOPED or _stutters(words):
        return _times(_WORD.findall(source.casefold())) < times and not _loops(source)
    if times > 1 and _at_once(words):
        return not _repeats_itself(source)
    return _UNSPACED.search(target) is not None and _loops(target) and not _loops(source)


def _times(words: list[str]) -> int:
    """Return how often the run of words stands that stands most often."""
    if len(set(words)) == len(words):
        return 1
    runs = Counter(
        tuple(words[at : at + REPEATED_WORDS]) for at in range(len(words) - REPEATED_WORDS + 1)
    )
    return max(runs.values(), default=1)


def _at_once(words: list[str]) -> bool:
    """Tell whether a run of words comes again at once, or a long one anywhere: rhetoric repeats short ones further on."""
    seen: dict[tuple[str, ...], int] = {}
    for at in range(len(words) - REPEATED_WORDS + 1):
        first = seen.setdefault(tuple(words[at : at + REPEATED_WORDS]), at)
        if first == at:
            continue
        is_long = words[first : first + LONG_WORDS] == words[at : at + LONG_WORDS]
        if at - first <= REPEATED_WORDS + 1 or (is_long and len(words) - at >= LONG_WORDS):
            return True
    return False


def _stutters(words: list[str]) -> bool:
    same = 1
    for before, word in itertools.pairwise(words):
        same = same + 1 if word == before else 1
        if same >= STUTTERS:
            return True
    return False


def _repeats_itself(source: str) -> bool:
    """Tell whether a pair of words comes again in the source, or a piece of a text without spaces: one that says things twice."""
    if _UNSPACED.search(source):
        plain = "".join(source.split())
        pieces = Counter(
            plain[at : at + REPEATED_CHARS] for at in range(len(plain) - REPEATED_CHARS + 1)
        )
        return max(pieces.values(), default=0) > 1
    words = [word[:5] for word in _WORD.findall(fold(source))]
    pairs = Counter(itertools.pairwise(words))
    return any(times > 1 for times in pairs.values())


def _loops(text: str) -> bool:
    return _LOOP.search(text) is not None
