"""Stories, their members, permanent addresses and what the story stages found, in the store."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from worldtake.model import Copy, Coverage, Difference, Lineage, Story, TakeGroup
from worldtake.store.ledger import BATCH_ROWS, upsert
from worldtake.store.records import dump, load, load_all, read_moment
from worldtake.store.tables import (
    ARTICLE,
    CLUSTER_STATE,
    COPY,
    OUTLET,
    STORY,
    STORY_ALIAS,
    STORY_ARTICLE,
    STORY_RECORD,
    TEXT_VERSION,
    TRANSLATION,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article as grouping reads it: in the reader's language where it is translated, else as printed."""

    id: str
    #: Microseconds since 1970.
    moment: int
    outlet_id: str
    #: BCP 47 tag of the words.
    language: str
    title: str
    text: str = field(repr=False)


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
    _move(connection, gone)


def _move(connection: sa.Connection, gone: Mapping[str, str]) -> None:
    """Remove the stories that are no more; their addresses lead to those that took them in."""
    if not gone:
        return
    for some in _chunks(sorted(gone)):
        connection.execute(STORY.delete().where(STORY.c.id.in_(some)))
        connection.execute(STORY_RECORD.delete().where(STORY_RECORD.c.story_id.in_(some)))
    moving = STORY_ALIAS.update().where(STORY_ALIAS.c.story_id == sa.bindparam("old"))
    rows = [{"old": was, "new": now} for was, now in sorted(gone.items())]
    connection.execute(moving.values(story_id=sa.bindparam("new")), rows)
    upsert(connection, STORY_ALIAS, [{"id": row["old"], "story_id": row["new"]} for row in rows])


def keep_threads(connection: sa.Connection, found: Mapping[str, str]) -> None:
    """Set the thread of each story (story id -> thread id) where it is another than before."""
    known = threads(connection)
    rows = [
        {"story": story, "thread": thread}
        for story, thread in sorted(found.items())
        if known.get(story) != thread
    ]
    if rows:
        changing = STORY.update().where(STORY.c.id == sa.bindparam("story"))
        connection.execute(changing.values(thread_id=sa.bindparam("thread")), rows)


def stories(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Story]:
    """Return id -> story with its articles in time order."""
    found: dict[str, Story] = {}
    for some in _chunks(ids):
        found |= _stories(connection, some)
    return found


def _stories(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Story]:
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


def keep_all_importance(connection: sa.Connection, values: Mapping[str, float]) -> None:
    """Set the importance of stories."""
    changing = STORY.update().where(STORY.c.id == sa.bindparam("story"))
    rows = [{"story": story, "value": value} for story, value in values.items()]
    if rows:
        connection.execute(changing.values(importance=sa.bindparam("value")), rows)


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
    keep_records(connection, name, {story_id: record}, version=version)


def before(connection: sa.Connection, moment: int) -> dict[str, int]:
    """Return id -> first moment of the stories that give threads their names and end before `moment`."""
    query = sa.select(STORY.c.id, STORY.c.first).where(
        (STORY.c.last < moment) & (STORY.c.thread_id == STORY.c.id)
    )
    return {str(row.id): int(row.first) for row in connection.execute(query)}


def keep_records(
    connection: sa.Connection, name: str, found: Mapping[str, object], *, version: int
) -> None:
    """Keep what the story stage `name` found of each story."""
    made = {"name": name, "stage": name, "version": version}
    rows = [{"story_id": story, "record": dump(each)} | made for story, each in found.items()]
    upsert(connection, STORY_RECORD, rows)


def records(connection: sa.Connection, ids: Sequence[str]) -> dict[str, StoryRecords]:
    """Return story id -> what the story stages found."""
    found: dict[str, dict[str, str]] = {each: {} for each in ids}
    for some in _chunks(ids):
        query = sa.select(STORY_RECORD).where(STORY_RECORD.c.story_id.in_(some))
        for row in connection.execute(query):
            found[str(row.story_id)][str(row.name)] = str(row.record)
    return {story: _records(of) for story, of in found.items()}


