"""Ordering something of a machine: a numbered, signed word in its queue, which it fetches when it has a link."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.journal.entry import EntryType
from sync.central.context import CentreContext
from sync.central.locks import lock_stream
from sync.central.tables import origins, updates
from sync.central.trust.senders import KIOSK_ROLE
from sync.protocol.messages import Update, UpdateBody, plain
from sync.protocol.updates import MOST_UPDATES, signed_update


def order(
    centre: CentreContext,
    connection: sa.Connection,
    origin: str,
    kind: str,
    content: Mapping[str, JsonValue],
    *,
    by: str,
    issued_at: datetime | None = None,
) -> int:
    """Put an order into a machine's queue, inside the caller's transaction, and return its number.

    Args:
        centre: key, clock, journal.
        connection: of the transaction.
        origin: the machine.
        kind: a :class:`kiosk.ports.centre.UpdateKind`, or what a newer centre above calls one.
        content: what it says.
        by: who ordered it, for the journal.
        issued_at: when, if it comes from above; now when None.

    Raises:
        InputError: no such kiosk.
    """
    known = sa.select(origins.c.role).where(origins.c.origin == origin)
    if connection.execute(known).scalar_one_or_none() != KIOSK_ROLE:
        raise InputError("origin", f"a kiosk that this centre knows, not {origin}")
    lock_stream(connection, origin)
    last = connection.execute(sa.select(sa.func.max(updates.c.number)).where(updates.c.origin == origin)).scalar()
    body = UpdateBody(
        origin=origin,
        number=(last or 0) + 1,
        kind=str(kind)[:20],
        issued_at=instant_text(issued_at or centre.now()),
        content=dict(content),
        key_id=centre.key.key_id,
    )
    update = signed_update(body, centre.key.sign)
    connection.execute(
        sa.insert(updates).values(
            origin=origin,
            number=body.number,
            kind=body.kind,
            issued_at=body.issued_at,
            document=canonical_bytes(plain(update)).decode(),
        )
    )
    facts: dict[str, JsonValue] = {"origin": origin, "number": body.number, "kind": body.kind, "by": by}
    centre.journal.append(connection, EntryType.UPDATE_ORDERED, facts)
    return body.number


def orders_after(connection: sa.Connection, origin: str, number: int) -> Sequence[Update]:
    """Return the next orders of a machine, at most :data:`sync.protocol.updates.MOST_UPDATES`."""
    query = (
        sa.select(updates.c.document)
        .where(updates.c.origin == origin, updates.c.number > number)
        .order_by(updates.c.number)
        .limit(MOST_UPDATES)
    )
    return [Update.model_validate(json.loads(row.document)) for row in connection.execute(query)]
