"""Taking a batch: each origin's entries once, in order, checked; what cannot be taken is kept aside as evidence."""

import hashlib
import threading
from collections.abc import Callable, Sequence
from typing import Final

import sqlalchemy as sa

from kiosk.domain.moment import instant_text
from kiosk.journal.entry import EntryType
from sync.central.context import CentreContext
from sync.central.locks import lock_stream
from sync.central.partitions import KnownMonths, month_of
from sync.central.reading import reading
from sync.central.receiving.authenticity import fault_of, founding_key
from sync.central.receiving.checking import Batch, checked_batch
from sync.central.receiving.streams import StreamHead, add_key, head_of, register_origin
from sync.central.receiving.taking import CheckedEntry, Taken, take
from sync.central.receiving.writing import insert_once, insert_rows, is_one_of
from sync.central.refusals import RefusedRequestError
from sync.central.tables import acknowledgements, entries, erased_subjects, payloads, requests, set_aside, streams
from sync.central.trust.senders import HUB_PREFIX, HUB_ROLE, KIOSK_ROLE, keys_of, origin_of
from sync.protocol.acknowledgements import Accepted, AcknowledgementBody, signed_acknowledgement
from sync.protocol.problems import ProblemCode
from sync.protocol.signed_forms import canonical_form

FIRST_USE: Final = "first_use"
_NEVER_FIRST: Final = (HUB_PREFIX, "CENTRE-")  # they speak for others: only an enrolment makes one
Projection = Callable[[sa.Connection, Taken], None]


class ReceiveEntries:
    """The centre's one verb: hold what an origin sends, exactly once."""

    def __init__(self, centre: CentreContext, projections: Sequence[Projection] = ()) -> None:
        """Take what it works with.

        Args:
            centre: database, key, clock.
            projections: keep something else of new entries, inside the same transaction.
        """
        self._centre = centre
        self._projections = projections
        self._months = KnownMonths()
        self.has_erased = threading.Event()  # whoever has time then scrubs and clears it

    def __call__(self, stream: str, batch: Batch, *, relayed_by: str | None = None) -> Accepted:
        """Take a contiguous batch in one transaction and return the signed acknowledgement.

        Entries that are not authentic, from a sender that is, stand in their place with their fault, so that one bad
        entry never blocks the others; an authentic one that comes later under the same number takes their place.

        Args:
            stream: of the address.
            batch: in order.
            relayed_by: the hub that brings it; None when the machine speaks for itself.

        Raises:
            RefusedRequestError: a gap, a conflict, an entry of another origin, an unknown origin. Good entries before
                the refused one are kept, and what was refused is kept aside.
        """
        received_at = instant_text(self._centre.now())
        self._months.ensure(self._centre.engine, month_of(received_at))
        checked = self._checked(stream, batch)
        with self._centre.engine.begin() as connection:
            lock_stream(connection, stream)
            head = head_of(connection, stream) or self._registered(connection, stream, batch, received_at, relayed_by)
            taken = Taken(stream, received_at, head, erased=_erased(connection, checked, received_at))
            known = self._known(connection, taken, checked)
            refusal = take(taken, checked, known)
            self._store(connection, taken, moved=taken.head != head)
            answer = refusal or self._acknowledge(connection, taken)
        if taken.has_erased:
            self.has_erased.set()
        if isinstance(answer, RefusedRequestError):  # raised only now: what was taken is committed
            raise answer
        return answer

    def _checked(self, stream: str, batch: Batch) -> list[CheckedEntry]:
        """Check every entry that may be new, before the stream is locked."""
        with reading(self._centre.engine) as connection:
            keys = keys_of(connection, origin_of(stream))
            head = head_of(connection, stream)
        founder = founding_key(*batch[0])
        if not keys and founder is not None:
            keys = {founder.key_id: founder}
        return checked_batch(batch, keys, head.accepted_to if head is not None else 0)

    def _registered(
        self, connection: sa.Connection, stream: str, batch: Batch, received_at: str, relayed_by: str | None
    ) -> StreamHead:
        """Register a machine by its founding entry, where first use is trusted or a hub vouches for it."""
        is_trusted = (self._centre.trust_first_use and not stream.startswith(_NEVER_FIRST)) or relayed_by is not None
        if not is_trusted or stream != origin_of(stream):
            raise RefusedRequestError(ProblemCode.UNKNOWN_ORIGIN, f"no key is registered for {stream}")
        key = founding_key(*batch[0]) if batch[0][0].origin == stream else None
        if key is None and batch[0][0].seq > 1:
            raise RefusedRequestError(ProblemCode.GAP, f"nothing of {stream} is held", expected_seq=1)
        if key is None:
            raise RefusedRequestError(ProblemCode.UNKNOWN_ORIGIN, f"no key is registered for {stream}")
        by = FIRST_USE if relayed_by is None else "relay"
        role = HUB_ROLE if stream.startswith(HUB_PREFIX) else KIOSK_ROLE
        register_origin(connection, stream, key, received_at, by=by, role=role, relayed_by=relayed_by)
        return StreamHead(stream, stream, 0, batch[0][0].previous_hash)

    def _known(self, connection: sa.Connection, taken: Taken, batch: Sequence[CheckedEntry]) -> dict[int, str]:
        """Return the digests of the stored entries that a batch sends again; mend the faulty ones on the way."""
        again = {c.entry.seq: c for c in batch if c.entry.seq <= taken.head.accepted_to}
        if not again:
            return {}
        query = sa.select(entries.c.seq, entries.c.document, entries.c.fault).where(
            entries.c.stream == taken.stream, entries.c.seq.between(min(again), max(again))
        )
        known = {}
        for row in connection.execute(query).all():
            known[row.seq] = hashlib.sha256(row.document.encode()).hexdigest()
            sent = again.get(row.seq)
            if row.fault is not None and sent is not None and known[row.seq] != sent.digest:
                known[row.seq] = self._mended(connection, taken, sent)
        return known

    def _mended(self, connection: sa.Connection, taken: Taken, sent: CheckedEntry) -> str:
        """Let an authentic entry take the place of a faulty one; what stood there stays set aside."""
        keys = keys_of(connection, taken.head.origin)
        if fault_of(sent.entry, keys) is not None:
            return ""
        at_head = sent.entry.seq == taken.head.accepted_to
        before = StreamHead(taken.stream, taken.head.origin, sent.entry.seq - 1, sent.entry.previous_hash)
        mended = Taken(taken.stream, taken.received_at, before)
        take(mended, [sent], {})
        connection.execute(sa.delete(entries).where(entries.c.stream == taken.stream, entries.c.seq == sent.entry.seq))
        self._store(connection, mended, moved=at_head)
        if at_head:
            taken.head = mended.head
        return sent.digest

    def _store(self, connection: sa.Connection, taken: Taken, *, moved: bool) -> None:
        for key in taken.keys:
            add_key(connection, taken.head.origin, key, taken.received_at)
        for projection in self._projections:
            projection(connection, taken)
        insert_rows(connection, entries, taken.entries)
        insert_rows(connection, payloads, taken.payloads)
        self._note_duplicates(connection, taken)
        insert_once(connection, requests, taken.requests)
        insert_once(connection, set_aside, taken.aside)
        if moved:
            connection.execute(
                sa.update(streams)
                .where(streams.c.stream == taken.stream)
                .values(accepted_to=taken.head.accepted_to, head=taken.head.head, received_at=taken.received_at)
            )

    def _note_duplicates(self, connection: sa.Connection, taken: Taken) -> None:
        """Set aside what gives a reference a second time: two kiosks were made of one copy."""
        if not taken.requests:
            return
        mine = {str(row["reference"]): row for row in taken.requests}
        query = sa.select(requests.c.reference, requests.c.request_id, requests.c.stream).where(
            is_one_of(connection, requests.c.reference, list(mine))
        )
        for row in connection.execute(query).all():
            ours = mine[row.reference]
            if (row.request_id, row.stream) == (ours["request_id"], ours["stream"]):
                continue
            taken.aside.append(
                {
                    "stream": taken.stream,
                    "seq": ours["seq"],
                    "digest": hashlib.sha256(f"{row.stream} {row.request_id}".encode()).hexdigest(),
                    "reason": "duplicate_reference",
                    "detail": f"{row.reference} was given before, in stream {row.stream}",
                    "document": "{}",
                    "received_at": taken.received_at,
                }
            )

    def _acknowledge(self, connection: sa.Connection, taken: Taken) -> Accepted:
        head, key = taken.head, self._centre.key
        body = AcknowledgementBody(
            origin=taken.stream,
            accepted_to=head.accepted_to,
            head=head.head,
            received_at=taken.received_at,
            key_id=key.key_id,
        )
        acknowledgement = signed_acknowledgement(body, key.sign)
        document = canonical_form(acknowledgement).decode()
        row = {"stream": taken.stream, "accepted_to": head.accepted_to, "document": document}
        insert_once(connection, acknowledgements, [row])
        return Accepted(
            accepted_to=head.accepted_to,
            head=head.head,
            received_at=taken.received_at,
            acknowledgement=acknowledgement,
            quarantined=taken.quarantined,
        )


