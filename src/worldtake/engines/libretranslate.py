"""Translate by a server that speaks the LibreTranslate protocol: `/languages` and `/translate`, both JSON."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import regex

from worldtake.engines.bearings import ASK_SECONDS, Bearings
from worldtake.engines.exchanges import parcels, translate_filled
from worldtake.engines.tags import base, spelled
from worldtake.engines.translators import Limits, Support, Untranslated
from worldtake.errors import EngineBusyError, EngineRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.engines.exchanges import Reply, Server
    from worldtake.engines.translators import Answer
    from worldtake.model import Tier

#: Languages that a server translates from, with those that it translates each into, as it spells them.
Pairs = dict[str, tuple[str, ...]]

_TOO_MUCH = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE})
#: "request (9) exceeds text limit (5)": of texts in a call, or of characters in one of them.
_OVER_LIMIT = regex.compile(r"limit\W+(\d+)")


@dataclass(slots=True, kw_only=True)
class LibreTranslateTranslator:
    """Ask a LibreTranslate server."""

    server: Server
    #: How far its work may be trusted.
    tier: Tier = "good"
    #: Languages it is asked to translate from; all that the server knows if empty.
    sources: tuple[str, ...] = ()
    #: Tells its servers apart where what they translate is remembered.
    revision: str = ""
    id: str = "libretranslate"
    #: Of this module's way to ask; what the server's models are, the protocol does not tell.
    version: str = "1"
    #: A call takes about as long as the segments one by one: the server puts them through its model singly.
    limits: Limits = field(default_factory=lambda: Limits(segments=32, characters=8_000))
    _pairs: Bearings[Pairs] = field(init=False, repr=False)
    #: Texts that the server takes in one call.
    _count: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._pairs = Bearings(self._asked_pairs)
        self._count = self.limits.segments

    @property
    def trouble(self) -> str:
        """Return why it cannot say which languages it knows; empty where it can."""
        return str(self._pairs.error or "")

    def supports(self, source: str, target: str) -> Support | None:
        """Return how it stands to a pair; None also while the server cannot be asked, as `trouble` says.

        The server is asked when this is first called, and again after an hour; after a failure, in a minute.
        """
        if self.sources and base(source) not in map(base, self.sources):
            return None
        if self._codes(self._pairs.now() or {}, source, target) is None:
            return None
        return Support(tier=self.tier, model="LibreTranslate", revision=self.revision)

    def translate(self, segments: Sequence[str], source: str, target: str) -> tuple[Answer, ...]:
        """Return one answer for each segment, in order.

        Raises:
            EngineBusyError: if the server is overloaded or out of reach.
            EngineRefusedError: if it does not know the pair, or refuses the key.
            EngineError: if it answers what is not of its protocol.
        """
        codes = self._codes(self._pairs.told(), source, target)
        if codes is None:
            msg = f"{self.id}: {self.server.url} does not translate {source} into {target}; install a model there"
            raise EngineRefusedError(msg)
        return translate_filled(segments, functools.partial(self._translated, codes=codes))

    def close(self) -> None:
        """Do nothing: the wire is its owner's."""

    def _translated(self, segments: list[str], codes: tuple[str, str]) -> list[Answer]:
        found: list[Answer] = []
        size = self.limits.characters
        for parcel in parcels(segments, count=self._count, size=size, measure=len):
            found += self._parcel(parcel, codes)
        return found

    def _parcel(self, parcel: list[str], codes: tuple[str, str]) -> list[Answer]:
        source, target = codes
        given = {"q": parcel, "source": source, "target": target, "format": "text"}
        if self.server.key:
            given["api_key"] = self.server.key
        reply = self.server.ask("/translate", given)
        limit = _limit(reply)
        if limit is not None:
            return self._in_parts(parcel, codes, limit)
        if not reply.accepted:
            raise self._refusal(reply)
        return self._read(reply, parcel)

    def _in_parts(self, parcel: list[str], codes: tuple[str, str], limit: int) -> list[Answer]:
        """Return the answers to a parcel that holds more than the server takes at once."""
        if len(parcel) == 1:
            return [Untranslated(reason=f"longer than the server takes ({limit} characters)")]
        # The limit is one of texts, or else one of characters in a text, of which one is too long.
        counted = 0 < limit < len(parcel)
        if counted:
            self._count = min(self._count, limit)
        size = limit if counted else len(parcel) // 2
        parts = [parcel[at : at + size] for at in range(0, len(parcel), size)]
        return [answer for part in parts for answer in self._parcel(part, codes)]

    def _read(self, reply: Reply, parcel: list[str]) -> list[Answer]:
        content = reply.content
        texts = content.get("translatedText") if isinstance(content, dict) else None
        return self.server.paired(texts, parcel, reply.fault)

    def _refusal(self, reply: Reply) -> Exception:
        error = self.server.refusal(reply)
        # The server bans who has called too often for a while, with the status of a wrong key.
        if reply.status == HTTPStatus.FORBIDDEN and "too many" in reply.words.lower():
            return EngineBusyError(str(error), reply.retry_after_seconds)
        return error

    def _asked_pairs(self) -> Pairs:
        reply = self.server.ask("/languages", seconds=min(ASK_SECONDS, self.server.seconds))
        if not reply.accepted:
            raise self._refusal(reply)
        if not isinstance(reply.content, list):
            raise self.server.nonsense(reply.fault or "without a list of languages")
        return dict(pair for each in reply.content if (pair := _pair(each)))

    @staticmethod
    def _codes(
        pairs: Mapping[str, tuple[str, ...]], source: str, target: str
    ) -> tuple[str, str] | None:
        """Return how the server spells a pair; None where it does not know it."""
        code = spelled(source, pairs)
        other = None if code is None else spelled(target, pairs[code])
        return None if code is None or other is None or code == other else (code, other)


def _pair(told: Any) -> tuple[str, tuple[str, ...]] | None:
    """Return a language with its targets as `/languages` tells them; None where it is something else."""
    code = told.get("code") if isinstance(told, dict) else None
    targets = told.get("targets") if isinstance(told, dict) else None
    if not isinstance(code, str) or not isinstance(targets, list):
        return None
    return code, tuple(each for each in targets if isinstance(each, str))


def _limit(reply: Reply) -> int | None:
    """Return the limit that a call went over; None where it is refused for another reason, or not at all."""
    if reply.status not in _TOO_MUCH:
        return None
    found = _OVER_LIMIT.search(reply.words)
    return int(found[1]) if found else None
