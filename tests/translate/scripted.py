"""A translator that answers as told, and remembers what it was asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from worldtake.engines import Answer, Limits, Support, Translated, Untranslated
from worldtake.translate import Engine, LooseBooks, Router

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from worldtake.model import Tier

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@dataclass
class Scripted:
    """Answers as `answers` say, else with `[id target] segment` where it makes things up."""

    id: str = "scripted"
    version: str = "1"
    #: (source, target) -> tier.
    pairs: Mapping[tuple[str, str], Tier] = field(default_factory=lambda: {("sl", "en"): "good"})
    answers: dict[str, str | None] = field(default_factory=dict)
    invents: bool = False
    #: Raised by the next calls, the first one first.
    errors: list[Exception] = field(default_factory=list)
    loses_one: bool = False
    limits: Limits = field(default_factory=Limits)
    revision: str = ""
    #: What it was asked, call by call.
    calls: list[tuple[str, ...]] = field(default_factory=list)
    closed: bool = False

    @property
    def asked(self) -> list[str]:
        return [segment for call in self.calls for segment in call]

    def supports(self, source: str, target: str) -> Support | None:
        tier = self.pairs.get((source.partition("-")[0], target))
        if tier is None:
            return None
        return Support(tier=tier, model=f"{self.id} {source}-{target}", revision=self.revision)

    def translate(self, segments: Sequence[str], source: str, target: str) -> tuple[Answer, ...]:
        del source
        self.calls.append(tuple(segments))
        if self.errors:
            raise self.errors.pop(0)
        found = tuple(self._answer(segment, target) for segment in segments)
        return found[1:] if self.loses_one else found

    def _answer(self, segment: str, target: str) -> Answer:
        said = self.answers.get(segment)
        if said is None and self.invents and segment not in self.answers:
            said = f"{self.id} said in {target}: {segment[::-1]}"
        return Untranslated(reason="unknown") if said is None else Translated(text=said)

    def close(self) -> None:
        self.closed = True


@dataclass
class Clock:
    """Time that stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def router_of(
    *translators: Scripted | Engine, clock: Callable[[], datetime] | None = None
) -> Router:
    """Return a router of translators that waits for nothing."""
    engines = (
        each if isinstance(each, Engine) else Engine(translator=each) for each in translators
    )
    return Router(
        engines=tuple(engines), books=LooseBooks(), clock=clock or Clock(), pause=lambda _: None
    )
