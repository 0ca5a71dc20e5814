"""Ordering something of a machine: a numbered, signed word in its queue, which it fetches when it has a link."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.centre import UpdateKind
from sync.central.context import CentreContext
from sync.central.locks import lock_stream
from sync.central.tables import origins, updates
from sync.central.trust.senders import KIOSK_ROLE
from sync.protocol.signed_forms import canonical_form
from sync.protocol.updates import (
    MOST_ANSWER_CHARACTERS,
    MOST_UPDATE_BYTES,
    MOST_UPDATES,
    Update,
    UpdateBody,
    signed_update,
)

# An order about which the journal has nothing more to say than who ordered what.
NOTHING_MORE: Final[Mapping[str, JsonValue]] = {}


def order(
    centre: CentreContext,
    connection: sa.Connection,
    origin: str,
    kind: str,
    content: Mapping[str, JsonValue],
    *,
    by: str,
    issued_at: datetime | None = None,
    subject: str | None = None,
    facts: Mapping[str, JsonValue] = NOTHING_MORE,
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
        subject: the request that it is about, for the journal.
        facts: what else the journal is to say of it.

    Raises:
        InputError: no such kiosk, or it is too large.
    """
    known = sa.select(origins.c.role).where(origins.c.origin == origin)
    if connection.execute(known).scalar_one_or_none() != KIOSK_ROLE:
        raise InputError("origin", f"a kiosk that this centre knows, not {origin}")
    lock_stream(connection, origin)
    body = UpdateBody(
        origin=origin,
        number=_last_number(connection, origin) + 1,
        kind=str(kind)[:20],
        issued_at=instant_text(issued_at or centre.now()),
        content=dict(content),
        key_id=centre.key.key_id,
    )
    document = _document(centre, body)
    if len(document.encode()) > MOST_UPDATE_BYTES:
        raise InputError("content", f"at most {MOST_UPDATE_BYTES} bytes in one order")
    connection.execute(
        sa.insert(updates).values(
            origin=origin,
            number=body.number,
            kind=body.kind,
            issued_at=body.issued_at,
            document=document,
            subject=_subject_of(content),
        )
    )
    _record(centre, connection, body, {**facts, "by": by}, subject)
    return body.number


def take_back(
    centre: CentreContext,
    connection: sa.Connection,
    origin: str,
    number: int,
    *,
    by: str,
    subject: str | None = None,
    facts: Mapping[str, JsonValue] = NOTHING_MORE,
) -> None:
    """Let an order say nothing any more, inside the caller's transaction.

    A machine that has not fetched it finds the empty word under its number; one that has fetched it never asks for that
    number again, and does what it was told.

    Args:
        centre: key, clock, journal.
        connection: of the transaction.
        origin: the machine.
        number: of the order.
        by: who takes it back, for the journal.
        subject: the request that it is about, for the journal.
        facts: what else the journal is to say of it.
    """
    lock_stream(connection, origin)
    body = UpdateBody(
        origin=origin,
        number=number,
        kind=UpdateKind.WITHDRAWN.value,
        issued_at=instant_text(centre.now()),
        content={},
        key_id=centre.key.key_id,
    )
    its_own = sa.and_(updates.c.origin == origin, updates.c.number == number)
    values = {"kind": body.kind, "issued_at": body.issued_at, "document": _document(centre, body)}
    connection.execute(sa.update(updates).where(its_own).values(**values))
    _record(centre, connection, body, {**facts, "by": by}, subject)


def _last_number(connection: sa.Connection, origin: str) -> int:
    query = sa.select(sa.func.max(updates.c.number)).where(updates.c.origin == origin)
    return connection.execute(query).scalar() or 0


def _document(centre: CentreContext, body: UpdateBody) -> str:
    return canonical_form(signed_update(body, centre.key.sign)).decode()


def _record(
    centre: CentreContext,
    connection: sa.Connection,
    body: UpdateBody,
    told: Mapping[str, JsonValue],
    subject: str | None,
) -> None:
    facts: dict[str, JsonValue] = {**told, "origin": body.origin, "number": body.number, "kind": body.kind}
    centre.journal.append(connection, EntryType.UPDATE_ORDERED, facts, subject)


def _subject_of(content: Mapping[str, JsonValue]) -> str | None:
    request_id = content.get("request_id")
    return request_id[:64] if isinstance(request_id, str) else None


def orders_after(connection: sa.Connection, origin: str, number: int) -> Sequence[Update]:
    """Return the next orders of a machine, as many as one answer may hold; there may be more after them."""
    query = (
        sa.select(updates.c.document)
        .where(updates.c.origin == origin, updates.c.number > number)
        .order_by(updates.c.number)
        .limit(MOST_UPDATES)
    )
    found: list[str] = []
    for document in connection.execute(query).scalars():
        if found and sum(map(len, found)) + len(document) > MOST_ANSWER_CHARACTERS:
            break
        found.append(document)
    return [Update.model_validate(json.loads(document)) for document in found]
