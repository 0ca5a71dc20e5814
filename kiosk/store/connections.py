"""Connections to one SQLite file, encrypted or not: opened, configured, lent to one unit of work at a time.

The driver is used directly (SQLAlchemy writes the statements and the migrations): a commit costs less than a
millisecond, and an engine's bookkeeping would cost as much again.
"""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2 as sqlcipher

from kiosk.errors import ConfigurationError
from kiosk.store.sqlite_errors import sorted_error

KEY_BYTES: Final = 32

# Pages in the write-ahead log (4 KiB each) before a commit also moves them into the file: 8 MB, some 100 filings.
_CHECKPOINT_PAGES: Final = 2000
_LARGEST_LOG_BYTES: Final = 64 << 20  # after a long read kept the log from shrinking
# Of a connection that writes: full after some 500 filings, and then no more. What searches has a larger one.
_CACHE_KIB: Final = 2_000
_CACHED_STATEMENTS: Final = 256

WRITING: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is erased is overwritten, in free pages too
    f"PRAGMA cache_size = -{_CACHE_KIB}",
    f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}",
    f"PRAGMA journal_size_limit = {_LARGEST_LOG_BYTES}",
)
READING: Final = ("PRAGMA query_only = ON",)
# Fifty findings lie all over eight trees: among a million requests the inner pages of these are some 10 MB, and each
# that falls out of the cache is decrypted again and again. Only the staff's screens search.
SEARCHING: Final = (*READING, "PRAGMA cache_size = -16000")


class Connection:
    """One driver connection whose errors are ours, and which begins and ends no transaction by itself."""

    def __init__(self, driver: Any, path: Path) -> None:
        self.driver = driver
        self.path = path

    def run(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """Execute a statement and return the driver's cursor, to be read with :meth:`rows` or :meth:`first`.

        Raises:
            StoreError: the world failed; an error that is our bug goes on as the driver raised it.
        """
        try:
            return self.driver.execute(statement, values)
        except sqlcipher.Error as error:
            raise sorted_error(error, self.path) or error from error

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Execute a query and return all its rows."""
        try:
            found: list[tuple[Any, ...]] = self.driver.execute(statement, values).fetchall()
        except sqlcipher.Error as error:
            raise sorted_error(error, self.path) or error from error
        return found

    def close(self) -> None:
        """Close the connection; the last one of a file folds the write-ahead log into it."""
        self.driver.close()


def open_connection(
    path: Path, key: bytes | None, pragmas: Sequence[str], *, busy_timeout_s: float, mode: str
) -> Connection:
    """Open and configure a connection.

    Args:
        path: the database file.
        key: raw key of 32 bytes, or None for a plain file.
        pragmas: :data:`WRITING`, :data:`READING`, :data:`SEARCHING` or nothing.
        busy_timeout_s: how long to wait for another writer.
        mode: ``rw`` (must exist), ``rwc`` (may be created) or ``ro`` (leaves the file as it is, byte for byte).

    Raises:
        StoreError: the file cannot be opened, or the key does not open it.
    """
    if key is not None and len(key) != KEY_BYTES:
        raise ConfigurationError("store.key_file", f"a raw key of {KEY_BYTES} bytes")
    try:
        driver = sqlcipher.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=busy_timeout_s,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=_CACHED_STATEMENTS,
        )
    except sqlcipher.Error as error:
        raise sorted_error(error, path) or error from error
    connection = Connection(driver, path)
    try:
        if key is not None:
            connection.run("PRAGMA cipher_log_level = NONE")  # it would write to standard error; we raise
            connection.run(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.rows("SELECT count(*) FROM sqlite_master")  # a wrong key shows here
        for pragma in pragmas:
            connection.rows(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


class ConnectionPool:
    """Keeps connections open between units of work; each unit has one for itself."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._idle: list[Connection] = []
        self._lock = threading.Lock()
        self._is_closed = False

    def take(self) -> Connection:
        """Return an idle connection, or a new one."""
        with self._lock:
            if self._is_closed:
                raise ValueError("the store is closed")
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def give_back(self, connection: Connection) -> None:
        """Keep a connection for the next unit, unless it is stuck in a transaction or nobody will need it."""
        with self._lock:
            if not self._is_closed and not connection.driver.in_transaction:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Close the idle connections; those in use are closed when they come back."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
