"""Bringing a store to this version's schema, or refusing it untouched."""

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy
from sqlcipher3 import dbapi2 as sqlcipher

from kiosk.errors import NewerStoreError, StoreUnreadableError
from kiosk.store.connections import Connection, open_connection
from kiosk.store.schema_version import KNOWN_REVISIONS, NEWEST_REVISION, VERSION_TABLE
from kiosk.store.sqlite_errors import sorted_error

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS: Final = Path(__file__).parent / "migrations"


class SchemaState(Enum):
    """What a database file holds, from this version's point of view."""

    EMPTY = auto()
    OLDER = auto()
    CURRENT = auto()


def schema_state(path: Path, key: bytes | None, *, busy_timeout_s: float) -> SchemaState:
    """Look at a database without changing a byte of it.

    Raises:
        NewerStoreError: its revision is unknown here.
        StoreUnreadableError: not a database, not one of ours, damaged, or the key does not open it.
    """
    if not path.exists() or path.stat().st_size == 0:
        return SchemaState.EMPTY
    connection = open_connection(path, key, (), busy_timeout_s=busy_timeout_s, mode="ro")
    try:
        names = {name for (name,) in connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not names:
            return SchemaState.EMPTY
        if VERSION_TABLE not in names:
            raise StoreUnreadableError(f"{path}: a database, but not one of Borne: no table {VERSION_TABLE}")
        rows = connection.rows(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608  # a constant
    finally:
        connection.close()
    return _judged(path, [revision for (revision,) in rows])


def _judged(path: Path, revisions: list[str]) -> SchemaState:
    if len(revisions) != 1:
        raise StoreUnreadableError(f"{path}: holds {len(revisions)} schema revisions instead of one")
    if revisions[0] not in KNOWN_REVISIONS:
        raise NewerStoreError(
            f"{path}: schema {revisions[0]}, this version of Borne knows up to {NEWEST_REVISION}; "
            "it was written by a newer version and is left untouched"
        )
    return SchemaState.CURRENT if revisions[0] == NEWEST_REVISION else SchemaState.OLDER


def migrate(path: Path, connect: Callable[[], Connection], revision: str = NEWEST_REVISION) -> None:
    """Go to a revision (``base`` for none) in one transaction; of two processes, the second finds nothing to do.

    Raises:
        StoreError: nothing was changed.
    """
    from alembic import command  # noqa: PLC0415  # an up-to-date store must not pay for the import

    engine = core_engine(path, connect)
    with engine.begin() as connection:
        to = command.downgrade if _is_before(revision, connection) else command.upgrade
        to(migration_config(connection), revision)


def core_engine(path: Path, connect: Callable[[], Connection]) -> sqlalchemy.Engine:
    """Return a SQLAlchemy engine on our connections to a file; its transactions take the writer's place."""
    engine = sqlalchemy.create_engine(
        "sqlite://", module=sqlcipher, creator=lambda: connect().driver, poolclass=sqlalchemy.NullPool
    )

    @sqlalchemy.event.listens_for(engine, "begin")
    def _begin(connection: sqlalchemy.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @sqlalchemy.event.listens_for(engine, "handle_error")
    def _sort(context: sqlalchemy.engine.ExceptionContext) -> None:
        found = sorted_error(context.original_exception, path)
        if found is not None:
            raise found from context.original_exception

    return engine


def _is_before(revision: str, connection: sqlalchemy.Connection) -> bool:
    """Whether a revision lies before the one in the database."""
    order = ("base", *KNOWN_REVISIONS)
    current = "base"
    if sqlalchemy.inspect(connection).has_table(VERSION_TABLE):
        row = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").first()  # noqa: S608  # a constant
        current = row[0] if row else "base"
    return order.index(revision) < order.index(current)


def migration_config(connection: sqlalchemy.Connection) -> "Config":
    """Return Alembic's configuration for a connection, without any ini file."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
