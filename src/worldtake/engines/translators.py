"""What a translator is, and the two that need nothing: one that knows sentences by heart, and none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from worldtake.text.fold import squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worldtake.model import Tier


class Translator(Protocol):
    """Turns segments of one language into another."""

    @property
    def id(self) -> str:
        """Name under which its work is shown and remembered."""
        ...

    @property
    def version(self) -> str:
        """Changes when the same input may give another output."""
        ...

    def tier(self, source: str, target: str) -> Tier | None:
        """Return how far it may be trusted from one language to another; None where it cannot."""
        ...

    def translate(
        self, segments: Sequence[str], source: str, target: str
    ) -> tuple[str | None, ...]:
        """Return one translation for each segment, in order; None where one failed.

        Raises:
            EngineError: if the whole call failed.
        """
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

    def tier(self, source: str, target: str) -> Tier | None:
        """Return `good` for languages it has sentences of."""
        known = target == self.target and any(language == source for language, _ in self.phrases)
        return "good" if known else None

    def translate(
        self, segments: Sequence[str], source: str, target: str
    ) -> tuple[str | None, ...]:
        """Return the sentences known by heart, None for the others."""
        if target != self.target:
            return (None,) * len(segments)
        return tuple(self.phrases.get((source, squeeze(segment))) for segment in segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoTranslator:
    """Translate nothing: a valid setting."""

    #: Name under which pages say that there is none.
    id: str = "none"
    #: Nothing to tell versions apart by.
    version: str = "1"

    def tier(self, source: str, target: str) -> Tier | None:
        """Return None: it cannot."""
        del source, target
        return None

    def translate(
        self, segments: Sequence[str], source: str, target: str
    ) -> tuple[str | None, ...]:
        """Return None for each segment."""
        del source, target
        return (None,) * len(segments)
