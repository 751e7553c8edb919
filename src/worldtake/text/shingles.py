"""Fingerprints of a text by winnowing (Schleimer, Wilkerson, Aiken 2003): the same passage gives the same ones.

Shingles are runs of words, or of characters in scripts that set no spaces; hashes are stable across processes and
machines. Words keep the places they have in the text, so that a shared fingerprint can be shown.
"""

from __future__ import annotations

import functools
import hashlib
import struct
from dataclasses import dataclass

import regex

from worldtake.model import Span
from worldtake.text.fold import fold

#: Words of a shingle, and how many shingles one fingerprint stands for (stage design of tracing).
SHINGLE_WORDS = 8
WINDOW = 4
#: Characters that count as one word in scripts without spaces.
TIGHT_CHARS = 2
_TOKEN = regex.compile(
    rf"[\p{{Han}}\p{{Hiragana}}\p{{Katakana}}ー\p{{Thai}}\p{{Lao}}\p{{Khmer}}\p{{Myanmar}}]{{1,{TIGHT_CHARS}}}"
    r"|(?:(?![\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])[\p{L}\p{N}]\p{M}*)+"
)
_TIGHT = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
#: The first character of those scripts: most texts need not be asked further.
_FIRST_TIGHT = "\u0e00"


@dataclass(frozen=True, slots=True)
class Token:
    """A word as compared, and where it stands."""

    word: str
    span: Span


# An article is compared with each of its neighbours in turn.
@functools.lru_cache(maxsize=256)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of `text`, folded; single characters in scripts without spaces."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word, (start, end) = match.group(), match.span()
        if word[0] >= _FIRST_TIGHT and _TIGHT.match(word):
            found.extend(Token(text[at], Span(at, at + 1)) for at in range(start, end))
        else:
            found.append(Token(_folded(word), Span(start, end)))
    return tuple(found)


def fingerprints(text: str) -> tuple[tuple[int, int], ...]:
    """Return (hash, position) of the chosen shingles of `text`: 64-bit signed, first character of the shingle."""
    return token_fingerprints(tokens(text), positions=None)


def token_fingerprints(
    words: tuple[Token, ...], *, positions: tuple[int, ...] | None
) -> tuple[tuple[int, int], ...]:
    """Return the fingerprints of `words`; positions are those given for each word, else places in the text."""
    size = shingle_size(words)
    places = positions if positions is not None else tuple(token.span.start for token in words)
    hashes = [
        _hash(" ".join(token.word for token in words[at : at + size]))
        for at in range(len(words) - size + 1)
    ]
    return tuple((hashes[at], places[at]) for at in _winnowed(hashes))


def shingle_size(words: tuple[Token, ...]) -> int:
    """Return the number of tokens of a shingle: more where tokens are single characters."""
    tight = sum(1 for token in words if token.word[:1] >= _FIRST_TIGHT and _TIGHT.match(token.word))
    return SHINGLE_WORDS * TIGHT_CHARS if 2 * tight > len(words) else SHINGLE_WORDS


@functools.lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return fold(word)


def _winnowed(hashes: list[int]) -> list[int]:
    """Return the places of the least hash of every window, the rightmost of equal ones, each once."""
    ranked = [(number, -at) for at, number in enumerate(hashes)]
    windows = max(1, len(hashes) - WINDOW + 1) if hashes else 0
    least = (-min(ranked[start : start + WINDOW])[1] for start in range(windows))
    return list(dict.fromkeys(least))


def _hash(shingle: str) -> int:
    digest = hashlib.blake2b(shingle.encode(), digest_size=8).digest()
    number: int = struct.unpack("<q", digest)[0]
    return number
