"""What a translator is, and the two that need nothing: one that knows sentences by heart, and none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from worldtake.text.fold import squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.model import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one call of a translator may hold; who calls cuts what is more into several calls."""

    #: Segments.
    segments: int = 64
    #: Characters of all segments together.
    characters: int = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """How a translator stands to one pair of languages."""

    #: How far its work may be trusted.
    tier: Tier
    #: What translates the pair, as readers are told: "OPUS-MT sl-en".
    model: str
    #: Changes when the same segment may come out otherwise: a checksum of the model's files, the path through pivots.
    revision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """One segment in the target language."""

    text: str
    #: Mean natural log-probability of a token; None where the translator tells none.
    score: float | None = None
    #: Language in between, BCP 47, and the words in it; empty where there is none.
    via: str = ""
    pivot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Untranslated:
    """One segment that a translator could not translate, though it could others of the call."""

    #: Why, in a few words: "no answer for it".
    reason: str


#: What a translator answers to one segment.
Answer: TypeAlias = "Translated | Untranslated"


class Translator(Protocol):
    """Turns segments of one language into another."""

    @property
    def id(self) -> str:
        """Name under which it is set, counted and remembered."""
        ...

    @property
    def version(self) -> str:
        """Changes when the same segment may come out otherwise whatever the pair."""
        ...

    @property
    def limits(self) -> Limits:
        """What one call may hold."""
        ...

    def supports(self, source: str, target: str) -> Support | None:
        """Return how it stands to a pair of languages (BCP 47); None where it cannot translate it. Cheap, asks no network."""
        ...

    def translate(self, segments: Sequence[str], source: str, target: str) -> tuple[Answer, ...]:
        """Return one answer for each segment, in order.

        Raises:
            EngineBusyError: if the whole call failed and may succeed later.
            EngineRefusedError: if it will not do for this pair.
            EngineError: if the whole call failed otherwise.
        """
        ...

    def close(self) -> None:
        """Let go of processes, models and connections."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PhrasebookTranslator:
    """Know sentences by heart: exact matches alone."""

    #: Name under which its work is shown.
    id: str = "phrasebook"
    #: Edition of the book.
    version: str = "1"
    #: (source language, sentence squeezed as by `squeeze`) -> sentence in `target`.
    phrases: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)
    #: The one language it knows, BCP 47.
    target: str = "en"
    limits: Limits = field(default_factory=Limits)

    def supports(self, source: str, target: str) -> Support | None:
        """Return `good` for languages it has sentences of."""
        known = target == self.target and any(language == source for language, _ in self.phrases)
        return Support(tier="good", model=self.id) if known else None

    def translate(self, segments: Sequence[str], source: str, target: str) -> tuple[Answer, ...]:
        """Return the sentences known by heart."""
        found = (
            self.phrases.get((source, squeeze(segment))) if target == self.target else None
            for segment in segments
        )
        unknown = Untranslated(reason="not known by heart")
        return tuple(unknown if text is None else Translated(text=text) for text in found)

    def close(self) -> None:
        """Do nothing: it holds nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryTranslator:
    """Translate nothing anew: what it is known by is remembered already, as the sample press is."""

    #: Name under which its work is remembered.
    id: str
    #: What it is called on pages.
    model: str
    version: str = "1"
    #: The one language it knows, BCP 47.
    target: str = "en"
    limits: Limits = field(default_factory=Limits)

    def supports(self, source: str, target: str) -> Support | None:
        """Return `good` for whatever is remembered in its language."""
        del source
        return Support(tier="good", model=self.model) if target == self.target else None

    def translate(self, segments: Sequence[str], source: str, target: str) -> tuple[Answer, ...]:
        """Return no translation of any segment."""
        del source, target
        return (Untranslated(reason="not remembered"),) * len(segments)

    def close(self) -> None:
        """Do nothing: it holds nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoTranslator:
    """Translate nothing: a valid setting."""

    #: Name under which pages say that there is none.
    id: str = "none"
    #: Nothing to tell versions apart by.
    version: str = "1"
    limits: Limits = field(default_factory=Limits)

    def supports(self, source: str, target: str) -> Support | None:
        """Return None: it cannot."""
        del source, target
        return None

    def translate(self, segments: Sequence[str], source: str, target: str) -> tuple[Answer, ...]:
        """Return no translation of any segment."""
        del source, target
        return (Untranslated(reason="no translator is set up"),) * len(segments)

    def close(self) -> None:
        """Do nothing: it holds nothing."""
