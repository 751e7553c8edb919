from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from worldtake.errors import StoreError
from worldtake.model import Page
from worldtake.store import database, open_store, press
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


OLD_PAGE = b"<html><p>Ferry burns</p></html>" * 20
#: Rows as the first version wrote them.
OLD_ROWS = {
    "outlet": {
        "id": "it-l", "country": "IT", "provenance": "catalogue",
        "record": '{"id":"it-l","name":"La Lanterna","country":"IT"}',
    },
    "feed": {
        "url": "https://l.example/rss", "outlet_id": "it-l", "state": '{"failures":1}', "due": 7,
        "record": '{"url":"https://l.example/rss","outlet_id":"it-l"}',
    },
    "entry": {
        "url": "https://l.example/1", "feed_url": "https://l.example/rss", "outlet_id": "it-l",
        "record": '{"url":"https://l.example/1","feed_url":"https://l.example/rss","outlet_id":"it-l","title":"Ferry"}',
    },
    "page": {
        "id": "0123456789abcdef0123456789abcdef/https://l.example/1", "url": "https://l.example/1",
        "fetched": 1_789_000_000_000_000, "body": zlib.compress(OLD_PAGE, 6),
        "record": '{"url":"https://l.example/1","fetched":"2026-09-10T00:00:00+00:00"}',
    },
    "article": {
        "id": "a1", "url": "https://l.example/1", "outlet_id": "it-l", "page_id": "p", "text_id": "t1",
        "discarded_id": "d1", "language": "en", "moment": 1_789_000_000_000_000, "stage": "extract", "version": 1,
        "record": '{"id":"a1","url":"https://l.example/1","outlet_id":"it-l","title":"Ferry","seen":"2026-09-10T00:00:00+00:00"}',
    },
    "text_version": {
        "id": "t1", "article_id": "a1", "part": "text", "body": "Ferry burns.", "stage": "extract", "version": 1,
    },
    "note": {"name": "sample", "value": "no"},
    "work": {"stage": "extract", "item": "p", "filed": 1, "due": 1},
}  # fmt: skip


@pytest.fixture
def old_store(store_url: str) -> str:
    """The address of a store as the first version left it, filled."""
    engine = database._engine(store_url)
    with engine.begin() as connection:
        config = Config()
        folder = Path(database.__file__).parent / "migrations"
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for name, row in OLD_ROWS.items():
            table = sa.Table(name, sa.MetaData(), autoload_with=connection)
            connection.execute(table.insert(), [row])
    engine.dispose()
    return store_url


def test_rows_of_the_first_version_survive(old_store: str) -> None:
    with open_store(old_store) as store, store.read() as connection:
        for name, row in OLD_ROWS.items():
            kept = connection.execute(sa.select(METADATA.tables[name])).mappings().one()
            assert row == {column: kept[column] for column in row}


def test_pages_of_the_first_version_are_read_and_known_by_their_bytes(old_store: str) -> None:
    with open_store(old_store) as store, store.read() as connection:
        identity = str(OLD_ROWS["page"]["id"])
        page = press.pages(connection, [identity])[identity]
        row = connection.execute(sa.text("SELECT digest, archive_file FROM page")).one()
    assert isinstance(page, Page)
    assert OLD_PAGE == page.body
    assert ("0123456789abcdef0123456789abcdef", None) == tuple(row)


def test_nouns_of_the_first_version_are_read(old_store: str) -> None:
    with open_store(old_store) as store, store.read() as connection:
        assert ["La Lanterna"] == [each.name for each in press.outlets(connection)]
        assert ["https://l.example/rss"] == [each.url for each in press.feeds(connection)]
        assert ["https://l.example/1"] == list(press.entries(connection, ["https://l.example/1"]))


def test_a_migrated_store_has_the_tables_that_the_code_expects(old_store: str) -> None:
    with open_store(old_store) as store, store.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert [] == compare_metadata(context, METADATA)


def test_tables_stay_strict(old_store: str) -> None:
    if not old_store.startswith("sqlite"):
        pytest.skip("PostgreSQL's tables always are")
    with open_store(old_store) as store, store.read() as connection:
        rows = connection.execute(sa.text("PRAGMA table_list"))
        loose = [row.name for row in rows if row.name in METADATA.tables and not row.strict]
    assert [] == loose
