"""Articles on one happening, how they are told, and who carries them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from worldtake.model.articles import Article
    from worldtake.model.outlets import Outlet
    from worldtake.model.spans import Evidence
    from worldtake.model.traces import Copy, Lineage, Trace
    from worldtake.model.translations import Translation

#: What may be said of a country's coverage of a story.
Verdict: TypeAlias = Literal["covered", "under-covered", "unclear", "too-few-outlets"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles, of any outlet and language, on one happening."""

    #: Permanent; derived from the founding (earliest) article.
    id: str
    #: Ids of its articles in time order, the founder first.
    articles: tuple[str, ...]
    #: Moments of its first and last article.
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article of a story with all that is known of it."""

    article: Article
    outlet: Outlet
    #: None where the article is in the reader's language or was not translated.
    translation: Translation | None
    trace: Trace

    @property
    def shown(self) -> Translation | None:
        """The translation where readers may see it."""
        return self.translation if self.translation and self.translation.shown else None

    def title(self) -> str:
        """Return the headline in the reader's language where there is one to show, else as printed."""
        return self.shown.title if self.shown else self.article.title

    def text(self) -> str:
        """Return the text in the reader's language where there is one to show, else as printed."""
        return self.shown.text if self.shown else self.article.text


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFile:
    """A story with the reports in it and what ties them: what the story stages work on."""

    story: Story
    #: In the order of `story.articles`.
    reports: tuple[Report, ...]
    copies: tuple[Copy, ...] = ()
    #: None before origins were traced.
    lineage: Lineage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One way of telling a story, with its evidence."""

    article_id: str
    outlet_id: str
    #: The outlet's country; None where unknown.
    country: str | None
    #: Who speaks: a resolved name, or None for the outlet's own words.
    speaker: str | None
    #: The passage in the article's language.
    evidence: Evidence
    #: The passage in the reader's language; equal to the original where that is its language.
    passage: str
    #: True where `passage` is a translation.
    translated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeGroup:
    """Takes under one heading."""

    #: `country` or `bloc`.
    view: Literal["country", "bloc"]
    #: ISO country or bloc id.
    key: str
    heading: str
    takes: tuple[Take, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryCoverage:
    """How a country's press carries a story."""

    country: str
    #: Outlets of the country that are followed.
    tracked: int
    #: Those healthy in the window, ownership groups counted once.
    healthy: int
    #: Healthy ones with an article in the story.
    carrying: int
    #: Ids of the outlets that carry it.
    outlets: tuple[str, ...]
    #: 95 per cent interval of the rate, 0 to 1.
    low: float
    high: float
    #: Rate of carrying elsewhere, 0 to 1, with its counts.
    elsewhere: float
    elsewhere_carrying: int
    elsewhere_healthy: int
    verdict: Verdict
    #: Chance of so few or fewer carrying it if this press were as likely to as those elsewhere; None where not tested.
    chance: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Which outlets of which country carry a story."""

    story_id: str
    countries: tuple[CountryCoverage, ...]

    def gaps(self) -> tuple[CountryCoverage, ...]:
        """Return the countries whose healthy outlets do not carry it as expected."""
        return tuple(c for c in self.countries if c.verdict == "under-covered")
