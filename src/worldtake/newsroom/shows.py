"""Build the views of `model.views` from the store: each takes a connection and answers with no further look-ups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from worldtake.coverage import hold_false_discovery
from worldtake.errors import UnknownItemError
from worldtake.model import UNTRANSLATED
from worldtake.model.views import (
    ArticleView,
    CountryCount,
    CountryView,
    FrontView,
    Headline,
    OutletView,
    SearchView,
    StoryCard,
    StoryView,
)
from worldtake.newsroom.health import day_counts
from worldtake.newsroom.standing import translator_of
from worldtake.places import country as find_place
from worldtake.store import articles as shelf
from worldtake.store import ledger, press, search, volumes
from worldtake.store import stories as shelves
from worldtake.store.records import moment, read_moment
from worldtake.store.revisions import revisions
from worldtake.store.translations import translations
from worldtake.text.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from worldtake.model import (
        Article,
        CountryCoverage,
        Lineage,
        Outlet,
        ReaderLanguages,
        Report,
        Story,
        Tier,
        Translation,
    )
    from worldtake.store import Connection
    from worldtake.store.stories import StoryRecords

#: Characters of an article that a list shows.
EXTRACT_CHARS = 280
#: Words that stand for a missing headline.
TITLE_WORDS = 12
#: Stories on the front page.
FRONT_STORIES = 40
#: Headlines in a list.
LIST_HEADLINES = 60
#: Characters of an unknown id that a message repeats.
SHOWN_CHARS = 80
#: Digits of the greatest position in the index.
POSITION_DIGITS = 19
#: Points of importance that a story loses a day: one day weighs as much as going from one origin to about four.
DECAY_A_DAY = 0.35


@dataclass(frozen=True, slots=True)
class Shows:
    """Views in one reader's languages."""

    reader: ReaderLanguages
    #: Days back from the newest article that the front page covers.
    window_days: float

    def front(self, connection: Connection, *, now: datetime) -> FrontView:
        """Return the front page."""
        newest = shelf.newest_moment(connection)
        since = (newest or 0) - round(self.window_days * 86_400e6)
        cards = self._cards(connection, self._ranked(connection, since))
        counts = shelf.counts_by_outlet(connection)
        houses = press.outlets(connection)
        return FrontView(
            stories=cards,
            newest=self._headlines(connection, shelf.newest_articles(connection, most=24)),
            countries=_country_counts(houses, counts),
            articles=sum(counts.values()),
            outlets=len(houses),
            as_of=None if newest is None else read_moment(newest),
            due=tuple(sorted(ledger.due_counts(connection, now=moment(now)).items())),
        )

    def story(self, connection: Connection, story_id: str) -> StoryView:
        """Return a story's page; an earlier address of it leads to the story as it stands now.

        Raises:
            UnknownItemError: if there never was such a story.
        """
        current = shelves.permanent(connection, story_id) if _is_storable(story_id) else None
        story = shelves.stories(connection, [current]).get(current) if current else None
        if story is None:
            message = f"no story {_shown(story_id)}: check the address, or look on the front page"
            raise UnknownItemError(message)
        reports = shelf.reports(connection, story.articles, self.reader)
        known = shelves.records(connection, [story.id])[story.id]
        takes = known.takes
        thread = [each for each in shelves.thread_of(connection, story.id) if each != story.id]
        return StoryView(
            card=self._cards(connection, [story.id])[0],
            by_country=tuple(group for group in takes if group.view == "country"),
            by_bloc=tuple(group for group in takes if group.view == "bloc"),
            headlines=self._headlines(connection, list(reversed(story.articles))),
            lineage=known.lineage,
            copies=shelf.copies_within(connection, story.articles),
            differences=known.differences,
            coverage=known.coverage.countries if known.coverage else (),
            thread=self._cards(connection, thread),
            outlets=_outlets_named(connection, reports.values(), known.lineage),
        )

    def article(self, connection: Connection, article_id: str) -> ArticleView:
        """Return an article's page.

        Raises:
            UnknownItemError: if there is no such article.
        """
        wanted = [article_id] if _is_storable(article_id) else []
        report = shelf.reports(connection, wanted, self.reader).get(article_id)
        if report is None:
            message = (
                f"no article {_shown(article_id)}: check the address, or search for its headline"
            )
            raise UnknownItemError(message)
        translated = translations(connection, wanted, self.reader.language)
        copies = shelf.copies_of(connection, article_id)
        others = sorted({each for copy in copies for each in (copy.a, copy.b)} - {article_id})
        story = shelves.stories_of(connection, [article_id]).get(article_id)
        credited = {each.outlet_id for each in report.trace.credits if each.outlet_id}
        return ArticleView(
            article=report.article,
            outlet=report.outlet,
            translation=_withheld(translated.get(article_id)),
            trace=report.trace,
            story=self._cards(connection, [story])[0] if story else None,
            copies=copies,
            copied=self._headlines(connection, others),
            credited=press.outlets(connection, sorted(credited)),
            revisions=revisions(connection, article_id),
            translator=translator_of(connection, report.article.language),
            reads=self.reader.reads_beside(report.article.language),
        )

    def country(self, connection: Connection, code: str) -> CountryView:
        """Return a country's page; a country without outlets has an empty one.

        Raises:
            UnknownItemError: if `code` is no country, of the world or of an outlet.
        """
        houses = press.outlets_of(connection, code) if _is_storable(code) else ()
        if not houses and find_place(code) is None:
            message = f"no country {_shown(code)}: use two letters of ISO 3166-1, such as SI"
            raise UnknownItemError(message)
        newest = shelf.newest_articles(
            connection, most=LIST_HEADLINES, outlet_ids=[each.id for each in houses]
        )
        carried = dict.fromkeys(
            story for each in newest if (story := shelves.stories_of(connection, newest).get(each))
        )
        return CountryView(
            country=code,
            outlets=tuple(sorted(houses, key=_by_name)),
            headlines=self._headlines(connection, newest),
            stories=self._by_importance(connection, list(carried)),
            gaps=self._gaps(connection, code),
        )

    def outlet(self, connection: Connection, outlet_id: str, *, now: datetime) -> OutletView:
        """Return an outlet's page.

        Raises:
            UnknownItemError: if there is no such outlet.
        """
        found = press.outlets(connection, [outlet_id] if _is_storable(outlet_id) else [])
        if not found:
            message = f"no outlet {_shown(outlet_id)}: check the address, or look under its country"
            raise UnknownItemError(message)
        newest = shelf.newest_articles(connection, most=LIST_HEADLINES, outlet_ids=[outlet_id])
        return OutletView(
            outlet=found[0],
            headlines=self._headlines(connection, newest),
            credits_to=shelf.credits_by(connection, outlet_id),
            health=volumes.health(connection, [outlet_id]).get(outlet_id),
            days=day_counts(connection, outlet_id, now=moment(now)),
        )

    def search(self, connection: Connection, query: str, before: str | None) -> SearchView:
        """Return the newest articles with every word of `query`, older ones with `before` of the last page."""
        found = search.find(connection, query, before=_position(before))
        return SearchView(
            query=query,
            headlines=self._headlines(connection, [each for _, each in found]),
            older=str(found[-1][0]) if len(found) == search.RESULTS else None,
        )

    def _ranked(self, connection: Connection, since: int) -> list[str]:
        rows = shelves.ranked(connection, since=since, most=FRONT_STORIES * 5)
        if len(rows) < FRONT_STORIES:  # a quiet week: older stories fill the page
            older = shelves.ranked(connection, since=0, most=FRONT_STORIES)
            rows = list(dict.fromkeys((*rows, *older)))
        found = shelves.stories(connection, [story for story, _ in rows])
        newest = max((each.last for each in found.values()), default=None)

        def rank(row: tuple[str, float]) -> tuple[float, str]:
            days = (newest - found[row[0]].last).total_seconds() / 86_400 if newest else 0.0
            return (row[1] - DECAY_A_DAY * days, row[0])

        return [story for story, _ in sorted(rows, key=rank, reverse=True)][:FRONT_STORIES]

    def _by_importance(self, connection: Connection, ids: Sequence[str]) -> tuple[StoryCard, ...]:
        cards = self._cards(connection, ids)
        return tuple(sorted(cards, key=lambda card: (-card.importance, card.story.id)))

    def _gaps(
        self, connection: Connection, code: str
    ) -> tuple[tuple[StoryCard, CountryCoverage], ...]:
        newest = shelf.newest_moment(connection) or 0
        since = newest - round(2 * self.window_days * 86_400e6)
        active = shelves.since(connection, since)
        known = shelves.records(connection, active)
        held = hold_false_discovery(
            tuple(each.coverage for each in known.values() if each.coverage)
        )
        missed = {
            coverage.story_id: each
            for coverage in held
            for each in coverage.gaps()
            if each.country == code
        }
        cards = self._by_importance(connection, list(missed))
        return tuple((card, missed[card.story.id]) for card in cards)

    def _cards(self, connection: Connection, ids: Sequence[str]) -> tuple[StoryCard, ...]:
        found = shelves.stories(connection, ids)
        known = shelves.records(connection, ids)
        weights = shelves.importance(connection, ids)
        every = [article for story in found.values() for article in story.articles]
        reports = shelf.reports(connection, every, self.reader)
        return tuple(
            self._card(found[each], reports, known[each], weights.get(each, 0.0))
            for each in ids
            if each in found
        )

    def _card(
        self, story: Story, reports: Mapping[str, Report], known: StoryRecords, importance: float
    ) -> StoryCard:
        own = [reports[each] for each in story.articles if each in reports]
        lead = _lead(own, self.reader)
        headline = _headline(lead, story.id, self.reader)
        voices = len({each.outlet.voice() for each in own})
        lineage = known.lineage
        return StoryCard(
            story=story,
            title=headline.title,
            lead=headline,
            articles=len(own),
            outlets=len({each.outlet.id for each in own}),
            origins_low=lineage.origins_low if lineage else 1,
            origins_high=lineage.origins_high if lineage else voices,
            countries=_by_count(each.outlet.country for each in own),
            languages=_by_count(each.article.language for each in own),
            importance=importance,
        )

    def _headlines(self, connection: Connection, ids: Sequence[str]) -> tuple[Headline, ...]:
        reports = shelf.reports(connection, ids, self.reader)
        stories = shelves.stories_of(connection, ids)
        return tuple(
            _headline(reports[each], stories.get(each), self.reader)
            for each in ids
            if each in reports
        )


