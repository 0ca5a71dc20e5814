"""SQLite's complaints are sorted once: the world, or a bug of ours."""

import sqlite3
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from kiosk.errors import StoreBusyError, StoreError, StoreFullError, StoreUnreadableError
from kiosk.store.sqlite_errors import sorted_error

A_FILE = Path("/nowhere/borne.db")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("database or disk is full", StoreFullError),
        ("database is locked", StoreBusyError),
        ("database table is locked: requests", StoreBusyError),
        ("locking protocol", StoreBusyError),
        ("file is not a database", StoreUnreadableError),
        ("database disk image is malformed", StoreUnreadableError),
        ("unable to open database file", StoreUnreadableError),
        ("malformed database schema (requests)", StoreUnreadableError),
        ("Could not decode to UTF-8 column 'type' with text 'x'", StoreUnreadableError),
        ("disk I/O error", StoreError),
        ("attempt to write a readonly database", StoreError),
    ],
)
@pytest.mark.parametrize("driver", [sqlcipher.OperationalError, sqlite3.OperationalError])
def test_each_fault_of_the_world_has_its_error(
    driver: type[Exception], message: str, expected: type[StoreError]
) -> None:
    """The file is named, the driver's words are kept."""
    found = sorted_error(driver(message), A_FILE)

    assert type(found) is expected
    assert str(A_FILE) in str(found)
    assert message in str(found)


@pytest.mark.parametrize(
    "error",
    [
        sqlcipher.IntegrityError("UNIQUE constraint failed: requests.reference"),
        sqlcipher.OperationalError("no such column: colour"),
        sqlcipher.ProgrammingError("Cannot operate on a closed database."),
        ValueError("disk I/O error"),
    ],
)
def test_a_bug_of_ours_is_not_the_worlds_fault(error: Exception) -> None:
    """Constraints and bad statements go on as they are: loud."""
    assert sorted_error(error, A_FILE) is None
