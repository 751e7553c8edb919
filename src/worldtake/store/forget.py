"""Remove outlets with all that was read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from worldtake.store.ledger import file_work
from worldtake.store.search import unindex
from worldtake.store.tables import (
    ARTICLE,
    CLUSTER_STATE,
    COPY,
    CREDIT,
    ENTRY,
    FEED,
    FINGERPRINT,
    HABITS,
    OUTCOME,
    OUTLET,
    PAGE,
    QUARANTINE,
    REVISION,
    SHOWN,
    STORY,
    STORY_ALIAS,
    STORY_ARTICLE,
    STORY_RECORD,
    TEXT_VERSION,
    TRACE,
    TRANSLATION,
    WORK,
)
from worldtake.store.volumes import forget_volumes

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Tables with a row or more for each article.
_BY_ARTICLE = (TEXT_VERSION, TRANSLATION, TRACE, CREDIT, FINGERPRINT, STORY_ARTICLE, REVISION)


def forget_outlets(connection: sa.Connection, provenance: str, *, now: int) -> None:
    """Remove every outlet of this provenance; articles of the others are due for grouping again."""
    outlets = list(
        connection.scalars(sa.select(OUTLET.c.id).where(OUTLET.c.provenance == provenance))
    )
    theirs = ARTICLE.c.outlet_id.in_(outlets)
    gone = [str(each) for each in connection.scalars(sa.select(ARTICLE.c.id).where(theirs))]
    pages = sa.select(ARTICLE.c.page_id).where(theirs)
    connection.execute(PAGE.delete().where(PAGE.c.id.in_(pages)))
    _forget_articles(connection, gone)
    forget_volumes(connection, outlets)
    for table in (FEED, ENTRY, SHOWN, HABITS):
        connection.execute(table.delete().where(table.c.outlet_id.in_(outlets)))
    connection.execute(OUTLET.delete().where(OUTLET.c.id.in_(outlets)))
    _regroup(connection, now=now)


def _forget_articles(connection: sa.Connection, gone: Sequence[str]) -> None:
    unindex(connection, gone)
    for table in _BY_ARTICLE:
        connection.execute(table.delete().where(table.c.article_id.in_(gone)))
    connection.execute(COPY.delete().where(COPY.c.a.in_(gone) | COPY.c.b.in_(gone)))
    for table in (WORK, OUTCOME, QUARANTINE):
        connection.execute(table.delete().where(table.c.item.in_(gone)))
    connection.execute(ARTICLE.delete().where(ARTICLE.c.id.in_(gone)))


def _regroup(connection: sa.Connection, *, now: int) -> None:
    left = [str(each) for each in connection.scalars(sa.select(ARTICLE.c.id))]
    for table in (STORY, STORY_ALIAS, STORY_ARTICLE, STORY_RECORD, CLUSTER_STATE):
        connection.execute(table.delete())
    file_work(connection, "cluster", left, now=now, anew=True)
