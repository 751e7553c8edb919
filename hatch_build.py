"""Build the front end into the package before a wheel is made."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface[Any]):
    """Run npm in `frontend/` when its output is missing; an editable install skips it."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 hatchling's signature
        """Build `web/static`, unless it is there or the install is editable.

        Raises:
            RuntimeError: if npm is not installed.
        """
        root = Path(self.root)
        if version == "editable" or (root / "src/worldtake/web/static/app.js").exists():
            return
        npm = shutil.which("npm")
        if npm is None:
            message = "building worldtake needs npm (Node 20) for its front end: install Node.js"
            raise RuntimeError(message)
        for step in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            subprocess.run([npm, *step], cwd=root / "frontend", check=True)  # noqa: S603 fixed words
