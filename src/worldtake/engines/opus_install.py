"""Install a translation model from a folder, a zip or an address: check it, convert it, and put it in its place at once.

What is half done when the power fails or somebody presses Ctrl-C is not there. The weights of OPUS-MT's releases are converted
to CTranslate2's form, with numbers of one byte, by CTranslate2's own converter: numpy and YAML, no torch.
"""

from __future__ import annotations

import json
import re
import shutil
import struct
import tempfile
import time
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote, urlsplit, urlunsplit

import yaml

from worldtake.engines.opus_loaded import load_model, missing_extra
from worldtake.engines.opus_models import (
    UNFINISHED,
    InstalledModel,
    file_sum,
    put_away,
    write_manifest,
)
from worldtake.engines.opus_package import look_into
from worldtake.engines.opus_unzip import MAX_ARCHIVE_BYTES, check_npz, unpack
from worldtake.errors import EngineError, EngineRefusedError, UnreadableInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from worldtake.engines.opus_package import Package

    #: Fetches an address into a file.
    Download: TypeAlias = Callable[[str, Path], None]
    #: Hears the step ("fetch", "unpack", "convert", "try") and the share of it that is done.
    Progress: TypeAlias = Callable[[str, float], None]

#: How weights are written: numbers of one byte, a fourth of the release's size.
QUANTIZATION = "int8"
#: Names at the end of a path that may tell the pair of languages.
_NAMES = 3
#: What an installer that was killed has left is cleared away after so long.
_STALE_SECONDS = 86_400
#: What numpy, YAML and the converter raise at damaged files.
_DAMAGE = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, RuntimeError, EOFError, NotImplementedError,
    MemoryError, yaml.YAMLError, zipfile.BadZipFile, zlib.error, struct.error,
)  # fmt: skip


def install_model(
    models: Path,
    origin: str,
    *,
    now: datetime,
    download: Download | None = None,
    sources: Iterable[str] = (),
    targets: Iterable[str] = (),
    sha256: str = "",
    accept_noncommercial: bool = False,
    progress: Progress | None = None,
) -> InstalledModel:
    """Install the model of a folder, a zip or an address into a folder of models and return it; an older one makes way.

    `origin` is a path or an address, which `download` fetches; `sources` and `targets` are the languages as models name them
    ("sl", "zls"), where the release does not tell; `sha256` is what the zip must have.

    Raises:
        UnreadableInputError: if it is no model, is damaged, or does not tell its languages.
        EngineRefusedError: if its licence is not accepted, or the libraries are missing.
        EngineError: if the folder of models cannot be written.
    """
    missing = missing_extra()
    if missing:
        msg = f"A model cannot be installed, {missing}"
        raise EngineRefusedError(msg)
    told = progress or (lambda _step, _share: None)
    try:
        models.mkdir(parents=True, exist_ok=True)
        _sweep(models)
        with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=models) as work:
            folder, hints = _opened(origin, Path(work), download, sha256, told)
            package = look_into(folder, hints, sources=sources, targets=targets)
            _check_licence(package, accept_noncommercial=accept_noncommercial)
            made = Path(work) / "model"
            _make(package, made, told)
            model = _installed(package, made, _shown(origin), now)
            _try(model, told)
            write_manifest(model)
            for path in package.notices:
                shutil.copyfile(path, made / path.name)
            return _put(model, models)
    except OSError as error:
        msg = f"{_shown(origin)} cannot be installed into {models}: {error}"
        raise EngineError(msg) from error


def _shown(origin: str) -> str:
    """Return an origin as it is kept: a path in full, an address without a password."""
    if not _is_address(origin):
        return str(Path(origin).expanduser().absolute())
    parts = urlsplit(origin)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _is_address(origin: str) -> bool:
    return origin.lower().startswith(("http://", "https://"))


def _opened(
    origin: str, work: Path, download: Download | None, sha256: str, told: Progress
) -> tuple[Path, list[str]]:
    """Return the folder of the release, and names that may tell its pair of languages."""
    if _is_address(origin):
        address = unquote(urlsplit(origin).path)
        archive = work / (Path(address).name or "model.zip")
        _fetch(origin, archive, download, told)
        names = _last_names(Path(address))
    else:
        archive = Path(origin).expanduser().absolute()
        names = _last_names(archive)
    if archive.is_dir():
        if sha256:
            msg = f"A checksum is of a zip; {origin} is a folder: leave it out"
            raise UnreadableInputError(msg)
        return archive, names
    _check_archive(archive, origin, sha256)
    folder = unpack(archive, work / "unpacked", lambda share: told("unpack", share))
    return folder, names


