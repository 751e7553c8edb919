"""What an outlet changed in an article, ready to print: the changed passages with some words round them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from worldtake.model.revisions import Revision

#: What became of the words of a piece.
Fate: TypeAlias = Literal["kept", "out", "in"]
_Change: TypeAlias = "tuple[int, int, int, int]"

#: Words shown round a change, in characters.
CONTEXT_CHARS = 90
#: Passages of one revision that are shown; more are counted.
MOST_PASSAGES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words that were kept, taken out or put in."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Changes that stand near each other, with the words round them."""

    pieces: tuple[Piece, ...]
    #: Whether the text goes on before and after.
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionLine:
    """One revision as the page prints it."""

    number: int
    seen: datetime
    #: Headlines before and after, where it changed; else None.
    title: tuple[str, str] | None
    passages: tuple[Passage, ...]
    #: Passages that are not shown.
    more: int
    read_otherwise: bool


def revision_lines(revisions: Iterable[Revision]) -> tuple[RevisionLine, ...]:
    """Return the revisions as they are printed, the newest first."""
    return tuple(_line(each) for each in reversed(tuple(revisions)))


def _line(revision: Revision) -> RevisionLine:
    passages = [_passage(revision, group) for group in _groups(revision.changes)]
    retitled = revision.title_before != revision.title_after
    return RevisionLine(
        number=revision.number,
        seen=revision.seen,
        title=(revision.title_before, revision.title_after) if retitled else None,
        passages=tuple(passages[:MOST_PASSAGES]),
        more=max(0, len(passages) - MOST_PASSAGES),
        read_otherwise=revision.read_otherwise,
    )


def _groups(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    held: list[_Change] = []
    for change in changes:
        if held and change[2] - held[-1][3] > 2 * CONTEXT_CHARS:
            yield held
            held = []
        held.append(change)
    if held:
        yield held


def _passage(revision: Revision, group: list[_Change]) -> Passage:
    before, after = revision.text_before, revision.text_after
    begin = _word_start(after, group[0][2] - CONTEXT_CHARS, group[0][2])
    finish = _word_end(after, group[-1][3] + CONTEXT_CHARS, group[-1][3])
    pieces: list[Piece] = []
    at = begin
    for start, end, start2, end2 in group:
        pieces.append(Piece(fate="kept", text=after[at:start2]))
        pieces.append(Piece(fate="out", text=before[start:end]))
        pieces.append(Piece(fate="in", text=after[start2:end2]))
        at = end2
    pieces.append(Piece(fate="kept", text=after[at:finish]))
    return Passage(
        pieces=tuple(piece for piece in pieces if piece.text),
        cut_before=begin > 0,
        cut_after=finish < len(after),
    )


def _word_start(text: str, wanted: int, change: int) -> int:
    """Return where a word begins at or after `wanted`, before the change."""
    if wanted <= 0:
        return 0
    space = text.find(" ", wanted, change)
    return space + 1 if space >= 0 else wanted


def _word_end(text: str, wanted: int, change: int) -> int:
    """Return where a word ends at or before `wanted`, after the change."""
    if wanted >= len(text):
        return len(text)
    space = text.rfind(" ", change, wanted)
    return space if space >= 0 else wanted
