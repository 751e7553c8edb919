"""Read and write outlet files: `<folder>/<cc>/<id without the country>.yaml`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from worldtake.catalog.contents import mapping_from_outlet, outlet_yaml
from worldtake.catalog.schema import outlet_from_mapping, sources_from_mapping
from worldtake.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worldtake.model import Outlet

#: The one written in C reads 1,600 files in half a second, the other in ten.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Folders of outlet files read as one: of two files of one id, that of the later folder counts."""

    #: The folders; one that is not there holds nothing.
    folders: tuple[Path, ...]

    def files(self) -> dict[str, Path]:
        """Return outlet id -> its file, ordered by id."""
        there = (folder for folder in self.folders if folder.is_dir())
        found = {_id_of(path): path for folder in there for path in outlet_files(folder)}
        return dict(sorted(found.items()))

    def digest(self) -> str:
        """Return a hash of all files: another one says that something has changed."""
        found = hashlib.blake2b(digest_size=16)
        for outlet_id, path in self.files().items():
            content = path.read_bytes()
            found.update(f"{outlet_id} {len(content)}\0".encode() + content)
        return found.hexdigest()


def shipped_catalogue() -> Path:
    """Return the folder of the catalogue that comes with worldtake: in the package, else in the checkout.

    Raises:
        CatalogueError: if there is none.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "catalogue", package.parents[1] / "catalogue"):
        if folder.is_dir():
            return folder
    message = f"no catalogue beside {package}; install worldtake again"
    raise CatalogueError(message)


def read_catalogue(folder: Path) -> tuple[Outlet, ...]:
    """Return the outlets of all files under `folder`, ordered by id.

    Raises:
        CatalogueError: for the first file that breaks the rules, naming file, key and remedy.
    """
    outlets = [read_outlet(path) for path in outlet_files(folder)]
    return tuple(sorted(outlets, key=lambda outlet: outlet.id))


def outlet_files(folder: Path) -> tuple[Path, ...]:
    """Return the outlet files under `folder`, ordered.

    Raises:
        CatalogueError: if `folder` cannot be read.
    """
    if not folder.is_dir():
        message = f"{folder}: no such folder; name the folder that holds <cc>/<outlet>.yaml"
        raise CatalogueError(message)
    return tuple(sorted(folder.glob("*/*.yaml")))


def read_outlet(path: Path) -> Outlet:
    """Return the outlet of one file.

    Raises:
        CatalogueError: if the file breaks the rules, naming file, key and remedy.
    """
    outlet = outlet_from_mapping(_loaded(path), str(path))
    if outlet.id != _id_of(path):
        expected = outlet_file(outlet, path.parents[1])
        message = (
            f"{path}: id: {outlet.id} belongs into {expected}; move the file or correct the id"
        )
        raise CatalogueError(message)
    return outlet


def read_sources(path: Path) -> dict[str, str]:
    """Return claim -> source of one file: what `Outlet` does not hold, and `write_outlet` needs.

    Raises:
        CatalogueError: if the file breaks the rules, naming file, key and remedy.
    """
    found = _loaded(path)
    outlet_from_mapping(found, str(path))
    return sources_from_mapping(found) if isinstance(found, dict) else {}


def outlet_file(outlet: Outlet, folder: Path) -> Path:
    """Return where the file of `outlet` stands under `folder`."""
    country, _, name = outlet.id.partition("-")
    return folder / country / f"{name}.yaml"


def write_outlet(outlet: Outlet, folder: Path, sources: Mapping[str, str] | None = None) -> Path:
    """Write the file of `outlet` and return where; `sources` gives each claim's source by its key.

    Raises:
        CatalogueError: if a claim has no source, the outlet breaks another rule, or the file cannot be written.
    """
    path = outlet_file(outlet, folder)
    known = sources or {}
    outlet_from_mapping(mapping_from_outlet(outlet, known), str(path))
    unfinished = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(outlet_yaml(outlet, known), encoding="utf-8")
        unfinished.replace(path)  # at once: no reader sees half a file
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror}); check the rights of {folder}"
        raise CatalogueError(message) from error
    return path


def _id_of(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def _loaded(path: Path) -> object:
    try:
        return yaml.load(path.read_bytes(), Loader=_LOADER)  # noqa: S506 both loaders are safe ones
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); check its rights"
        raise CatalogueError(message) from error
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        message = f"{path}: not YAML ({' '.join(str(error).split())}); correct that place"
        raise CatalogueError(message) from error
