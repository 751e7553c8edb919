"""Say by which translators one language is put into another, the most trusted first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from worldtake.model import SHOWN_TIERS, Tier, base_language
from worldtake.translate.segments import segment_key, signature_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldtake.engines import Support, Translator

#: From the most to the least trusted.
TIERS: tuple[Tier, ...] = get_args(Tier)
#: Languages that others are put into on the way, where no translator knows both ends.
PIVOTS = ("en",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A translator as it is set up: what it is asked, and how much of that a day."""

    translator: Translator
    #: Base languages it is asked to translate from; all it knows if empty.
    sources: frozenset[str] = frozenset()
    #: How far it is trusted, where that is not its own word.
    tier: Tier | None = None
    #: Most that is sent in a day (UTC), in characters and in money; None for no limit.
    daily_characters: int | None = None
    daily_money: float | None = None
    #: What a million characters cost.
    price: float = 0.0

    @property
    def id(self) -> str:
        """The translator's name."""
        return self.translator.id

    def supports(self, source: str, target: str) -> Support | None:
        """Return how it stands to a pair of languages, as it is set up; None where it is not asked for it."""
        if self.sources and base_language(source) not in self.sources:
            return None
        found = self.translator.supports(source, target)
        return None if found is None or found.tier == "none" else found

    def cost(self, characters: int) -> float:
        """Return what `characters` cost."""
        return characters * self.price / 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One translator for one pair of languages."""

    engine: Engine
    support: Support
    source: str
    target: str

    @property
    def tier(self) -> Tier:
        """How far it is trusted."""
        return self.engine.tier or self.support.tier

    @property
    def signature(self) -> str:
        """What its work is remembered under."""
        translator = self.engine.translator
        return signature_of(translator.id, translator.version, self.support.revision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A way from one language into another: one hop, or two by a language in between."""

    hops: tuple[Hop, ...]

    @property
    def tier(self) -> Tier:
        """How far it is trusted: as its weakest hop."""
        return max((hop.tier for hop in self.hops), key=TIERS.index)

    @property
    def engine(self) -> str:
        """Ids of its engines."""
        return "+".join(dict.fromkeys(hop.engine.id for hop in self.hops))

    @property
    def version(self) -> str:
        """Versions of its engines."""
        return "+".join(dict.fromkeys(hop.engine.translator.version for hop in self.hops))

    @property
    def model(self) -> str:
        """What it is called on pages."""
        return ", ".join(hop.support.model for hop in self.hops)

    def key(self, text: str) -> str:
        """Return the key under which its translation of `text` is remembered."""
        signature = "\x1d".join(hop.signature for hop in self.hops)
        return segment_key(text, self.hops[0].source, self.hops[-1].target, signature)


def routes(engines: Sequence[Engine], source: str, target: str) -> tuple[Route, ...]:
    """Return the ways from `source` into `target`, the most trusted first, of equals the direct one, then as set up.

    Where any of them may be shown, those that may not are left out: a text is shown whole or not at all.
    """
    found = [Route(hops=(hop,)) for hop in _hops(engines, source, target)]
    for pivot in PIVOTS:
        if pivot not in (base_language(source), base_language(target)):
            onward = _hops(engines, pivot, target)
            found += [
                Route(hops=(first, second))
                for first in _hops(engines, source, pivot)
                for second in onward
            ]
    shown = [route for route in found if route.tier in SHOWN_TIERS]
    return tuple(sorted(shown or found, key=_rank))


def _rank(route: Route) -> tuple[int, int]:
    return (TIERS.index(route.tier), len(route.hops))


def _hops(engines: Sequence[Engine], source: str, target: str) -> list[Hop]:
    return [
        Hop(engine=engine, support=support, source=source, target=target)
        for engine in engines
        if (support := engine.supports(source, target))
    ]
