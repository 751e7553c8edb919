"""How translation stands, out of the store: translators and their budgets, what waits, what is remembered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from worldtake.model.views import EngineStatus, TranslationStatus
from worldtake.pipeline.names import ENGINES_NOTE, MATCH, ROUTES_NOTE
from worldtake.store import ledger, memory, translations
from worldtake.store.records import moment, read_moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from worldtake.model import Tier
    from worldtake.store import Connection


def translation_status(
    connection: Connection, language: str, *, now: datetime
) -> TranslationStatus:
    """Return how translation into `language` stands."""
    known = json.loads(ledger.note(connection, ENGINES_NOTE) or "[]")
    rows = memory.engines(connection)
    spent = memory.spent(connection, memory.day_of(moment(now)))
    counts: dict[str, int] = {}
    for (why, _engine), number in translations.waiting_counts(connection, language).items():
        counts[why] = counts.get(why, 0) + number
    nobody = translations.untranslated_count(connection, MATCH)
    count, size = memory.remembered(connection)
    return TranslationStatus(
        engines=tuple(_engine_status(each, rows, spent, moment(now)) for each in known),
        waiting=(*sorted(counts.items()), *((("translator", nobody),) if nobody else ())),
        remembered=count,
        remembered_bytes=size,
    )


def translator_of(connection: Connection, language: str) -> Tier:
    """Return how far the best translator that is set up for `language` may be trusted; `none` where there is none."""
    ways = json.loads(ledger.note(connection, ROUTES_NOTE) or "{}").get(language)
    tier: Tier = ways[0][0] if ways else "none"
    return tier


def _engine_status(
    engine: Mapping[str, Any],
    rows: Mapping[str, memory.EngineRow],
    spent: Mapping[str, tuple[int, float]],
    now: int,
) -> EngineStatus:
    row = rows.get(engine["id"])
    characters, money = spent.get(engine["id"], (0, 0.0))
    rests = row is not None and row.until > now
    return EngineStatus(
        id=engine["id"],
        state="rests" if rests else "answers",
        failures=row.failures if row else 0,
        rests_until=read_moment(row.until) if row and rests else None,
        error=row.problem if row else "",
        characters=characters,
        daily_characters=engine["characters"],
        money=money,
        daily_money=engine["money"],
    )
