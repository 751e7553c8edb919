"""Stories, their members, permanent addresses and what the story stages found, in the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from worldtake.model import Coverage, Difference, Lineage, Story, TakeGroup
from worldtake.store.ledger import BATCH_ROWS, upsert
from worldtake.store.records import dump, load, load_all, read_moment
from worldtake.store.tables import (
    ARTICLE,
    CLUSTER_STATE,
    STORY,
    STORY_ALIAS,
    STORY_ARTICLE,
    STORY_RECORD,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story as grouping gives it."""

    id: str
    #: Microseconds since 1970.
    first: int
    last: int
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRecords:
    """What the story stages found for one story; None or empty before they ran."""

    lineage: Lineage | None
    differences: tuple[Difference, ...]
    takes: tuple[TakeGroup, ...]
    coverage: Coverage | None


def memberships(connection: sa.Connection) -> dict[str, tuple[str, ...]]:
    """Return story id -> ids of its articles in time order."""
    query = (
        sa.select(STORY_ARTICLE.c.story_id, STORY_ARTICLE.c.article_id)
        .join(ARTICLE, ARTICLE.c.id == STORY_ARTICLE.c.article_id)
        .order_by(ARTICLE.c.moment, ARTICLE.c.outlet_id, ARTICLE.c.id)
    )
    members: dict[str, list[str]] = {}
    for row in connection.execute(query):
        members.setdefault(str(row.story_id), []).append(str(row.article_id))
    return {story: tuple(articles) for story, articles in members.items()}


def keep_grouping(
    connection: sa.Connection,
    changed: Sequence[StoryRow],
    gone: Mapping[str, str],
    *,
    stage: str,
    version: int,
) -> None:
    """Write changed stories; `gone` maps stories that are no more to those that took them in."""
    made = {"stage": stage, "version": version}
    rows = [{"id": each.id, "first": each.first, "last": each.last} | made for each in changed]
    upsert(connection, STORY, rows)
    upsert(
        connection,
        STORY_ARTICLE,
        [
            {"article_id": article, "story_id": each.id}
            for each in changed
            for article in each.articles
        ],
    )
    living = [each.id for each in changed]
    for some in _chunks(living):
        connection.execute(STORY_ALIAS.delete().where(STORY_ALIAS.c.id.in_(some)))
    for old, new in sorted(gone.items()):
        connection.execute(STORY.delete().where(STORY.c.id == old))
        connection.execute(STORY_RECORD.delete().where(STORY_RECORD.c.story_id == old))
        connection.execute(
            STORY_ALIAS.update().where(STORY_ALIAS.c.story_id == old).values(story_id=new)
        )
        upsert(connection, STORY_ALIAS, [{"id": old, "story_id": new}])


def keep_threads(connection: sa.Connection, threads: Mapping[str, str]) -> None:
    """Set the thread of each story: story id -> thread id."""
    for story, thread in sorted(threads.items()):
        connection.execute(STORY.update().where(STORY.c.id == story).values(thread_id=thread))


def stories(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Story]:
    """Return id -> story with its articles in time order."""
    query = (
        sa.select(STORY.c.id, STORY.c.first, STORY.c.last, STORY_ARTICLE.c.article_id)
        .join(STORY_ARTICLE, STORY_ARTICLE.c.story_id == STORY.c.id)
        .join(ARTICLE, ARTICLE.c.id == STORY_ARTICLE.c.article_id)
        .where(STORY.c.id.in_(ids))
        .order_by(ARTICLE.c.moment, ARTICLE.c.outlet_id, ARTICLE.c.id)
    )
    rows: dict[str, list[sa.Row[tuple[str, int, int, str]]]] = {}
    for row in connection.execute(query):
        rows.setdefault(str(row.id), []).append(row)  # type: ignore[arg-type] # rows are typed as Any
    return {
        story: Story(
            id=story,
            articles=tuple(str(row.article_id) for row in of),
            first=read_moment(of[0].first),
            last=read_moment(of[0].last),
        )
        for story, of in rows.items()
    }


def permanent(connection: sa.Connection, story_id: str) -> str | None:
    """Return the id under which a story stands now, None if there never was one."""
    if connection.scalar(sa.select(STORY.c.id).where(STORY.c.id == story_id)):
        return story_id
    found = connection.scalar(sa.select(STORY_ALIAS.c.story_id).where(STORY_ALIAS.c.id == story_id))
    return None if found is None else str(found)


def stories_of(connection: sa.Connection, article_ids: Sequence[str]) -> dict[str, str]:
    """Return article id -> story id."""
    query = sa.select(STORY_ARTICLE).where(STORY_ARTICLE.c.article_id.in_(article_ids))
    return {str(row.article_id): str(row.story_id) for row in connection.execute(query)}


