"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
REAL: sa.types.TypeEngine[float] = sa.REAL().with_variant(sa.DOUBLE_PRECISION(), "postgresql")

_FTS = """
CREATE VIRTUAL TABLE IF NOT EXISTS search.doc USING fts5(
    title, body, article_id UNINDEXED, tokenize = "unicode61 remove_diacritics 2"
)
"""


def upgrade() -> None:
    """Create every table and the search index."""
    _create_article()
    _create_cluster_state()
    _create_copy()
    _create_credit()
    _create_entry()
    _create_feed()
    _create_fingerprint()
    _create_note()
    _create_outcome()
    _create_outlet()
    _create_page()
    _create_quarantine()
    _create_segment()
    _create_story()
    _create_story_alias()
    _create_story_article()
    _create_story_record()
    _create_text_version()
    _create_trace()
    _create_translation()
    _create_work()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_FTS)
        return
    op.execute(
        "CREATE TABLE search_doc (row_id BIGINT PRIMARY KEY, article_id TEXT NOT NULL, "
        "words TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX search_doc_words ON search_doc USING gin (words)")


def _create_article() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.Column("discarded_id", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("moment", BIG, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("url"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("article_by_outlet", "article", ["outlet_id", "moment"], unique=False)
    op.create_index(op.f("ix_article_moment"), "article", ["moment"], unique=False)


def _create_cluster_state() -> None:
    op.create_table(
        "cluster_state",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )


def _create_copy() -> None:
    op.create_table(
        "copy",
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.PrimaryKeyConstraint("a", "b"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_copy_b"), "copy", ["b"], unique=False)


def _create_credit() -> None:
    op.create_table(
        "credit",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("credited_by", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "number"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_credit_credited_by"), "credit", ["credited_by"], unique=False)


def _create_entry() -> None:
    op.create_table(
        "entry",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("feed_url", sa.Text(), nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _create_feed() -> None:
    op.create_table(
        "feed",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="{}", nullable=False),
        sa.Column("due", BIG, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("url"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_feed_outlet_id"), "feed", ["outlet_id"], unique=False)


def _create_fingerprint() -> None:
    op.create_table(
        "fingerprint",
        sa.Column("hash", BIG, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", "article_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_fingerprint_article_id"), "fingerprint", ["article_id"], unique=False)


def _create_note() -> None:
    op.create_table(
        "note",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _create_outcome() -> None:
    op.create_table(
        "outcome",
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("stage", "item"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _create_outlet() -> None:
    op.create_table(
        "outlet",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_outlet_country"), "outlet", ["country"], unique=False)


def _create_page() -> None:
    op.create_table(
        "page",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("fetched", BIG, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("ix_page_url"), "page", ["url"], unique=False)


def _create_quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("tries", BIG, nullable=False),
        sa.Column("since", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("stage", "item", name="quarantine_once"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )


def _create_segment() -> None:
    op.create_table(
        "segment",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("engine_version", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _create_story() -> None:
    op.create_table(
        "story",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("first", BIG, nullable=False),
        sa.Column("last", BIG, nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=True),
        sa.Column("importance", REAL, server_default="0", nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_story_last"), "story", ["last"], unique=False)
    op.create_index(op.f("ix_story_thread_id"), "story", ["thread_id"], unique=False)


def _create_story_alias() -> None:
    op.create_table(
        "story_alias",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_story_alias_story_id"), "story_alias", ["story_id"], unique=False)


def _create_story_article() -> None:
    op.create_table(
        "story_article",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_story_article_story_id"), "story_article", ["story_id"], unique=False)


def _create_story_record() -> None:
    op.create_table(
        "story_record",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.PrimaryKeyConstraint("story_id", "name"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )


def _create_text_version() -> None:
    op.create_table(
        "text_version",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(
        op.f("ix_text_version_article_id"), "text_version", ["article_id"], unique=False
    )


def _create_trace() -> None:
    op.create_table(
        "trace",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.PrimaryKeyConstraint("article_id"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )


def _create_translation() -> None:
    op.create_table(
        "translation",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "language"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )


def _create_work() -> None:
    op.create_table(
        "work",
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("filed", BIG, nullable=False),
        sa.Column("due", BIG, nullable=False),
        sa.Column("tries", BIG, server_default="0", nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease", BIG, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("stage", "item"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("work_due", "work", ["stage", "due"], unique=False)
    # ### end Alembic commands ###
