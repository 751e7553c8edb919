"""SQLite and PostgreSQL: tables, migrations, the work ledger, search."""

from worldtake.store.database import Connection, Engine, Store, open_store, sqlite_url

__all__ = ["Connection", "Engine", "Store", "open_store", "sqlite_url"]
