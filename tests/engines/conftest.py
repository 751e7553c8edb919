"""Engines that are reached over HTTP are tested over real sockets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from worldtake.pipeline.wires import DoorWire
from worldtake.testing.engine_server import ENGINE_HOST

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def wire() -> Iterator[DoorWire]:
    with DoorWire(allow_hosts=(ENGINE_HOST,)) as made:
        yield made
