from __future__ import annotations

import os
from pathlib import Path

import pytest

from worldtake.engines import apertium_setup
from worldtake.engines.apertium_setup import LANGUAGES, PACKAGES, Need, install, installed, needs
from worldtake.errors import EngineError, EngineRefusedError

NOTHING_MISSING = Need(packages=("apertium",), missing=())
ONE_MISSING = Need(packages=("apertium", "apertium-xx-yy"), missing=("apertium-xx-yy",))


def program(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


@pytest.fixture
def own_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that alone is searched for programs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_a_language_needs_the_packages_of_its_path() -> None:
    found = needs(["sl-SI"]).packages
    assert {"apertium", "apertium-hbs-slv", "apertium-hbs-eng"} <= set(found)
    assert "apertium-eng-spa" not in found


def test_another_target_needs_more() -> None:
    found = set(needs(["es"], target="fr").packages)
    assert {"apertium-spa-cat", "apertium-fra-cat"} <= found


def test_a_language_that_it_has_nothing_for_is_named() -> None:
    assert ("de", "th") == needs(["de", "sl", "th", "de-AT"]).unknown


def test_all_languages_of_the_design_are_set_up() -> None:
    assert set(LANGUAGES) == {
        "es",
        "gl",
        "ca",
        "pt",
        "it",
        "fr",
        "ro",
        "mk",
        "bg",
        "hr",
        "sv",
        "bs",
        "eu",
        "is",
        "da",
        "sr",
        "sl",
    }
    assert set(LANGUAGES) <= set(PACKAGES)


def test_make_installs_all_that_the_languages_need() -> None:
    makefile = (Path(__file__).parents[2] / "Makefile").read_text("utf-8")
    assert set(needs().packages) <= set(makefile.split())


def test_what_is_not_installed_is_missing(own_path: Path) -> None:
    program(own_path, "dpkg-query", "echo 'apertium ii '; echo 'apertium-hbs-eng rc '")
    found = needs(["hr"])
    assert {"apertium"} == set(found.packages) - set(found.missing)


def test_without_dpkg_nothing_is_installed(own_path: Path) -> None:
    del own_path
    assert frozenset() == installed(["apertium"])


def test_the_command_to_type_names_what_is_missing() -> None:
    sudo = "" if os.geteuid() == 0 else "sudo "
    expected = f"{sudo}apt-get install --no-install-recommends apertium-xx-yy"
    assert (expected, "") == (ONE_MISSING.command, NOTHING_MISSING.command)


def test_nothing_is_done_where_nothing_is_missing() -> None:
    said: list[str] = []
    install(NOTHING_MISSING, said.append)
    assert ["nothing to install: all 1 packages are there"] == said


def test_where_there_is_no_apt_it_says_so(own_path: Path) -> None:
    del own_path
    with pytest.raises(EngineRefusedError, match="there is no apt-get here"):
        install(ONE_MISSING, print)


def test_who_is_not_root_is_told_what_to_type(
    own_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(own_path, "apt-get", "exit 0")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(EngineRefusedError, match=r"type `sudo apt-get install .*apertium-xx-yy`"):
        install(ONE_MISSING, print)


def test_what_apt_says_last_is_told(own_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(own_path, "apt-get", "echo 'E: Unable to locate package' >&2; exit 100")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(EngineError, match="failed: E: Unable to locate package"):
        install(ONE_MISSING, print)


def test_what_apt_leaves_out_is_an_error(own_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(own_path, "apt-get", "exit 0")
    program(own_path, "dpkg-query", "true")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(EngineError, match=r"did not install apertium-xx-yy"):
        install(ONE_MISSING, print)


def test_it_says_what_it_installs(own_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(own_path, "apt-get", f'echo "$@" >> {own_path}/asked')
    program(own_path, "dpkg-query", "echo 'apertium-xx-yy ii '")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    said: list[str] = []
    install(ONE_MISSING, said.append)
    asked = (own_path / "asked").read_text().splitlines()
    assert ["reading the list of packages", "installing 1 packages: apertium-xx-yy", "done"] == said
    assert ["update -qq", "install -y -qq --no-install-recommends apertium-xx-yy"] == asked
    assert apertium_setup.can_install()
