"""Translations in two lanes: what waits, the memory of sentences, what was spent, how translators stand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

BIG = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
REAL: sa.types.TypeEngine[float] = sa.REAL().with_variant(sa.DOUBLE_PRECISION(), "postgresql")
WAITS = sa.text("waits <> ''")


def upgrade() -> None:
    """Add the tables; the memory of sentences, a cache, begins anew, and work keeps its place under the stage's new name."""
    op.add_column("translation", sa.Column("told", sa.Text()))
    for name in ("waits", "waits_for"):
        op.add_column("translation", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.create_index(
        "translation_waits", "translation", ["waits"], sqlite_where=WAITS, postgresql_where=WAITS
    )
    _renew_segments()
    op.create_table(
        "spent",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("characters", BIG, nullable=False),
        sa.Column("money", REAL, nullable=False),
        sa.PrimaryKeyConstraint("day", "engine"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "engine",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("failures", BIG, nullable=False),
        sa.Column("until", BIG, nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    for table in ("work", "outcome", "quarantine"):
        stage = sa.table(table, sa.column("stage", sa.Text()))
        renamed = stage.update().where(stage.c.stage == "translate")
        op.execute(renamed.values(stage="translate.match"))


def _renew_segments() -> None:
    op.drop_table("segment")
    op.create_table(
        "segment",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("used", BIG, nullable=False),
        sa.Column("bytes", BIG, nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("segment_by_use", "segment", ["used", "bytes"])
