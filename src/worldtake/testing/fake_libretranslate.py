"""A server that speaks the LibreTranslate protocol on loopback, and refuses what the real one refuses, in its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from worldtake.testing.engine_server import Asked, EngineServer, Told, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def turned(text: str, source: str, target: str) -> str:
    """Return a text that shows what it was made from: `[sl>en] Dober dan.`."""
    return f"[{source}>{target}] {text}"


@dataclass(slots=True, kw_only=True)
class FakeLibreTranslate(EngineServer):
    """Translate as `translate` says."""

    #: Language -> those that it is translated into.
    languages: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {"en": ("en", "sl"), "sl": ("en", "sl"), "zh-Hans": ("en",)}
    )
    #: Makes a text another one, from which language into which.
    translate: Callable[[str, str, str], str] = turned
    #: The key that must be sent; empty where none is asked for.
    key: str = ""
    #: Longest text, in characters, and most texts of a call; None where there is no limit.
    char_limit: int | None = None
    batch_limit: int | None = None
    #: Answers in place of the true ones, used up in order.
    script: list[Told] = field(default_factory=list)

    def answer(self, asked: Asked) -> Told:
        """Return what the server answers."""
        if asked.path == "/languages":
            return told([_language(*each) for each in self.languages.items()])
        if asked.path != "/translate":
            return _refused("Not Found", 404)
        if asked.method != "POST":
            return _refused("Method Not Allowed", 405)
        if self.script:
            return self.script.pop(0)
        given = asked.content
        typed = asked.headers.get("content-type", "").startswith("application/json")
        if not (typed and isinstance(given, dict)):
            return _refused("Invalid JSON format")
        return self._refusal(given) or told({"translatedText": self._translated(given)})

    def _refusal(self, given: dict[str, Any]) -> Told | None:
        key = given.get("api_key")
        if self.key and key != self.key:
            words = "Please contact the server operator to get an API key"
            return _refused("Invalid API key", 403) if key else _refused(words)
        for name in ("q", "source", "target"):
            if not given.get(name):
                return _refused(f"Invalid request: missing {name} parameter")
        return self._over_limit(given["q"]) or self._unsupported(given)

    def _over_limit(self, q: str | list[str]) -> Told | None:
        texts = q if isinstance(q, list) else [q]
        if self.batch_limit is not None and len(texts) > self.batch_limit:
            return _too_much(len(texts), self.batch_limit)
        longest = max(map(len, texts))
        if self.char_limit is not None and longest > self.char_limit:
            return _too_much(longest, self.char_limit)
        return None

    def _unsupported(self, given: dict[str, Any]) -> Told | None:
        source, target = given["source"], given["target"]
        for code in (source, target):
            if code not in self.languages:
                return _refused(f"{code} is not supported")
        if target not in self.languages[source]:
            return _refused(
                f"{target} ({target}) is not available as a target language from {source} ({source})"
            )
        if given.get("format", "text") not in {"text", "html"}:
            return _refused(f"{given['format']} format is not supported")
        return None

    def _translated(self, given: dict[str, Any]) -> str | list[str]:
        q, source, target = given["q"], given["source"], given["target"]
        if isinstance(q, list):
            return [self.translate(text, source, target) for text in q]
        return self.translate(q, source, target)


def _language(code: str, targets: tuple[str, ...]) -> dict[str, Any]:
    return {"code": code, "name": code, "targets": list(targets)}


def _refused(words: str, status: int = 400) -> Told:
    return told({"error": words}, status)


def _too_much(size: int, limit: int) -> Told:
    return _refused(f"Invalid request: request ({size}) exceeds text limit ({limit})")
