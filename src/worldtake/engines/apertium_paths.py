"""Say by which steps Apertium gets from one language to another, and how far the result may be trusted.

Paths that were measured stand in a table. Any other pair is searched for among the modes that are installed: the fewest steps,
at most three.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from worldtake.model import Tier

#: Steps of a path at most: each one adds its own mistakes.
MOST_STEPS = 3
#: Base tags of BCP 47 -> names that modes give the language; Croatian, Bosnian and Serbian are one for Apertium.
NAMES = {
    "en": ("eng", "en"), "es": ("spa", "es"), "ca": ("cat", "ca"), "gl": ("glg", "gl"),
    "pt": ("por", "pt"), "it": ("ita", "it"), "fr": ("fra", "fr"), "ro": ("ron", "ro"),
    "oc": ("oci", "oc"), "eu": ("eus", "eu"), "mk": ("mkd", "mk"), "bg": ("bul", "bg"),
    "hr": ("hbs",), "bs": ("hbs",), "sr": ("hbs",), "sh": ("hbs",), "sl": ("slv", "sl"),
    "is": ("isl", "is"), "sv": ("swe", "sv"), "da": ("dan", "da"), "nb": ("nob", "nb"),
    "no": ("nob", "nb"), "nn": ("nno", "nn"), "af": ("afr", "af"), "nl": ("nld", "nl"),
    "an": ("arg", "an"), "ast": ("ast",), "sc": ("srd", "sc"), "eo": ("epo", "eo"),
    "be": ("bel", "be"), "ru": ("rus", "ru"), "uk": ("ukr", "uk"), "br": ("bre", "br"),
    "id": ("ind", "id"), "ms": ("zlm", "msa", "ms"), "ur": ("urd", "ur"), "hi": ("hin", "hi"),
    "szl": ("szl",), "pl": ("pol", "pl"), "frp": ("frp",), "cy": ("cym", "cy"),
}  # fmt: skip
#: (source, target) -> paths, the best first, as measured on NTREX (chrF in evals/translation.py); the first whose steps are
#: all installed is taken. Through Spanish is mostly best: its pair with English is the richest.
MEASURED = {
    ("ca", "en"): ("cat-spa spa-eng", "cat-eng"),
    ("gl", "en"): ("gl-es spa-eng", "gl-en"),
    ("fr", "en"): ("fra-cat cat-spa spa-eng", "fr-es spa-eng", "fra-cat cat-eng"),
    ("pt", "en"): ("pt-es spa-eng", "por-cat cat-spa spa-eng", "por-cat cat-eng"),
    ("it", "en"): ("ita-spa spa-eng", "ita-cat cat-spa spa-eng", "ita-cat cat-eng"),
    ("eu", "en"): ("eu-en", "eu-es spa-eng"),
    ("mk", "en"): ("mkd-eng",),
    ("sv", "en"): ("swe-isl isl-eng",),
    ("da", "en"): ("dan-swe swe-isl isl-eng",),
    ("nb", "en"): ("nob-swe swe-isl isl-eng", "nob-dan dan-swe swe-isl isl-eng"),
    ("en", "pt"): ("eng-spa es-pt", "eng-cat cat-por", "en-gl gl-pt"),
    ("en", "it"): ("eng-spa spa-ita", "eng-cat cat-ita"),
    ("en", "gl"): ("en-gl", "eng-spa es-gl"),
    ("en", "fr"): ("eng-cat cat-fra", "eng-spa es-fr"),
    ("es", "fr"): ("spa-cat cat-fra", "es-fr"),
    ("fr", "es"): ("fra-cat cat-spa", "fr-es"),
    ("it", "fr"): ("ita-cat cat-fra", "ita-spa es-fr"),
    ("fr", "it"): ("fra-cat cat-ita", "fr-es spa-ita"),
    ("pt", "fr"): ("por-cat cat-fra", "pt-es es-fr"),
    ("fr", "pt"): ("fra-cat cat-por", "fr-es es-pt"),
    ("ro", "ca"): ("ro-es spa-cat",),
}
#: Steps that the search leaves out: they stop halfway through a text, or what they write is worse than another way round.
LEFT_OUT = frozenset(("hbs-mkd", "gl-en", "mkd-hbs"))

_ROMANCE = frozenset(["es", "ca", "gl", "pt", "it", "fr", "ro", "oc", "ast", "an"])
_NORDIC = frozenset(["sv", "da", "nb", "no", "nn"])
# English into French reaches 43.0 only, and what there is into Slavic languages 27 to 29.
_FROM_ENGLISH = frozenset(["es", "ca", "gl", "pt", "it"])
_INTO_ENGLISH = frozenset(["es", "gl", "ca", "pt", "it", "fr", "ro"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A path from one language to another."""

    #: Modes, in order.
    modes: tuple[str, ...]
    #: Languages that they pass, source and target included, BCP 47.
    languages: tuple[str, ...]


