"""How far a hub's streams went up, for its staff."""

from dataclasses import dataclass

import sqlalchemy as sa

from sync.central.reading import reading
from sync.central.tables import relay, streams


@dataclass(frozen=True, slots=True)
class RelayedStream:
    """One stream.

    Attributes:
        stream: its name here.
        upstream: its name above; None before it went up.
        held_to: number of the last entry held here.
        relayed_to: number of the last entry that the centre above acknowledged; 0 for none.
        received_at: the clock above at that acknowledgement; None before the first.
        refusal: why the centre above says no; None while it does not.
    """

    stream: str
    upstream: str | None
    held_to: int
    relayed_to: int
    received_at: str | None
    refusal: str | None


def relayed_streams(engine: sa.Engine) -> list[RelayedStream]:
    """Return every stream, in the order of their names."""
    query = (
        sa.select(
            streams.c.stream,
            relay.c.upstream,
            streams.c.accepted_to.label("held_to"),
            sa.func.coalesce(relay.c.accepted_to, streams.c.first_seq - 1).label("relayed_to"),
            relay.c.received_at,
            relay.c.refusal,
        )
        .select_from(streams.outerjoin(relay, relay.c.stream == streams.c.stream))
        .order_by(streams.c.stream)
    )
    with reading(engine) as connection:
        return [RelayedStream(*row) for row in connection.execute(query).tuples()]
