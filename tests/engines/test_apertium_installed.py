from __future__ import annotations

from typing import TYPE_CHECKING

from tests.engines.conftest import write_mode

from worldtake.engines.apertium_installed import Installed
from worldtake.engines.apertium_stream import Command

if TYPE_CHECKING:
    from pathlib import Path

    from worldtake.engines.apertium import ApertiumTranslator


def test_what_the_program_lists_is_installed(own_modes: Path) -> None:
    installed = Installed(command=write_mode(own_modes, "slv-eng", "cat"))
    assert {"slv-eng"} == installed.now().modes
    assert installed.now().version[:1].isdigit()


def test_what_is_installed_later_is_seen_once_it_is_asked_again(own_modes: Path) -> None:
    installed = Installed(command=write_mode(own_modes, "slv-eng", "cat"))
    before = len(installed.now().modes)
    write_mode(own_modes, "eng-slv", "cat")
    remembered = len(installed.now().modes)
    installed.forget()
    assert (1, 1, 2) == (before, remembered, len(installed.now().modes))


def test_without_the_program_nothing_is_installed() -> None:
    found = Installed(command=Command(program="/nowhere/apertium")).now()
    assert ("", frozenset()) == (found.version, found.modes)


def test_a_program_that_hangs_takes_nothing_away(tmp_path: Path, own_modes: Path) -> None:
    installed = Installed(command=write_mode(own_modes, "slv-eng", "cat"))
    installed.now()
    program = tmp_path / "slow"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    installed.command = Command(program=str(program), ask_seconds=0.2)
    installed.forget()
    assert {"slv-eng"} == installed.now().modes


def test_packages_are_named_with_their_versions(apertium: ApertiumTranslator) -> None:
    found = Installed(command=apertium.command).revision(("slv-hbs", "hbs-eng", "slv-hbs"))
    assert 2 == len(found.split(", "))
    assert "absent" not in found
