"""A person's data leave the centre, and the chain still verifies (RGPD art. 17; domain dossier 6.2).

A tombstone keeps the facts from coming back with a batch that is sent again, late, or by a hub. The machine that filed
the request is ordered to erase it too: also when the erasure came from there, for it may be restored from a copy that
still has the facts.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

import sqlalchemy as sa
import structlog

from kiosk.domain.moment import instant_text
from kiosk.domain.reference import parse_reference
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.centre import UpdateKind
from sync.central.context import CentreContext
from sync.central.desk.projection import forget_people
from sync.central.erasure.scrubbing import scrub
from sync.central.locks import lock_stream
from sync.central.partitions import KnownMonths, month_of
from sync.central.receiving.taking import PERSONAL_TYPES, Taken
from sync.central.receiving.writing import insert_once
from sync.central.tables import entries, erased_subjects, origins, payloads, requests, set_aside, streams
from sync.central.trust.senders import KIOSK_ROLE, origin_of
from sync.central.trust.writers import is_believed
from sync.central.updates.acts import forget_acts
from sync.central.updates.orders import order

BY_MACHINE: Final = "machine"
RETENTION: Final = "retention"
_AT_ONCE: Final = 200
_Place = tuple[str, int, str]


def erase_by_reference(centre: CentreContext, reference: str, *, reason: str, by: str) -> int:
    """Erase the data of a request and order its kiosk to do the same; return how many entries lost their facts.

    What the centre has not heard of yet is not kept when it comes.

    Args:
        centre: database, journal, clock.
        reference: on the ticket.
        reason: for the journal.
        by: who ordered it, for the journal.

    Raises:
        InputError: not a reference, or of a kiosk that the centre does not know.
    """
    KnownMonths().ensure(centre.engine, month_of(instant_text(centre.now())))
    with centre.engine.begin() as connection:
        count = erase_within(centre, connection, reference, reason=reason, by=by)
    scrub(centre.engine, centre.now())
    return count


def erase_within(centre: CentreContext, connection: sa.Connection, reference: str, *, reason: str, by: str) -> int:
    """Do the same inside the caller's transaction, which scrubs after it; the arguments are those before.

    Raises:
        InputError: not a reference, or of a kiosk that the centre does not know.
    """
    parsed = parse_reference(reference)
    number, origin = str(parsed), f"{parsed.departement}-{parsed.kiosk_id}"
    _lock_streams(connection, origin)
    found = _requests_with(connection, number, origin)
    count = 0
    for request_id in found:
        count += erase_subject(centre, connection, request_id, origin, reason=reason, by=by)
    if not found:
        erase_subject(centre, connection, number, origin, reason=reason, by=by)
    told: list[dict[str, JsonValue]] = [{"request_id": request_id} for request_id in found]
    for request in told or [{"request_id": None}]:
        order(centre, connection, origin, UpdateKind.ERASE, {**request, "reference": number}, by=by)
    return count


def erase_as_ordered(
    centre: CentreContext, connection: sa.Connection, origin: str, content: Mapping[str, JsonValue], *, by: str
) -> int:
    """Erase what an order of the centre above says, inside the caller's transaction.

    Args:
        centre: clock, journal.
        connection: of the transaction that takes the order over.
        origin: the kiosk that the order is for.
        content: of the order.
        by: who ordered it, for the journal.

    Raises:
        InputError: it names no request, or the kiosk is not known here.
    """
    request_id, reference = content.get("request_id"), content.get("reference")
    if not isinstance(request_id or reference, str):
        raise InputError("request_id", "the request of an erasure, or its reference")
    _lock_streams(connection, origin)
    named = [str(request_id)] if request_id else _requests_with(connection, str(reference), origin)
    count = 0
    for subject in named or [str(reference)]:
        if not _is_erased(connection, subject) and not _is_of_another(connection, subject, origin):
            count += erase_subject(centre, connection, subject, origin, reason="right", by=by)
    return count


def apply_retention(centre: CentreContext, keep_days: int) -> int:
    """Erase what requests said that came more than some days ago, in small steps; return how many there were.

    Args:
        centre: database, journal, clock.
        keep_days: how long the centre keeps it.
    """
    KnownMonths().ensure(centre.engine, month_of(instant_text(centre.now())))
    before = instant_text(centre.now() - timedelta(days=keep_days))
    total = 0
    while done := _erase_some(centre, before):
        total += done
    scrub(centre.engine, centre.now())
    structlog.get_logger().info(LogEvent.RETENTION_APPLIED, count=total)
    return total


def erase_subject(
    centre: CentreContext, connection: sa.Connection, subject: str, origin: str, *, reason: str, by: str
) -> int:
    """Erase the facts of a request inside the caller's transaction; return how many entries lost theirs.

    Args:
        centre: clock, journal.
        connection: its transaction holds the locks of the streams that could bring more.
        subject: request id; the reference of a request that was not heard of yet.
        origin: the machine that filed it. What its hub wrote about it, or we did, goes too; what others wrote under
            the same subject is not touched.
        reason: for the journal.
        by: who ordered it, for the journal.
    """
    places = _places(connection, subject, origin)
    for_good = instant_text(centre.now()) if not places else None
    row = {
        "subject": subject,
        "erased_at": instant_text(centre.now()),
        "reason": reason,
        "months": " ".join(sorted({month for _, _, month in places})),
        "scrubbed_at": for_good,
    }
    insert_once(connection, erased_subjects, [row])
    count = _delete(connection, places)
    forget_people(connection, [subject])
    forget_acts(centre, connection, subject, origin)
    centre.journal.append(connection, EntryType.DATA_ERASED, _told(origin, places, reason, by), subject)
    return count


def erase_as_told(centre: CentreContext, connection: sa.Connection, taken: Taken) -> None:
    """Erase what an entry of a batch says was erased at its machine for good; a projection of received entries.

    A machine erases its own requests only: a stolen one cannot take away those of the others.
    """
    for entry, facts in taken.facts:
        reaches_us = facts is not None and facts.get("reaches_centre") is True
        if entry.type != EntryType.DATA_ERASED or entry.subject is None or not reaches_us:
            continue
        subject, origin = entry.subject, entry.origin
        if _is_erased(connection, subject) or _is_of_another(connection, subject, origin):
            continue
        _lock_hub(connection, origin)
        erase_subject(centre, connection, subject, origin, reason="right", by=f"{BY_MACHINE} {origin}")
        if _is_kiosk(connection, origin):
            request: dict[str, JsonValue] = {"request_id": subject, "reference": None}
            order(centre, connection, origin, UpdateKind.ERASE, request, by=f"{BY_MACHINE} {origin}")
        taken.has_erased = True


def _told(origin: str, places: Sequence[_Place], reason: str, by: str) -> dict[str, JsonValue]:
    """Return what an erasure says: which entries of the machine lost their facts, and which of its hub and of us."""
    mine: list[JsonValue] = [seq for stream, seq, _ in places if origin_of(stream) == origin]
    others: dict[str, list[JsonValue]] = {}
    for stream, seq, _ in places:
        if origin_of(stream) != origin:
            others.setdefault(stream, []).append(seq)
    facts: dict[str, JsonValue] = {"reason": reason, "by": by, "entries": mine}
    return facts | {"others": {**others}} if others else facts


def _erase_some(centre: CentreContext, before: str) -> int:
    is_erased = sa.exists().where(erased_subjects.c.subject == requests.c.request_id)
    query = (
        sa.select(requests.c.request_id, requests.c.origin)
        .where(requests.c.received_at < before, ~is_erased)
        .order_by(requests.c.received_at)
        .limit(_AT_ONCE)
    )
    with centre.engine.begin() as connection:
        due = connection.execute(query).all()
        for row in due:
            erase_subject(centre, connection, row.request_id, row.origin, reason=RETENTION, by=centre.name)
    return len(due)


def _requests_with(connection: sa.Connection, reference: str, origin: str) -> list[str]:
    """Return the requests with a reference, also those whose facts were set aside because they fit no hash."""
    query = sa.select(requests.c.request_id).where(requests.c.reference == reference, requests.c.origin == origin)
    same = sa.and_(entries.c.stream == set_aside.c.stream, entries.c.seq == set_aside.c.seq)
    aside = (
        sa.select(entries.c.subject)
        .join(set_aside, same)
        .where(
            entries.c.origin == origin,
            entries.c.subject.is_not(None),
            entries.c.type.in_(PERSONAL_TYPES),
            set_aside.c.reason == "payload",
            set_aside.c.document.contains(reference, autoescape=True),
        )
    )
    return sorted({*connection.execute(query).scalars(), *connection.execute(aside).scalars()})


def _places(connection: sa.Connection, subject: str, origin: str) -> list[_Place]:
    query = sa.select(entries.c.stream, entries.c.seq, entries.c.month).where(
        entries.c.subject == subject, is_believed(entries.c.origin, origin), entries.c.type.in_(PERSONAL_TYPES)
    )
    return [(row.stream, row.seq, row.month) for row in connection.execute(query)]


def _delete(connection: sa.Connection, places: Sequence[_Place]) -> int:
    count = 0
    for stream, seq, month in places:
        of_place = (payloads.c.stream == stream, payloads.c.seq == seq, payloads.c.month == month)
        count += connection.execute(sa.delete(payloads).where(*of_place)).rowcount
        aside = (set_aside.c.stream == stream, set_aside.c.seq == seq, set_aside.c.reason == "payload")
        connection.execute(sa.delete(set_aside).where(*aside))
    return count


def _lock_streams(connection: sa.Connection, origin: str) -> None:
    """Wait for batches that are being taken: what they bring must be seen, the next ones must see the tombstone.

    Raises:
        InputError: the machine is not known here.
    """
    names = connection.execute(sa.select(streams.c.stream).where(streams.c.origin == origin)).scalars().all()
    if not names:
        raise InputError("reference", f"one of a kiosk that this centre knows, not of {origin}")
    for name in sorted(names):
        lock_stream(connection, name)
    _lock_hub(connection, origin)


def _lock_hub(connection: sa.Connection, origin: str) -> None:
    """Wait for the hub that brings a machine as well: it writes about the same people. It comes after the machine's."""
    query = sa.select(streams.c.stream).join(origins, origins.c.relayed_by == streams.c.origin)
    for name in connection.execute(query.where(origins.c.origin == origin).order_by(streams.c.stream)).scalars():
        lock_stream(connection, name)


def _is_erased(connection: sa.Connection, subject: str) -> bool:
    query = sa.select(erased_subjects.c.subject).where(erased_subjects.c.subject == subject)
    return connection.execute(query).first() is not None


def _is_of_another(connection: sa.Connection, subject: str, origin: str) -> bool:
    query = sa.select(requests.c.origin).where(requests.c.request_id == subject)
    found = set(connection.execute(query).scalars())
    return bool(found) and origin not in found


def _is_kiosk(connection: sa.Connection, origin: str) -> bool:
    query = sa.select(origins.c.role).where(origins.c.origin == origin)
    return connection.execute(query).scalar_one_or_none() == KIOSK_ROLE
