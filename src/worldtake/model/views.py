"""What the newsroom shows: the content of each page, ready to print, with no further look-ups.

Made by `newsroom`, read by `web`, `publish` and notebooks. Headlines come in the reader's language where there is a
translation, with the original beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from worldtake.model.articles import Article
    from worldtake.model.health import DayCount, Health, HealthLine
    from worldtake.model.outlets import Outlet
    from worldtake.model.revisions import Revision
    from worldtake.model.stories import (
        CountryCoverage,
        Coverage,
        Story,
        StoryFile,
        TakeGroup,
    )
    from worldtake.model.traces import Copy, Difference, Lineage, Trace
    from worldtake.model.translations import Tier, Translation

#: Whether a translator is asked: it `answers`, or `rests` after failures until a moment.
EngineState: TypeAlias = Literal["answers", "rests"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One article in a list."""

    article_id: str
    #: In the reader's language where there is a translation, else as printed.
    title: str
    #: As printed; equal to `title` where it was not translated.
    original: str
    language: str
    outlet: Outlet
    #: None where the page states no date.
    published: datetime | None
    seen: datetime
    #: None where it is not grouped yet.
    story_id: str | None
    #: Address at the outlet.
    url: str
    #: First sentences in the reader's language, at most 280 characters; empty where none.
    extract: str = ""
    #: BCP 47 of `extract`; empty where it is in the language of `title`.
    extract_language: str = ""
    #: Whether the article has an image.
    image: bool = False
    #: How far the translated `title` may be trusted; `none` where it stands as printed.
    tier: Tier = "none"

    @property
    def translated(self) -> bool:
        """Whether `title` is a translation."""
        return self.tier != "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCard:
    """One story in a list."""

    story: Story
    #: Headline of its most central article, in the reader's language.
    title: str
    #: The article that the headline is from.
    lead: Headline
    articles: int
    outlets: int
    #: Independent origins, fewest and most.
    origins_low: int
    origins_high: int
    #: ISO codes, most articles first.
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    #: By which stories are ranked; grows with origins and countries, not with articles.
    importance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story's page."""

    card: StoryCard
    #: As told in each country, and by bloc.
    by_country: tuple[TakeGroup, ...]
    by_bloc: tuple[TakeGroup, ...]
    headlines: tuple[Headline, ...]
    lineage: Lineage | None
    copies: tuple[Copy, ...]
    differences: tuple[Difference, ...]
    coverage: tuple[CountryCoverage, ...]
    #: Other stories of its thread, in time order.
    thread: tuple[StoryCard, ...] = ()
    #: Outlets by id, for every outlet named above.
    outlets: tuple[Outlet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article's page."""

    article: Article
    outlet: Outlet
    #: Into the reader's language. One that readers may not see comes without words: to say who made it and what waits.
    translation: Translation | None
    trace: Trace
    #: None where it is not grouped yet.
    story: StoryCard | None
    copies: tuple[Copy, ...]
    #: Headlines of the other articles in `copies`.
    copied: tuple[Headline, ...]
    #: Outlets credited, by id.
    credited: tuple[Outlet, ...]
    #: What the outlet changed since it was first read, the first change first.
    revisions: tuple[Revision, ...] = ()
    #: How far the best translator that is set up for its language may be trusted; `none` where there is none.
    translator: Tier = "none"
    #: Whether its language is one that the reader reads beside the own: it stays as it was printed.
    reads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryView:
    """A country's page: its press, newest first."""

    country: str
    outlets: tuple[Outlet, ...]
    headlines: tuple[Headline, ...]
    #: Stories that its press carries.
    stories: tuple[StoryCard, ...]
    #: Stories of the world that its press leaves out, with the statistics.
    gaps: tuple[tuple[StoryCard, CountryCoverage], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletView:
    """An outlet's page."""

    outlet: Outlet
    headlines: tuple[Headline, ...]
    #: Outlets that it credits, with how often.
    credits_to: tuple[tuple[str, int], ...] = ()
    #: How it stands; None before that was measured, or where it has no feeds.
    health: Health | None = None
    #: Entries of its last four weeks, day by day; empty where there are none.
    days: tuple[DayCount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryCount:
    """A country on the globe."""

    country: str
    outlets: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontView:
    """The front page."""

    #: Ranked by importance and recency.
    stories: tuple[StoryCard, ...]
    #: Newest articles, grouped or not.
    newest: tuple[Headline, ...]
    countries: tuple[CountryCount, ...]
    articles: int
    outlets: int
    #: The moment that the page stands for.
    as_of: datetime | None
    #: What is in the works: stage name -> items due.
    due: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """Results of a search."""

    query: str
    headlines: tuple[Headline, ...]
    #: Address part for older results; None where there are none.
    older: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCount:
    """How one stage stands."""

    stage: str
    due: int
    running: int
    done: int
    skipped: int
    quarantined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineItem:
    """What could not be processed, and waits."""

    id: int
    stage: str
    #: The thing: a URL, a file, an article id.
    item: str
    #: One line: what is wrong and what to do.
    message: str
    #: Traceback; empty where the refusal is our own.
    details: str
    tries: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStatus:
    """How a translator stands."""

    #: As it is set: "deepl".
    id: str
    state: EngineState = "answers"
    #: Failures in a row.
    failures: int = 0
    #: When it is asked again, aware; None where it answers.
    rests_until: datetime | None = None
    #: What it said last when it failed; empty where it never did.
    error: str = ""
    #: Characters sent today (UTC), and how many may be; None without a limit.
    characters: int = 0
    daily_characters: int | None = None
    #: Money spent today (UTC), and how much may be; None without a limit.
    money: float = 0.0
    daily_money: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationStatus:
    """How translation stands."""

    #: In the order of the reader's trust; empty where none is set up.
    engines: tuple[EngineStatus, ...] = ()
    #: Why articles wait for their translation, as in `Translation.waits` -> how many do.
    waiting: tuple[tuple[str, int], ...] = ()
    #: Sentences remembered, and what they take in the store.
    remembered: int = 0
    remembered_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """The state of the house."""

    store: str
    home: str
    articles: int
    stories: int
    outlets: int
    stages: tuple[StageCount, ...]
    quarantine: int
    #: True where the sample press is shown.
    sample: bool
    #: How each outlet stands, worst first, by name within a state; empty before that was measured.
    health: tuple[HealthLine, ...] = ()
    translation: TranslationStatus = field(default_factory=TranslationStatus)

    def in_state(self, state: str) -> tuple[HealthLine, ...]:
        """Return the outlets in a state."""
        return tuple(each for each in self.health if each.health.state == state)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryBundle:
    """A story with all that is known of it: for analysis and export."""

    file: StoryFile
    differences: tuple[Difference, ...]
    takes: tuple[TakeGroup, ...]
    #: None before it was measured.
    coverage: Coverage | None
    #: Thread id; None where the story is in none.
    thread: str | None
