"""One line of the journal: chained to the one before, signed, with its payload lying beside it.

``hash`` is SHA-256 of the canonical entry without ``hash`` and ``signature``; ``signature`` is ECDSA P-256 with
SHA-256 over the 32 bytes of ``hash``, as r||s. ``payload_hash`` is SHA-256 of salt || canonical payload: erasing
salt and payload leaves the chain whole and gives nothing to guess from.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from kiosk.domain.moment import ClockQuality, ClockReading, Moment, instant_text, parse_instant
from kiosk.domain.request import OriginId
from kiosk.errors import InputError
from kiosk.journal.canonical import LARGEST_WHOLE, JsonValue, canonical_bytes, quoted

GENESIS_PREVIOUS_HASH: Final = "0" * 64
SALT_BYTES: Final = 16


class EntryType(StrEnum):
    """What an entry records; past tense, as events are."""

    GENESIS = "genesis"
    STARTED = "started"
    STOPPED = "stopped"
    REQUEST_FILED = "request_filed"
    FILING_REPEATED = "filing_repeated"
    REQUEST_COMPLETED = "request_completed"
    CORRECTION_ASKED = "correction_asked"
    REQUEST_CORRECTED = "request_corrected"
    REQUEST_WITHDRAWN = "request_withdrawn"
    VISITS_LISTED = "visits_listed"
    TICKET_SENDING = "ticket_sending"
    TICKET_CONFIRMED = "ticket_confirmed"
    TICKET_UNCONFIRMED = "ticket_unconfirmed"
    TICKET_FAILED = "ticket_failed"
    TICKET_EXPIRED = "ticket_expired"
    REPRINT_ORDERED = "reprint_ordered"
    OFFICE_COPY_MADE = "office_copy_made"
    SEAL_CHECKED = "seal_checked"
    IDENTITY_COMPARED = "identity_compared"
    ROLL_CHANGED = "roll_changed"
    PRINTER_TESTED = "printer_tested"
    ALARM_SILENCED = "alarm_silenced"
    CLOCK_JUMPED = "clock_jumped"
    AGENT_CALLED = "agent_called"
    FORM_PRINTED = "form_printed"
    CONFIGURATION_CHANGED = "configuration_changed"
    CLOSURE_MADE = "closure_made"
    KEY_ROTATED = "key_rotated"
    MACHINE_INVITED = "machine_invited"
    MACHINE_ENROLLED = "machine_enrolled"
    MACHINE_ENTRUSTED = "machine_entrusted"
    KEY_REVOKED = "key_revoked"
    SEGMENT_OPENED = "segment_opened"
    DATA_ERASED = "data_erased"
    PERSON_EXPORTED = "person_exported"
    UPDATE_RECEIVED = "update_received"
    UPDATE_ORDERED = "update_ordered"
    TIME_STAMPED = "time_stamped"
    JOURNAL_EXPORTED = "journal_exported"
    AGENT_SIGNED_IN = "agent_signed_in"
    AGENT_SIGNED_OUT = "agent_signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    ACCOUNT_CHANGED = "account_changed"
    FILE_OPENED = "file_opened"
    LIST_EXPORTED = "list_exported"
    IDENTITY_CHECKED = "identity_checked"
    NOTE_ADDED = "note_added"
    IMPOSSIBILITY_RECORDED = "impossibility_recorded"
    PAPERS_CHECKED = "papers_checked"
    PAPERS_ASKED = "papers_asked"
    MISSING_LISTED = "missing_listed"
    MESSAGE_LEFT = "message_left"
    REQUEST_MERGED = "request_merged"
    MERGE_UNDONE = "merge_undone"
    PLACE_CALLED = "place_called"
    PLACE_RECALLED = "place_recalled"
    PLACE_SERVED = "place_served"
    PLACE_FINISHED = "place_finished"
    PLACE_MISSED = "place_missed"
    PLACE_PARKED = "place_parked"
    PLACE_RETURNED = "place_returned"
    PLACE_HANDED_OVER = "place_handed_over"
    PRIORITY_CHANGED = "priority_changed"
    PLACE_UNDONE = "place_undone"
    CARRIED_OUT = "carried_out"
    BUNDLE_TAKEN = "bundle_taken"
    STORE_COPIED = "store_copied"
    RESTORATION_PREPARED = "restoration_prepared"
    STORE_RESTORED = "store_restored"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, complete and immutable.

    Attributes:
        origin: the machine that wrote it.
        seq: 1, 2, 3... without gap within an origin.
        type: see :class:`EntryType`; kept as text so that a newer machine's types still verify here.
        recorded_at: UTC, whole milliseconds.
        civil_date: calendar day in ``zone``; never goes backwards along the chain.
        zone: IANA zone of the legal time.
        clock: quality of the clock.
        monotonic_ms: monotonic clock, milliseconds, comparable within ``boot_id``.
        boot_id: the boot during which it was written.
        subject: request id, or None.
        payload_hash: SHA-256 of salt || canonical payload, lower-case hex.
        previous_hash: ``hash`` of the entry before; zeros for the first.
        key_id: key that signed.
        hash: SHA-256 over the canonical entry without ``hash`` and ``signature``, lower-case hex.
        signature: r||s, 64 bytes.
    """

    origin: OriginId
    seq: int
    type: str
    recorded_at: datetime
    civil_date: date
    zone: str
    clock: ClockQuality
    monotonic_ms: int
    boot_id: str
    subject: str | None
    payload_hash: str
    previous_hash: str
    key_id: str
    hash: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Payload:
    """What lies beside the chain and can be erased: the facts and their salt."""

    salt: bytes
    facts: Mapping[str, JsonValue]

    @property
    def hash(self) -> str:
        """SHA-256 of salt || canonical facts, lower-case hex."""
        return hashlib.sha256(self.salt + canonical_bytes(self.facts)).hexdigest()


