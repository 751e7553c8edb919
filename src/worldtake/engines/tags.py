"""Languages as servers spell them: which of a server's codes a BCP 47 tag means."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Languages that have, or had, a second code (ISO 639-1 withdrawn codes; macrolanguages and what is mostly meant by them).
_TWINS = {
    code: other
    for one, two in (("nb", "no"), ("he", "iw"), ("id", "in"), ("yi", "ji"), ("fil", "tl"))
    for code, other in ((one, two), (two, one))
}
#: Where traditional characters are written.
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
#: Subtags that mean a script (ISO 15924) are four letters long.
_SCRIPT_LETTERS = 4


def base(tag: str) -> str:
    """Return the language of a BCP 47 tag, in small letters."""
    return tag.partition("-")[0].lower()


def spelled(tag: str, codes: Iterable[str], also: Iterable[str] = ()) -> str | None:
    """Return which of `codes` means the language `tag`; None where none does.

    Parts of the tag are given up from its end; `also` are codes to be taken where nothing nearer is there, in order. Another
    script of the same language is not taken.
    """
    known = {code.lower(): code for code in codes}
    wanted = (*_spellings(tag.lower()), *(each.lower() for each in also))
    return next((known[each] for each in wanted if each in known), None)


def _spellings(tag: str) -> tuple[str, ...]:
    """Return how `tag` may be spelled, the nearest first."""
    language, *parts = tag.split("-")
    if language in {"zh", "zho", "cmn"}:
        return _chinese(parts)
    shortened = ["-".join((language, *parts[:end])) for end in range(len(parts), -1, -1)]
    shortened += [f"{language}-{part}" for part in parts if len(part) < _SCRIPT_LETTERS]
    twin = _TWINS.get(language)
    return tuple(dict.fromkeys((*shortened, *([twin] if twin else []))))


def _chinese(parts: list[str]) -> tuple[str, ...]:
    if _TRADITIONAL.intersection(parts):
        return ("zh-hant", "zh-tw", "zh-hk", "zht", "zt")
    return ("zh-hans", "zh-cn", "zh")
