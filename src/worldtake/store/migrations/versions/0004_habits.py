"""What pages show of their outlets' habits, and what was learned of each outlet from that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BIG = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    """Add the tables; they fill as pages are read."""
    op.create_table(
        "shown",
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("moment", BIG, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("page_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("shown_by_outlet", "shown", ["outlet_id", "moment"])
    op.create_table(
        "habits",
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.PrimaryKeyConstraint("outlet_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
