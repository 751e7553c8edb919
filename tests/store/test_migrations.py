from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from worldtake.errors import StoreError
from worldtake.store import database, open_store
from worldtake.store.tables import METADATA

if TYPE_CHECKING:
    from worldtake.store import Store


def test_the_migrations_build_the_tables_that_the_code_expects(store: Store) -> None:
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert [] == compare_metadata(context, METADATA)


def test_the_store_knows_the_newest_revision() -> None:
    folder = Path(database.__file__).parent / "migrations"
    assert database.HEAD == ScriptDirectory(str(folder)).get_current_head()


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith(("alembic", "search_doc", "doc"))


def test_a_store_opens_again_with_what_it_held(store_url: str) -> None:
    with open_store(store_url) as store, store.write() as connection:
        connection.execute(sa.text("INSERT INTO note VALUES ('name', 'value')"))
    with open_store(store_url) as store, store.read() as connection:
        assert "value" == connection.scalar(sa.text("SELECT value FROM note"))


def test_a_store_of_a_newer_version_is_refused(store_url: str) -> None:
    with open_store(store_url) as store, store.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="update worldtake"):
        open_store(store_url)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "worldtake.db"
    file.write_bytes(b"not a database, but long enough to be read as one" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(f"sqlite:///{file}")


@pytest.mark.parametrize("url", ["nonsense", "oracle-of-delphi://x", "postgresql+nothing://x/y"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="sqlite:///FILE"):
        open_store(url)


def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:1"):
        open_store("postgresql+psycopg://127.0.0.1:1/none?connect_timeout=2")