def signed_fields(entry: Entry) -> dict[str, JsonValue]:
    """Return the fields that ``hash`` covers, as JSON values."""
    return {
        "boot_id": entry.boot_id,
        "civil_date": entry.civil_date.isoformat(),
        "clock": entry.clock.value,
        "key_id": entry.key_id,
        "monotonic_ms": entry.monotonic_ms,
        "origin": entry.origin,
        "payload_hash": entry.payload_hash,
        "previous_hash": entry.previous_hash,
        "recorded_at": instant_text(entry.recorded_at),
        "seq": entry.seq,
        "subject": entry.subject,
        "type": entry.type,
        "zone": entry.zone,
    }


def entry_hash(entry: Entry) -> str:
    """Return what ``entry.hash`` must be.

    Raises:
        ValueError: a whole number is too large to have a canonical form, or a text holds half a surrogate pair.
    """
    return hashlib.sha256(signed_bytes(entry)).hexdigest()


def signed_bytes(entry: Entry) -> bytes:
    """Return the canonical form of :func:`signed_fields`, written directly: verification makes millions of them.

    The names are in order and what is not escaped here cannot need it; a property test holds it against RFC 8785.
    """
    if not 0 <= entry.seq <= LARGEST_WHOLE or not 0 <= entry.monotonic_ms <= LARGEST_WHOLE:
        raise ValueError(f"{max(entry.seq, entry.monotonic_ms)} has no exact canonical form")
    subject = "null" if entry.subject is None else quoted(entry.subject)
    return (
        f'{{"boot_id":{quoted(entry.boot_id)},"civil_date":"{entry.civil_date.isoformat()}",'
        f'"clock":"{entry.clock.value}","key_id":{quoted(entry.key_id)},"monotonic_ms":{entry.monotonic_ms:d},'
        f'"origin":{quoted(entry.origin)},"payload_hash":{quoted(entry.payload_hash)},'
        f'"previous_hash":{quoted(entry.previous_hash)},"recorded_at":"{instant_text(entry.recorded_at)}",'
        f'"seq":{entry.seq:d},"subject":{subject},"type":{quoted(entry.type)},"zone":{quoted(entry.zone)}}}'
    ).encode()


def entry_document(entry: Entry, signed: bytes | None = None) -> bytes:
    """Return the canonical form of :func:`entry_to_json`, written directly like :func:`signed_bytes`.

    Args:
        entry: whole.
        signed: its :func:`signed_bytes`, if they are there already.

    Raises:
        ValueError: a whole number is too large to have a canonical form, or a text holds half a surrogate pair.
    """
    head, _, rest = (signed or signed_bytes(entry)).partition(b',"key_id":')
    middle, _, tail = rest.rpartition(b',"subject":')
    digest, signature = quoted(entry.hash).encode(), base64.b64encode(entry.signature)
    parts = (head, b',"hash":', digest, b',"key_id":', middle, b',"signature":"', signature, b'","subject":', tail)
    return b"".join(parts)


def entry_to_json(entry: Entry) -> dict[str, JsonValue]:
    """Return the whole entry as JSON values: signed fields, ``hash`` (hex), ``signature`` (Base64)."""
    return signed_fields(entry) | {
        "hash": entry.hash,
        "signature": base64.b64encode(entry.signature).decode(),
    }


_NAMES: Final = frozenset(Entry.__slots__)


def entry_from_json(fields: Mapping[str, object]) -> Entry:
    """Return the entry of a JSON object.

    Raises:
        InputError: a field is missing, unknown or of the wrong form; it is named.
    """
    if fields.keys() != _NAMES:
        name = min(_NAMES.symmetric_difference(fields))
        raise InputError(name, "is required in an entry" if name in _NAMES else "is not a field of an entry")
    try:
        return Entry(
            origin=OriginId(_text(fields, "origin")),
            seq=_whole(fields, "seq"),
            type=_text(fields, "type"),
            recorded_at=parse_instant(_text(fields, "recorded_at")),
            civil_date=date.fromisoformat(_text(fields, "civil_date")),
            zone=_text(fields, "zone"),
            clock=ClockQuality(_text(fields, "clock")),
            monotonic_ms=_whole(fields, "monotonic_ms"),
            boot_id=_text(fields, "boot_id"),
            subject=None if fields["subject"] is None else _text(fields, "subject"),
            payload_hash=_text(fields, "payload_hash"),
            previous_hash=_text(fields, "previous_hash"),
            key_id=_text(fields, "key_id"),
            hash=_text(fields, "hash"),
            signature=base64.b64decode(_text(fields, "signature"), validate=True),
        )
    except (ValueError, OverflowError) as error:  # the year 1 has instants that are none in UTC
        raise InputError("entry", str(error)) from error


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields[name]
    if not isinstance(value, str):
        raise InputError(name, "a text")
    return value


def _whole(fields: Mapping[str, object], name: str) -> int:
    value = fields[name]
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InputError(name, "a whole number, not negative")
    return value


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last entry of a journal, or nothing yet.

    Attributes:
        seq: 0 when the journal is empty.
        hash: zeros when the journal is empty.
        civil_date: of the last entry; the next one's may not be earlier.
        recorded_at: of the last entry.
    """

    seq: int
    hash: str
    civil_date: date | None = None
    recorded_at: datetime | None = None


EMPTY_CHAIN: Final = ChainHead(0, GENESIS_PREVIOUS_HASH)


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What somebody wants recorded; the journal gives it number, link, hash and signature."""

    type: EntryType
    moment: Moment
    reading: ClockReading
    payload: Payload
    subject: str | None = None
