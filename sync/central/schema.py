"""Opening the centre's database and bringing it to this version's schema, or refusing it untouched."""

import time
from pathlib import Path
from typing import Any, Final

import psycopg
import sqlalchemy
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, DisconnectionError, NoSuchModuleError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from kiosk.errors import ConfigurationError, NewerStoreError, StoreUnreadableError
from sync.central.reading import READS_ONLY

VERSION_TABLE: Final = "centre_schema"
KNOWN_REVISIONS: Final = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
)
_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_CONNECT_TIMEOUT_S: Final = 5  # a server that is gone must not hold a request for minutes
_ASKED_AFTER_S: Final = 5.0  # a call of the next number has ten milliseconds, and asking takes one of them
_RESTS_SINCE: Final = "rests_since"
_SCHEMA_LOCK: Final = 0x626F726E65  # PostgreSQL advisory lock of migrations: "borne"


def open_database(url: str) -> sqlalchemy.Engine:
    """Return an engine on the centre's database, at this version's schema.

    Args:
        url: ``sqlite:///path`` or ``postgresql://user@host/name`` (psycopg 3 is used).

    Raises:
        ConfigurationError: the URL is no database, or it cannot be reached.
        NewerStoreError: written by a newer version; nothing is touched.
        StoreUnreadableError: the file is no database.
    """
    engine = _engine(url)
    try:
        _migrate(engine, url)
    except OperationalError as error:
        engine.dispose()
        raise ConfigurationError("--database", f"a database that answers ({_first_line(error)})") from error
    except SQLAlchemyError as error:
        engine.dispose()
        raise StoreUnreadableError(f"--database: not a database of the centre ({_first_line(error)})") from error
    except NewerStoreError:
        engine.dispose()
        raise
    return engine


def _engine(url: str) -> sqlalchemy.Engine:
    try:
        parsed = sqlalchemy.make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise ConfigurationError("--database", f"sqlite:///FILE or postgresql://..., not {parsed.drivername}")
        is_remote = parsed.get_backend_name() == "postgresql"
        # Statements are few and come again: each is prepared the second time.
        patience: dict[str, Any] = {"connect_timeout": _CONNECT_TIMEOUT_S, "prepare_threshold": 1} if is_remote else {}
        engine = sqlalchemy.create_engine(parsed, connect_args=patience)
    except (ArgumentError, NoSuchModuleError) as error:
        raise ConfigurationError("--database", "sqlite:///FILE or postgresql://USER@HOST/NAME") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "checkin", _note_rest)
        event.listen(engine, "checkout", _check_rested)
    return engine


def _note_rest(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info[_RESTS_SINCE] = time.monotonic()


def _check_rested(connection: Any, record: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
    """Ask a connection that rested whether its server is still there: one that worked just now is not asked each time.

    Raises:
        DisconnectionError: it is not; the pool then connects anew.
    """
    rested_s = time.monotonic() - record.info.get(_RESTS_SINCE, time.monotonic())
    if rested_s < _ASKED_AFTER_S:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.Error as error:
        raise DisconnectionError from error


def _configure_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "busy_timeout = 10000",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sqlalchemy.Connection) -> None:
    reads_only = connection.get_execution_options().get(READS_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def _migrate(engine: sqlalchemy.Engine, url: str) -> None:
    from alembic import command  # noqa: PLC0415  # only a start of the centre needs it
    from alembic.config import Config  # noqa: PLC0415

    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sqlalchemy.select(sqlalchemy.func.pg_advisory_xact_lock(_SCHEMA_LOCK)))
        current = _current_revision(connection)
        if current == KNOWN_REVISIONS[-1]:
            return
        if current is not None and current not in KNOWN_REVISIONS:
            place = sqlalchemy.make_url(url).render_as_string(hide_password=True)
            raise NewerStoreError(
                f"{place}: schema {current}, this version of Borne knows up to {KNOWN_REVISIONS[-1]}; "
                "it was written by a newer version and is left untouched"
            )
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _current_revision(connection: sqlalchemy.Connection) -> str | None:
    if not sqlalchemy.inspect(connection).has_table(VERSION_TABLE):
        return None
    table = sqlalchemy.table(VERSION_TABLE, sqlalchemy.column("version_num", sqlalchemy.String))
    return connection.execute(sqlalchemy.select(table.c.version_num)).scalar()


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
