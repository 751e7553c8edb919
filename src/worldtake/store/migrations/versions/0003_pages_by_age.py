"""Find the archived pages whose bytes the store still holds by their age, without reading past the bytes of all others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the index; it holds only the rows that retention looks for."""
    held = sa.text("body IS NOT NULL AND archive_file IS NOT NULL")
    op.create_index("page_held", "page", ["fetched"], sqlite_where=held, postgresql_where=held)
