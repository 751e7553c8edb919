"""Keep what changed when the same address gives another text; the texts themselves stay where receipts point at them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from worldtake.model.revisions import Revision
from worldtake.store.ledger import insert_missing
from worldtake.store.records import moment, read_moment
from worldtake.store.tables import ARTICLE, REVISION, TEXT_VERSION
from worldtake.text.changes import changes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worldtake.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An article as the store has it."""

    id: str
    #: Page that it was read from.
    page_id: str
    text_id: str
    title: str
    #: When the article was first seen, aware.
    first_seen: datetime
    #: When its newest text was seen, in microseconds.
    last_seen: int
    #: Version of the stage that read it.
    version: int


def current_version(connection: sa.Connection, url: str) -> Version | None:
    """Return the article at `url` as it is; None where it is not known."""
    row = connection.execute(sa.select(ARTICLE).where(ARTICLE.c.url == url)).first()
    if row is None:
        return None
    record = json.loads(row.record)
    first_seen = datetime.fromisoformat(record["seen"])
    newest = sa.select(sa.func.max(REVISION.c.moment)).where(REVISION.c.article_id == row.id)
    return Version(
        id=row.id,
        page_id=row.page_id,
        text_id=row.text_id,
        title=record.get("title", ""),
        first_seen=first_seen,
        last_seen=connection.scalar(newest) or moment(first_seen),
        version=row.version,
    )


def keep_revision(
    connection: sa.Connection,
    before: Version,
    article: Article,
    *,
    text_id: str,
    made: Mapping[str, object],
) -> None:
    """Keep what an outlet changed from `before` to `article`, where it is more than white space."""
    text_before = _text(connection, before.text_id) if before.text_id != text_id else article.text
    found = changes(text_before, article.text)
    if not found and before.title.split() == article.title.split():
        return
    record: dict[str, object]
    record = {"title_before": before.title, "title_after": article.title, "changes": found}
    if before.version != made["version"]:
        record["read_otherwise"] = True
    row = {
        "article_id": before.id,
        "number": _count(connection, before.id) + 1,
        "before_id": before.text_id,
        "after_id": text_id,
        "moment": moment(article.seen),
        "record": json.dumps(record, ensure_ascii=False, separators=(",", ":")),
    }
    insert_missing(connection, REVISION, [row | dict(made)])


def revisions(connection: sa.Connection, article_id: str) -> tuple[Revision, ...]:
    """Return the revisions of an article, the first one first."""
    before, after = TEXT_VERSION.alias("before"), TEXT_VERSION.alias("after")
    query = (
        sa.select(REVISION, before.c.body.label("was"), after.c.body.label("became"))
        .join(before, before.c.id == REVISION.c.before_id)
        .join(after, after.c.id == REVISION.c.after_id)
        .where(REVISION.c.article_id == article_id)
        .order_by(REVISION.c.number)
    )
    return tuple(_revision(row) for row in connection.execute(query))


def _revision(row: sa.Row[tuple[object, ...]]) -> Revision:
    values = json.loads(row.record)
    return Revision(
        number=row.number,
        seen=read_moment(row.moment),
        title_before=values["title_before"],
        title_after=values["title_after"],
        text_before=row.was,
        text_after=row.became,
        changes=tuple((a, b, c, d) for a, b, c, d in values["changes"]),
        read_otherwise=values.get("read_otherwise", False),
    )


def _text(connection: sa.Connection, text_id: str) -> str:
    query = sa.select(TEXT_VERSION.c.body).where(TEXT_VERSION.c.id == text_id)
    return str(connection.scalar(query) or "")


def _count(connection: sa.Connection, article_id: str) -> int:
    query = sa.select(sa.func.max(REVISION.c.number)).where(REVISION.c.article_id == article_id)
    return int(connection.scalar(query) or 0)
