"""What is wrong with a catalogue as a whole: ids, domains and names that two outlets claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from worldtake.catalog.files import read_outlet
from worldtake.errors import CatalogueError
from worldtake.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from worldtake.model import Outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend in the catalogue."""

    file: str
    #: What is wrong and what to do.
    message: str


def lint(folder: Path) -> tuple[Problem, ...]:
    """Return the problems of a catalogue, none if it is sound."""
    outlets: dict[str, Outlet] = {}
    problems: list[Problem] = []
    for file in sorted(folder.rglob("*.yaml")):
        name = str(file.relative_to(folder))
        try:
            outlets[name] = read_outlet(file)
        except CatalogueError as error:
            problems.append(Problem(file=name, message=str(error)))
    problems += _misplaced(outlets)
    problems += _claimed_twice(outlets)
    return tuple(problems)


def _misplaced(outlets: dict[str, Outlet]) -> Iterator[Problem]:
    for file, outlet in outlets.items():
        country, _, name = outlet.id.partition("-")
        if file != f"{country}/{name}.yaml":
            message = f"its id {outlet.id} belongs in {country}/{name}.yaml"
            yield Problem(file=file, message=message)
        if outlet.country and country != "int" and country != outlet.country.lower():
            message = f"its id says {country}, its country {outlet.country}"
            yield Problem(file=file, message=message)


def _claimed_twice(outlets: dict[str, Outlet]) -> Iterator[Problem]:
    claims: dict[tuple[str, str], str] = {}
    for file, outlet in outlets.items():
        names = {("name", fold(name)) for name in outlet.aliases}
        names |= {("name", fold(outlet.name))}
        names |= {("domain", domain) for domain in outlet.domains}
        names |= {("feed", feed.url) for feed in outlet.feeds} | {("id", outlet.id)}
        for claim in sorted(names):
            if claim in claims:
                message = f"{claim[0]} {claim[1]!r} is claimed by {claims[claim]}, too: leave one"
                yield Problem(file=file, message=message)
            claims[claim] = file
