"""Find what is likely to be wrong with a translation, without any model: each check gives a flag.

`CHECKS` is the list of all flags with what readers are told. Two flags, or a hard one, and the translation is not taken: the
next engine is asked, else the original stands in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from worldtake.model.translations import UNTRANSLATED
from worldtake.text.fold import fold
from worldtake.translate.digits import digits_differ
from worldtake.translate.leftovers import is_equal, script_left, words_left
from worldtake.translate.lengths import length_is_odd
from worldtake.translate.names import name_missing
from worldtake.translate.repeats import repeats
from worldtake.translate.tongues import language_is_wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

#: Mean natural log-probability of a token under which a translation is doubted: one in seven at each step.
LEAST_SCORE = -2.0
#: Soft flags that a translation may have and be taken.
SOFT_ALLOWED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A flag, and what it means."""

    flag: str
    #: What readers are told.
    reason: str
    #: Whether it is enough not to take a translation.
    is_hard: bool = False


#: All flags, in the order in which they are given.
CHECKS = (
    Check(flag="empty", reason="the engine answered nothing", is_hard=True),
    Check(flag="equal-to-source", reason="the engine gave the original back", is_hard=True),
    Check(flag="wrong-language", reason="it is in another language than was asked for", is_hard=True),
    Check(flag="digits-differ", reason="digits differ from the original"),
    Check(flag="name-missing", reason="a name of the original is missing"),
    Check(flag="term-missing", reason="a word of the glossary is translated otherwise"),
    Check(flag="length-ratio", reason="it is much longer or shorter than the original"),
    Check(flag="repeats", reason="it repeats words that the original says once"),
    Check(flag="source-script-left", reason="letters of the original's script are left in it"),
    Check(flag="source-words-left", reason="most of its words are those of the original"),
    Check(flag="low-score", reason="the engine itself was unsure"),
    Check(flag=UNTRANSLATED, reason="no translation was good enough: the original stands here", is_hard=True),
)  # fmt: skip
_BY_FLAG = {check.flag: check for check in CHECKS}
_HARD = frozenset(check.flag for check in CHECKS if check.is_hard)


def flags(
    source: str,
    target: str,
    *,
    source_language: str = "",
    target_language: str = "",
    score: float | None = None,
    terms: Iterable[tuple[str, str]] = (),
) -> tuple[str, ...]:
    """Return what the checks find in `target` as a translation of `source`, in the order of `CHECKS`.

    Languages are BCP 47, empty where unknown; `score` is the mean natural log-probability of a token where the engine tells
    it; `terms` are the words of a glossary that stand in `source`, each with the translation it must have.
    """
    if not target.strip():
        return ("empty",) if source.strip() else ()
    pair = (source, target, source_language, target_language)
    if is_equal(*pair):
        return ("equal-to-source",)
    checks: dict[str, Callable[[], bool]] = {
        "wrong-language": lambda: source != target and language_is_wrong(target, target_language),
        "digits-differ": lambda: digits_differ(source, target, target_language),
        "name-missing": lambda: name_missing(*pair),
        "term-missing": lambda: any(not _stands(wanted, target) for _, wanted in terms),
        "length-ratio": lambda: length_is_odd(*pair),
        "repeats": lambda: repeats(source, target),
        "source-script-left": lambda: script_left(source, target),
        "source-words-left": lambda: words_left(*pair),
        "low-score": lambda: score is not None and score < LEAST_SCORE,
    }  # fmt: skip
    return tuple(flag for flag, is_doubted in checks.items() if is_doubted())


def is_taken(found: Collection[str]) -> bool:
    """Tell whether a translation with these flags may stand: none of them hard, and at most `SOFT_ALLOWED` soft ones."""
    return _HARD.isdisjoint(found) and len(found) <= SOFT_ALLOWED


def reason_of(flag: str) -> str:
    """Return what readers are told about a flag; the flag itself where it is none of `CHECKS`.

    A flag of the title carries its place before it: `title-digits-differ`.
    """
    known = _BY_FLAG.get(flag) or _BY_FLAG.get(flag.removeprefix("title-"))
    if known is None:
        return flag
    return f"title: {known.reason}" if known.flag != flag else known.reason


def _stands(term: str, target: str) -> bool:
    return fold(term) in fold(target)
