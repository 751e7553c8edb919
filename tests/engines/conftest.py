from __future__ import annotations

import time
from pathlib import Path

import pytest

from worldtake.engines.apertium import ApertiumTranslator
from worldtake.engines.apertium_stream import Command


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
