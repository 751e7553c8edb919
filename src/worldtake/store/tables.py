"""The tables, the same on SQLite and PostgreSQL.

Moments are microseconds since 1970 in UTC, so that they sort and compare alike everywhere; the zone as stated stays in
the record. Every derived row carries the stage and version that made it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

#: 64 bits on both databases; SQLite's INTEGER is as wide as needed.
BIG = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
REAL: sa.types.TypeEngine[float] = sa.REAL().with_variant(sa.DOUBLE_PRECISION(), "postgresql")
TEXT = sa.Text()

METADATA = sa.MetaData()

WAITS = sa.text("waits <> ''")
PAGE_HELD = sa.text("body IS NOT NULL AND archive_file IS NOT NULL")


def _table(name: str, *columns: sa.schema.SchemaItem, rowid: bool = True) -> sa.Table:
    return sa.Table(name, METADATA, *columns, sqlite_strict=True, sqlite_with_rowid=rowid)


def _key(name: str, kind: sa.types.TypeEngine[Any] = TEXT) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True)


def _made_by() -> tuple[sa.Column[Any], sa.Column[Any]]:
    return sa.Column("stage", TEXT, nullable=False), sa.Column("version", BIG, nullable=False)


OUTLET = _table(
    "outlet",
    _key("id"),
    sa.Column("country", TEXT, index=True),
    sa.Column("provenance", TEXT, nullable=False),
    sa.Column("record", TEXT, nullable=False),
    rowid=False,
)
FEED = _table(
    "feed",
    _key("url"),
    sa.Column("outlet_id", TEXT, nullable=False, index=True),
    sa.Column("record", TEXT, nullable=False),
    # What the last fetch said: ETag, failures, pause; JSON.
    sa.Column("state", TEXT, nullable=False, server_default="{}"),
    sa.Column("due", BIG, nullable=False, server_default="0", index=True),
    rowid=False,
)
ENTRY = _table(
    "entry",
    _key("url"),
    sa.Column("feed_url", TEXT, nullable=False),
    sa.Column("outlet_id", TEXT, nullable=False),
    sa.Column("record", TEXT, nullable=False),
    rowid=False,
)
PAGE = _table(
    "page",
    _key("id"),
    sa.Column("url", TEXT, nullable=False, index=True),
    sa.Column("fetched", BIG, nullable=False),
    sa.Column("record", TEXT, nullable=False),
    # The bytes, packed; None once only the archive holds them.
    sa.Column("body", sa.LargeBinary),
    # Hash of the bytes: the same bytes are archived once.
    sa.Column("digest", TEXT, nullable=False, server_default="", index=True),
    # Where in the archive: file and offset of the record; None before it is archived.
    sa.Column("archive_file", TEXT),
    sa.Column("archive_offset", BIG),
    # Archived pages whose bytes are here, too: retention looks for the old ones among them.
    sa.Index("page_held", "fetched", sqlite_where=PAGE_HELD, postgresql_where=PAGE_HELD),
)
# Archive files and how long each is as far as transactions reach: what a killed process wrote beyond is cut off.
ARCHIVE = _table(
    "archive",
    _key("file"),
    sa.Column("day", TEXT, nullable=False, index=True),
    sa.Column("length", BIG, nullable=False),
    rowid=False,
)
# Entries that each outlet announced, hour by hour (hours since 1970).
VOLUME = _table(
    "volume",
    _key("outlet_id"),
    _key("hour", BIG),
    sa.Column("entries", BIG, nullable=False),
    rowid=False,
)
# What was read of each outlet, day by day (days since 1970).
YIELD = _table(
    "yield",
    _key("outlet_id"),
    _key("day", BIG),
    sa.Column("pages", BIG, nullable=False),
    # Pages that held no article.
    sa.Column("refused", BIG, nullable=False),
    # Characters of the articles.
    sa.Column("characters", BIG, nullable=False),
    rowid=False,
)
# How each outlet stands, as last measured.
HEALTH = _table(
    "health",
    _key("outlet_id"),
    sa.Column("state", TEXT, nullable=False, index=True),
    # Since when it is in that state.
    sa.Column("since", BIG, nullable=False),
    sa.Column("record", TEXT, nullable=False),
    rowid=False,
)
# What each page shows of what its outlet does on all of them; the newest pages of an outlet are kept.
SHOWN = _table(
    "shown",
    _key("page_id"),
    sa.Column("outlet_id", TEXT, nullable=False),
    # Of the article, by which the newest are known.
    sa.Column("moment", BIG, nullable=False),
    sa.Column("record", TEXT, nullable=False),
    sa.Index("shown_by_outlet", "outlet_id", "moment"),
    rowid=False,
)
# What was learned of each outlet from that.
HABITS = _table(
    "habits", _key("outlet_id"), sa.Column("record", TEXT, nullable=False), *_made_by(), rowid=False
)
# Each change of an article's text, with the difference.
REVISION = _table(
    "revision",
    _key("article_id"),
    _key("number", BIG),
    sa.Column("before_id", TEXT, nullable=False),
    sa.Column("after_id", TEXT, nullable=False),
    sa.Column("moment", BIG, nullable=False),
    sa.Column("record", TEXT, nullable=False),
    *_made_by(),
    rowid=False,
)
# Subscriptions to hubs (WebSub).
SUBSCRIPTION = _table(
    "subscription",
    _key("feed_url"),
    sa.Column("hub", TEXT, nullable=False),
    sa.Column("topic", TEXT, nullable=False),
    # Last part of the address that the hub calls.
    sa.Column("token", TEXT, nullable=False, unique=True),
    sa.Column("secret", TEXT, nullable=False),
    # `asked`, `verified`, `denied`.
    sa.Column("state", TEXT, nullable=False),
    # Until when the hub has promised to call.
    sa.Column("until", BIG, nullable=False, server_default="0"),
    rowid=False,
)
ARTICLE = _table(
    "article",
    _key("id"),
    sa.Column("url", TEXT, nullable=False, unique=True),
    sa.Column("outlet_id", TEXT, nullable=False),
    sa.Column("page_id", TEXT, nullable=False),
    sa.Column("text_id", TEXT, nullable=False),
    sa.Column("discarded_id", TEXT),
    sa.Column("language", TEXT, nullable=False),
    sa.Column("moment", BIG, nullable=False, index=True),
    sa.Column("record", TEXT, nullable=False),
    *_made_by(),
    sa.Index("article_by_outlet", "outlet_id", "moment"),
    rowid=False,
)
# Never updated: receipts point here.
TEXT_VERSION = _table(
    "text_version",
    _key("id"),
    sa.Column("article_id", TEXT, nullable=False, index=True),
    # `text`, `discarded` or `translation`.
    sa.Column("part", TEXT, nullable=False),
    sa.Column("body", TEXT, nullable=False),
    *_made_by(),
)
TRANSLATION = _table(
    "translation",
    _key("article_id"),
    _key("language"),
    sa.Column("engine", TEXT, nullable=False),
    sa.Column("text_id", TEXT, nullable=False),
    # What of the text grouping reads; None for all of it.
    sa.Column("told", TEXT),
    # Why the rest is not there yet, and which engine is waited for; empty where nothing is to come.
    sa.Column("waits", TEXT, nullable=False, server_default=""),
    sa.Column("waits_for", TEXT, nullable=False, server_default=""),
    sa.Column("record", TEXT, nullable=False),
    *_made_by(),
    sa.Index("translation_waits", "waits", sqlite_where=WAITS, postgresql_where=WAITS),
)
# The memory of translated sentences: a cache, which may be emptied at any time.
SEGMENT = _table(
    "segment",
    _key("key"),
    sa.Column("target", TEXT, nullable=False),
    sa.Column("engine", TEXT, nullable=False),
    # Version, model, tier, flags, pivot, and when it was made; JSON.
    sa.Column("record", TEXT, nullable=False),
    # When it was last asked for, to the day, and what it takes, in bytes.
    sa.Column("used", BIG, nullable=False),
    sa.Column("bytes", BIG, nullable=False),
    sa.Index("segment_by_use", "used", "bytes"),
    rowid=False,
)
# What was sent to translators, by day (UTC).
SPENT = _table(
    "spent",
    _key("day"),
    _key("engine"),
    sa.Column("characters", BIG, nullable=False),
    sa.Column("money", REAL, nullable=False),
    rowid=False,
)
# How translators stand.
ENGINE = _table(
    "engine",
    _key("id"),
    sa.Column("failures", BIG, nullable=False),
    # Until when it is left alone; 0 where it is not.
    sa.Column("until", BIG, nullable=False),
    sa.Column("problem", TEXT, nullable=False),
    rowid=False,
)
TRACE = _table(
    "trace",
    _key("article_id"),
    sa.Column("text_id", TEXT, nullable=False),
    sa.Column("record", TEXT, nullable=False),
    *_made_by(),
)
CREDIT = _table(
    "credit",
    _key("article_id"),
    _key("number", BIG),
    sa.Column("outlet_id", TEXT),
    sa.Column("outlet", TEXT, nullable=False),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("credited_by", TEXT, nullable=False, index=True),
    *_made_by(),
    rowid=False,
)
FINGERPRINT = _table(
    "fingerprint",
    _key("hash", BIG),
    sa.Column("article_id", TEXT, primary_key=True, index=True),
    rowid=False,
)
COPY = _table(
    "copy",
    _key("a"),
    sa.Column("b", TEXT, primary_key=True, index=True),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("record", TEXT, nullable=False),
    *_made_by(),
    rowid=False,
)
STORY = _table(
    "story",
    _key("id"),
    sa.Column("first", BIG, nullable=False),
    sa.Column("last", BIG, nullable=False, index=True),
    sa.Column("thread_id", TEXT, index=True),
    sa.Column("importance", REAL, nullable=False, server_default="0"),
    *_made_by(),
    rowid=False,
)
STORY_ARTICLE = _table(
    "story_article",
    _key("article_id"),
    sa.Column("story_id", TEXT, nullable=False, index=True),
    rowid=False,
)
# Where a story's earlier addresses lead.
STORY_ALIAS = _table(
    "story_alias", _key("id"), sa.Column("story_id", TEXT, nullable=False, index=True), rowid=False
)
# What the story stages found, one row a story and stage.
STORY_RECORD = _table(
    "story_record",
    _key("story_id"),
    _key("name"),
    sa.Column("record", TEXT, nullable=False),
    *_made_by(),
)
# The state of grouping after the article `key`; replay starts from the last one before a late article.
CLUSTER_STATE = _table(
    "cluster_state", _key("key"), sa.Column("state", sa.LargeBinary, nullable=False)
)
WORK = _table(
    "work",
    _key("stage"),
    _key("item"),
    sa.Column("filed", BIG, nullable=False),
    # Not before this moment.
    sa.Column("due", BIG, nullable=False),
    sa.Column("tries", BIG, nullable=False, server_default="0"),
    sa.Column("owner", TEXT),
    # Until when the claim holds.
    sa.Column("lease", BIG, nullable=False, server_default="0"),
    sa.Index("work_due", "stage", "due"),
    rowid=False,
)
OUTCOME = _table(
    "outcome",
    _key("stage"),
    _key("item"),
    sa.Column("version", BIG, nullable=False),
    # `done` or `skipped`.
    sa.Column("outcome", TEXT, nullable=False),
    sa.Column("reason", TEXT, nullable=False, server_default=""),
    rowid=False,
)
QUARANTINE = _table(
    "quarantine",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("stage", TEXT, nullable=False),
    sa.Column("item", TEXT, nullable=False),
    sa.Column("message", TEXT, nullable=False),
    sa.Column("details", TEXT, nullable=False),
    sa.Column("tries", BIG, nullable=False),
    sa.Column("since", BIG, nullable=False),
    sa.UniqueConstraint("stage", "item", name="quarantine_once"),
)
NOTE = _table("note", _key("name"), sa.Column("value", TEXT, nullable=False), rowid=False)
