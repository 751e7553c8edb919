"""Name the Debian packages that Apertium's languages need, and install them where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from worldtake.engines.apertium_paths import base
from worldtake.errors import EngineError, EngineRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

#: Packages for one language into English, by the best path that was measured; base tags of BCP 47.
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "es": ("apertium-eng-spa",),
    "ca": ("apertium-spa-cat", "apertium-eng-spa"),
    "gl": ("apertium-es-gl", "apertium-eng-spa"),
    "pt": ("apertium-es-pt", "apertium-eng-spa"),
    "it": ("apertium-spa-ita", "apertium-eng-spa"),
    "fr": ("apertium-fra-cat", "apertium-spa-cat", "apertium-eng-spa"),
    "ro": ("apertium-es-ro", "apertium-eng-spa"),
    "eu": ("apertium-eu-en",),
    "hr": ("apertium-hbs-eng",),
    "bs": ("apertium-hbs-eng",),
    "sr": ("apertium-hbs-eng",),
    "sl": ("apertium-hbs-slv", "apertium-hbs-eng"),
    "mk": ("apertium-mkd-eng",),
    "bg": ("apertium-mkd-bul", "apertium-mkd-eng"),
    "is": ("apertium-isl-eng",),
    "sv": ("apertium-isl-swe", "apertium-isl-eng"),
    "da": ("apertium-swe-dan", "apertium-isl-swe", "apertium-isl-eng"),
    "nb": ("apertium-swe-nor", "apertium-isl-swe", "apertium-isl-eng"),
}
#: Languages that are set up where none is named: all but Norwegian, whose path is long.
LANGUAGES = tuple(tag for tag in PACKAGES if tag != "nb")
#: More packages for targets other than English -> which target needs them.
FURTHER: Mapping[str, tuple[str, ...]] = {
    "ca": ("apertium-eng-cat", "apertium-spa-cat"),
    "es": ("apertium-eng-spa",),
    "gl": ("apertium-en-gl", "apertium-es-gl"),
    "pt": ("apertium-es-pt", "apertium-por-cat"),
    "it": ("apertium-spa-ita", "apertium-cat-ita"),
    "fr": ("apertium-eng-cat", "apertium-fra-cat"),
}
#: How long apt-get may take, seconds.
INSTALL_SECONDS = 900.0

# The program; the pairs depend on what else they need.
_PROGRAMS = ("apertium",)
_INSTALLED = regex.compile(r"(?m)^(\S+) ii")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What Apertium needs for some languages."""

    #: Debian packages, sorted.
    packages: tuple[str, ...]
    #: Those of them that are not installed.
    missing: tuple[str, ...]
    #: Languages asked for that Apertium has nothing for.
    unknown: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        """Return what to type to install what is missing; empty where nothing is."""
        if not self.missing:
            return ""
        sudo = "" if _is_root() else "sudo "
        return f"{sudo}apt-get install --no-install-recommends {' '.join(self.missing)}"


def needs(languages: Iterable[str] = LANGUAGES, target: str = "en") -> Need:
    """Return which packages translate these languages into a target, and which are missing."""
    tags = [base(each) for each in languages]
    packages = set(_PROGRAMS)
    for tag in tags:
        packages |= set(PACKAGES.get(tag, ()))
    if base(target) != "en":
        packages |= set(PACKAGES.get(base(target), ())) | set(FURTHER.get(base(target), ()))
    there = installed(packages)
    return Need(
        packages=tuple(sorted(packages)),
        missing=tuple(sorted(packages - there)),
        unknown=tuple(tag for tag in dict.fromkeys(tags) if tag not in PACKAGES and tag != "en"),
    )


def installed(packages: Collection[str]) -> frozenset[str]:
    """Return which of these Debian packages are installed; none where there is no dpkg."""
    if shutil.which("dpkg-query") is None:
        return frozenset()
    command = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n", *sorted(packages)]
    listed = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    return frozenset(_INSTALLED.findall(listed.stdout))


def can_install() -> bool:
    """Return whether packages may be installed from here: we are root, and there is apt-get."""
    return _is_root() and shutil.which("apt-get") is not None


def install(need: Need, say: Callable[[str], None], *, seconds: float = INSTALL_SECONDS) -> None:
    """Install what is missing, and `say` each step.

    Raises:
        EngineRefusedError: if we may not install, or there is no such program; with what to type.
        EngineError: if apt-get failed.
    """
    if not need.missing:
        say(f"nothing to install: all {len(need.packages)} packages are there")
        return
    if not can_install():
        raise EngineRefusedError(_advice(need))
    say("reading the list of packages")
    _apt(["update", "-qq"], seconds)
    say(f"installing {len(need.missing)} packages: {', '.join(need.missing)}")
    _apt(["install", "-y", "-qq", "--no-install-recommends", *need.missing], seconds)
    left = frozenset(need.missing) - installed(need.missing)
    if left:
        message = (
            f"apt-get did not install {', '.join(sorted(left))}; type `{need.command}` to see why"
        )
        raise EngineError(message)
    say("done")


def _advice(need: Need) -> str:
    if shutil.which("apt-get") is None:
        return (
            "Apertium comes as packages of Debian and Ubuntu, and there is no apt-get here; install "
            f"Apertium with the pairs {', '.join(need.missing)} in another way, or use another translator"
        )
    return f"only root may install packages; type `{need.command}`"


def _apt(arguments: list[str], seconds: float) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    command = ["apt-get", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 (names of packages from the table)
            command, capture_output=True, text=True, check=False, timeout=seconds, env=environment
        )
    except subprocess.TimeoutExpired as error:
        message = f"`{' '.join(command)}` took longer than {seconds:.0f} seconds; type it yourself"
        raise EngineError(message) from error
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        message = f"`{' '.join(command)}` failed: {last}"
        raise EngineError(message)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
