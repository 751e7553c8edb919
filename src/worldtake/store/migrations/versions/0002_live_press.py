"""The live press: archive of pages, volumes and health of outlets, revisions of articles, subscriptions to hubs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    """Add the tables, and to pages where the archive holds them."""
    _extend_page()
    op.create_index("ix_feed_due", "feed", ["due"])
    for name, keys, columns in _TABLES:
        _create(name, keys, columns)
    op.create_index("ix_archive_day", "archive", ["day"])
    op.create_index("ix_health_state", "health", ["state"])


_TABLES: tuple[tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]], ...] = (
    ("archive", (("file", "text"),), (("day", "text"), ("length", "big"))),
    ("volume", (("outlet_id", "text"), ("hour", "big")), (("entries", "big"),)),
    (
        "yield",
        (("outlet_id", "text"), ("day", "big")),
        (("pages", "big"), ("refused", "big"), ("characters", "big")),
    ),
    ("health", (("outlet_id", "text"),), (("state", "text"), ("since", "big"), ("record", "text"))),
    (
        "revision",
        (("article_id", "text"), ("number", "big")),
        (
            ("before_id", "text"),
            ("after_id", "text"),
            ("moment", "big"),
            ("record", "text"),
            ("stage", "text"),
            ("version", "big"),
        ),
    ),
    (
        "subscription",
        (("feed_url", "text"),),
        (
            ("hub", "text"),
            ("topic", "text"),
            ("token", "unique"),
            ("secret", "text"),
            ("state", "text"),
            ("until", "zero"),
        ),
    ),
)


def _create(
    name: str, keys: tuple[tuple[str, str], ...], columns: tuple[tuple[str, str], ...]
) -> None:
    op.create_table(
        name,
        *(_column(*key) for key in keys),
        *(_column(*column) for column in columns),
        sa.PrimaryKeyConstraint(*(key for key, _ in keys)),
        *(sa.UniqueConstraint(column) for column, kind in columns if kind == "unique"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _column(name: str, kind: str) -> sa.Column[Any]:
    kinds: dict[str, sa.types.TypeEngine[Any]] = {"big": BIG, "zero": BIG}
    default = "0" if kind == "zero" else None
    return sa.Column(name, kinds.get(kind, sa.Text()), nullable=False, server_default=default)


def _extend_page() -> None:
    with op.batch_alter_table("page", table_kwargs={"sqlite_strict": True}) as page:
        page.alter_column("body", existing_type=sa.LargeBinary(), nullable=True)
        page.add_column(sa.Column("digest", sa.Text(), nullable=False, server_default=""))
        page.add_column(sa.Column("archive_file", sa.Text()))
        page.add_column(sa.Column("archive_offset", BIG))
        page.create_index("ix_page_digest", ["digest"])
    # The id of a page begins with the hash of its bytes.
    op.execute("UPDATE page SET digest = substr(id, 1, 32)")