def _is_storable(identity: str) -> bool:
    """Tell whether a store could hold `identity`: no NUL (PostgreSQL has none), no half of a surrogate pair."""
    return "\0" not in identity and not any("\ud800" <= char <= "\udfff" for char in identity)


def _shown(identity: str) -> str:
    """Return an unknown id as a message repeats it."""
    kept = identity[:SHOWN_CHARS].encode("utf-8", "replace").decode()
    return kept if len(identity) <= SHOWN_CHARS else kept + "…"


def _position(before: str | None) -> int:
    """Return where older results start; at the newest where `before` is no position."""
    digits = before or ""
    if not (digits.isascii() and digits.isdigit() and len(digits) <= POSITION_DIGITS):
        return search.NEWEST
    return min(int(digits), search.NEWEST)


def _outlets_named(
    connection: Connection, reports: Iterable[Report], lineage: Lineage | None
) -> tuple[Outlet, ...]:
    """Return the outlets of the reports and those that they lead back to, by name."""
    carrying = shelf.outlet_map(reports)
    credited = {edge.to_outlet for edge in lineage.edges} if lineage else set()
    more = press.outlets(connection, sorted(credited - carrying.keys()))
    return tuple(sorted((*carrying.values(), *more), key=_by_name))


def _headline(report: Report, story_id: str | None, reader: ReaderLanguages) -> Headline:
    """Return an article's line: in the reader's language as far as it is translated, else as printed."""
    article = report.article
    shown = None if reader.reads(article.language) else report.shown
    begun = _begun(shown) if shown else ""
    title, tier = _title(article, shown, begun)
    return Headline(
        article_id=article.id,
        title=title,
        original=article.title or _beginning(article.text),
        language=article.language,
        outlet=report.outlet,
        published=article.published,
        seen=article.seen,
        story_id=story_id,
        url=article.url,
        extract=_extract(begun or article.text),
        extract_language=shown.language if shown and begun else article.language,
        image=bool(article.image),
        tier=tier,
    )


