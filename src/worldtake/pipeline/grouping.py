"""Steps from articles to stories: cluster, then origins, differences, takes and coverage of each story that changed.

Grouping, threads and the coverage of the stories that did not change look at the whole press; they wait while news comes in, and
come a last time when all is quiet: one item of grouping, `REFRESH`, is due until then.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from worldtake.cluster import StreamClusterer
from worldtake.coverage import (
    Carried,
    CoverageRequest,
    FollowedPress,
    MeasureCoverage,
    OutletHealth,
    importance,
    sum_up,
)
from worldtake.model import Skip, StoryFile
from worldtake.pipeline.executors import Failure, attempt
from worldtake.pipeline.names import STAGES
from worldtake.pipeline.regrouping import Regrouped, Regrouper
from worldtake.pipeline.step import Done, Following, Step
from worldtake.pipeline.translating import of_many_outlets
from worldtake.store import articles as shelf
from worldtake.store import ledger, press, volumes
from worldtake.store import stories as shelves
from worldtake.store.records import moment, read_moment
from worldtake.takes import GroupTakes
from worldtake.trace import FindDifferences, TraceOrigins

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from worldtake.model import Lineage, ReaderLanguages, Report, Story
    from worldtake.pipeline.house import House
    from worldtake.store import Connection, Engine

#: States of health in which an outlet's leaving a story out says something.
HEARD_STATES = frozenset(("healthy", "late"))
#: What a story's own stages are called in the ledger, in order.
STORY_STAGES = ("origins", "differences", "takes", "coverage")
#: Item of grouping that stands for the threads and the coverage of all stories.
REFRESH = "*"
#: While news comes in, stories are tied to threads and their coverage is measured again after so long.
REFRESH_MICROS = 600_000_000
#: Notes: when that was last, and which stories have changed since.
REFRESHED, CHANGED = "coverage.refreshed", "coverage.changed"
#: Grouping takes at most an eleventh of the time while articles come in.
REST_FACTOR = 10.0
#: Work of earlier stages that is due later than this (tried before, or waiting for its host's turn) is not waited for.
PATIENCE_MICROS, TURN_MICROS = 60_000_000, 2 * 3_600_000_000
#: Rows in one statement.
AT_ONCE = 500


def grouping_steps(house: House) -> tuple[Step, ...]:
    """Return the steps in their order."""
    origins, differences, takes = TraceOrigins(), FindDifferences(), GroupTakes()
    return (
        _cluster(house),
        _chain(house, StoryChain(origins=origins, differences=differences, takes=takes)),
        _story_step(house, "differences", differences, "takes"),
        _story_step(house, "takes", takes, "coverage"),
        _coverage(house),
    )


@dataclass(slots=True)
class _Pass:
    """One pass of grouping, made when the first of its items is called for."""

    engine: Engine
    fresh: Sequence[str]
    regrouper: Regrouper
    _found: Regrouped | None = field(default=None, repr=False)
    _problem: Exception | None = field(default=None, repr=False)

    def found(self) -> Regrouped:
        """Return what the pass found.

        Raises:
            Exception: what went wrong, for every item alike.
        """
        if self._problem is not None:
            raise self._problem
        if self._found is None:
            try:
                with self.engine.connect() as connection, connection.begin():
                    self._found = self.regrouper.group(connection, self.fresh)
            except Exception as problem:
                self._problem = problem
                raise
        return self._found


def _cluster(house: House) -> Step:
    version = StreamClusterer.version
    regrouper = Regrouper(language=house.settings.language, window_days=house.settings.window_days)

    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        fresh = [item for item in items if item != REFRESH]
        made = _Pass(connection.engine, fresh, regrouper) if fresh else None
        return dict.fromkeys(items, made)

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        fresh = [done.item for done in batch if done.item != REFRESH]
        again: list[Following] = [("cluster", REFRESH)]
        follows: list[Following] = []
        now = moment(house.clock())
        if fresh:
            found: Regrouped = next(done.answer for done in batch if done.item != REFRESH)
            if _is_outdated(connection, found):
                return [("cluster", item) for item in fresh] + again
            _keep_pass(connection, found, version)
            stories = sorted(each.id for each in found.changed)
            _note_changed(connection, stories)
            follows += [("origins", story) for story in stories]
        elif _is_quiet(connection, now):
            return _refreshed(connection, house, regrouper, now)
        if now - int(ledger.note(connection, REFRESHED) or 0) >= REFRESH_MICROS:
            follows += _refreshed(connection, house, regrouper, now)
        return follows + again

    return Step(
        name="cluster",
        version=version,
        place="at-rest",
        batch=30_000,
        load=load,
        call=_found,
        write=write,
        rest_factor=REST_FACTOR,
    )


def _found(made: _Pass | None) -> Regrouped | None:
    return made.found() if made else None


def _is_outdated(connection: Connection, found: Regrouped) -> bool:
    """Tell whether articles were removed while the pass was made."""
    ids = [article for each in found.changed for article in each.articles]
    return len(shelves.moments(connection, ids)) < len(set(ids))


def _keep_pass(connection: Connection, found: Regrouped, version: int) -> None:
    shelves.keep_grouping(connection, found.changed, found.gone, stage="cluster", version=version)
    shelves.drop_states(connection, after=found.wrong_after)
    for key, state in found.states:
        shelves.keep_state(connection, key, state)
    shelves.thin_states(connection)


def _is_quiet(connection: Connection, now: int) -> bool:
    """Tell whether no earlier stage has work that this run will still do."""
    earlier = STAGES[: STAGES.index("cluster")]
    return not ledger.waiting(
        connection, fresh=now + TURN_MICROS, tried=now + PATIENCE_MICROS, stages=earlier
    )


def _note_changed(connection: Connection, stories: Sequence[str]) -> None:
    known = set(json.loads(ledger.note(connection, CHANGED) or "[]"))
    ledger.keep_note(connection, CHANGED, json.dumps(sorted(known.union(stories))))


def _refreshed(
    connection: Connection, house: House, regrouper: Regrouper, now: int
) -> list[Following]:
    """Tie stories to threads, and return the work of measuring again what is active and what has changed since it was last done."""
    newest = shelf.newest_moment(connection) or 0
    shelves.keep_threads(connection, regrouper.threads(connection, newest))
    active = shelves.since(connection, newest - round(house.settings.window_days * 86_400e6))
    changed = json.loads(ledger.note(connection, CHANGED) or "[]")
    ledger.keep_note(connection, REFRESHED, str(now))
    ledger.keep_note(connection, CHANGED, "[]")
    return [("coverage", story) for story in sorted({*active, *changed})]


def story_files(
    connection: Connection, ids: Sequence[str], reader: ReaderLanguages
) -> dict[str, StoryFile]:
    """Return story id -> the story with its reports, copies and lineage, as far as they are known."""
    found = shelves.stories(connection, ids)
    lineages = shelves.lineages(connection, list(found))
    copies = shelves.copies_in(connection, found.values())
    articles = [article for story in found.values() for article in story.articles]
    reports: dict[str, Report] = {}
    for at in range(0, len(articles), AT_ONCE):
        reports |= shelf.reports(connection, articles[at : at + AT_ONCE], reader)
    return {
        each: _story_file(story, reports, copies.get(each, ()), lineages.get(each))
        for each, story in found.items()
    }


def _story_file(
    story: Story, reports: Mapping[str, Report], copies: tuple[Any, ...], lineage: Lineage | None
) -> StoryFile:
    present = tuple(each for each in story.articles if each in reports)
    return StoryFile(
        story=replace(story, articles=present),
        reports=tuple(reports[each] for each in present),
        copies=copies,
        lineage=lineage,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChain:
    """Origins, differences and takes of a story in one call: it is read and sent to a worker once."""

    origins: TraceOrigins
    differences: FindDifferences
    takes: GroupTakes

    def __call__(self, file: StoryFile) -> dict[str, Any] | Skip:
        """Return what each stage answers; a stage that fails or refuses has a `Failure` or `Skip`."""
        lineage = self.origins(file)
        if isinstance(lineage, Skip):
            return lineage
        traced = replace(file, lineage=lineage)
        return {
            "origins": lineage,
            "differences": attempt(self.differences, traced),
            "takes": attempt(self.takes, traced),
        }


def _load_files(house: House) -> Any:
    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        return story_files(connection, items, house.reader)

    return load


def _chain(house: House, chain: StoryChain) -> Step:
    versions = {name: getattr(chain, name).version for name in ("origins", "differences", "takes")}

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        batch, again = _unchanged(connection, batch)
        for name, version in versions.items():
            found = {done.item: done.answer[name] for done in batch if _answered(done, name)}
            shelves.keep_records(connection, name, found, version=version)
            if name != "origins":
                ledger.finish(connection, name, found, version=version)
        return [(_next(done), done.item) for done in batch] + again

    return Step(
        name="origins",
        version=chain.origins.version,
        place="workers",
        batch=48,
        load=_load_files(house),
        call=chain,
        write=write,
    )


def _unchanged(connection: Connection, batch: Sequence[Done]) -> tuple[list[Done], list[Following]]:
    """Return what was found of stories that still stand as they were read, and the work of those that were regrouped."""
    now = shelves.stories(connection, [done.item for done in batch])
    same, again = [], list[Following]()
    for done in batch:
        story = now.get(done.item)
        if story is not None and _is_same(connection, story, done.given):
            same.append(done)
        elif story is not None:
            again.append(("origins", done.item))
    return same, again


def _is_same(connection: Connection, story: Story, file: StoryFile) -> bool:
    if story.articles == file.story.articles:
        return True
    return carriers(connection, [story.id])[story.id].story.articles == file.story.articles


def _answered(done: Done, name: str) -> bool:
    return not isinstance(done.answer[name], (Failure, Skip))


def _next(done: Done) -> str:
    """Return the first stage without an answer, which is tried by itself, or coverage."""
    return next((name for name in done.answer if not _answered(done, name)), "coverage")


def _story_step(house: House, name: str, stage: Any, follows: str) -> Step:
    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        batch, again = _unchanged(connection, batch)
        found = {done.item: done.answer for done in batch}
        shelves.keep_records(connection, name, found, version=stage.version)
        return [(follows, done.item) for done in batch] + again

    return Step(
        name=name,
        version=stage.version,
        place="workers",
        batch=48,
        load=_load_files(house),
        call=stage,
        write=write,
    )


def _coverage(house: House) -> Step:
    stage = MeasureCoverage()

    def load(connection: Connection, items: Sequence[str]) -> Mapping[str, Any]:
        newest = read_moment(shelf.newest_moment(connection) or 0)
        followed = followed_press(connection, newest, house.settings.window_days)
        return {
            item: CoverageRequest(told=told, press=followed, as_of=newest)
            for item, told in carriers(connection, items).items()
        }

    def write(connection: Connection, batch: Sequence[Done]) -> Sequence[Following]:
        # Grouping goes on meanwhile: what was measured of a story that is no more is left.
        present = shelves.stories(connection, [done.item for done in batch])
        batch = [done for done in batch if done.item in present]
        found = {done.item: done.answer for done in batch}
        shelves.keep_records(connection, "coverage", found, version=stage.version)
        weights = {done.item: importance(done.given.told) for done in batch}
        shelves.keep_all_importance(connection, weights)
        outlets = {done.item: done.given.told.outlets for done in batch}
        return of_many_outlets(connection, house, outlets)

    # Here and not in workers: it takes less time than sending a story there.
    return Step(
        name="coverage",
        version=stage.version,
        place="here",
        batch=500,
        load=load,
        call=stage,
        write=write,
    )


def carriers(connection: Connection, ids: Sequence[str]) -> dict[str, Carried]:
    """Return story id -> who carries it."""
    found = shelves.stories(connection, ids)
    copies = shelves.copies_in(connection, found.values())
    origins = shelves.least_origins(connection, list(found))
    articles = [article for story in found.values() for article in story.articles]
    places = shelves.outlets_of(connection, articles)
    houses = {each.id: each for each in press.outlets(connection, sorted(set(places.values())))}
    told = {}
    for each, story in found.items():
        outlets = {a: houses[places[a]] for a in story.articles if places.get(a) in houses}
        told[each] = Carried(
            story=replace(story, articles=tuple(outlets)),
            outlets=outlets,
            copies=copies.get(each, ()),
            origins=origins.get(each),
        )
    return told


def followed_press(connection: Connection, as_of: datetime, window_days: float) -> FollowedPress:
    """Return every outlet with feeds, and whether it could be heard in the window before `as_of`.

    One that was measured is heard by its state; where its history says nothing yet, by whether its last fetch went well.
    """
    since = moment(as_of - timedelta(days=window_days))
    counts = shelf.counts_by_outlet(connection, since=since, until=moment(as_of))
    answering = press.healthy_feeds(connection)
    states = volumes.health_states(connection)
    return sum_up(
        OutletHealth(
            outlet=each,
            healthy=_is_heard(states.get(each.id), answers=each.id in answering)
            and counts.get(each.id, 0) > 0,
            articles_in_window=counts.get(each.id, 0),
        )
        for each in press.outlets(connection)
        if each.feeds
    )


def _is_heard(state: str | None, *, answers: bool) -> bool:
    if state is None or state == "unknown":
        return answers
    return state in HEARD_STATES
