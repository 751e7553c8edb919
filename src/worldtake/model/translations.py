"""An article's text in another language, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from worldtake.model.spans import Span

#: How far a translation may be trusted: shown, shown with a warning, used for grouping alone, absent.
Tier: TypeAlias = Literal["good", "gist", "match", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """One segment in both texts."""

    #: In `Article.text`.
    source: Span
    #: In `Translation.text`.
    target: Span
    #: What the checks found, such as `digits-differ`, `untranslated`.
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """An article's text in another language."""

    article_id: str
    #: Target, BCP 47.
    language: str
    #: Engine id such as `sample`, `opus-mt`, `none` (the original stands for itself).
    engine: str
    engine_version: str
    tier: Tier
    title: str
    text: str = field(repr=False)
    alignment: tuple[Aligned, ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = ()
