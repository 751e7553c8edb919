"""Tell which modes of Apertium are installed, and in which versions."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from worldtake.errors import EngineBusyError, EngineRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.engines.apertium_stream import Command

#: How long what was found counts: what is installed meanwhile is seen after that, seconds.
FRESH_SECONDS = 300.0
#: Where Debian's packages put modes.
MODES = Path("/usr/share/apertium/modes")

_QUERY_SECONDS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is installed at one moment."""

    #: Version of the program; empty where there is none.
    version: str = ""
    modes: frozenset[str] = frozenset()
    #: Mode -> package with its version, as "apertium-hbs-slv 0.5.1-2"; a mode of no package is absent.
    packages: Mapping[str, str] = field(default_factory=dict)


@dataclass(kw_only=True, eq=False)
class Installed:
    """What is installed, asked of the program and of dpkg, and remembered for some minutes."""

    command: Command
    _found: Found = field(default_factory=Found, repr=False)
    _asked: float = float("-inf")

    def now(self) -> Found:
        """Return what is installed; nothing where the program is missing."""
        if time.monotonic() - self._asked > FRESH_SECONDS:
            # Where the machine is too busy to answer, what was found before still counts.
            with contextlib.suppress(EngineBusyError):
                self._found = self._ask()
            self._asked = time.monotonic()
        return self._found

    def forget(self) -> None:
        """Ask again next time."""
        self._asked = float("-inf")

    def revision(self, modes: Sequence[str]) -> str:
        """Return what changes when one of these modes translates otherwise."""
        packages = self.now().packages
        return ", ".join(
            dict.fromkeys(packages.get(mode) or f"{mode} {self._checksum(mode)}" for mode in modes)
        )

    def _ask(self) -> Found:
        try:
            listed = self.command.ask("-l").split()
            version = self.command.ask("-V").split()
        except EngineRefusedError:
            return Found()
        return Found(
            version=version[-1] if version else "unknown",
            modes=frozenset(listed),
            packages={} if self.command.folder else self._packages(),
        )

    def _packages(self) -> dict[str, str]:
        try:
            owners = self._dpkg("-S", f"{MODES}/*.mode")
            versions = self._dpkg("-W", "-f", "${Package} ${Version}\n", "apertium*")
        except EngineRefusedError:
            return {}
        known = dict(line.split(" ", 1) for line in versions.splitlines() if " " in line)
        return {
            mode: f"{package} {known[package]}"
            for package, mode in regex.findall(r"(?m)^([^:\s]+).*/([^/]+)\.mode$", owners)
            if known.get(package)
        }

    def _dpkg(self, *options: str) -> str:
        output = self.command.run(["dpkg-query", *options], b"", seconds=_QUERY_SECONDS)
        return output.decode("utf-8", "replace")

    def _checksum(self, mode: str) -> str:
        """Return a checksum of a mode's file and of the sizes and times of what it names."""
        folder = self.command.folder / "modes" if self.command.folder else MODES
        digest = blake2b(digest_size=8)
        try:
            text = (folder / f"{mode}.mode").read_text("utf-8")
        except OSError:
            return "absent"
        digest.update(text.encode())
        for name in regex.findall(r"'([^']+)'", text):
            file = Path(name)
            if file.is_file():
                digest.update(f"{name} {file.stat().st_size} {file.stat().st_mtime_ns}".encode())
        return digest.hexdigest()