def ranked(connection: sa.Connection, *, since: int, most: int) -> list[tuple[str, float]]:
    """Return (story id, importance) of stories with an article since a moment, most important first."""
    query = (
        sa.select(STORY.c.id, STORY.c.importance)
        .where(STORY.c.last >= since)
        .order_by(STORY.c.importance.desc(), STORY.c.last.desc(), STORY.c.id)
        .limit(most)
    )
    return [(str(row.id), float(row.importance)) for row in connection.execute(query)]


def importance(connection: sa.Connection, ids: Sequence[str]) -> dict[str, float]:
    """Return story id -> importance."""
    query = sa.select(STORY.c.id, STORY.c.importance).where(STORY.c.id.in_(ids))
    return {str(row.id): float(row.importance) for row in connection.execute(query)}


def keep_importance(connection: sa.Connection, story_id: str, value: float) -> None:
    """Set the importance of a story."""
    connection.execute(STORY.update().where(STORY.c.id == story_id).values(importance=value))


def thread_of(connection: sa.Connection, story_id: str) -> list[str]:
    """Return the ids of the stories in a story's thread, in time order, itself included."""
    own = sa.select(STORY.c.thread_id).where(STORY.c.id == story_id).scalar_subquery()
    query = (
        sa.select(STORY.c.id).where(STORY.c.thread_id == own).order_by(STORY.c.first, STORY.c.id)
    )
    return [str(each) for each in connection.scalars(query)]


def threads(connection: sa.Connection) -> dict[str, str]:
    """Return story id -> thread id, for stories that are in one."""
    query = sa.select(STORY.c.id, STORY.c.thread_id).where(STORY.c.thread_id.is_not(None))
    return {str(row.id): str(row.thread_id) for row in connection.execute(query)}


def since(connection: sa.Connection, moment: int) -> list[str]:
    """Return the ids of stories with an article since `moment`, by id."""
    query = sa.select(STORY.c.id).where(STORY.c.last >= moment).order_by(STORY.c.id)
    return [str(each) for each in connection.scalars(query)]


def keep_record(
    connection: sa.Connection, story_id: str, name: str, record: object, *, version: int
) -> None:
    """Keep what the story stage `name` found."""
    row = {"story_id": story_id, "name": name, "record": dump(record)}
    upsert(connection, STORY_RECORD, [row | {"stage": name, "version": version}])


def records(connection: sa.Connection, ids: Sequence[str]) -> dict[str, StoryRecords]:
    """Return story id -> what the story stages found."""
    found: dict[str, dict[str, str]] = {each: {} for each in ids}
    query = sa.select(STORY_RECORD).where(STORY_RECORD.c.story_id.in_(ids))
    for row in connection.execute(query):
        found[str(row.story_id)][str(row.name)] = str(row.record)
    return {story: _records(of) for story, of in found.items()}


def keep_state(connection: sa.Connection, key: str, state: bytes) -> None:
    """Keep the state of grouping after the article with sort key `key`."""
    upsert(connection, CLUSTER_STATE, [{"key": key, "state": state}])


def last_state(connection: sa.Connection, *, before: str) -> tuple[str, bytes] | None:
    """Return the newest kept state before a sort key, dropping the later ones, which it makes wrong."""
    connection.execute(CLUSTER_STATE.delete().where(CLUSTER_STATE.c.key >= before))
    row = connection.execute(
        sa.select(CLUSTER_STATE).order_by(CLUSTER_STATE.c.key.desc()).limit(1)
    ).first()
    return None if row is None else (str(row.key), bytes(row.state))


def stream_after(
    connection: sa.Connection, ids: Iterable[str], after: str | None
) -> list[tuple[str, str]]:
    """Return (sort key, article id) of grouped articles and of `ids`, from just after a sort key on."""
    grouped = sa.select(STORY_ARTICLE.c.article_id)
    wanted = ARTICLE.c.id.in_(grouped) | ARTICLE.c.id.in_(list(ids))
    if after is not None:
        wanted &= ARTICLE.c.moment >= int(after.split("/", 1)[0])
    query = sa.select(ARTICLE.c.moment, ARTICLE.c.outlet_id, ARTICLE.c.id).where(wanted)
    keyed = sorted(
        (sort_key(int(row.moment), str(row.outlet_id), str(row.id)), str(row.id))
        for row in connection.execute(query)
    )
    return [pair for pair in keyed if after is None or pair[0] > after]


def sort_key(moment: int, outlet_id: str, article_id: str) -> str:
    """Return the text by which the stream of articles is ordered."""
    return f"{max(moment, 0):017d}/{outlet_id}/{article_id}"


def _records(of: Mapping[str, str]) -> StoryRecords:
    return StoryRecords(
        lineage=load(Lineage, of["origins"]) if "origins" in of else None,
        differences=load_all(Difference, of.get("differences", "[]")),
        takes=load_all(TakeGroup, of.get("takes", "[]")),
        coverage=load(Coverage, of["coverage"]) if "coverage" in of else None,
    )


def _chunks(items: Sequence[str]) -> Iterable[Sequence[str]]:
    return (items[at : at + BATCH_ROWS] for at in range(0, len(items), BATCH_ROWS))
