"""Installed translation models: a folder each, with a manifest of ours that says what it is and whose."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from worldtake.engines.opus_languages import base_language
from worldtake.errors import EngineRefusedError, UnknownItemError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: How a model is spoken to: as OPUS-MT (a token of the target may stand first), or as NLLB (a token of each language).
Kind: TypeAlias = Literal["opus", "nllb"]
MANIFEST = "worldtake-model.json"
#: Form of the manifest; an older one is installed again.
MANIFEST_FORMAT = 1
#: Begins the names of folders in which models are made before they are moved to their place.
UNFINISHED = ".installing-"
#: Bytes of a manifest that are read: of 200 languages and 10 files it has 12,000.
_MAX_MANIFEST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledModel:
    """One model that is ready for use."""

    #: Where its files are.
    folder: Path
    #: As readers are told: "OPUS-MT sl-en".
    name: str
    kind: Kind
    #: Language it reads, plain tag -> token that names it to the model; empty where it needs none.
    sources: Mapping[str, str] = field(repr=False)
    #: Language it writes, tag -> token, as above; a tag has a script where it can write two: `sr-Latn`.
    targets: Mapping[str, str] = field(repr=False)
    #: As its release states it: "CC-BY-4.0"; "not stated" where it does not.
    licence: str
    #: Whether the licence forbids use for money.
    non_commercial: bool
    #: Where it came from, as given: an address, a path.
    origin: str
    #: Day of the release; empty where not told.
    released: str
    #: When it was installed, aware.
    installed: datetime
    #: "int8"; "as converted" where it came converted.
    quantization: str
    #: Whether the source's end must be added to what the model is given, because it does not add it itself.
    needs_end: bool
    #: File -> its SHA-256.
    files: Mapping[str, str] = field(repr=False)

    @property
    def id(self) -> str:
        """Return the name of its folder, by which it is removed."""
        return self.folder.name

    @property
    def revision(self) -> str:
        """Return a checksum of all its files: another one may translate otherwise."""
        tokens = [sorted(self.sources.items()), sorted(self.targets.items())]
        told = json.dumps([self.kind, self.needs_end, tokens, sorted(self.files.items())])
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def size_bytes(self) -> int:
        """Return what it takes on disk."""
        return sum((self.folder / name).stat().st_size for name in self.files)

    def covers(self, source: str, target: str) -> bool:
        """Tell whether it translates a pair of languages (BCP 47)."""
        read, written = base_language(source), base_language(target)
        return read != written and read in self.sources and written in self.targets

    def source_token(self, source: str) -> str:
        """Return what names the source to the model; empty where nothing does."""
        return _of_tag(self.sources, source)

    def target_token(self, target: str) -> str:
        """Return what names the target to the model; empty where nothing does."""
        return _of_tag(self.targets, target)


def list_models(models: Path) -> tuple[InstalledModel, ...]:
    """Return the models in a folder that can be used, by name; what cannot is left out (`broken_models` names it)."""
    found = (_read(folder) for folder in _folders(models))
    return tuple(each for each in found if isinstance(each, InstalledModel))


def broken_models(models: Path) -> tuple[str, ...]:
    """Return, for each folder that looks like a model and is none, what is wrong and the remedy."""
    found = (_read(folder) for folder in _folders(models))
    return tuple(each for each in found if isinstance(each, str))


def remove_model(models: Path, name: str) -> InstalledModel | None:
    """Remove a model by its id or its name and return it; None where it was broken.

    Raises:
        UnknownItemError: if there is no such model.
    """
    for folder in _folders(models):
        model = _read(folder)
        called = {folder.name} | ({model.name} if isinstance(model, InstalledModel) else set())
        if name in called:
            put_away(folder)
            return model if isinstance(model, InstalledModel) else None
    there = ", ".join(each.name for each in _folders(models)) or "no model"
    msg = f"There is no model '{name}' in {models}; there is: {there}."
    raise UnknownItemError(msg)


def put_away(folder: Path) -> None:
    """Remove a model's folder so that it is gone at once: under a name that nobody reads, then file by file."""
    aside = folder.with_name(f"{UNFINISHED}{folder.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    folder.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)


def write_manifest(model: InstalledModel) -> None:
    """Write what a model is into its folder."""
    told: dict[str, Any] = {
        "format": MANIFEST_FORMAT,
        "name": model.name,
        "kind": model.kind,
        "sources": dict(model.sources),
        "targets": dict(model.targets),
        "licence": model.licence,
        "non_commercial": model.non_commercial,
        "origin": model.origin,
        "released": model.released,
        "installed": model.installed.isoformat(),
        "quantization": model.quantization,
        "needs_end": model.needs_end,
        "files": dict(model.files),
    }
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (model.folder / MANIFEST).write_text(text, "utf-8")


def check_files(model: InstalledModel) -> None:
    """Make sure that a model's files are those that were installed: a damaged one could bring the program down.

    Raises:
        EngineRefusedError: if one is gone or another.
    """
    for name, sum_then in model.files.items():
        path = model.folder / name
        if not path.is_file() or file_sum(path) != sum_then:
            msg = (
                f"{model.name}: the file {path} is missing or damaged; install the model again: "
                f"worldtake translate install {model.origin}"
            )
            raise EngineRefusedError(msg)


def file_sum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folders(models: Path) -> Iterator[Path]:
    """Yield folders that should be models: what is still being installed has a name with a dot."""
    if not models.is_dir():
        return
    for folder in sorted(models.iterdir()):
        if folder.is_dir() and not folder.name.startswith("."):
            yield folder


def _read(folder: Path) -> InstalledModel | str:
    """Return the model of a folder, or what is wrong with it."""
    path = folder / MANIFEST
    remedy = "install it by `worldtake translate install`, or move the folder away"
    try:
        if path.stat().st_size > _MAX_MANIFEST_BYTES:
            return f"{path} is too large to be a model's manifest; {remedy}"
        told = json.loads(path.read_text("utf-8"))
        return _model_of(folder, told)
    except FileNotFoundError:
        return f"{folder} holds no model that was installed; {remedy}"
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        return f"{path} cannot be read as a model's manifest ({error}); {remedy}"


def _model_of(folder: Path, told: Mapping[str, Any]) -> InstalledModel:
    if told["format"] != MANIFEST_FORMAT:
        msg = f"form {told['format']}, this worldtake knows {MANIFEST_FORMAT}"
        raise ValueError(msg)
    if told["kind"] not in ("opus", "nllb"):
        msg = f"unknown kind {told['kind']}"
        raise ValueError(msg)
    files = _words(told["files"])
    if any(Path(name).name != name for name in files):
        msg = "a file outside the folder"
        raise ValueError(msg)
    return InstalledModel(
        folder=folder,
        name=str(told["name"]),
        kind=told["kind"],
        sources=_words(told["sources"]),
        targets=_words(told["targets"]),
        licence=str(told["licence"]),
        non_commercial=bool(told["non_commercial"]),
        origin=str(told["origin"]),
        released=str(told["released"]),
        installed=datetime.fromisoformat(told["installed"]),
        quantization=str(told["quantization"]),
        needs_end=bool(told["needs_end"]),
        files=files,
    )


def _words(told: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in told.items()}


def _of_tag(tokens: Mapping[str, str], tag: str) -> str:
    parts = tag.split("-")
    exact = "-".join((base_language(tag), *(each.title() for each in parts[1:2])))
    return tokens.get(exact, tokens.get(base_language(tag), ""))
