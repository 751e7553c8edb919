"""An article's text in another language, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from worldtake.model.spans import Span

#: How far a translation may be trusted: shown, shown with a warning, used for grouping alone, absent.
Tier: TypeAlias = Literal["good", "gist", "match", "none"]
#: Tiers whose text is shown and summarised; `match` serves grouping alone.
SHOWN_TIERS: frozenset[Tier] = frozenset(("good", "gist"))
#: Flag of a segment that stands in the original.
UNTRANSLATED = "untranslated"
#: Why a part of a translation is still to come: for readers to ask for it (or a story of many outlets), for the budget of
#: a new day, for an engine that does not answer.
Wait: TypeAlias = Literal["", "reader", "budget", "engine"]


def base_language(tag: str) -> str:
    """Return the language of a BCP 47 tag without script and region, in small letters."""
    return tag.partition("-")[0].casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Who translated a segment."""

    #: Id of the engine, as it is set: "apertium", "opus".
    engine: str
    version: str
    #: What it is called on pages: "OPUS-MT sl-en".
    model: str
    tier: Tier
    #: When, aware.
    made: datetime
    #: Language in between, BCP 47; empty where there is none.
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """One segment in both texts."""

    #: In `Article.text`.
    source: Span
    #: In `Translation.text`.
    target: Span
    #: What the checks found, such as `digits-differ`; `untranslated` where the original stands, with why.
    flags: tuple[str, ...] = ()
    #: Place of who translated it in `Translation.makers`; None where nobody did.
    maker: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """An article's text in another language; what is not translated stands in the original, flagged."""

    article_id: str
    #: Target, BCP 47.
    language: str
    #: Engine id of most of the segments, such as `sample`, `opus`; `none` where nothing is translated yet.
    engine: str
    engine_version: str
    tier: Tier
    title: str
    text: str = field(repr=False)
    alignment: tuple[Aligned, ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = ()
    #: Who translated, most segments first.
    makers: tuple[Maker, ...] = ()
    #: What the checks found in the title.
    title_flags: tuple[str, ...] = ()
    #: Why the rest is not there yet; empty where nothing is to come.
    waits: Wait = ""
    #: Id of the engine that is waited for.
    waits_for: str = ""

    @property
    def shown(self) -> bool:
        """Whether readers may see it."""
        return self.engine != "none" and self.tier in SHOWN_TIERS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderLanguages:
    """What the reader reads."""

    #: Into which the rest is translated, BCP 47.
    language: str = "en"
    #: Others, BCP 47: articles in them stay as they were printed.
    others: tuple[str, ...] = ()

    def reads(self, language: str) -> bool:
        """Tell whether the reader reads `language` as it is printed."""
        return base_language(language) == base_language(self.language) or self.reads_beside(
            language
        )

    def reads_beside(self, language: str) -> bool:
        """Tell whether `language` is one that the reader reads beside the own."""
        return base_language(language) in map(base_language, self.others)
