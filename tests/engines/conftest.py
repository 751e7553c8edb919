"""Engines that are reached over HTTP are tested over real sockets; a toy model is packed and installed once."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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
