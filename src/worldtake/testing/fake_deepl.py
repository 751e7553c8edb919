"""A server that speaks DeepL's API, version 2, on loopback, and refuses what the real one refuses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from worldtake.testing.engine_server import Asked, EngineServer, Told, told
from worldtake.testing.fake_libretranslate import turned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Limits of a request by DeepL's reference.
MAX_TEXTS = 50
MAX_BYTES = 128 * 1024

_SOURCES = ("BG", "DE", "EN", "PT", "SL", "ZH")
_TARGETS = ("BG", "DE", "EN-GB", "EN-US", "PT-BR", "PT-PT", "SL", "ZH", "ZH-HANS", "ZH-HANT")
#: Taken as targets, but not listed, since they do not say whose.
_OLD_TARGETS = ("EN", "PT")
_FIELDS = {
    "text": list,
    "source_lang": str,
    "target_lang": str,
    "split_sentences": str,
    "preserve_formatting": bool,
}


@dataclass(slots=True, kw_only=True)
class FakeDeepL(EngineServer):
    """Translate as `translate` says."""

    #: The key that must be sent.
    key: str = "agreed:fx"
    #: Makes a text another one, from which language into which.
    translate: Callable[[str, str, str], str] = turned
    #: Characters that may still be translated; None where there is no quota.
    quota: int | None = None
    #: Answers in place of the true ones, used up in order.
    script: list[Told] = field(default_factory=list)

    def answer(self, asked: Asked) -> Told:
        """Return what the server answers."""
        if asked.headers.get("authorization") != f"DeepL-Auth-Key {self.key}":
            return Told(status=403)
        parts = urlsplit(asked.path)
        if parts.path == "/v2/languages":
            return _languages(parse_qs(parts.query).get("type", ["source"])[0])
        if parts.path != "/v2/translate" or asked.method != "POST":
            return _refused("Not Found", 404)
        if self.script:
            return self.script.pop(0)
        if len(asked.body) > MAX_BYTES:
            return _refused("Request Entity Too Large", 413)
        return self._refusal(asked.content) or self._translated(asked.content)

    @staticmethod
    def _refusal(given: Any) -> Told | None:
        words = next(_faults(given if isinstance(given, dict) else {}), "")
        return _refused(words) if words else None

    def _translated(self, given: dict[str, Any]) -> Told:
        texts, source, target = given["text"], given["source_lang"], given["target_lang"]
        if self.quota is not None:
            self.quota -= sum(map(len, texts))
            if self.quota < 0:
                return _refused("Quota exceeded", 456)
        found = [
            {"detected_source_language": source, "text": self.translate(text, source, target)}
            for text in texts
        ]
        return told({"translations": found})


def _faults(given: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a request."""
    for name, value in given.items():
        if not isinstance(value, _FIELDS.get(name, ())):
            yield f"Bad request. Reason: field '{name}' is unknown, or of the wrong type"
    texts = given.get("text")
    if not texts:
        yield "Parameter 'text' not specified."
    elif len(texts) > MAX_TEXTS:
        yield "Too many texts."
    if given.get("source_lang", "EN").upper() not in _SOURCES:
        yield "Value for 'source_lang' not supported."
    if given.get("target_lang", "").upper() not in (*_TARGETS, *_OLD_TARGETS):
        yield "Value for 'target_lang' not supported."


def _languages(kind: str) -> Told:
    if kind not in {"source", "target"}:
        return _refused("Value for 'type' not supported.")
    codes = _SOURCES if kind == "source" else _TARGETS
    return told([{"language": code, "name": code} for code in codes])


def _refused(words: str, status: int = 400) -> Told:
    return told({"message": words}, status)
