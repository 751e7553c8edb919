"""Read what a language model answered, and take only what can belong to no other sentence.

A translation is taken where its name comes exactly once, its echo fits the sentence of that name better than any other of the
call, and nothing else speaks against it. What is left over is for who calls to ask again, alone.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

import regex

from worldtake.engines.chat_prompts import ECHO, ECHO_CHARS, LEAST_ECHO_CHARS, TRANSLATION
from worldtake.engines.exchanges import translated
from worldtake.engines.translators import Translated, Untranslated
from worldtake.text.fold import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from worldtake.engines.chat_prompts import Question

#: Likeness of echo and sentence (Ratcliff and Obershelp, 0 to 1) from which on they belong together (stage design of translation).
LEAST_LIKENESS = 0.75
#: An echo longer than its sentence by more than this share and so many characters is of something else.
ECHO_SLACK = 1.25
ECHO_SLACK_CHARS = 8
#: Longest answer that is read, in characters: 20 times a call's.
MAX_ANSWER_CHARS = 200_000
#: Places of an answer that are tried as the beginning of its JSON.
MAX_STARTS = 50
#: A translation that holds so many letters in a row of what the model was told, or is itself so long a part of it, was not made
#: from the sentence.
INSTRUCTION_CHARS = 40
PART_OF_INSTRUCTION_CHARS = 20
#: A translation more than so many times longer or shorter, and so many characters beside that, than its source and the growth
#: of the whole call let expect may be another's, or hold another's. Together with the words that a translation keeps, and the
#: share below, on NTREX's human translations into English, eight in a call, from twelve languages (evals/pairings.py): of
#: translations that changed places under the right echoes 99.5 per cent are asked again where all changed, 79 where two did; of
#: those in their places 6.
ODD_GROWTH = 1.5
ODD_CHARS = 10
#: The same for a sentence asked alone, of which no other is taken for it: what is so far off is no translation, but an order
#: obeyed, say. No sentence of NTREX in nine languages is so far from its neighbours.
FAR_GROWTH = 3.0
#: Share of a call's translations in doubt from which on all of it is.
DOUBTED_SHARE = 0.25
#: Letters of a name that a language leaves as they are; what it adds comes behind (measured as above: all letters ask Slovene
#: again 15 times in a hundred, 5 letters 5 times).
NAME_LETTERS = 5

_CROSSED = "an answer that may belong to another sentence"
_NUMBER = regex.compile(r"\d+(?:[.,]\d+)*")
_SEPARATOR = regex.compile(r"[.,]")
_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}]{2,}")
_THOUGHT_END = "</think>"
_THOUGHT = regex.compile(r"\s*<(think|thinking|reasoning)>.*?</\1>", regex.DOTALL)
_THOUGHT_START = regex.compile(r"\s*<(think|thinking|reasoning)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What of an answer is taken."""

    #: Name -> translation.
    found: Mapping[str, Translated] = field(default_factory=dict)
    #: Name -> why it has none.
    missing: Mapping[str, str] = field(default_factory=dict)


class _Pairs(list[tuple[str, Any]]):
    """The members of a JSON object as they stand, also those that come twice."""


def take(text: str, asked: Question, growth: float | None = None) -> Taken:
    """Return what the answer `text` gives for what was asked.

    `growth` is how many characters a translation is known to have for each of its source; None where that is not known.
    """
    if len(text) > MAX_ANSWER_CHARS:
        return Taken(missing=dict.fromkeys(asked.segments, "an answer far too long"))
    values = _values(without_thought(text), asked)
    folded = {name: fold(source) for name, source in asked.segments.items()}
    echoed = {name: _echoed(name, values[name], folded) for name in asked.segments}
    crossed = _crossed({name: each for name, each in echoed.items() if each is not None}, asked)
    found: dict[str, Translated] = {}
    missing: dict[str, str] = {}
    for name, source in asked.segments.items():
        given = echoed[name]
        if given is None:
            missing[name] = "an answer to something else" if values[name] else "no answer for it"
            continue
        doubt = _CROSSED if name in crossed else _doubt(given, source, asked, growth)
        answer = Untranslated(reason=doubt) if doubt else translated(given, source)
        if isinstance(answer, Translated):
            found[name] = answer
        else:
            missing[name] = answer.reason
    return Taken(found=found, missing=missing)


def without_thought(text: str) -> str:
    """Return `text` without what a model has thought aloud before its answer."""
    found = _THOUGHT.match(text)
    if found:
        return text[found.end() :]
    if _THOUGHT_START.match(text):
        return ""
    # Some servers leave out the sign that a thought begins.
    end = text.find(_THOUGHT_END)
    start = text.find("{")
    before = end >= 0 and (start < 0 or end < start or not _is_json(text))
    return text[end + len(_THOUGHT_END) :] if before else text


def likeness(echo: str, source: str) -> float:
    """Return how much `echo` is like the beginning of `source`, 0 to 1; 0 where it is too short or too long to tell."""
    return _likeness(fold(echo), fold(source))


