"""What SQLite complains of, sorted once: the world below us (full, busy, unreadable, other) or a bug of ours."""

import os
import resource
import sqlite3
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2 as sqlcipher

from kiosk.errors import StoreBusyError, StoreError, StoreFullError, StoreUnreadableError

# The texts of sqlite3_errstr(): the SQLCipher driver gives no code. Source: sqlite3.c, sqlite3ErrStr().
_FULL: Final = ("database or disk is full",)
_BUSY: Final = ("database is locked", "database table is locked", "locking protocol")
_UNREADABLE: Final = (
    "file is not a database",
    "file is encrypted or is not a database",
    "database disk image is malformed",
    "unable to open database file",
    "malformed database schema",
    "could not decode to utf-8",
)
_WORLD: Final = ("disk i/o error", "attempt to write a readonly database", "out of memory", "access permission denied")

_LITTLE_ROOM_BYTES: Final = 1 << 20


def sorted_error(error: BaseException, path: Path) -> StoreError | None:
    """Return our error for a driver's error, None when it is not the world's fault but a bug (a constraint, bad SQL).

    Args:
        error: what the driver raised.
        path: the database file; an I/O error on a disk without room is a full disk.
    """
    if not isinstance(error, sqlcipher.DatabaseError | sqlite3.DatabaseError):
        return None
    message = str(error)
    told = message.casefold()
    if any(text in told for text in _FULL):
        return StoreFullError(f"{path}: {message}")
    if any(text in told for text in _BUSY):
        return StoreBusyError(f"{path}: {message}")
    if any(text in told for text in _UNREADABLE):
        return StoreUnreadableError(f"{path}: {message}; the file is damaged, not ours, or the key does not open it")
    if any(text in told for text in _WORLD):
        return (
            StoreFullError(f"{path}: {message}, no room left")
            if _has_no_room(path)
            else StoreError(f"{path}: {message}")
        )
    return None


def _has_no_room(path: Path) -> bool:
    """Whether files here cannot grow: SQLite calls a quota or a file size limit an I/O error, not a full disk."""
    try:
        disk = os.statvfs(path.parent)
        largest = max((p.stat().st_size for p in (path, Path(f"{path}-wal")) if p.exists()), default=0)
    except OSError:
        return False
    limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    reaches_limit = limit != resource.RLIM_INFINITY and largest + _LITTLE_ROOM_BYTES > limit
    return disk.f_bavail * disk.f_frsize < _LITTLE_ROOM_BYTES or reaches_limit