def _title(article: Article, shown: Translation | None, begun: str) -> tuple[str, Tier]:
    """Return the headline of a list, and how far it may be trusted where it is a translation."""
    if shown and article.title and shown.title and UNTRANSLATED not in shown.title_flags:
        return shown.title, shown.tier
    if shown and not article.title and begun:
        return _beginning(begun), shown.tier
    return article.title or _beginning(article.text), "none"


def _begun(translation: Translation) -> str:
    """Return the beginning of a translation, up to the first sentence that stands in the original."""
    left = [pair.target.start for pair in translation.alignment if UNTRANSLATED in pair.flags]
    return translation.text[: min(left)].strip() if left else translation.text


def _withheld(translation: Translation | None) -> Translation | None:
    """Return a translation without its words where readers may not see them: who made it and what waits may be said."""
    if translation is None or translation.shown:
        return translation
    return replace(translation, title="", text="", alignment=(), title_flags=())


def _beginning(text: str) -> str:
    """Return the first words, in place of a headline that the page does not give."""
    words = text.split()
    return " ".join(words[:TITLE_WORDS])[:EXTRACT_CHARS] + " …"


def _extract(text: str) -> str:
    """Return whole sentences from the start; a standfirst is parted from the text by a dash."""
    kept, end = "", 0
    for span in split(text):
        parted = "\n" in text[end : span.start] and kept and kept[-1].isalnum()
        longer = f"{kept} {'– ' if parted else ''}{span.cut(text)}".strip()
        if len(longer) > EXTRACT_CHARS:
            break
        kept, end = longer, span.end
    return kept or text[:EXTRACT_CHARS]