def base(tag: str) -> str:
    """Return the language of a tag without script and region."""
    return tag.replace("_", "-").partition("-")[0].lower()


def tier(source: str, target: str) -> Tier:
    """Return how far a translation may be trusted.

    Into English as the design has it. Otherwise a pair is a gist where it reaches what French and Romanian reach into English
    (chrF 43.5 on NTREX): Romance languages among themselves (46 to 61), Swedish, Danish and Norwegian among themselves (50 to 55),
    and English into five Romance languages (44.9 to 49).
    """
    one, other = base(source), base(target)
    is_gist = (
        (other == "en" and one in _INTO_ENGLISH)
        or (one == "en" and other in _FROM_ENGLISH)
        or {one, other} <= _ROMANCE
        or {one, other} <= _NORDIC
    )
    return "gist" if is_gist else "match"


def find(source: str, target: str, installed: Collection[str]) -> Way | None:
    """Return the best path from one language (BCP 47) to another over modes that are installed; None where there is none."""
    one, other = base(source), base(target)
    if not _differ(one, other):
        return None
    paths = (path.split() for path in MEASURED.get((one, other), ()))
    known = next((path for path in paths if set(path) <= set(installed)), None)
    path = known or _searched(one, other, installed)
    if not path:
        return None
    languages = (one, *(_language(mode.split("-")[1]) for mode in path[:-1]), other)
    modes = (*path[:-1], _variant(path[-1], target, installed))
    return Way(modes=modes, languages=languages)


def _differ(one: str, other: str) -> bool:
    names = NAMES.get(one), NAMES.get(other)
    return None not in names and names[0] != names[1]


def _language(name: str) -> str:
    return next((tag for tag, names in NAMES.items() if name in names), name)


def _searched(source: str, target: str, installed: Collection[str]) -> list[str] | None:
    """Return the fewest modes from one language to another, breadth first."""
    plain = (mode for mode in installed if _is_plain(mode) and mode not in LEFT_OUT)
    steps = sorted(plain, key=lambda mode: (_hub(mode), mode))
    ends = NAMES[target]
    paths: list[list[str]] = [[]]
    passed = set(NAMES[source])
    for _ in range(MOST_STEPS):
        paths = [[*path, step] for path in paths for step in _next(path, steps, NAMES[source])]
        for path in paths:
            if path[-1].split("-")[1] in ends:
                return path
        paths = [path for path in paths if path[-1].split("-")[1] not in passed]
        passed |= {name for path in paths for name in _same(path[-1].split("-")[1])}
    return None


def _hub(mode: str) -> int:
    """Return how late a step is tried: into Spanish and Catalan first, whose pairs are the richest, into English last."""
    language = _language(mode.split("-")[1])
    return {"es": 0, "ca": 1, "en": 3}.get(language, 2)


def _next(path: list[str], steps: list[str], first: tuple[str, ...]) -> Iterator[str]:
    here = _same(path[-1].split("-")[1]) if path else first
    return (step for step in steps if step.split("-")[0] in here)


def _same(name: str) -> tuple[str, ...]:
    """Return all names of the language that has this one: "es" and "spa" are one."""
    return next((names for names in NAMES.values() if name in names), (name,))


def _is_plain(mode: str) -> bool:
    parts = mode.split("-")
    return len(parts) == 2 and all(part.isalpha() and part.islower() for part in parts)  # noqa: PLR2004 (source and target)


def _variant(mode: str, target: str, installed: Collection[str]) -> str:
    """Return the mode that writes the target's own kind: "es-pt_BR" for pt-BR, "eng-hbs_SR" for Serbian."""
    parts = target.replace("_", "-").split("-")
    own = {"hr": "HR", "bs": "BS", "sr": "SR"}.get(parts[0].lower(), "")
    wanted = [f"{mode}_{kind}" for kind in (own, *parts[1:]) if kind]
    return next((each for each in wanted if each in installed), mode)
