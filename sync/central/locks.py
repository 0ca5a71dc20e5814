"""One at a time: advisory locks of PostgreSQL; SQLite has one writer anyway."""

import hashlib

import sqlalchemy as sa


def lock_stream(connection: sa.Connection, stream: str) -> None:
    """Wait until no other transaction writes to a stream; the lock ends with the transaction."""
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(stream.encode()).digest()[:8], "big", signed=True)
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))
