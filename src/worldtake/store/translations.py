"""Translations of articles in the store, and what waits to be translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from worldtake.model import Translation
from worldtake.store.ledger import insert_missing, upsert
from worldtake.store.records import dump, load
from worldtake.store.tables import ARTICLE, OUTCOME, TEXT_VERSION, TRANSLATION
from worldtake.store.texts import text_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BESIDE = frozenset({"text"})


def keep_translation(
    connection: sa.Connection,
    translation: Translation,
    *,
    told: str | None,
    stage: str,
    version: int,
) -> None:
    """Keep a translation and the version of its text; grouping reads `told`, or all of it where that is None."""
    made = {"stage": stage, "version": version}
    text = text_row(translation.article_id, "translation", translation.text, made)
    insert_missing(connection, TEXT_VERSION, [text])
    row = {
        "article_id": translation.article_id,
        "language": translation.language,
        "engine": translation.engine,
        "text_id": text["id"],
        "told": told,
        "waits": translation.waits,
        "waits_for": translation.waits_for,
        "record": dump(translation, without=_BESIDE),
    }
    upsert(connection, TRANSLATION, [row | made])


def translations(
    connection: sa.Connection, ids: Sequence[str], language: str
) -> dict[str, Translation]:
    """Return article id -> translation into `language`, shown or not."""
    query = (
        sa.select(TRANSLATION.c.article_id, TRANSLATION.c.record, TEXT_VERSION.c.body)
        .join(TEXT_VERSION, TEXT_VERSION.c.id == TRANSLATION.c.text_id)
        .where(TRANSLATION.c.article_id.in_(ids) & (TRANSLATION.c.language == language))
    )
    return {
        str(row.article_id): load(Translation, row.record, text=row.body)
        for row in connection.execute(query)
    }


def shown_translations(
    connection: sa.Connection, ids: Sequence[str], language: str
) -> dict[str, Translation]:
    """Return article id -> translation into `language`, of those that may be shown."""
    found = translations(connection, ids, language)
    return {each: translation for each, translation in found.items() if translation.shown}


def waiting_for_readers(connection: sa.Connection, ids: Iterable[str], language: str) -> list[str]:
    """Return those of `ids` of which only the beginning is translated until somebody reads them."""
    waits = (TRANSLATION.c.waits == "reader") & (TRANSLATION.c.language == language)
    query = sa.select(TRANSLATION.c.article_id).where(TRANSLATION.c.article_id.in_(ids) & waits)
    return sorted(map(str, connection.scalars(query)))


def waiting_counts(connection: sa.Connection, language: str) -> dict[tuple[str, str], int]:
    """Return (why, engine) -> how many articles wait for it."""
    waits = (TRANSLATION.c.waits != "") & (TRANSLATION.c.language == language)
    columns = (TRANSLATION.c.waits, TRANSLATION.c.waits_for)
    query = sa.select(*columns, sa.func.count()).where(waits).group_by(*columns)
    return {(str(why), str(engine)): int(count) for why, engine, count in connection.execute(query)}


def untranslated_count(connection: sa.Connection, stage: str) -> int:
    """Return how many articles no translator is set up for."""
    skipped = (OUTCOME.c.stage == stage) & (OUTCOME.c.reason == "no-translator")
    return int(connection.scalar(sa.select(sa.func.count()).where(skipped)) or 0)


def languages(connection: sa.Connection) -> list[str]:
    """Return the languages of all articles."""
    return sorted(map(str, connection.scalars(sa.select(ARTICLE.c.language).distinct())))


def newest_in(connection: sa.Connection, languages_: Sequence[str], *, since: int) -> list[str]:
    """Return ids of the articles in some languages that were published since a moment, the newest first."""
    wanted = ARTICLE.c.language.in_(languages_) & (ARTICLE.c.moment >= since)
    query = sa.select(ARTICLE.c.id).where(wanted).order_by(ARTICLE.c.moment.desc())
    return list(map(str, connection.scalars(query)))