def _likeness(one: str, other: str) -> float:
    if not one or len(one) > len(other) * ECHO_SLACK + ECHO_SLACK_CHARS:
        return 0.0
    if len(one) < min(int(len(other) * LEAST_LIKENESS), LEAST_ECHO_CHARS):
        return 0.0
    length = min(max(len(one), LEAST_ECHO_CHARS), 2 * ECHO_CHARS)
    matcher = SequenceMatcher(None, one[:length], other[:length], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= LEAST_LIKENESS else 0.0


def _values(text: str, asked: Question) -> dict[str, list[Any]]:
    """Return what stands under each name, wherever in the answer."""
    values: dict[str, list[Any]] = {name: [] for name in asked.segments}
    for found in _objects(text):
        for name, value in _named(found, asked):
            values[name].append(value)
    return values


def _objects(text: str) -> Iterator[_Pairs]:
    """Yield the JSON objects of `text` that stand in no other one."""
    decoder = json.JSONDecoder(object_pairs_hook=_Pairs)
    place = text.find("{")
    for _ in range(MAX_STARTS):
        if place < 0:
            return
        try:
            found, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            place = text.find("{", place + 1)
            continue
        yield found
        place = text.find("{", end)


def _named(found: _Pairs, asked: Question) -> Iterator[tuple[str, Any]]:
    """Yield what stands under the names, in the object or, where it has none of them, in one that it holds."""
    inner = [each for _, each in found if isinstance(each, _Pairs)]
    here = any(name in asked.segments for name, _ in found)
    for pairs in [found] if here else inner:
        for name, value in pairs:
            if name in asked.segments:
                yield name, value


def _echoed(name: str, values: list[Any], folded: Mapping[str, str]) -> str | None:
    """Return the translation under a name; None where it has not exactly one whose echo fits its sentence alone."""
    if len(values) != 1 or not isinstance(values[0], _Pairs):
        return None
    members = Counter(member for member, _ in values[0])
    echo, given = (dict(values[0]).get(member) for member in (ECHO, TRANSLATION))
    once = members[ECHO] == members[TRANSLATION] == 1
    if not (once and isinstance(echo, str) and isinstance(given, str)):
        return None
    echo = fold(echo)
    own = _likeness(echo, folded[name])
    others = (_likeness(echo, text) for each, text in folded.items() if each != name)
    return given if own >= LEAST_LIKENESS and own > max(others, default=0.0) else None


def _crossed(given: Mapping[str, str], asked: Question) -> set[str]:
    """Return the names whose translations may be another's, or hold another's.

    That is: the same as another's, naming a name, with more words kept from another sentence than from its own, or of a length
    that does not fit its own beside those of the whole call.
    """
    same = Counter(fold(text) for text in given.values())
    sources = {name: _kept_words(text) for name, text in asked.segments.items()}
    # Of empty translations too: what is missing there may stand in another.
    growth = sum(map(len, given.values())) / max(
        sum(len(asked.segments[each]) for each in given), 1
    )
    found: set[str] = set()
    for name, text in given.items():
        marks = _kept_words(text)
        own = len(marks & sources[name])
        others = (len(marks & sources[each]) for each in sources if each != name)
        odd = len(given) > 1 and _is_odd(len(text), len(asked.segments[name]) * growth, ODD_GROWTH)
        named = any(each in text for each in asked.segments)
        if odd or named or same[fold(text)] > 1 or max(others, default=0) > own:
            found.add(name)
    return found if len(found) < DOUBTED_SHARE * len(given) else set(given)


def _is_odd(length: int, expected: float, times: float) -> bool:
    return not (expected / times - ODD_CHARS <= length <= expected * times + ODD_CHARS)


def _doubt(given: str, source: str, asked: Question, growth: float | None) -> str:
    """Return what speaks against a translation by itself; empty where nothing does."""
    if growth is not None and _is_odd(len(given), len(source) * growth, FAR_GROWTH):
        return "an answer that does not fit in length"
    return "an answer that is no translation" if _is_instruction(given, asked) else ""


def _kept_words(text: str) -> set[str]:
    """Return the words that a translation keeps, if anything: numbers, and words with a capital."""
    plain = "".join(str(unicodedata.digit(char, char)) for char in text)
    numbers = {_SEPARATOR.sub("", number) for number in _NUMBER.findall(plain)}
    names = words(" ".join(_NAME.findall(plain)))
    return numbers | {name[:NAME_LETTERS] for name in names}


def _is_instruction(given: str, asked: Question) -> bool:
    """Tell whether a translation is of what the model was told."""
    told, text = fold(asked.system), fold(given)
    if len(text) >= PART_OF_INSTRUCTION_CHARS and text in told:
        return True
    steps = range(0, len(told) - INSTRUCTION_CHARS, INSTRUCTION_CHARS // 2)
    return any(told[at : at + INSTRUCTION_CHARS] in text for at in steps)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
