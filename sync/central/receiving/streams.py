"""Where each stream stands, and how new ones begin."""

from dataclasses import dataclass

import sqlalchemy as sa

from kiosk.journal.entry import EMPTY_CHAIN
from kiosk.journal.signature import public_pem
from sync.central.tables import entries, origin_keys, origins, streams
from sync.central.trust.senders import KIOSK_ROLE, OriginKey, origin_of


@dataclass(frozen=True, slots=True)
class StreamHead:
    """The end of a stream, as the centre holds it.

    Attributes:
        stream: its name.
        origin: the machine that writes it.
        accepted_to: number of the last entry.
        head: hash of that entry.
        head_is_faulty: whether that entry stands there though it is not authentic: its hash proves nothing.
    """

    stream: str
    origin: str
    accepted_to: int
    head: str
    head_is_faulty: bool = False


def head_of(connection: sa.Connection, stream: str) -> StreamHead | None:
    """Return where a stream stands, None when it does not exist."""
    row = connection.execute(sa.select(streams).where(streams.c.stream == stream)).one_or_none()
    if row is None:
        return None
    fault = connection.execute(
        sa.select(entries.c.fault).where(entries.c.stream == stream, entries.c.seq == row.accepted_to)
    ).scalar_one_or_none()
    return StreamHead(stream, row.origin, row.accepted_to, row.head, fault is not None)


def register_origin(
    connection: sa.Connection,
    origin: str,
    key: OriginKey,
    at: str,
    *,
    by: str,
    role: str = KIOSK_ROLE,
    departement: str | None = None,
    relayed_by: str | None = None,
) -> None:
    """Write down a new machine with its first key and its first, empty stream."""
    if departement is None and role == KIOSK_ROLE:
        departement = origin.partition("-")[0]
    connection.execute(
        sa.insert(origins).values(
            origin=origin,
            role=role,
            departement=departement,
            registered_at=at,
            registered_by=by,
            relayed_by=relayed_by,
        )
    )
    add_key(connection, origin, key, at)
    open_stream(connection, origin, follows_seq=EMPTY_CHAIN.seq, follows_hash=EMPTY_CHAIN.hash, at=at)


def add_key(connection: sa.Connection, origin: str, key: OriginKey, at: str) -> None:
    """Write down another key of an origin, unless it is known; the one before ends where it begins."""
    known = sa.select(origin_keys.c.key_id).where(origin_keys.c.origin == origin, origin_keys.c.key_id == key.key_id)
    if connection.execute(known).first() is not None:
        return
    connection.execute(
        sa.update(origin_keys)
        .where(origin_keys.c.origin == origin, origin_keys.c.to_seq.is_(None), origin_keys.c.key_id != key.key_id)
        .values(to_seq=key.from_seq - 1)
    )
    connection.execute(
        sa.insert(origin_keys).values(
            origin=origin,
            key_id=key.key_id,
            public_key=public_pem(key.public_key),
            from_seq=key.from_seq,
            registered_at=at,
        )
    )


def open_stream(connection: sa.Connection, stream: str, *, follows_seq: int, follows_hash: str, at: str) -> None:
    """Begin an empty stream whose first entry will follow a given one."""
    connection.execute(
        sa.insert(streams).values(
            stream=stream,
            origin=origin_of(stream),
            first_seq=follows_seq + 1,
            first_previous_hash=follows_hash,
            opened_at=at,
            accepted_to=follows_seq,
            head=follows_hash,
        )
    )
