"""Read and write outlet files: `<folder>/<cc>/<id without the country>.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from worldtake.catalog.schema import CLAIMS, outlet_from_mapping
from worldtake.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worldtake.model import Outlet

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    try:
        found = yaml.load(path.read_bytes(), Loader=_LOADER)  # noqa: S506 both loaders are safe ones
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); check its rights"
        raise CatalogueError(message) from error
    except (yaml.YAMLError, UnicodeError) as error:
        message = f"{path}: not YAML ({' '.join(str(error).split())}); correct that place"
        raise CatalogueError(message) from error
    outlet = outlet_from_mapping(found, str(path))
    expected = outlet_file(outlet, path.parents[1])
    if path != expected:
        message = (
            f"{path}: id: {outlet.id} belongs into {expected}; move the file or correct the id"
        )
        raise CatalogueError(message)
    return outlet


def outlet_file(outlet: Outlet, folder: Path) -> Path:
    """Return where the file of `outlet` stands under `folder`."""
    country, _, name = outlet.id.partition("-")
    return folder / country / f"{name}.yaml"


def write_outlet(outlet: Outlet, folder: Path, sources: Mapping[str, str] | None = None) -> Path:
    """Write the file of `outlet` and return where; `sources` gives each claim's source by its key.

    Raises:
        CatalogueError: if a claim has no source, or the outlet breaks another rule.
    """
    content = _content(outlet, sources or {})
    path = outlet_file(outlet, folder)
    outlet_from_mapping(content, str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8")
    return path


def _content(outlet: Outlet, sources: Mapping[str, str]) -> dict[str, Any]:
    """Return what the file says, without what is not known."""
    content: dict[str, Any] = {
        "id": outlet.id,
        "name": outlet.name,
        "native_name": outlet.native_name,
        "domains": list(outlet.domains),
        "country": outlet.country,
        "languages": list(outlet.languages),
        "kind": outlet.kind if outlet.kind != "unknown" else None,
        "aliases": list(outlet.aliases),
        "feeds": [_feed_content(feed) for feed in outlet.feeds],
        "policy": outlet.policy if outlet.policy != "extract" else None,
    }
    for key, value_key in CLAIMS.items():
        value = getattr(outlet, key)
        if value is not None:
            content[key] = {value_key: value, "source": sources.get(key)}
    return {key: value for key, value in content.items() if value not in (None, [])}


def _feed_content(feed: Any) -> dict[str, str]:
    content = {"url": feed.url, "language": feed.language, "section": feed.section}
    if feed.kind != "unknown":
        content["kind"] = feed.kind
    return {key: value for key, value in content.items() if value is not None}
