"""The catalogue as files: the shipped one and the reader's own beside it, or one folder that is named.

A file of the reader's own wins over the shipped one of the same id, and no longer follows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from worldtake.catalog import (
    Folders,
    OutletIndex,
    merge,
    outlet_yaml,
    read_opml,
    read_outlet,
    read_owner_sources,
    read_sources,
    shipped_catalogue,
    write_outlet,
)
from worldtake.errors import UnreadableInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from worldtake.catalog import Merge
    from worldtake.model import Outlet
    from worldtake.settings import Settings


def own_catalogue(settings: Settings) -> Path:
    """Return the folder of the reader's own outlet files."""
    return settings.home / "catalogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The outlet files that commands read, and the folder that they write to."""

    #: Where files are read.
    folders: Folders
    #: Where files are written.
    own: Path

    @classmethod
    def of(cls, settings: Settings, folder: Path | None = None) -> Self:
        """Return the shelf of a reader: shipped and own files; of `folder` alone where one is named."""
        if folder is not None:
            return cls(folders=Folders(folders=(folder,)), own=folder)
        own = own_catalogue(settings)
        return cls(folders=Folders(folders=(shipped_catalogue(), own)), own=own)

    def outlets(self) -> tuple[Outlet, ...]:
        """Return the outlets of all files, by id.

        Raises:
            CatalogueError: for the first file that breaks the rules, naming file, key and remedy.
        """
        return tuple(read_outlet(path) for path in self.folders.files().values())

    def sources(self, outlet_id: str) -> dict[str, str]:
        """Return claim -> source of the outlet's file; empty where it has none."""
        path = self.folders.files().get(outlet_id)
        return read_sources(path) if path else {}

    def text(self, outlet: Outlet) -> str:
        """Return the outlet's file; where it has none, how it would stand there."""
        path = self.folders.files().get(outlet.id)
        return path.read_text(encoding="utf-8") if path else as_file(outlet)

    def keep(self, outlet: Outlet, sources: Mapping[str, str] | None = None) -> Path:
        """Write the outlet's file, with the sources that its file names already and those given; return where."""
        return write_outlet(outlet, self.own, self.sources(outlet.id) | dict(sources or {}))


def as_file(outlet: Outlet) -> str:
    """Return the outlet as a file would say it; claims whose source is not known have none."""
    return outlet_yaml(outlet, {})


def chosen(
    outlets: tuple[Outlet, ...],
    *,
    country: str | None = None,
    language: str | None = None,
    kind: str | None = None,
    state: str | None = None,
) -> tuple[Outlet, ...]:
    """Return the outlets of a country, a language (with all its scripts), a kind, a state control; None asks for any."""
    asked: list[Callable[[Outlet], bool]] = []
    if country:
        asked.append(lambda each: each.country == country.upper())
    if language:
        asked.append(lambda each: any(_is_language(tag, language) for tag in each.languages))
    if kind:
        asked.append(lambda each: each.kind == kind)
    if state:
        asked.append(lambda each: (each.state_control or "none") == state)
    return tuple(each for each in outlets if all(holds(each) for holds in asked))


def _is_language(tag: str, asked: str) -> bool:
    return tag == asked or tag.partition("-")[0] == asked


def named(outlets: tuple[Outlet, ...], words: str) -> tuple[Outlet, ...]:
    """Return the outlets that an id, a domain or address, or a name stands for."""
    index = OutletIndex(outlets)
    found = index.by_id(words.lower()) or (index.by_domain(words) if "." in words else None)
    return (found,) if found else index.named(words)


def import_list(shelf: Shelf, path: Path) -> tuple[Merge, ...]:
    """Bring the outlets of an OPML file into the catalogue; return what became of each.

    Raises:
        UnreadableInputError: if the file cannot be read or is not OPML.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); check the path and its rights"
        raise UnreadableInputError(message) from error
    sources = read_owner_sources(content)
    merges = merge(read_opml(content), shelf.outlets(), sources)
    for each in merges:
        if each.decision in {"new", "merged"}:
            stated = {"owner": sources[each.outlet.id]} if each.outlet.id in sources else {}
            shelf.keep(each.outlet, stated)
    return merges
