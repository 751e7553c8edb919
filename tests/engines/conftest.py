"""Engines that are reached over HTTP are tested over real sockets; a toy model is packed and installed once; Apertium is the real one."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from worldtake.engines.apertium import ApertiumTranslator
from worldtake.engines.apertium_stream import Command
from worldtake.engines.opus_install import install_model
from worldtake.pipeline.wires import DoorWire
from worldtake.testing.engine_server import ENGINE_HOST
from worldtake.testing.toy_model import ToyModel

if TYPE_CHECKING:
    from collections.abc import Iterator

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def toy_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of a toy, as OPUS-MT's zips are named."""
    folder = tmp_path_factory.mktemp("release") / "sl-en"
    folder.mkdir()
    return ToyModel().pack(folder / "opus-2020-01-16.zip")


@pytest.fixture(scope="session")
def toy_models(toy_zip: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the toy installed; not to be changed."""
    models = tmp_path_factory.mktemp("models")
    install_model(models, str(toy_zip), now=NOON)
    return models


@pytest.fixture
def own_models(toy_models: Path, tmp_path: Path) -> Path:
    """A copy of it to be changed."""
    return Path(shutil.copytree(toy_models, tmp_path / "models"))


@pytest.fixture(scope="session")
def wire() -> Iterator[DoorWire]:
    with DoorWire(allow_hosts=(ENGINE_HOST,)) as made:
        yield made


@pytest.fixture(scope="session")
def apertium() -> ApertiumTranslator:
    """The real Apertium with Debian's pairs; skips where they are not installed."""
    translator = ApertiumTranslator()
    if translator.supports("sl", "en") is None or translator.supports("es", "ca") is None:
        pytest.skip("Apertium is not installed: type `make apertium`")
    return translator


@pytest.fixture
def own_modes(tmp_path: Path, apertium: ApertiumTranslator) -> Path:
    """A folder of modes in which a test writes pipelines of its own for the real program."""
    del apertium
    folder = tmp_path / "modes"
    folder.mkdir()
    return folder


def write_mode(folder: Path, name: str, pipeline: str) -> Command:
    """Write a mode, and return the program that knows the modes of its folder alone."""
    (folder / f"{name}.mode").write_text(pipeline + "\n", "utf-8")
    return Command(folder=folder.parent)


def alive(pid: int) -> bool:
    """Return whether a process is still at work after a moment."""
    status = Path(f"/proc/{pid}/stat")
    for _ in range(50):
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return False
        time.sleep(0.02)
    return True