def _last_names(path: Path) -> list[str]:
    """Return the last names of a path, which may tell the pair: `sl-en` of `sl-en/opus-2020-01-16.zip`."""
    return [re.sub(r"\.zip$", "", name) for name in (*reversed(path.parts),)[:_NAMES]]


def _fetch(origin: str, archive: Path, download: Download | None, told: Progress) -> None:
    if download is None:
        msg = f"{origin} is an address, and nothing to fetch it with was given: fetch it yourself"
        raise EngineRefusedError(msg)
    told("fetch", 0.0)
    download(origin, archive)
    told("fetch", 1.0)


def _check_archive(archive: Path, origin: str, sha256: str) -> None:
    if not archive.is_file():
        msg = f"There is no folder and no zip {origin}"
        raise UnreadableInputError(msg)
    if archive.stat().st_size > MAX_ARCHIVE_BYTES:
        msg = f"{origin} is larger than {MAX_ARCHIVE_BYTES // 10**9} GB, so no model"
        raise UnreadableInputError(msg)
    found = file_sum(archive) if sha256 else ""
    if found != sha256.strip().lower():
        msg = (
            f"{origin} has the checksum {found}, not {sha256}: fetch it again, from where you trust"
        )
        raise UnreadableInputError(msg)


def _check_licence(package: Package, *, accept_noncommercial: bool) -> None:
    if package.non_commercial and not accept_noncommercial:
        msg = (
            f"{package.name} is under {package.licence}, which forbids use for money: "
            "if yours is none, install it with --accept-noncommercial"
        )
        raise EngineRefusedError(msg)


def _make(package: Package, made: Path, told: Progress) -> None:
    """Write the model in CTranslate2's form into a new folder."""
    told("convert", 0.0)
    if package.form == "marian":
        _convert(package, made)
    else:
        made.mkdir()
    for path in package.kept:
        shutil.copyfile(path, made / path.name)
    told("convert", 1.0)


def _convert(package: Package, made: Path) -> None:
    from ctranslate2.converters.marian import MarianConverter  # noqa: PLC0415 an extra

    assert package.weights is not None
    check_npz(package.weights)
    vocabularies = [str(each) for each in package.vocabularies]
    try:
        converter = MarianConverter(str(package.weights), vocabularies)
        converter.convert(str(made), quantization=QUANTIZATION)
    except _DAMAGE as error:
        msg = (
            f"{package.name} cannot be converted ({error}): is it a Marian transformer, and whole?"
        )
        raise UnreadableInputError(msg) from error


def _installed(package: Package, made: Path, origin: str, now: datetime) -> InstalledModel:
    files = {each.name: file_sum(each) for each in sorted(made.iterdir())}
    return InstalledModel(
        folder=made,
        name=package.name,
        kind=package.kind,
        sources=package.sources,
        targets=package.targets,
        licence=package.licence,
        non_commercial=package.non_commercial,
        origin=origin,
        released=package.released,
        installed=now,
        quantization=QUANTIZATION if package.form == "marian" else "as converted",
        needs_end=not _adds_end(made / "config.json"),
        files=files,
    )


def _adds_end(config: Path) -> bool:
    """Tell whether the model adds the source's end itself."""
    try:
        told = json.loads(config.read_text("utf-8"))
        return bool(told.get("add_source_eos"))
    except (ValueError, AttributeError, RecursionError) as error:
        msg = f"{config.name} of the model cannot be read ({error}): copy the model again"
        raise UnreadableInputError(msg) from error


def _try(model: InstalledModel, told: Progress) -> None:
    """Load the model once, so that none is installed that cannot be."""
    told("try", 0.0)
    try:
        load_model(model, threads=1)
    except EngineRefusedError as error:
        msg = f"{model.name} cannot be loaded ({error.__cause__ or error}): fetch it again"
        raise UnreadableInputError(msg) from error
    told("try", 1.0)


def _put(model: InstalledModel, models: Path) -> InstalledModel:
    """Move a finished model to its place; one that stands there makes way."""
    place = models / re.sub(r"[^a-z0-9+_.-]+", "-", model.name.lower()).strip("-.")
    if place.exists():
        put_away(place)
    model.folder.rename(place)
    return replace(model, folder=place)


def _sweep(models: Path) -> None:
    """Clear away what installers that were killed have left."""
    for folder in models.glob(f"{UNFINISHED}*"):
        if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
