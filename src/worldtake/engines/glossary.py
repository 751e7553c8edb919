"""Words with fixed translations, as a reader lists them in a file, and where they occur in a text.

A line is: language, word, target language, translation, separated by tabs; what begins with `#` is a comment. Words are found
whole and as they are written: an inflected form is a line of its own. Scripts without spaces are searched within their runs.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from worldtake.errors import UnreadableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Longest word or translation, in characters: what is longer is a sentence, and most likely a tab is missing.
MAX_WORD_CHARS = 200
#: Largest file, in bytes: about 200,000 lines.
MAX_FILE_BYTES = 10_000_000

_COLUMNS = ("source language", "word", "target language", "translation")
_LANGUAGE = regex.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", regex.IGNORECASE)
_WORD_CHAR = regex.compile(r"[\p{L}\p{M}\p{N}]")
#: Scripts that write words without spaces between.
_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)
#: Korean writes particles on to the end of a word.
_OPEN_ENDED = regex.compile(r"\p{Hangul}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of one language with its translation into another."""

    #: Language of the word, BCP 47; it holds for all that are kinds of it: `zh` for `zh-Hant`.
    source: str
    #: In NFC. In small letters it stands for every spelling; with capitals for itself, and itself in capitals throughout.
    word: str
    #: Language of the translation, as above.
    target: str
    #: In NFC.
    translation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """Words with fixed translations."""

    #: In the order of the file.
    entries: tuple[Term, ...] = ()
    #: The terms of a pair of languages by length, longest first, and small letters; filled when a pair is first asked for.
    _pairs: dict[tuple[str, str], dict[int, dict[str, list[Term]]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def digest(self) -> str:
        """Return a checksum of all entries, whatever their order; empty where there is none."""
        return _digest(self.entries)

    def revision(self, source: str, target: str) -> str:
        """Return a checksum of what there is for a pair of languages alone; empty where there is nothing."""
        return _digest(_of_pair(self.entries, source, target))

    def terms(self, text: str, source: str, target: str) -> tuple[tuple[str, str], ...]:
        """Return the words that occur in `text`, each once with its translation, in order; of two that overlap the longer."""
        index = self._index(source, target)
        if not index:
            return ()
        found: dict[str, str] = {}
        whole = unicodedata.normalize("NFC", text)
        end = 0
        for place in range(len(whole)):
            if place < end or not _begins(whole, place):
                continue
            term = _term_at(index, whole, place)
            if term is not None:
                end = place + len(term.word)
                found.setdefault(term.word, term.translation)
        return tuple(found.items())

    def _index(self, source: str, target: str) -> dict[int, dict[str, list[Term]]]:
        known = self._pairs.get((source, target))
        if known is None:
            known = {}
            fitting = _of_pair(self.entries, source, target)
            for term in sorted(fitting, key=lambda each: -len(each.word)):
                alike = known.setdefault(len(term.word), {})
                alike.setdefault(term.word.lower(), []).append(term)
            self._pairs[source, target] = known
        return known


def read_glossary(path: Path) -> Glossary:
    """Return the glossary in the file at `path`.

    Raises:
        UnreadableInputError: if there is no such file, or a line is not as it should be; the message names the line.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        msg = f"the glossary {path} cannot be read: {error.strerror}; correct the setting glossary"
        raise UnreadableInputError(msg) from error
    if len(content) > MAX_FILE_BYTES:
        msg = f"the glossary {path} is longer than {MAX_FILE_BYTES} bytes; split or shorten it"
        raise UnreadableInputError(msg)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        msg = f"the glossary {path}, line {line}, is not UTF-8; save the file as UTF-8"
        raise UnreadableInputError(msg) from None
    return parse_glossary(text, str(path))


def parse_glossary(text: str, name: str = "glossary") -> Glossary:
    """Return the glossary that `text` is; `name` is what messages call it.

    Raises:
        UnreadableInputError: if a line is not as it should be; the message names it.
    """
    lines: dict[tuple[str, str, str], tuple[int, Term]] = {}
    for number, term in _parsed(text, name):
        key = (term.source.lower(), term.word, term.target.lower())
        former, same = lines.setdefault(key, (number, term))
        if same.translation != term.translation:
            msg = (
                f"{name}, line {number}: {term.word!r} has another translation in line {former}; "
                "leave one of them"
            )
            raise UnreadableInputError(msg)
    return Glossary(entries=tuple(term for _, term in lines.values()))


def _parsed(text: str, name: str) -> Iterator[tuple[int, Term]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [unicodedata.normalize("NFC", cell.strip()) for cell in line.split("\t")]
        wrong = _fault(cells)
        if wrong:
            msg = f"{name}, line {number}: {wrong}"
            raise UnreadableInputError(msg)
        source, word, target, translation = cells
        yield number, Term(source=source, word=word, target=target, translation=translation)


def _fault(cells: list[str]) -> str:
    """Return what is wrong with a line, and what to do; empty where nothing is."""
    if len(cells) != len(_COLUMNS):
        return (
            f"it has {len(cells)} of 4 columns; write {', '.join(_COLUMNS)}, with tabs in between"
        )
    for column, cell in zip(_COLUMNS, cells, strict=True):
        if not cell:
            return f"the {column} is empty; fill it in or delete the line"
        if len(cell) > MAX_WORD_CHARS:
            return f"the {column} is longer than {MAX_WORD_CHARS} characters; a tab may be missing"
        if column.endswith("language") and not _LANGUAGE.fullmatch(cell):
            return f"{cell!r} is no {column}; write a code such as sl or pt-BR"
    return ""


def _of_pair(entries: tuple[Term, ...], source: str, target: str) -> tuple[Term, ...]:
    return tuple(
        term for term in entries if _covers(term.source, source) and _covers(term.target, target)
    )


def _covers(language: str, kind: str) -> bool:
    """Tell whether `kind` is `language` or a kind of it."""
    return f"{kind.lower()}-".startswith(f"{language.lower()}-")


def _term_at(index: dict[int, dict[str, list[Term]]], text: str, place: int) -> Term | None:
    """Return the longest term that stands whole at `place` of `text`."""
    for length, alike in index.items():
        part = text[place : place + length]
        near = alike.get(part.lower(), ())
        if near and _ends(text, place + length):
            term = next((each for each in near if _is_spelling(part, each.word)), None)
            if term is not None:
                return term
    return None


def _is_spelling(part: str, word: str) -> bool:
    return word == word.lower() or part in (word, word.upper())


def _begins(text: str, place: int) -> bool:
    return place == 0 or _parts(text[place - 1], text[place])


def _ends(text: str, end: int) -> bool:
    return end >= len(text) or _parts(text[end - 1], text[end]) or _is_open(text[end - 1])


def _parts(left: str, right: str) -> bool:
    """Tell whether a word may end between two characters."""
    if not (_WORD_CHAR.match(left) and _WORD_CHAR.match(right)):
        return True
    return unicodedata.combining(right) == 0 and bool(
        _UNSPACED.match(left) or _UNSPACED.match(right)
    )


def _is_open(letter: str) -> bool:
    return bool(_OPEN_ENDED.match(letter))


def _digest(entries: tuple[Term, ...]) -> str:
    if not entries:
        return ""
    lines = sorted(
        f"{each.source.lower()}\t{each.word}\t{each.target.lower()}\t{each.translation}"
        for each in entries
    )
    return hashlib.blake2b("\n".join(lines).encode(), digest_size=8).hexdigest()