def _lead(reports: Sequence[Report], reader: ReaderLanguages) -> Report:
    """Return the report whose headline stands for the story: shares most words with the other headlines."""
    counts: dict[str, int] = {}
    for report in reports:
        for word in set(report.title().casefold().split()):
            counts[word] = counts.get(word, 0) + 1

    def centrality(report: Report) -> tuple[bool, bool, float, str]:
        own = set(report.title().casefold().split())
        shared = sum(counts[word] - 1 for word in own) / (len(own) + 4)
        readable = _title(report.article, report.shown, "")[1] != "none" or reader.reads(
            report.article.language
        )
        doubted = report.shown is not None and bool(report.shown.title_flags)
        return (readable and bool(own), not doubted, shared, report.article.id)

    return max(reports, key=centrality)


def _by_count(values: Iterable[str | None]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for value in values:
        if value:
            counts[value] = counts.get(value, 0) + 1
    return tuple(sorted(counts, key=lambda each: (-counts[each], each)))


def _country_counts(
    houses: Sequence[Outlet], counts: Mapping[str, int]
) -> tuple[CountryCount, ...]:
    countries = sorted({each.country for each in houses if each.country})
    return tuple(
        CountryCount(
            country=country,
            outlets=sum(each.country == country for each in houses),
            articles=sum(counts.get(each.id, 0) for each in houses if each.country == country),
        )
        for country in countries
    )


def _by_name(outlet: Outlet) -> tuple[str, str]:
    return (outlet.name.casefold(), outlet.id)
