"""Open the store, bring its schema up to date, and hand out transactions.

SQLite runs in WAL with one writer at a time (`BEGIN IMMEDIATE`); PostgreSQL 15 and later runs the same statements.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa

from worldtake.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How long a writer waits for another one, in milliseconds.
BUSY_MILLISECONDS = 30_000
#: The newest revision in `migrations/versions`; a test holds them together.
HEAD = "0005"
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_MILLISECONDS}",
    "PRAGMA temp_store=MEMORY",
)

Connection = sa.Connection
Engine = sa.Engine


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. Close it, or use it as a context."""

    #: Database address.
    url: str
    engine: sa.Engine = field(repr=False)

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """Yield a connection in a transaction that is committed at the end."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "sqlite":
                connection = connection.execution_options(immediate=True)  # noqa: PLW2901 same connection
            with connection.begin():
                yield connection

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Yield a connection that sees one state of the store."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def sqlite_url(home: Path) -> str:
    """Return the address of the store file in `home`."""
    return f"sqlite:///{home / 'worldtake.db'}"


def open_store(url: str) -> Store:
    """Open the store at `url` and migrate it to this version's schema.

    Raises:
        StoreError: if the address is wrong, the server does not answer or the schema is newer.
    """
    try:
        return Store(url, _migrated(_engine(url)))
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError) as error:
        message = (
            f"{url}: not a store address; use sqlite:///FILE or postgresql+psycopg://HOST/NAME"
        )
        raise StoreError(message) from error
    except (sa.exc.OperationalError, sa.exc.DatabaseError, ImportError) as error:
        message = f"{url}: cannot be opened ({_first_line(error)}); check the path, rights, server"
        raise StoreError(message) from error


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _engine(url: str) -> sa.Engine:
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(address, pool_pre_ping=True)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, connect_args={"timeout": BUSY_MILLISECONDS / 1000})
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    _attach_search(connection)


def _attach_search(connection: Any) -> None:
    file = next(row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main")
    beside = str(Path(file).with_suffix(".search.db")) if file else ":memory:"
    connection.execute("ATTACH DATABASE ? AS search", (beside,))
    connection.execute("PRAGMA search.journal_mode=WAL")


def _begin_sqlite(connection: sa.Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _migrated(engine: sa.Engine) -> sa.Engine:
    try:
        _migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _migrate(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        if _revision(connection) == HEAD:
            return
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection = connection.execution_options(immediate=True)  # noqa: PLW2901 same connection
        with connection.begin():
            if engine.dialect.name == "postgresql":  # two processes may start at once
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(7238401)"))
            _upgrade(connection)


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def _upgrade(connection: sa.Connection) -> None:
    # Loaded late: a store that is up to date, the usual case, opens twice as fast without it.
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        message = f"{connection.engine.url}: made by a newer worldtake ({error}); update worldtake"
        raise StoreError(message) from error
