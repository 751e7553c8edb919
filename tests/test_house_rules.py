"""The rules of the house are enforced: a violation that somebody plants is reported."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "src",
        tmp_path / "src",
        ignore=shutil.ignore_patterns("__pycache__", "static", "sample"),
    )
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200"},
    )


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("model/spans.py", "import worldtake.store", "One direction"),
        ("extract/article.py", "import worldtake.trace", "One direction"),
        ("web/pages.py", "import worldtake.store", "The store is reached"),
        ("takes/group.py", "import sqlalchemy", "Database libraries"),
        ("trace/article.py", "import socket", "Only http opens sockets"),
        ("newsroom/facade.py", "import fastapi", "The web framework"),
    ],
)
def test_a_planted_violation_is_reported(copy: Path, module: str, line: str, contract: str) -> None:
    file = copy / "src/worldtake" / module
    file.write_text(file.read_text("utf-8") + f"\n{line}\n", "utf-8")
    result = lint_imports(copy)
    broken = [each for each in result.stdout.splitlines() if each.endswith("BROKEN")]
    assert 1 == result.returncode
    assert any(contract in each for each in broken), result.stdout


def test_a_new_package_must_be_given_its_place(copy: Path) -> None:
    package = copy / "src/worldtake/stray"
    package.mkdir()
    (package / "__init__.py").write_text('"""Nobody placed it."""\n')
    result = lint_imports(copy)
    assert (1, True) == (result.returncode, "stray" in result.stdout + result.stderr)
