"""Translate by DeepL's API, version 2; what it answers by which status is told in its reference."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from worldtake.engines.bearings import ASK_SECONDS, Bearings
from worldtake.engines.exchanges import parcels, translate_filled
from worldtake.engines.tags import base, spelled
from worldtake.engines.translators import Limits, Support, Untranslated
from worldtake.errors import EngineBusyError, EngineRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.engines.exchanges import Reply, Server
    from worldtake.engines.translators import Answer
    from worldtake.model import Tier

    #: Languages it translates from, and those it translates into, as it spells them.
    Languages: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]

#: Where keys of the paid and of the free kind are taken, and how the latter end.
PAID_URL = "https://api.deepl.com"
FREE_URL = "https://api-free.deepl.com"
FREE_KEY_END = ":fx"
#: Texts of one request, and its length in bytes, by DeepL's reference; some is left for what stands around the texts.
MAX_TEXTS = 50
MAX_BYTES = 128 * 1024 - 1024
#: A quota is one of a month: it is not worth asking again sooner, in seconds.
QUOTA_SECONDS = 6 * 3600.0

_QUOTA = 456
#: What is meant where a language is asked for without saying whose.
_VARIANTS = {"en": ("en-us",), "pt": ("pt-pt",)}
#: Where English is not written as in Britain.
_AMERICAN = frozenset({"us", "ca", "ph", "pr", "lr"})


@dataclass(slots=True, kw_only=True)
class DeepLTranslator:
    """Ask DeepL."""

    server: Server
    #: How far its work may be trusted.
    tier: Tier = "good"
    #: Languages it is asked to translate from; all that it knows if empty.
    sources: tuple[str, ...] = ()
    id: str = "deepl"
    #: Of the API, and of this module's way to ask.
    version: str = "2.1"
    limits: Limits = field(default_factory=lambda: Limits(segments=MAX_TEXTS, characters=20_000))
    _languages: Bearings[Languages] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._languages = Bearings(self._asked_languages)

    @property
    def trouble(self) -> str:
        """Return why it cannot say which languages it knows; empty where it can."""
        return str(self._languages.error or "")

    def supports(self, source: str, target: str) -> Support | None:
        """Return how it stands to a pair; None also while DeepL cannot be asked, as `trouble` says.

        DeepL is asked when this is first called, and again after an hour; after a failure, in a minute.
        """
        if self.sources and base(source) not in map(base, self.sources):
            return None
        codes = _codes(self._languages.now() or ((), ()), source, target)
        return None if codes is None else Support(tier=self.tier, model="DeepL", revision=codes[1])

    def translate(self, segments: Sequence[str], source: str, target: str) -> tuple[Answer, ...]:
        """Return one answer for each segment, in order.

        Raises:
            EngineBusyError: if DeepL is overloaded or out of reach, or the quota is used up.
            EngineRefusedError: if it does not know the pair, or refuses the key.
            EngineError: if it answers what is not of its API.
        """
        codes = _codes(self._languages.told(), source, target)
        if codes is None:
            msg = f"{self.id}: DeepL does not translate {source} into {target}; leave the language to another translator"
            raise EngineRefusedError(msg)
        return translate_filled(segments, functools.partial(self._translated, codes=codes))

    def close(self) -> None:
        """Do nothing: the wire is its owner's."""

    def _translated(self, segments: list[str], codes: tuple[str, str]) -> list[Answer]:
        short = [segment for segment in segments if _bytes(segment) <= MAX_BYTES]
        known: dict[str, Answer] = {}
        for parcel in parcels(short, count=MAX_TEXTS, size=MAX_BYTES, measure=_bytes):
            known.update(zip(parcel, self._parcel(parcel, codes), strict=True))
        too_long = Untranslated(reason=f"longer than DeepL takes ({MAX_BYTES} bytes)")
        return [known.get(segment, too_long) for segment in segments]

    def _parcel(self, parcel: list[str], codes: tuple[str, str]) -> list[Answer]:
        source, target = codes
        given = {
            "text": parcel,
            "source_lang": source,
            "target_lang": target,
            # A segment is a sentence; "0" keeps it from being cut again.
            "split_sentences": "0",
            "preserve_formatting": True,
        }
        reply = self.server.ask("/v2/translate", given)
        if not reply.accepted:
            raise self._refusal(reply)
        return self.server.paired(_texts(reply.content), parcel, reply.fault)

    def _refusal(self, reply: Reply) -> Exception:
        if reply.status == _QUOTA:
            return EngineBusyError(
                f"{self.id}: the quota of the key is used up; raise it at DeepL, or wait for the next month",
                QUOTA_SECONDS,
            )
        return self.server.refusal(reply)

    def _asked_languages(self) -> Languages:
        return self._asked("source"), self._asked("target")

    def _asked(self, kind: str) -> tuple[str, ...]:
        seconds = min(ASK_SECONDS, self.server.seconds)
        reply = self.server.ask(f"/v2/languages?type={kind}", seconds=seconds)
        if not reply.accepted:
            raise self._refusal(reply)
        if not isinstance(reply.content, list):
            raise self.server.nonsense(reply.fault or "without a list of languages")
        codes = [each.get("language") for each in reply.content if isinstance(each, dict)]
        return tuple(code for code in codes if isinstance(code, str))


def home_url(key: str) -> str:
    """Return where a key is taken."""
    return FREE_URL if key.endswith(FREE_KEY_END) else PAID_URL


def _codes(languages: Languages, source: str, target: str) -> tuple[str, str] | None:
    """Return how DeepL spells a pair; None where it does not know it."""
    sources, targets = languages
    code = spelled(base(source), sources)
    other = spelled(target, targets, also=_variants(target))
    if code is None or other is None or base(code) == base(other):
        return None
    return code, other


def _variants(target: str) -> tuple[str, ...]:
    language = base(target)
    regions = target.lower().split("-")[1:]
    if language == "en" and regions and not _AMERICAN.intersection(regions):
        return ("en-gb",)
    return _VARIANTS.get(language, ())


def _texts(content: Any) -> list[Any] | None:
    found = content.get("translations") if isinstance(content, dict) else None
    if not isinstance(found, list):
        return None
    return [each.get("text") if isinstance(each, dict) else None for each in found]


def _bytes(segment: str) -> int:
    """Return how many bytes a segment takes in the request."""
    return len(json.dumps(segment, ensure_ascii=False).encode("utf-8", "replace")) + 2
