"""Find what is wrong with a catalogue as a whole: broken files, and outlets that claim the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from worldtake.catalog.files import outlet_files, read_outlet
from worldtake.errors import CatalogueError
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from worldtake.model import Outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to correct."""

    #: `broken-file`, `id-twice`, `domain-twice`, `name-twice`, `feed-twice`.
    kind: str
    #: Ids of the outlets, or the file.
    outlets: tuple[str, ...]
    #: What is wrong and what to do.
    message: str


def lint(folder: Path) -> tuple[Problem, ...]:
    """Return every problem of the catalogue in `folder`; empty if it is sound.

    Raises:
        CatalogueError: if `folder` cannot be read.
    """
    outlets: list[Outlet] = []
    problems: list[Problem] = []
    for path in outlet_files(folder):
        try:
            outlets.append(read_outlet(path))
        except CatalogueError as error:
            problems.append(Problem(kind="broken-file", outlets=(str(path),), message=str(error)))
    return (*problems, *clashes(outlets))


def clashes(outlets: Iterable[Outlet]) -> Iterator[Problem]:
    """Yield what more than one of the outlets claims: id, domain, name or alias, feed.

    Outlets of different countries may share a name ("The Times"), not an alias that is a domain.
    """
    known = tuple(outlets)
    yield from _claimed_twice(known, "id-twice", lambda outlet: (outlet.id,))
    yield from _claimed_twice(known, "domain-twice", lambda outlet: outlet.domains)
    yield from _claimed_twice(known, "name-twice", _names)
    yield from _claimed_twice(
        known, "feed-twice", lambda outlet: [each.url for each in outlet.feeds]
    )


def _names(outlet: Outlet) -> set[str]:
    return {f"{fold(name)} ({outlet.country or 'no country'})" for name in outlet.names()}


def _claimed_twice(
    outlets: Iterable[Outlet], kind: str, claims: Callable[[Outlet], Iterable[str]]
) -> Iterator[Problem]:
    claimants: dict[str, list[str]] = defaultdict(list)
    for outlet in outlets:
        for claim in claims(outlet):
            claimants[claim].append(outlet.id)
    for claim, ids in sorted(claimants.items()):
        if len(ids) > 1:
            message = f"{claim} is claimed by {', '.join(ids)}; leave it with one of them"
            yield Problem(kind=kind, outlets=tuple(ids), message=message)