def _erased(connection: sa.Connection, batch: Sequence[CheckedEntry], at: str) -> frozenset[str]:
    """Return the requests of a batch whose facts were erased: here, or as the batch itself says."""
    subjects = {c.entry.subject for c in batch if c.payload is not None and c.entry.subject is not None}
    if not subjects:
        return frozenset()
    filed = {
        str(c.payload.facts.get("reference")): c.entry.subject
        for c in batch
        if c.entry.type == EntryType.REQUEST_FILED and c.payload is not None and c.entry.subject is not None
    }
    asked = is_one_of(connection, erased_subjects.c.subject, sorted({*subjects, *filed}))
    query = sa.select(erased_subjects).where(asked)
    known = connection.execute(query).all()
    for row in known:
        if row.subject in filed:  # erased by its number, before the centre heard of it
            new = {"subject": filed[row.subject], "erased_at": row.erased_at, "reason": row.reason, "scrubbed_at": at}
            insert_once(connection, erased_subjects, [new])
    by_number = {filed[row.subject] for row in known if row.subject in filed}
    return frozenset({row.subject for row in known} | by_number | {*filter(None, map(_erased_for_good, batch))})


def _erased_for_good(checked: CheckedEntry) -> str | None:
    """Return the request whose erasure an entry says, if the centre is to follow."""
    entry, payload = checked.entry, checked.payload
    says_so = entry.type == EntryType.DATA_ERASED and checked.fault is None and payload is not None
    return entry.subject if says_so and payload is not None and payload.facts.get("reaches_centre") is True else None