def lineages(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Lineage]:
    """Return story id -> lineage, where origins were traced."""
    return {story: load(Lineage, each) for story, each in _origin_records(connection, ids)}


def least_origins(connection: sa.Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return story id -> independent origins at least, where origins were traced."""
    return {
        story: int(json.loads(each).get("origins_low", 0))
        for story, each in _origin_records(connection, ids)
    }


def _origin_records(connection: sa.Connection, ids: Sequence[str]) -> Iterable[tuple[str, str]]:
    for some in _chunks(ids):
        query = sa.select(STORY_RECORD.c.story_id, STORY_RECORD.c.record).where(
            STORY_RECORD.c.story_id.in_(some) & (STORY_RECORD.c.name == "origins")
        )
        for row in connection.execute(query):
            yield str(row.story_id), str(row.record)


def copies_in(connection: sa.Connection, found: Iterable[Story]) -> dict[str, tuple[Copy, ...]]:
    """Return story id -> the copies between its articles."""
    home = {article: story.id for story in found for article in story.articles}
    copies: dict[str, list[Copy]] = {}
    for some in _chunks(list(home)):
        query = sa.select(COPY.c.a, COPY.c.b, COPY.c.record).where(COPY.c.a.in_(some))
        for row in connection.execute(query.order_by(COPY.c.a, COPY.c.b)):
            if home.get(str(row.b)) == home[str(row.a)]:
                copies.setdefault(home[str(row.a)], []).append(load(Copy, row.record))
    return {
        story: tuple(sorted(each, key=lambda copy: (copy.a, copy.b)))
        for story, each in copies.items()
    }


def outlets_of(connection: sa.Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return article id -> outlet id."""
    found: dict[str, str] = {}
    for some in _chunks(ids):
        query = sa.select(ARTICLE.c.id, ARTICLE.c.outlet_id).where(ARTICLE.c.id.in_(some))
        found |= {str(row.id): str(row.outlet_id) for row in connection.execute(query)}
    return found


def told(
    connection: sa.Connection, ids: Sequence[str], language: str, *, most: int | None = None
) -> dict[str, Told]:
    """Return article id -> its words, the first `most` characters of the text; without those of unknown outlets."""
    found: dict[str, Told] = {}
    for some in _chunks(ids):
        printed, translated = (
            _printed(connection, some, most),
            _translated(connection, some, language, most),
        )
        found |= printed | {each: words for each, words in translated.items() if each in printed}
    return found


def _printed(connection: sa.Connection, ids: Sequence[str], most: int | None) -> dict[str, Told]:
    query = (
        sa.select(*_TOLD, ARTICLE.c.language, ARTICLE.c.record, _cut(most))
        .join(TEXT_VERSION, TEXT_VERSION.c.id == ARTICLE.c.text_id)
        .join(OUTLET, OUTLET.c.id == ARTICLE.c.outlet_id)
        .where(ARTICLE.c.id.in_(ids))
    )
    return {str(row.id): _told(row, str(row.language)) for row in connection.execute(query)}


def _translated(
    connection: sa.Connection, ids: Sequence[str], language: str, most: int | None
) -> dict[str, Told]:
    words = sa.func.coalesce(TRANSLATION.c.told, TEXT_VERSION.c.body)
    some = words if most is None else sa.func.substr(words, 1, most)
    query = (
        sa.select(*_TOLD, TRANSLATION.c.record, some.label("body"))
        .join(TRANSLATION, TRANSLATION.c.article_id == ARTICLE.c.id)
        .join(TEXT_VERSION, TEXT_VERSION.c.id == TRANSLATION.c.text_id)
        .where(ARTICLE.c.id.in_(ids) & (TRANSLATION.c.language == language) & (words != ""))
    )
    return {str(row.id): _told(row, language) for row in connection.execute(query)}


_TOLD = (ARTICLE.c.id, ARTICLE.c.moment, ARTICLE.c.outlet_id)


def _cut(most: int | None) -> sa.ColumnElement[str]:
    body = TEXT_VERSION.c.body if most is None else sa.func.substr(TEXT_VERSION.c.body, 1, most)
    return body.label("body")


def _told(row: Any, language: str) -> Told:
    return Told(
        id=str(row.id),
        moment=int(row.moment),
        outlet_id=str(row.outlet_id),
        language=language,
        title=json.loads(row.record).get("title", ""),
        text=str(row.body),
    )


def moments(connection: sa.Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return article id -> moment."""
    found: dict[str, int] = {}
    for some in _chunks(ids):
        query = sa.select(ARTICLE.c.id, ARTICLE.c.moment).where(ARTICLE.c.id.in_(some))
        found |= {str(row.id): int(row.moment) for row in connection.execute(query)}
    return found


def keep_state(connection: sa.Connection, key: str, state: bytes) -> None:
    """Keep the state of grouping after the article with sort key `key`."""
    upsert(connection, CLUSTER_STATE, [{"key": key, "state": state}])


def last_state(connection: sa.Connection, *, before: str) -> tuple[str, bytes] | None:
    """Return the newest kept state before a sort key."""
    query = sa.select(CLUSTER_STATE).where(CLUSTER_STATE.c.key < before)
    row = connection.execute(query.order_by(CLUSTER_STATE.c.key.desc()).limit(1)).first()
    return None if row is None else (str(row.key), bytes(row.state))


def drop_states(connection: sa.Connection, *, after: str | None) -> None:
    """Drop the states after a sort key (all where None), which a late article makes wrong."""
    wrong = CLUSTER_STATE.delete()
    connection.execute(wrong if after is None else wrong.where(CLUSTER_STATE.c.key > after))


def thin_states(connection: sa.Connection) -> None:
    """Keep of the states the newest, and the first and last of each doubling of age in hours."""
    keys = [str(key) for key in connection.scalars(sa.select(CLUSTER_STATE.c.key))]
    newest = _hours(max(keys, default="0"))
    ages: dict[int, list[str]] = {}
    for key in sorted(keys):
        ages.setdefault(int(newest - _hours(key)).bit_length(), []).append(key)
    spare = [key for same in ages.values() for key in same[1:-1]]
    for some in _chunks(spare):
        connection.execute(CLUSTER_STATE.delete().where(CLUSTER_STATE.c.key.in_(some)))


def _hours(key: str) -> float:
    return int(key.split("/", 1)[0]) / 3.6e9


def stream_after(
    connection: sa.Connection, ids: Iterable[str], after: str | None
) -> list[tuple[str, str]]:
    """Return (sort key, article id) of grouped articles and of `ids`, from just after a sort key on."""
    keyed = sort_keys(connection, list(ids))
    columns = sa.select(ARTICLE.c.moment, ARTICLE.c.outlet_id, ARTICLE.c.id)
    grouped = columns.join(STORY_ARTICLE, STORY_ARTICLE.c.article_id == ARTICLE.c.id)
    if after is not None:
        grouped = grouped.where(ARTICLE.c.moment >= int(after.split("/", 1)[0]))
    for row in connection.execute(grouped):
        keyed[str(row.id)] = sort_key(int(row.moment), str(row.outlet_id), str(row.id))
    return sorted((key, item) for item, key in keyed.items() if after is None or key > after)


def sort_keys(connection: sa.Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return article id -> the text by which the stream is ordered."""
    keyed: dict[str, str] = {}
    for some in _chunks(ids):
        query = sa.select(ARTICLE.c.moment, ARTICLE.c.outlet_id, ARTICLE.c.id)
        for row in connection.execute(query.where(ARTICLE.c.id.in_(some))):
            keyed[str(row.id)] = sort_key(int(row.moment), str(row.outlet_id), str(row.id))
    return keyed


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
