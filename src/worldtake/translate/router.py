"""Translate segments by whoever does it best: remembered ones first, then route by route, checked, within budgets.

A translator that does not answer is tried once more, then passed over; after `FAILURES_ALLOWED` failures in a row it is left
alone for a while that doubles. What one translator gets wrong goes to the next; what all get wrong stays in the original.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from worldtake.engines import Translated
from worldtake.errors import EngineBusyError, EngineError, EngineRefusedError
from worldtake.log import logger
from worldtake.model import base_language
from worldtake.translate.books import Books, EngineState, LooseBooks
from worldtake.translate.checks import flags, is_taken
from worldtake.translate.routes import Engine, Hop, Route, routes
from worldtake.translate.segments import Remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from worldtake.engines import Answer
    from worldtake.engines.glossary import Glossary
    from worldtake.model import Wait

#: Failures in a row after which an engine is left alone.
FAILURES_ALLOWED = 3
#: How long it is left alone then, and at most as that doubles, in seconds.
FIRST_REST_SECONDS, LONGEST_REST_SECONDS = 60.0, 3600.0
#: What waits for an engine is looked at again after so long at the earliest, in seconds.
LOOK_AGAIN_SECONDS = 120.0
#: Pause before the second try of a call, and the longest that an engine may ask for and still get it, in seconds.
RETRY_SECONDS, LONGEST_RETRY_SECONDS = 1.0, 5.0

#: Text -> its translation; text -> why it was not asked for, and the engine.
_Found: TypeAlias = dict[str, Remembered]
_Unasked: TypeAlias = "dict[str, tuple[Wait, str]]"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What became of one segment."""

    #: Its translation; None where there is none that is taken.
    remembered: Remembered | None = None
    #: What was wrong with the last translation of it that was not taken.
    doubts: tuple[str, ...] = ()
    #: Why it is still to come, and the engine that is waited for; empty where nothing is to come.
    waits: Wait = ""
    waits_for: str = ""


@dataclass(slots=True)
class _Work:
    """One segment on its way through the routes."""

    doubts: tuple[str, ...] = ()
    waits: tuple[Wait, str] = ("", "")


