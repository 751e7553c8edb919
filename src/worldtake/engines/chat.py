"""Translate by a language model behind an OpenAI-compatible `/chat/completions`, hosted or one's own.

Sentences are asked for several at a time; what is missing or in doubt once more, alone. Without a reading that leaves no doubt
(`chat_answers`), a sentence stays untranslated.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from worldtake.engines.chat_answers import Taken, take
from worldtake.engines.chat_prompts import PROMPT_VERSION, Question, language_name, question
from worldtake.engines.exchanges import Reply, parcels, translate_filled
from worldtake.engines.glossary import Glossary
from worldtake.engines.tags import base
from worldtake.engines.translators import Limits, Support, Untranslated
from worldtake.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.engines.exchanges import Server
    from worldtake.engines.translators import Answer, Translated
    from worldtake.model import Tier

#: Ways to ask for JSON, the strictest first; a server that knows one not is asked by the next.
FORMATS = ("json_schema", "json_object", "")
#: Fields that some servers refuse, and that can be left out.
OPTIONAL = ("seed", "temperature")
#: Where chance is drawn from, so that the same question has the same answer; the second try takes the next.
SEED = 1
#: Sentences in a row that a model gives no use of when asked alone: more of the call are not tried.
GIVE_UP = 4
#: Sentences, and characters of them, from which on a call's translations tell how long the others should be.
GROWTH_SENTENCES = 3
GROWTH_CHARS = 150

_NO_PAIR = frozenset({"und", "mul", "zxx", "mis"})
_DOUBTED = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})
#: Words by which servers say that a question is too long for the model.
_TOO_LONG = (
    "context length",
    "context_length",
    "context size",
    "context window",
    "too long",
    "too large",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Manner:
    """How a server wants to be asked."""

    #: Place in `FORMATS`.
    format: int = 0
    #: Which of `OPTIONAL` are sent.
    optional: frozenset[str] = frozenset(OPTIONAL)

    def simpler(self, refused: Reply) -> _Manner | None:
        """Return what to try after a refusal; None where nothing is left."""
        words = refused.words.lower()
        named = next((each for each in OPTIONAL if each in self.optional and each in words), None)
        if named:
            return replace(self, optional=self.optional - {named})
        return replace(self, format=self.format + 1) if FORMATS[self.format] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a model said."""

    text: str = ""
    #: Whether it was cut off at the longest that it may say, or the question was too long for it.
    cut: bool = False
    #: Why it said nothing; empty where it said something.
    silence: str = ""


@dataclass(slots=True, kw_only=True)
class _Work:
    """Sentences on their way."""

    source: str
    target: str
    #: Sentence -> translation.
    done: dict[str, Translated] = field(default_factory=dict)
    #: Sentence -> why it has none; those in `again` may still get one.
    failed: dict[str, str] = field(default_factory=dict)
    #: To be asked alone.
    again: list[str] = field(default_factory=list)

    @property
    def growth(self) -> float | None:
        """Return how many characters a translation has for each of its source; None where too little is done to tell."""
        length = sum(map(len, self.done))
        known = len(self.done) >= GROWTH_SENTENCES and length >= GROWTH_CHARS
        return sum(len(each.text) for each in self.done.values()) / length if known else None

    def answer(self, segment: str) -> Answer:
        found = self.done.get(segment)
        return found or Untranslated(
            reason=self.failed.get(segment, "the server stopped answering")
        )


