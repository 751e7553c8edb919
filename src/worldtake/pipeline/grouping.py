"""Steps from articles to stories: cluster, then origins, differences, takes and coverage of each story that changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from worldtake.cluster import ClusterItem, FindThreads, StorySummary, StreamClusterer
from worldtake.coverage import (
    CoverageRequest,
    MeasureCoverage,
    OutletHealth,
    importance,
)
from worldtake.model import StoryFile, timed_id
from worldtake.pipeline.step import Done, Following, Step
from worldtake.store import articles as shelf
from worldtake.store import press
from worldtake.store import stories as shelves
from worldtake.store.records import moment, read_moment
from worldtake.takes import GroupTakes
from worldtake.trace import FindDifferences, TraceOrigins

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from worldtake.model import Report, Story
    from worldtake.pipeline.house import House
    from worldtake.store import Connection

#: Articles between kept states of grouping: a late article replays at most so many more than it must.
STATE_EVERY = 500
#: How long a thread may pause, in days.
THREAD_DAYS = 14
#: Characters of an article's text that speak for it when threads are looked for.
LEAD_CHARS = 600
#: What a story's own stages are called in the ledger, in order.
STORY_STAGES = ("origins", "differences", "takes", "coverage")


def grouping_steps(house: House) -> tuple[Step, ...]:
    """Return the steps in their order."""
    return (_cluster(house), _origins(house), _differences(house), _takes(house), _coverage(house))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Regrouped:
    """What grouping says after new articles."""

    changed: tuple[shelves.StoryRow, ...]
    #: Stories that are no more -> those that took in most of their articles.
    gone: Mapping[str, str]


def _cluster(house: House) -> Step:
    version = StreamClusterer.version

    def load(_connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return {item: item for item in items}

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        found = _regroup(connection, [done.item for done in batch], house)
        shelves.keep_grouping(
            connection, found.changed, found.gone, stage="cluster", version=version
        )
        active = shelves.since(connection, _window_start(connection, house))
        shelves.keep_threads(connection, _threads(connection, house))
        stale = {each.id for each in found.changed}
        return [("origins", story) for story in sorted(stale)] + [
            ("coverage", story) for story in active if story not in stale
        ]

    return Step(
        name="cluster",
        version=version,
        place="at-rest",
        batch=100_000,
        load=load,
        call=lambda given: given,
        write=write,
    )


def _regroup(connection: Connection, fresh: Sequence[str], house: House) -> _Regrouped:
    clusterer, stream = _state_before(connection, fresh)
    for at in range(0, len(stream), STATE_EVERY):
        some = stream[at : at + STATE_EVERY]
        clusterer.add(_items(connection, some, house))
        if len(some) == STATE_EVERY:
            shelves.keep_state(connection, some[-1][0], clusterer.dump())
    return _compare(connection, clusterer)


def _state_before(
    connection: Connection, fresh: Sequence[str]
) -> tuple[StreamClusterer, list[tuple[str, str]]]:
    """Return the clusterer as it stood before the earliest fresh article, and all that comes after."""
    keys = [
        key for key, item in shelves.stream_after(connection, fresh, None) if item in set(fresh)
    ]
    state = shelves.last_state(connection, before=min(keys)) if keys else None
    if state is None:
        return StreamClusterer(), shelves.stream_after(connection, fresh, None)
    after, dumped = state
    return StreamClusterer.load(dumped), shelves.stream_after(connection, fresh, after)


def _items(
    connection: Connection, stream: Sequence[tuple[str, str]], house: House
) -> list[ClusterItem]:
    reports = shelf.reports(connection, [item for _, item in stream], house.settings.language)
    return [_item(reports[item], house) for _, item in stream if item in reports]


def _item(report: Report, house: House) -> ClusterItem:
    article = report.article
    return ClusterItem(
        id=article.id,
        moment=article.moment(),
        outlet_id=report.outlet.id,
        language=house.settings.language if report.translation else article.language,
        title=report.title(),
        text=report.text(),
    )


def _compare(connection: Connection, clusterer: StreamClusterer) -> _Regrouped:
    before = shelves.memberships(connection)
    after = {_story_id(connection, group.members): group.members for group in clusterer.stories()}
    moved = [story for story, members in after.items() if before.get(story) != tuple(members)]
    home = {article: story for story, members in after.items() for article in members}
    gone = {
        story: Counter(home[article] for article in members if article in home).most_common(1)[0][0]
        for story, members in before.items()
        if story not in after and any(article in home for article in members)
    }
    changed = [_row(connection, story, after[story]) for story in sorted(moved)]
    return _Regrouped(changed=tuple(changed), gone=gone)


def _story_id(connection: Connection, members: Sequence[str]) -> str:
    founder = shelf.articles(connection, [members[0]])[members[0]]
    return timed_id(founder.moment(), "story", founder.id)


def _row(connection: Connection, story: str, members: Sequence[str]) -> shelves.StoryRow:
    found = shelf.articles(connection, members)
    moments = [moment(found[each].moment()) for each in members]
    return shelves.StoryRow(
        id=story, first=min(moments), last=max(moments), articles=tuple(members)
    )


def _window_start(connection: Connection, house: House) -> int:
    newest = shelf.newest_moment(connection) or 0
    return newest - round(house.settings.window_days * 86_400e6)


def _threads(connection: Connection, house: House) -> dict[str, str]:
    ids = shelves.since(connection, 0)
    found = shelves.stories(connection, ids)
    reports = _lead_reports(connection, found.values(), house)
    summaries = [_summary(story, reports) for story in found.values()]
    return {
        story: min(thread, key=lambda each: (found[each].first, each))
        for thread in FindThreads()(tuple(summaries))
        for story in thread
    }


def _lead_reports(
    connection: Connection, stories: Iterable[Story], house: House
) -> dict[str, Report]:
    ids = [article for story in stories for article in story.articles]
    return shelf.reports(connection, ids, house.settings.language)


def _summary(story: Story, reports: Mapping[str, Report]) -> StorySummary:
    texts = [reports[each] for each in story.articles if each in reports]
    return StorySummary(
        id=story.id,
        first=story.first,
        last=story.last,
        text="\n".join(f"{each.title()}\n{each.text()[:LEAD_CHARS]}" for each in texts),
    )


def story_files(connection: Connection, ids: Sequence[str], language: str) -> dict[str, StoryFile]:
    """Return story id -> the story with its reports, copies and lineage, as far as they are known."""
    found = shelves.stories(connection, ids)
    known = shelves.records(connection, list(found))
    return {
        each: _story_file(connection, story, known[each], language) for each, story in found.items()
    }


def _story_file(
    connection: Connection, story: Story, known: shelves.StoryRecords, language: str
) -> StoryFile:
    reports = shelf.reports(connection, story.articles, language)
    present = tuple(each for each in story.articles if each in reports)
    return StoryFile(
        story=replace(story, articles=present),
        reports=tuple(reports[each] for each in present),
        copies=shelf.copies_within(connection, present),
        lineage=known.lineage,
    )


def _story_step(house: House, name: str, stage: Any, follows: str | None) -> Step:
    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return story_files(connection, items, house.settings.language)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        for done in batch:
            shelves.keep_record(connection, done.item, name, done.answer, version=stage.version)
        return [(follows, done.item) for done in batch] if follows else []

    return Step(
        name=name,
        version=stage.version,
        place="workers",
        batch=16,
        load=load,
        call=stage,
        write=write,
    )


def _origins(house: House) -> Step:
    return _story_step(house, "origins", TraceOrigins(), "differences")


def _differences(house: House) -> Step:
    return _story_step(house, "differences", FindDifferences(), "takes")


def _takes(house: House) -> Step:
    return _story_step(house, "takes", GroupTakes(), "coverage")


def _coverage(house: House) -> Step:
    stage = MeasureCoverage()

    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        files = story_files(connection, items, house.settings.language)
        newest = read_moment(shelf.newest_moment(connection) or 0)
        followed = followed_press(connection, newest, house.settings.window_days)
        return {
            item: CoverageRequest(file=file, press=followed, as_of=newest)
            for item, file in files.items()
        }

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        for done in batch:
            shelves.keep_record(
                connection, done.item, "coverage", done.answer, version=stage.version
            )
            shelves.keep_importance(connection, done.item, importance(done.given.file))
        return []

    return Step(
        name="coverage",
        version=stage.version,
        place="workers",
        batch=64,
        load=load,
        call=stage,
        write=write,
    )


def followed_press(
    connection: Connection, as_of: datetime, window_days: float
) -> tuple[OutletHealth, ...]:
    """Return every outlet with feeds, and whether it could be heard in the window before `as_of`."""
    since = moment(as_of - timedelta(days=window_days))
    counts = shelf.counts_by_outlet(connection, since=since, until=moment(as_of))
    answering = press.healthy_feeds(connection)
    return tuple(
        OutletHealth(
            outlet=each,
            healthy=each.id in answering and counts.get(each.id, 0) > 0,
            articles_in_window=counts.get(each.id, 0),
        )
        for each in press.outlets(connection)
        if each.feeds
    )
