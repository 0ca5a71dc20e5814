"""A person's data leave the centre, and the chain still verifies (RGPD art. 17; domain dossier 6.2).

A tombstone keeps the facts from coming back with a batch that is sent again, late, or by a hub. The machine that filed
the request is ordered to erase it too, unless the erasure came from there.
"""

import contextlib
from typing import Final

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.centre import UpdateKind
from sync.central.context import CentreContext
from sync.central.desk.projection import forget_people
from sync.central.receiving.taking import PERSONAL_TYPES, Taken
from sync.central.receiving.writing import insert_once
from sync.central.tables import desk_requests, entries, erased_subjects, payloads, requests, set_aside
from sync.central.updates.orders import order

BY_MACHINE: Final = "machine"


def erase_by_reference(centre: CentreContext, reference: str, *, reason: str, by: str) -> int:
    """Erase the data of a request and order its kiosk to do the same; return how many entries lost their facts.

    Args:
        centre: database, journal, clock.
        reference: on the ticket.
        reason: for the journal.
        by: who ordered it, for the journal.

    Raises:
        InputError: the centre holds no such request.
    """
    with centre.engine.begin() as connection:
        found = connection.execute(sa.select(requests).where(requests.c.reference == reference)).all()
        if not found:
            raise InputError("reference", f"a request that this centre holds, not {reference!r}")
        count = 0
        for row in found:
            count += erase_subject(centre, connection, row.request_id, reason=reason, by=by)
            content: dict[str, JsonValue] = {"request_id": row.request_id, "reason": reason}
            order(centre, connection, row.origin, UpdateKind.ERASE, content, by=by)
    scrub(centre.engine)
    return count


def erase_subject(centre: CentreContext, connection: sa.Connection, subject: str, *, reason: str, by: str) -> int:
    """Erase the facts of a request inside the caller's transaction; return how many entries lost theirs."""
    at = instant_text(centre.now())
    insert_once(connection, erased_subjects, [{"subject": subject, "erased_at": at, "reason": reason}])
    places = connection.execute(
        sa.select(entries.c.stream, entries.c.seq).where(
            entries.c.subject == subject, entries.c.type.in_(PERSONAL_TYPES)
        )
    ).all()
    count = 0
    for place in places:
        of_place = (payloads.c.stream == place.stream, payloads.c.seq == place.seq)
        count += connection.execute(sa.delete(payloads).where(*of_place)).rowcount
        connection.execute(
            sa.delete(set_aside).where(
                set_aside.c.stream == place.stream, set_aside.c.seq == place.seq, set_aside.c.reason == "payload"
            )
        )
    forget_people(connection, [subject])
    facts: dict[str, JsonValue] = {"reason": reason, "by": by, "entries": [place.seq for place in places]}
    centre.journal.append(connection, EntryType.DATA_ERASED, facts, subject)
    return count


def erase_as_told(centre: CentreContext, connection: sa.Connection, taken: Taken) -> None:
    """Erase what an entry of a batch says was erased at its machine for good; a projection of received entries."""
    for entry, facts in taken.facts:
        reaches_us = facts is not None and facts.get("reaches_centre") is True
        if entry.type == EntryType.DATA_ERASED and entry.subject is not None and reaches_us:
            erase_subject(centre, connection, entry.subject, reason="right", by=f"{BY_MACHINE} {entry.origin}")


def scrub(engine: sa.Engine) -> None:
    """Leave no copy of erased rows in free space.

    PostgreSQL rewrites the tables (``VACUUM FULL``: for quiet hours); SQLite overwrote them, and empties its log.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in (payloads, set_aside, desk_requests):
                connection.execute(sa.text(f"VACUUM (FULL) {table.name}"))
        return
    with contextlib.closing(engine.raw_connection()) as raw:  # outside of any transaction
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
