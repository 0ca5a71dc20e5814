"""Sorting a batch: what is new, what is known, what stands in its place though it is not authentic, what is refused."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kiosk.domain.moment import instant_text
from kiosk.journal.act_facts import ACT_TYPES
from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.journal.change_facts import ENTRY_OF
from kiosk.journal.entry import Entry, EntryType, Payload
from sync.central.partitions import month_of
from sync.central.receiving.authenticity import introduced_key
from sync.central.receiving.streams import StreamHead
from sync.central.receiving.writing import Row
from sync.central.refusals import RefusedRequestError
from sync.central.trust.senders import OriginKey
from sync.protocol.problems import ProblemCode

# Whose facts say who asked and what, or what staff noted; all others hold numbers, instants and names of staff.
PERSONAL_TYPES: Final = (
    EntryType.REQUEST_FILED.value,
    EntryType.FILING_REPEATED.value,
    *(kind.value for kind in ENTRY_OF.values()),
    *(kind.value for kind in ACT_TYPES),
)


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """An entry of a batch, and whether it is authentic.

    Attributes:
        entry: as it came.
        payload: beside it; None when it was erased or withheld.
        fault: why it is not authentic; None when it is.
        document: the whole entry as canonical JSON.
    """

    entry: Entry
    payload: Payload | None
    fault: str | None
    document: str

    @property
    def digest(self) -> str:
        """SHA-256 of the document, lower-case hex."""
        return hashlib.sha256(self.document.encode()).hexdigest()


@dataclass(slots=True)
class Taken:
    """What a batch adds, collected before one insert for each table.

    Attributes:
        stream: where it goes.
        received_at: the centre's clock.
        head: where the stream stands then.
        entries: rows.
        payloads: rows.
        requests: rows, one for each new request.
        aside: rows of what could not be taken as it came.
        keys: that entries of the batch introduce.
        quarantined: numbers of entries that stand in their place though something about them is wrong.
        erased: requests whose facts were erased here and are not kept again.
        has_erased: whether something was erased on the way, so that the pages that held it are scrubbed.
        facts: the authentic new entries with their facts, for what else is kept of them.
        hall: places that the batch opened or changed; whether the number was called.
    """

    stream: str
    received_at: str
    head: StreamHead
    entries: list[Row] = field(default_factory=list)
    payloads: list[Row] = field(default_factory=list)
    requests: list[Row] = field(default_factory=list)
    aside: list[Row] = field(default_factory=list)
    keys: list[OriginKey] = field(default_factory=list)
    quarantined: list[int] = field(default_factory=list)
    erased: frozenset[str] = frozenset()
    has_erased: bool = False
    facts: list[tuple[Entry, Mapping[str, JsonValue] | None]] = field(default_factory=list)
    hall: dict[str, bool] = field(default_factory=dict)


def take(taken: Taken, batch: Sequence[CheckedEntry], known: Mapping[int, str]) -> RefusedRequestError | None:
    """Collect what a batch adds to a stream, up to the first entry that is refused.

    Args:
        taken: grows; its head moves on.
        batch: in order.
        known: digests of the stored entries that the batch sends again, by number.
    """
    for checked in batch:
        entry = checked.entry
        if entry.seq <= taken.head.accepted_to:
            if known.get(entry.seq) != checked.digest:
                return _conflict(taken, checked, "another entry has its number")
            continue
        refusal = _out_of_place(taken, checked)
        if refusal is not None:
            return refusal
        _collect(taken, checked)
    return None


def _out_of_place(taken: Taken, checked: CheckedEntry) -> RefusedRequestError | None:
    entry, head = checked.entry, taken.head
    expected = head.accepted_to + 1
    if entry.seq != expected:
        detail = f"entry {expected} is expected, not {entry.seq}"
        return RefusedRequestError(ProblemCode.GAP, detail, expected_seq=expected)
    if entry.origin != head.origin:
        detail = "it was written by another origin"
        taken.aside.append(_aside(taken, entry, ProblemCode.BAD_ENTRY.value, detail, checked.document))
        return RefusedRequestError(ProblemCode.BAD_ENTRY, f"entry {entry.seq}: {detail}", seq=entry.seq)
    if checked.fault is None and entry.previous_hash != head.head and not head.head_is_faulty:
        return _conflict(taken, checked, "it does not follow our head")
    return None


def _collect(taken: Taken, checked: CheckedEntry) -> None:
    entry = checked.entry
    place = {"stream": taken.stream, "seq": entry.seq, "month": month_of(taken.received_at)}
    document = checked.document
    taken.entries.append(
        place
        | {
            "origin": entry.origin,
            "type": entry.type[:40],
            "recorded_at": instant_text(entry.recorded_at),
            "subject": entry.subject,
            "hash": entry.hash,
            "document": document,
            "received_at": taken.received_at,
            "fault": checked.fault,
        }
    )
    taken.head = StreamHead(taken.stream, entry.origin, entry.seq, entry.hash, checked.fault is not None)
    if checked.fault is not None:
        taken.quarantined.append(entry.seq)
        taken.aside.append(_aside(taken, entry, ProblemCode.BAD_ENTRY.value, checked.fault, document))
        return
    _collect_facts(taken, entry, checked.payload, place)


def _collect_facts(taken: Taken, entry: Entry, payload: Payload | None, place: Mapping[str, object]) -> None:
    """Keep the facts beside an authentic entry, if they are the ones that it recorded."""
    is_erased = entry.subject in taken.erased and entry.type in PERSONAL_TYPES
    document = None if is_erased else _recorded_document(taken, entry, payload)
    facts = payload.facts if payload is not None and document is not None else None
    taken.facts.append((entry, facts))
    if payload is None or facts is None:
        return
    taken.payloads.append(dict(place) | {"salt": payload.salt, "facts": document})
    if entry.type == EntryType.REQUEST_FILED:
        taken.requests.append(_request_row(taken.stream, entry, facts))
    key = introduced_key(entry, payload)
    if key is not None:
        taken.keys.append(key)


def _recorded_document(taken: Taken, entry: Entry, payload: Payload | None) -> str | None:
    """Return the canonical facts beside an entry if they are the ones that it recorded; else set them aside."""
    if payload is None:
        return None
    try:
        document = canonical_bytes(payload.facts)
    except (TypeError, ValueError, RecursionError):
        document = None  # a float, half a surrogate pair, no end of nesting: nothing that was ever hashed
    if document is not None and hashlib.sha256(payload.salt + document).hexdigest() == entry.payload_hash:
        return document.decode()
    taken.quarantined.append(entry.seq)
    detail = "its facts are not those that were recorded"
    shown = document.decode() if document is not None else ascii(dict(payload.facts))
    taken.aside.append(_aside(taken, entry, "payload", detail, shown))
    return None


def _request_row(stream: str, entry: Entry, facts: Mapping[str, JsonValue]) -> Row:
    content = facts.get("content")
    return {
        "request_id": str(entry.subject)[:64],
        "stream": stream,
        "reference": _column_text(facts.get("reference"), 40),
        "origin": entry.origin,
        "seq": entry.seq,
        "received_at": _column_text(facts.get("received_at"), 24),
        "procedure": _column_text(content.get("procedure"), 20) if isinstance(content, Mapping) else "",
    }


def _column_text(value: JsonValue, most: int) -> str:
    """Return a fact as a column can hold it, whatever a machine signed: PostgreSQL has no text with a NUL in it."""
    return ascii(value)[:most] if not isinstance(value, str) else value.replace("\0", "")[:most]


def _conflict(taken: Taken, checked: CheckedEntry, detail: str) -> RefusedRequestError:
    entry = checked.entry
    taken.aside.append(_aside(taken, entry, ProblemCode.CONFLICT.value, detail, checked.document))
    return RefusedRequestError(ProblemCode.CONFLICT, f"entry {entry.seq}: {detail}", seq=entry.seq)


def _aside(taken: Taken, entry: Entry, reason: str, detail: str, document: str) -> Row:
    return {
        "stream": taken.stream,
        "seq": entry.seq,
        "digest": hashlib.sha256(document.encode(errors="surrogatepass")).hexdigest(),
        "reason": reason,
        "detail": detail,
        "document": document.encode(errors="replace").decode(),
        "received_at": taken.received_at,
    }
