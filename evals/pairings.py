"""Pairing: which translations of a language model are taken when they stand in their places, and when they changed them.

NTREX's human translations into English are put into answers as a model gives them, eight in a call, every second eight. The thresholds were chosen
on seven languages (sl, de, ru, zh, ar, hi, fi); these are others.
"""

from __future__ import annotations

import json
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from worldtake.engines.chat_answers import take
from worldtake.engines.chat_prompts import ECHO, ECHO_CHARS, TRANSLATION, Question, question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
NTREX = ROOT.parent / "shared/corpora/translation/ntrex"
LANGUAGES = ("spa", "fra", "pol", "hun", "tur", "ell", "ukr", "heb", "jpn", "kor", "tha", "vie")
#: Sentences of a call.
CALL = 8
#: 0.941, 0.849, 1.0, 0.995, 0.967, 0.794 and 0.633 measured, in this order. What is not taken is asked again, alone.
FLOORS = {
    "pairings.in_place.taken": 0.935,
    "pairings.in_place.taken.worst_language": 0.84,
    "pairings.echoes_moved_too.refused": 1.0,
    "pairings.all_moved.refused": 0.99,
    "pairings.all_moved.refused.worst_language": 0.96,
    "pairings.two_moved.refused": 0.78,
    "pairings.two_moved.refused.worst_language": 0.62,
}


def measure() -> dict[str, float]:
    """Return the shares of translations that are taken in their places, and not taken out of them."""
    if not (NTREX / "eng.txt").exists():
        return {}
    found = [_language(list(_calls(code))) for code in LANGUAGES]
    means = {name: fmean(each[name] for each in found) for name in found[0]}
    worst = {f"{name}.worst_language": min(each[name] for each in found) for name in found[0]}
    return dict(sorted((means | worst).items()))


def _calls(code: str) -> Iterator[tuple[Question, list[str]]]:
    english = (NTREX / "eng.txt").read_text("utf-8").split("\n")
    lines = (NTREX / f"{code}.txt").read_text("utf-8").split("\n")
    for at in range(0, min(len(english), len(lines)) - CALL, 2 * CALL):
        yield question(lines[at : at + CALL], code, "en"), english[at : at + CALL]


def _language(calls: Sequence[tuple[Question, list[str]]]) -> dict[str, float]:
    in_place = _taken(calls, lambda texts: texts)
    return {
        "pairings.in_place.taken": in_place,
        "pairings.echoes_moved_too.refused": 1 - _taken(calls, _all_moved, echoes=_all_moved),
        "pairings.all_moved.refused": 1 - _taken(calls, _all_moved),
        "pairings.two_moved.refused": 1 - _taken(calls, _two_moved, first=2),
    }


def _taken(
    calls: Sequence[tuple[Question, list[str]]],
    moved: Callable[[list[str]], list[str]],
    *,
    echoes: Callable[[list[str]], list[str]] = list,
    first: int = CALL,
) -> float:
    """Return the share that is taken of the first translations of each call."""
    shares = []
    for asked, texts in calls:
        said = echoes([text[:ECHO_CHARS] for text in asked.segments.values()])
        values = [
            {ECHO: echo, TRANSLATION: text} for echo, text in zip(said, moved(texts), strict=True)
        ]
        found = take(json.dumps(dict(zip(asked.segments, values, strict=True))), asked).found
        shares.append(fmean(name in found for name in list(asked.segments)[:first]))
    return fmean(shares)


def _all_moved(texts: list[str]) -> list[str]:
    return texts[1:] + texts[:1]


def _two_moved(texts: list[str]) -> list[str]:
    return [texts[1], texts[0], *texts[2:]]
