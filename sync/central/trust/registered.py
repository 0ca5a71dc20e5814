"""The machines that a centre knows, for its administrators."""

from dataclasses import dataclass

import sqlalchemy as sa

from sync.central.reading import reading
from sync.central.tables import origin_keys, origins, streams


@dataclass(frozen=True, slots=True)
class RegisteredKey:
    """A key of a machine.

    Attributes:
        key_id: its identifier.
        from_seq: first entry that it may sign.
        to_seq: last one; None while it is in use.
        revoked_at: UTC text; None while it is trusted.
    """

    key_id: str
    from_seq: int
    to_seq: int | None
    revoked_at: str | None


@dataclass(frozen=True, slots=True)
class HeldStream:
    """What the centre holds of a machine under one name.

    Attributes:
        stream: the name.
        accepted_to: number of the last entry.
        head: its hash.
        received_at: UTC text of the newest batch; None before the first.
    """

    stream: str
    accepted_to: int
    head: str
    received_at: str | None


@dataclass(frozen=True, slots=True)
class RegisteredMachine:
    """A machine of the fleet.

    Attributes:
        origin: its name.
        role: ``kiosk``, ``hub``, or ``centre`` for the centre itself.
        departement: whose counters may read it.
        registered_by: ``enrolment``, ``first_use``, ``relay``.
        registered_at: UTC text.
        relayed_by: the hub that brings its entries, if one does.
        keys: oldest first.
        streams: in the order of their first entries.
    """

    origin: str
    role: str
    departement: str | None
    registered_by: str
    registered_at: str
    relayed_by: str | None
    keys: tuple[RegisteredKey, ...]
    streams: tuple[HeldStream, ...]


def registered_machines(engine: sa.Engine) -> list[RegisteredMachine]:
    """Return every machine with its keys and its streams, in the order of their names."""
    with reading(engine) as connection:
        machines = connection.execute(sa.select(origins).order_by(origins.c.origin)).all()
        keys = connection.execute(sa.select(origin_keys).order_by(origin_keys.c.from_seq)).all()
        held = connection.execute(sa.select(streams).order_by(streams.c.first_seq, streams.c.stream)).all()
    return [
        RegisteredMachine(
            machine.origin,
            machine.role,
            machine.departement,
            machine.registered_by,
            machine.registered_at,
            machine.relayed_by,
            keys=tuple(
                RegisteredKey(key.key_id, key.from_seq, key.to_seq, key.revoked_at)
                for key in keys
                if key.origin == machine.origin
            ),
            streams=tuple(
                HeldStream(stream.stream, stream.accepted_to, stream.head, stream.received_at)
                for stream in held
                if stream.origin == machine.origin
            ),
        )
        for machine in machines
    ]
