"""A kiosk's database opened without the store: for looking behind it, damaging it, or as a yardstick beside it."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlcipher


def raw_connection(path: Path, key: bytes | None) -> Any:
    """Return a driver connection that begins and ends no transaction by itself."""
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def plain_engine(path: Path, key: bytes | None) -> Engine:
    """Return SQLAlchemy on one durable connection: WAL, FULL, a transaction begins as a writer."""

    def connect() -> Any:
        connection = raw_connection(path, key)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    engine = create_engine("sqlite://", module=sqlcipher, creator=connect, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
