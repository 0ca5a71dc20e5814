"""One at a time: advisory locks of PostgreSQL; SQLite has one writer anyway."""

import hashlib
from typing import Final

import sqlalchemy as sa

_LOCK: Final = sa.select(sa.func.pg_advisory_xact_lock(sa.bindparam("number", type_=sa.BigInteger)))


def lock_stream(connection: sa.Connection, stream: str) -> None:
    """Wait until no other transaction writes to a stream; the lock ends with the transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"number": lock_number(stream)})


def lock_number(stream: str) -> int:
    """Return the advisory lock of a stream."""
    return int.from_bytes(hashlib.sha256(stream.encode()).digest()[:8], "big", signed=True)