@dataclass(slots=True, kw_only=True)
class ChatTranslator:
    """Ask a language model."""

    server: Server
    #: Name of the model, as the server knows it.
    model: str
    #: Words with fixed translations; those that occur are told.
    glossary: Glossary = field(default_factory=Glossary, repr=False)
    #: How far its work may be trusted.
    tier: Tier = "good"
    #: Languages it is asked to translate from; all if empty.
    sources: tuple[str, ...] = ()
    id: str = "llm"
    #: Of this module's way to ask and to read.
    version: str = f"1.{PROMPT_VERSION}"
    limits: Limits = field(default_factory=lambda: Limits(segments=16, characters=4_000))
    #: What the server was last found to take.
    _manner: _Manner = field(default_factory=_Manner, init=False, repr=False)

    def supports(self, source: str, target: str) -> Support | None:
        """Return how it stands to a pair: whether a model knows a language, only its work shows."""
        if self.sources and base(source) not in map(base, self.sources):
            return None
        pair = {base(source), base(target)}
        known = all(language_name(each) for each in (source, target))
        if not known or len(pair) == 1 or pair & _NO_PAIR:
            return None
        return Support(
            tier=self.tier,
            model=f"{self.model} (language model)",
            revision=self._revision(source, target),
        )

    def translate(self, segments: Sequence[str], source: str, target: str) -> tuple[Answer, ...]:
        """Return one answer for each segment, in order; what was taken before the server failed is kept.

        Raises:
            EngineBusyError: if the server is overloaded, out of reach, or too slow.
            EngineRefusedError: if it refuses the key, the model or the question.
            EngineError: if it answers what is not of its protocol.
        """

        def answers(asked: list[str]) -> list[Answer]:
            work = _Work(source=source, target=target)
            try:
                self._work(asked, work)
            except EngineError:
                if not work.done:
                    raise
            return [work.answer(segment) for segment in asked]

        return translate_filled(segments, answers)

    def close(self) -> None:
        """Do nothing: the wire is its owner's."""

    def _revision(self, source: str, target: str) -> str:
        whole = f"{self.model}\n{self.glossary.revision(source, target)}"
        return hashlib.blake2b(whole.encode(), digest_size=8).hexdigest()

    def _work(self, segments: list[str], work: _Work) -> None:
        limits = self.limits
        for parcel in parcels(segments, count=limits.segments, size=limits.characters, measure=len):
            self._together(parcel, work)
        failures = 0
        for segment in work.again:
            if failures == GIVE_UP:
                break
            done = self._alone(segment, work)
            failures = 0 if done else failures + 1

    def _together(self, parcel: list[str], work: _Work) -> None:
        asked = self._question(parcel, work)
        said = self._said(asked, SEED)
        if said.cut and len(parcel) > 1:
            half = len(parcel) // 2
            self._together(parcel[:half], work)
            self._together(parcel[half:], work)
            return
        missing = self._taken(asked, said, work)
        if not said.cut:
            work.again += missing

    def _alone(self, segment: str, work: _Work) -> bool:
        asked = self._question([segment], work)
        return not self._taken(asked, self._said(asked, SEED + 1), work)

    def _question(self, parcel: list[str], work: _Work) -> Question:
        terms = {
            word: other
            for segment in parcel
            for word, other in self.glossary.terms(segment, work.source, work.target)
        }
        return question(parcel, work.source, work.target, tuple(terms.items()))

    @staticmethod
    def _taken(asked: Question, said: _Said, work: _Work) -> list[str]:
        """Note what is taken and what is not, and return the sentences without a translation."""
        if said.silence:
            taken = Taken(missing=dict.fromkeys(asked.segments, said.silence))
        else:
            alone = len(asked.segments) == 1
            taken = take(said.text, asked, work.growth if alone else None)
        work.done.update({asked.segments[name]: each for name, each in taken.found.items()})
        failed = {asked.segments[name]: reason for name, reason in taken.missing.items()}
        work.failed.update(failed)
        return list(failed)

    def _said(self, asked: Question, seed: int) -> _Said:
        manner: _Manner | None = self._manner
        while manner is not None:
            reply = self.server.ask("/chat/completions", self._given(asked, seed, manner))
            if reply.accepted:
                self._manner = manner
                return self._heard(reply)
            if _is_too_long(reply):
                return _Said(cut=True, silence="longer than the model takes")
            manner = manner.simpler(reply) if reply.status in _DOUBTED else None
        raise self.server.refusal(reply)

    def _given(self, asked: Question, seed: int, manner: _Manner) -> dict[str, Any]:
        given: dict[str, Any] = {"model": self.model, "messages": asked.messages}
        optional = {"temperature": 0, "seed": seed}
        given |= {name: optional[name] for name in optional if name in manner.optional}
        kind = FORMATS[manner.format]
        if kind == "json_schema":
            schema = {"name": "translations", "strict": True, "schema": asked.schema}
            given["response_format"] = {"type": kind, "json_schema": schema}
        elif kind:
            given["response_format"] = {"type": kind}
        return given

    def _heard(self, reply: Reply) -> _Said:
        content = reply.content if isinstance(reply.content, dict) else {}
        choices = content.get("choices")
        if not isinstance(choices, list):
            raise self._hidden_refusal(reply) or self.server.nonsense(
                reply.fault or "without choices"
            )
        choice = choices[0] if choices and isinstance(choices[0], dict) else {}
        message = choice.get("message")
        return _read(choice.get("finish_reason"), message if isinstance(message, dict) else {})

    def _hidden_refusal(self, reply: Reply) -> EngineError | None:
        """Return the error that some servers in between put into an answer of status 200."""
        error = reply.content.get("error") if isinstance(reply.content, dict) else None
        code = error.get("code") if isinstance(error, dict) else None
        if not isinstance(code, int) or code < HTTPStatus.BAD_REQUEST:
            return None
        return self.server.refusal(replace(reply, status=code))


def _read(ending: Any, message: dict[str, Any]) -> _Said:
    text = _text(message.get("content"))
    if ending == "length":
        return _Said(text=text, cut=True, silence="its answer was cut off")
    if ending == "content_filter" or (message.get("refusal") and not text):
        return _Said(silence="the model refused")
    if message.get("tool_calls") and not text:
        return _Said(silence="the model called a tool")
    return _Said(text=text, silence="" if text.strip() else "an empty answer")


def _text(content: Any) -> str:
    """Return the text of a message, which some servers give in parts."""
    if isinstance(content, list):
        parts = (each.get("text") for each in content if isinstance(each, dict))
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _is_too_long(reply: Reply) -> bool:
    if reply.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return True
    words = reply.words.lower()
    return reply.status in _DOUBTED and any(each in words for each in _TOO_LONG)