@dataclass(slots=True, kw_only=True)
class Router:
    """Translates segments into one language. Several threads may call it at once."""

    engines: tuple[Engine, ...]
    #: Those of which only what is remembered is used.
    remembered: tuple[Engine, ...] = ()
    #: The reader's language, BCP 47.
    target: str = "en"
    books: Books = field(default_factory=LooseBooks, repr=False)
    #: The reader's own words with their translations; None where there are none.
    glossary: Glossary | None = None
    #: Now, aware.
    clock: Callable[[], datetime] = field(default=_now, repr=False)
    #: Waits so many seconds.
    pause: Callable[[float], None] = field(default=time.sleep, repr=False)
    #: Pairs that an engine will not do: (engine, source, target) -> why.
    refused: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _stopped: threading.Event = field(default_factory=threading.Event, init=False, repr=False)

    def routes(self, source: str) -> tuple[Route, ...]:
        """Return the ways from `source` into the reader's language that are not known to be closed."""
        found = routes(self.engines, source, self.target)
        return tuple(route for route in found if not any(map(self._is_closed, route.hops)))

    def stop(self) -> None:
        """Call no engine any more: what is asked for then waits."""
        self._stopped.set()

    def translate(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Given]:
        """Return what becomes of each (language, text) that anybody can translate; one language is finished before the next."""
        by_language: dict[str, list[str]] = {}
        for language, text in dict.fromkeys(wanted):
            by_language.setdefault(language, []).append(text)
        return {
            (language, text): given
            for language in sorted(by_language)
            for text, given in self._from(language, by_language[language]).items()
        }

    def recall(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Given]:
        """Return those of (language, text) of which a translation that is taken is remembered; no engine is asked."""
        every = list(dict.fromkeys(wanted))
        ways = {
            language: (*routes(self.remembered, language, self.target), *self.routes(language))
            for language in {each for each, _ in every}
        }
        keys = {each: [route.key(each[1]) for route in ways[each[0]]] for each in every}
        known = self.books.recall(key for some in keys.values() for key in some)
        taken = {key: found for key, found in known.items() if is_taken(found.flags)}
        return {
            each: Given(remembered=taken[key])
            for each, some in keys.items()
            if (key := next((key for key in some if key in taken), None))
        }

    def due(self, waits: Wait, engine: str) -> datetime:
        """Return when to look again for what waits for `engine`."""
        now = self.clock()
        if waits == "budget":
            midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            return midnight + timedelta(days=1)
        soonest = now + timedelta(seconds=LOOK_AGAIN_SECONDS)
        return max(soonest, self.books.state(engine).until or soonest)

    def _from(self, source: str, texts: Sequence[str]) -> dict[str, Given]:
        given: dict[str, Given] = {}
        ways = self.routes(source)
        left = {text: _Work() for text in texts} if ways else {}
        for route in ways:
            if not left:
                break
            found, unasked = self._by(route, list(left))
            for text, remembered in found.items():
                if is_taken(remembered.flags):
                    given[text] = Given(remembered=remembered)
                    del left[text]
                else:
                    left[text].doubts = remembered.flags
            for text, why in unasked.items():
                left[text].waits = left[text].waits if left[text].waits[0] else why
        for text, work in left.items():
            waits, engine = work.waits
            given[text] = Given(doubts=work.doubts, waits=waits, waits_for=engine)
        return given

    def _by(self, route: Route, texts: Sequence[str]) -> tuple[_Found, _Unasked]:
        """Return the translations of `texts` by one route, and what was not asked, with why."""
        keys = {text: route.key(text) for text in texts}
        known = self.books.recall(keys.values())
        found = {text: known[key] for text, key in keys.items() if key in known}
        missing = [text for text in texts if text not in found]
        if not missing:
            return found, {}
        fresh, unasked = (self._hop if len(route.hops) == 1 else self._two_hops)(route, missing)
        return found | fresh, unasked

    def _hop(self, route: Route, texts: Sequence[str]) -> tuple[_Found, _Unasked]:
        found: _Found = {}
        unasked: _Unasked = {}
        for answers, late in self._asked(route.hops[0], texts):
            found |= self._keep(route, answers)
            unasked |= late
        return found, unasked

    def _two_hops(self, route: Route, texts: Sequence[str]) -> tuple[_Found, _Unasked]:
        """Translate by a language in between; each step is remembered by itself, too."""
        first, second = route.hops
        between, unasked = self._by(Route(hops=(first,)), texts)
        sources: dict[str, list[str]] = {}
        for text, each in between.items():
            if is_taken(each.flags):
                sources.setdefault(each.target, []).append(text)
        found: _Found = {}
        for answers, late in self._asked(second, list(sources)):
            found |= self._keep(
                route,
                {
                    text: replace(answer, via=first.target, pivot=pivot)
                    for pivot, answer in answers.items()
                    for text in sources[pivot]
                },
            )
            unasked |= {text: why for pivot, why in late.items() for text in sources[pivot]}
        return found, unasked

    def _keep(self, route: Route, answers: Mapping[str, Translated]) -> _Found:
        """Remember what came of a call, at once: what was bought is not bought again."""
        made = self.clock()
        found = {
            text: self._remembered(route, text, answer, made) for text, answer in answers.items()
        }
        self.books.keep({route.key(text): each for text, each in found.items()})
        return found

    def _asked(
        self, hop: Hop, texts: Sequence[str]
    ) -> Iterator[tuple[dict[str, Translated], _Unasked]]:
        """Yield, call by call, the answers of one engine, and what it was not asked or did not answer, with why it waits."""
        for chunk in _chunks(texts, hop):
            answers: dict[str, Translated] = {}
            waits = self._obstacle(hop)
            if waits is None and not self.books.spend(hop.engine, sum(map(len, chunk))):
                waits = "budget"
            if waits is None:
                waits = self._call(hop, chunk, answers)
            yield answers, dict.fromkeys(chunk, (waits, hop.engine.id)) if waits else {}

    def _obstacle(self, hop: Hop) -> Wait | None:
        """Return why an engine cannot be asked now: None where it can, an empty string where it never can."""
        if self._is_closed(hop):
            return ""
        until = self.books.state(hop.engine.id).until
        resting = until is not None and until > self.clock()
        return "engine" if resting or self._stopped.is_set() else None

    def _is_closed(self, hop: Hop) -> bool:
        return (hop.engine.id, base_language(hop.source), base_language(hop.target)) in self.refused

    def _call(self, hop: Hop, chunk: Sequence[str], answers: dict[str, Translated]) -> Wait:
        """Ask an engine for one chunk, put what it answers into `answers`, and return why the rest may come later."""
        engine = hop.engine
        try:
            found = self._answers(hop, chunk)
        except EngineRefusedError as error:
            self.books.give_back(engine, sum(map(len, chunk)))
            self.refused[engine.id, base_language(hop.source), base_language(hop.target)] = str(
                error
            )
            self._note(engine, replace(self.books.state(engine.id), problem=str(error)))
            return ""
        except EngineError as error:
            self.books.give_back(engine, sum(map(len, chunk)))
            self._failed(engine, error)
            return "engine"
        if self.books.state(engine.id) != EngineState():
            self._note(engine, EngineState())
        answers.update(
            (text, answer)
            for text, answer in zip(chunk, found, strict=True)
            if isinstance(answer, Translated)
        )
        return ""

    def _answers(self, hop: Hop, chunk: Sequence[str]) -> tuple[Answer, ...]:
        """Return one answer for each text; an engine that is busy is asked once more.

        Raises:
            EngineError: if it fails, or answers more or less than it was asked.
        """
        translator = hop.engine.translator
        try:
            found = translator.translate(chunk, hop.source, hop.target)
        except EngineBusyError as error:
            wait = RETRY_SECONDS if error.retry_after_seconds is None else error.retry_after_seconds
            if wait > LONGEST_RETRY_SECONDS or self._stopped.is_set():
                raise
            self.pause(wait)
            found = translator.translate(chunk, hop.source, hop.target)
        if len(found) != len(chunk):
            message = (
                f"{translator.id} gave {len(found)} answers to {len(chunk)} segments; none is taken"
            )
            raise EngineError(message)
        return found

    def _remembered(
        self, route: Route, text: str, answer: Translated, made: datetime
    ) -> Remembered:
        words = " ".join(answer.text.split())
        source, target = route.hops[0].source, route.hops[-1].target
        terms = self.glossary.terms(text, source, target) if self.glossary else ()
        return Remembered(
            target=words,
            engine=route.engine,
            version=route.version,
            model=route.model,
            tier=route.tier,
            made=made,
            flags=flags(
                text,
                words,
                source_language=source,
                target_language=target,
                score=answer.score,
                terms=terms,
            ),
            via=answer.via,
            pivot=answer.pivot,
        )

    def _failed(self, engine: Engine, error: EngineError) -> None:
        failures = self.books.state(engine.id).failures + 1
        asked = error.retry_after_seconds if isinstance(error, EngineBusyError) else None
        rest = asked
        if failures >= FAILURES_ALLOWED:
            doubled = FIRST_REST_SECONDS * 2.0 ** (failures - FAILURES_ALLOWED)
            rest = max(min(doubled, LONGEST_REST_SECONDS), asked or 0.0)
        until = self.clock() + timedelta(seconds=rest) if rest else None
        self._note(engine, EngineState(failures=failures, until=until, problem=str(error)))

    def _note(self, engine: Engine, state: EngineState) -> None:
        self.books.keep_state(engine.id, state)
        if state.problem:
            logger(__name__).warning("translator", engine=engine.id, problem=state.problem)


def _chunks(texts: Sequence[str], hop: Hop) -> Iterator[list[str]]:
    """Yield `texts` in pieces that one call may hold; a text that is too long by itself is a piece."""
    limits = hop.engine.translator.limits
    chunk: list[str] = []
    length = 0
    for text in texts:
        full = len(chunk) >= limits.segments or length + len(text) > limits.characters
        if chunk and full:
            yield chunk
            chunk, length = [], 0
        chunk.append(text)
        length += len(text)
    if chunk:
        yield chunk
