"""Find what changed between two versions of a text: by sentences first, then by words within the sentences that differ.

White space alone is no change. Words are as in Unicode (UAX 29, without dictionaries): in Chinese, Japanese and Thai each
character stands for itself.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: `text_a[start:end]` became `text_b[start2:end2]`; either may be empty.
Change: TypeAlias = "tuple[int, int, int, int]"
_Place: TypeAlias = "tuple[int, int]"

#: Most pairs of words that are compared within changed sentences: 250,000 take about 20 ms.
MAX_WORD_PAIRS = 250_000
#: Most pairs of sentences that are compared, between what both texts begin and end with: 2,000 in each text.
MAX_SENTENCE_PAIRS = 4_000_000
#: Sentences with less in common than this are told as one taken out and one put in.
LIKE_ENOUGH = 0.4
#: Changes with no more than this many characters between them are one, so that it can be read.
JOINT_CHARS = 3

_SENTENCE = regex.compile(r"\S.*?(?:[.!?…؟۔।։።។](?=\s)|[。！？](?![」』”’）])|$)", regex.MULTILINE)
_ALONE = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_WORD = regex.compile(
    rf"{_ALONE}\p{{M}}*"
    rf"|[\p{{L}}\p{{N}}](?:(?!{_ALONE})[\p{{L}}\p{{N}}\p{{M}}]|(?<=\p{{N}})[.,](?=\p{{N}})|['’](?=\p{{L}}))*|\S"
)


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return the changes in order, by positions in both texts; none where the texts differ in white space alone."""
    if before.split() == after.split():
        return ()
    return tuple(_joined(list(_by_sentences(before, after))))


def _by_sentences(before: str, after: str) -> Iterator[Change]:
    a, b = _pieces(_SENTENCE, before), _pieces(_SENTENCE, after)
    left = MAX_WORD_PAIRS
    for mine, theirs in _differing(
        _words_of(before, a), _words_of(after, b), most=MAX_SENTENCE_PAIRS
    ):
        change = _placed(a, mine) + _placed(b, theirs)
        words_a = _pieces(_WORD, before, *change[:2])
        words_b = _pieces(_WORD, after, *change[2:])
        found = _by_words((before, words_a), (after, words_b), most=left)
        left -= min(left, len(words_a) * len(words_b))
        yield from (change,) if found is None else found


def _by_words(
    a: tuple[str, Sequence[_Place]], b: tuple[str, Sequence[_Place]], *, most: int
) -> list[Change] | None:
    """Return the changes word by word; None where little is left as it was."""
    words_a, words_b = _words_of(*a), _words_of(*b)
    found = list(_differing(words_a, words_b, most=most))
    kept = len(words_a) - sum(end - start for (start, end), _ in found)
    if 2 * kept < LIKE_ENOUGH * (len(words_a) + len(words_b)):
        return None
    return [_placed(a[1], mine) + _placed(b[1], theirs) for mine, theirs in found]


def _differing(a: Sequence[str], b: Sequence[str], *, most: int) -> Iterator[tuple[_Place, _Place]]:
    """Yield the stretches in which two sequences differ; one stretch, where more than `most` pairs would be compared."""
    first = 0
    while first < min(len(a), len(b)) and a[first] == b[first]:
        first += 1
    last = 0
    while last < min(len(a), len(b)) - first and a[-1 - last] == b[-1 - last]:
        last += 1
    mine, theirs = a[first : len(a) - last], b[first : len(b) - last]
    if len(mine) * len(theirs) > most:
        yield (first, len(a) - last), (first, len(b) - last)
        return
    for kind, i, j, m, n in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            yield (first + i, first + j), (first + m, first + n)


def _pieces(
    pattern: regex.Pattern[str], text: str, start: int = 0, end: int | None = None
) -> list[_Place]:
    stop = len(text) if end is None else end
    return [match.span() for match in pattern.finditer(text, start, stop) if match[0].strip()]


def _words_of(text: str, places: Sequence[_Place]) -> list[str]:
    """Return what stands at the places, with white space in one form."""
    return [" ".join(text[start:end].split()) for start, end in places]


def _placed(places: Sequence[_Place], stretch: _Place) -> _Place:
    """Return the characters of a stretch of places; for an empty one, where it would stand."""
    first, last = stretch
    if first < last:
        return places[first][0], places[last - 1][1]
    at = places[first - 1][1] if first else (places[0][0] if places else 0)
    return at, at


def _joined(found: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes, near ones as one."""
    if not found:
        return
    held = found[0]
    for _, change in pairwise(found):
        gap, gap2 = change[0] - held[1], change[2] - held[3]
        if gap <= JOINT_CHARS and gap2 <= JOINT_CHARS:
            held = (held[0], change[1], held[2], change[3])
        else:
            yield held
            held = change
    yield held
