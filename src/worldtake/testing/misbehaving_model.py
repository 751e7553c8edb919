"""An OpenAI-compatible language model on loopback that translates as it is told to, and misbehaves on demand.

Well-behaved, it answers every sentence with its echo and its translation. A `Fault` spoils one answer: what the model says, or
the bytes of it. `model_faults` has those that real models and servers are known for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from worldtake.testing.engine_server import Asked, EngineServer, Told, told
from worldtake.testing.fake_libretranslate import turned

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    #: Answers a call in its own way.
    Fault: TypeAlias = Callable[["Call"], Told]

_PATH = "/v1/chat/completions"
_FIELDS = frozenset({"model", "messages", "temperature", "seed", "response_format"})
#: Characters of a sentence in the echo of it.
_ECHO_CHARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call, as a model reads it."""

    #: Name of a sentence -> the sentence.
    segments: Mapping[str, str]
    #: Languages.
    source: str
    target: str
    #: What the model was told.
    system: str = field(repr=False)
    #: The whole request.
    request: Mapping[str, Any] = field(repr=False)
    #: Translates as the server does.
    translate: Callable[[str, str, str], str] = field(repr=False)

    def values(self) -> dict[str, dict[str, str]]:
        """Return what a model answers that behaves."""
        return {
            name: {
                "source": text[:_ECHO_CHARS],
                "translation": self.translate(text, self.source, self.target),
            }
            for name, text in self.segments.items()
        }


def says(content: Any, ending: str = "stop", **message: Any) -> Told:
    """Return a completion that says `content`: a text, or what is to be written as JSON."""
    text = content if isinstance(content, str) or content is None else _json(content)
    spoken = {"role": "assistant", "content": text, **message}
    choice = {"index": 0, "message": spoken, "finish_reason": ending}
    return told({"id": "c", "object": "chat.completion", "choices": [choice]})


def refuses(status: int, words: str, **more: Any) -> Told:
    """Return an error as such servers word it."""
    return told({"error": {"message": words, "type": "error", "param": None}}, status, **more)


@dataclass(slots=True, kw_only=True)
class MisbehavingModel(EngineServer):
    """Serve one model; `url` ends in `/v1`."""

    base: ClassVar[str] = "/v1"

    model: str = "toy"
    #: The key that must be sent; empty where none is asked for.
    key: str = ""
    #: Makes a text another one, from which language into which.
    translate: Callable[[str, str, str], str] = turned
    #: How each call is spoiled, in order; None leaves it. Used up, what comes after is as `always` says.
    script: list[Fault | None] = field(default_factory=list)
    #: How calls beyond the script are spoiled; None leaves them.
    always: Fault | None = None

    @property
    def calls(self) -> tuple[Call, ...]:
        """Return the questions that were asked so far."""
        return tuple(call for asked in self.log if (call := self._call(asked.content)))

    def answer(self, asked: Asked) -> Told:
        """Return what the server answers."""
        refused = self._refusal(asked)
        if refused is not None:
            return refused
        call = self._call(asked.content)
        if call is None:
            return says("I do not see what to translate.")
        fault = self.script.pop(0) if self.script else self.always
        return fault(call) if fault else says(call.values())

    def _refusal(self, asked: Asked) -> Told | None:
        given = asked.content
        if asked.method != "POST" or asked.path != _PATH:
            return refuses(404, f"Invalid URL ({asked.method} {asked.path})")
        if self.key and asked.headers.get("authorization") != f"Bearer {self.key}":
            return refuses(401, "Incorrect API key provided")
        if not isinstance(given, dict) or not _is_conversation(given.get("messages")):
            return refuses(400, "messages: a list of messages is required")
        unknown = sorted(set(given) - _FIELDS)
        if unknown:
            return refuses(400, f"Unrecognized request arguments: {unknown}")
        if given.get("model") != self.model:
            return refuses(404, f"The model {given.get('model')!r} does not exist")
        wrong = _wrong_format(given.get("response_format"))
        return refuses(400, f"Invalid response_format: {wrong}") if wrong else None

    def _call(self, given: Any) -> Call | None:
        try:
            *_, system, user = (message["content"] for message in given["messages"])
            read = json.loads(user)
            return Call(
                segments={each["id"]: each["text"] for each in read["segments"]},
                source=read["from"],
                target=read["to"],
                system=system,
                request=given,
                translate=self.translate,
            )
        except (KeyError, TypeError, ValueError):
            return None


def _is_conversation(messages: Any) -> bool:
    return (
        isinstance(messages, list)
        and bool(messages)
        and all(
            isinstance(each, dict)
            and each.get("role") in {"system", "user", "assistant"}
            and isinstance(each.get("content"), str)
            for each in messages
        )
    )


def _wrong_format(given: Any) -> str:
    """Return what is wrong with a `response_format` by the rules of strict schemas; empty where nothing is."""
    if given is None or given == {"type": "json_object"}:
        return ""
    schema = given.get("json_schema") if isinstance(given, dict) else None
    if not isinstance(schema, dict) or given.get("type") != "json_schema":
        return "unknown type"
    if not {"name", "schema"} <= set(schema):
        return "name and schema are required"
    return "" if _is_strict(schema["schema"]) else "required must list every key"


def _is_strict(schema: Any) -> bool:
    if schema.get("type") != "object":
        return True
    members = schema.get("properties", {})
    strict = schema.get("required") == list(members) and schema.get("additionalProperties") is False
    return strict and all(map(_is_strict, members.values()))


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)
