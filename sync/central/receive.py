"""Taking a batch: each origin's entries once, in order, checked; what cannot be taken is kept aside as evidence."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from sqlalchemy.dialects import postgresql, sqlite

from kiosk.domain.moment import instant_text
from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.journal.entry import EMPTY_CHAIN, Entry, EntryType, Payload, entry_hash, entry_to_json
from kiosk.journal.signature import is_signed_by, key_id_of, load_public_pem
from sync.central.centre_key import CentreKey
from sync.central.tables import acknowledgements, entries, origins, payloads, requests, set_aside
from sync.protocol.acknowledgements import signed_acknowledgement
from sync.protocol.messages import Accepted, AcknowledgementBody, ProblemCode, plain

FIRST_USE: Final = "first_use"


class RefusedBatchError(Exception):
    """The centre says no; what it took before the refusal stays taken.

    Attributes:
        code: of the problem.
        detail: for the sender's staff; no personal data.
        expected_seq: with a gap.
        seq: the entry in question.
    """

    def __init__(
        self, code: ProblemCode, detail: str, *, expected_seq: int | None = None, seq: int | None = None
    ) -> None:
        super().__init__(detail)
        self.code, self.detail, self.expected_seq, self.seq = code, detail, expected_seq, seq


@dataclass(frozen=True, slots=True)
class _Origin:
    """What the centre knows of a sender."""

    name: str
    public_key: EllipticCurvePublicKey
    accepted_to: int
    head: str


@dataclass(slots=True)
class _Taken:
    """What a batch adds, collected before one insert for each table."""

    entries: list[Mapping[str, object]] = field(default_factory=list)
    payloads: list[Mapping[str, object]] = field(default_factory=list)
    requests: list[Mapping[str, object]] = field(default_factory=list)
    aside: list[Mapping[str, object]] = field(default_factory=list)
    quarantined: list[int] = field(default_factory=list)


class ReceiveEntries:
    """The centre's one verb: hold what an origin sends, exactly once."""

    def __init__(self, engine: sa.Engine, key: CentreKey, *, trust_first_use: bool) -> None:
        self._engine = engine
        self._key = key
        self._trust_first_use = trust_first_use

    def __call__(self, origin: str, batch: Sequence[tuple[Entry, Payload | None]], now: datetime) -> Accepted:
        """Take a contiguous batch in one transaction and return the signed acknowledgement.

        Args:
            origin: of the address; every entry must be its own.
            batch: in order.
            now: the centre's clock.

        Raises:
            RefusedBatchError: a gap, a conflict, an entry that is not authentic, an unknown origin. Good entries before
                the refused one are kept, and what was refused is kept aside.
        """
        received_at = instant_text(now)
        with self._engine.begin() as connection:
            self._lock(connection, origin)
            known = self._origin(connection, origin, batch[0][0], batch, received_at)
            taken = _Taken()
            head, refusal = self._take(connection, known, batch, taken, received_at)
            self._store(connection, taken, head)
            answer = refusal or self._acknowledge(connection, head, taken.quarantined, received_at)
        if isinstance(answer, RefusedBatchError):  # raised only now: what was taken is committed
            raise answer
        return answer

    # One batch -----------------------------------------------------------------------------------------------------

    def _take(
        self,
        connection: sa.Connection,
        origin: _Origin,
        batch: Sequence[tuple[Entry, Payload | None]],
        taken: _Taken,
        received_at: str,
    ) -> tuple[_Origin, RefusedBatchError | None]:
        """Sort the entries of a batch into what is new, known, and refused; stop at the first refusal."""
        known_hashes = self._known_hashes(connection, origin, batch)
        for entry, payload in batch:
            if entry.seq <= origin.accepted_to:
                if known_hashes.get(entry.seq) != _digest(entry):
                    return origin, _refused(
                        taken, entry, ProblemCode.CONFLICT, received_at, "another entry has its number"
                    )
                continue
            if entry.seq != origin.accepted_to + 1:
                expected = origin.accepted_to + 1
                detail = f"entry {expected} is expected, not {entry.seq}"
                return origin, RefusedBatchError(ProblemCode.GAP, detail, expected_seq=expected)
            reason = _fault(origin, entry)
            if reason is not None:
                return origin, _refused(taken, entry, ProblemCode.BAD_ENTRY, received_at, reason)
            if entry.previous_hash != origin.head:
                return origin, _refused(taken, entry, ProblemCode.CONFLICT, received_at, "it does not follow our head")
            self._collect(taken, entry, payload, received_at)
            origin = _Origin(origin.name, origin.public_key, entry.seq, entry.hash)
        return origin, None

    def _collect(self, taken: _Taken, entry: Entry, payload: Payload | None, received_at: str) -> None:
        taken.entries.append(
            {
                "origin": entry.origin,
                "seq": entry.seq,
                "type": entry.type,
                "recorded_at": instant_text(entry.recorded_at),
                "subject": entry.subject,
                "hash": entry.hash,
                "document": _text(entry_to_json(entry)),
                "received_at": received_at,
            }
        )
        if payload is None:
            return
        if payload.hash != entry.payload_hash:
            taken.quarantined.append(entry.seq)
            taken.aside.append(_aside(entry, "payload", _text(payload.facts), received_at))
            return
        place = {"origin": entry.origin, "seq": entry.seq}
        taken.payloads.append(place | {"salt": payload.salt, "facts": _text(payload.facts)})
        if entry.type == EntryType.REQUEST_FILED:
            taken.requests.append(_request_row(entry, payload.facts))

    def _store(self, connection: sa.Connection, taken: _Taken, head: _Origin) -> None:
        if taken.entries:
            connection.execute(sa.insert(entries), taken.entries)
        if taken.payloads:
            connection.execute(sa.insert(payloads), taken.payloads)
        if taken.requests:
            connection.execute(self._insert_once(requests), taken.requests)
        if taken.aside:
            connection.execute(self._insert_once(set_aside), taken.aside)
        if taken.entries:
            connection.execute(
                sa.update(origins)
                .where(origins.c.origin == head.name)
                .values(accepted_to=head.accepted_to, head=head.head)
            )

    def _acknowledge(
        self, connection: sa.Connection, head: _Origin, quarantined: list[int], received_at: str
    ) -> Accepted:
        body = AcknowledgementBody(
            origin=head.name,
            accepted_to=head.accepted_to,
            head=head.head,
            received_at=received_at,
            key_id=self._key.key_id,
        )
        acknowledgement = signed_acknowledgement(body, self._key.sign)
        row = {"origin": head.name, "accepted_to": head.accepted_to, "document": _text(plain(acknowledgement))}
        connection.execute(self._insert_once(acknowledgements), [row])
        return Accepted(
            accepted_to=head.accepted_to,
            head=head.head,
            received_at=received_at,
            acknowledgement=acknowledgement,
            quarantined=quarantined,
        )

    # The sender ----------------------------------------------------------------------------------------------------

    def _lock(self, connection: sa.Connection, origin: str) -> None:
        """Let one worker at a time take an origin's entries; SQLite has one writer anyway."""
        if connection.dialect.name == "postgresql":
            number = int.from_bytes(hashlib.sha256(origin.encode()).digest()[:8], "big", signed=True)
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))

    def _origin(
        self,
        connection: sa.Connection,
        origin: str,
        first: Entry,
        batch: Sequence[tuple[Entry, Payload | None]],
        received_at: str,
    ) -> _Origin:
        row = connection.execute(sa.select(origins).where(origins.c.origin == origin)).one_or_none()
        if row is not None:
            return _Origin(origin, load_public_pem(row.public_key), row.accepted_to, row.head)
        founding = _founding_key(first, batch[0][1]) if self._trust_first_use and first.origin == origin else None
        if founding is None and self._trust_first_use and first.seq > 1:
            raise RefusedBatchError(ProblemCode.GAP, f"nothing of {origin} is held", expected_seq=1)
        if founding is None:
            raise RefusedBatchError(ProblemCode.UNKNOWN_ORIGIN, f"no key is registered for {origin}")
        connection.execute(
            sa.insert(origins).values(
                origin=origin,
                key_id=first.key_id,
                public_key=founding[1],
                registered_at=received_at,
                registered_by=FIRST_USE,
                accepted_to=EMPTY_CHAIN.seq,
                head=EMPTY_CHAIN.hash,
            )
        )
        return _Origin(origin, founding[0], EMPTY_CHAIN.seq, EMPTY_CHAIN.hash)

    def _known_hashes(
        self, connection: sa.Connection, origin: _Origin, batch: Sequence[tuple[Entry, Payload | None]]
    ) -> dict[int, str]:
        """Return the digests of the stored entries that a batch sends again."""
        again = [entry.seq for entry, _ in batch if entry.seq <= origin.accepted_to]
        if not again:
            return {}
        query = sa.select(entries.c.seq, entries.c.document).where(
            entries.c.origin == origin.name, entries.c.seq.between(min(again), max(again))
        )
        return {row.seq: hashlib.sha256(row.document.encode()).hexdigest() for row in connection.execute(query)}

    def _insert_once(self, table: sa.Table) -> sa.Insert:
        """Return an insert that lets an equal row stand."""
        if self._engine.dialect.name == "postgresql":
            return postgresql.insert(table).on_conflict_do_nothing()
        return sqlite.insert(table).on_conflict_do_nothing()


def _fault(origin: _Origin, entry: Entry) -> str | None:
    """Return why an entry is not authentic, or None."""
    if entry.origin != origin.name:
        return "it was written by another origin"
    if entry.key_id != key_id_of(origin.public_key):
        return "it was signed with another key than the registered one"
    if entry.hash != entry_hash(entry):
        return "its hash does not fit its fields"
    if not is_signed_by(origin.public_key, entry.signature, bytes.fromhex(entry.hash)):
        return "its signature does not fit"
    return None


def _founding_key(first: Entry, payload: Payload | None) -> tuple[EllipticCurvePublicKey, str] | None:
    """Return the key that a genesis entry names and is signed with."""
    if first.seq != 1 or first.type != EntryType.GENESIS or payload is None or payload.hash != first.payload_hash:
        return None
    pem = payload.facts.get("public_key")
    if not isinstance(pem, str):
        return None
    try:
        public_key = load_public_pem(pem)
    except ValueError:
        return None
    founder = _Origin(first.origin, public_key, EMPTY_CHAIN.seq, EMPTY_CHAIN.hash)
    return (public_key, pem) if _fault(founder, first) is None else None


def _request_row(entry: Entry, facts: Mapping[str, JsonValue]) -> Mapping[str, object]:
    content = facts.get("content")
    return {
        "reference": str(facts.get("reference")),
        "request_id": str(entry.subject),
        "origin": entry.origin,
        "seq": entry.seq,
        "received_at": str(facts.get("received_at")),
        "procedure": str(content.get("procedure")) if isinstance(content, Mapping) else "",
    }


def _refused(taken: _Taken, entry: Entry, code: ProblemCode, received_at: str, why: str) -> RefusedBatchError:
    taken.aside.append(_aside(entry, code.value, _text(entry_to_json(entry)), received_at))
    return RefusedBatchError(code, f"entry {entry.seq}: {why}", seq=entry.seq)


def _aside(entry: Entry, reason: str, document: str, received_at: str) -> Mapping[str, object]:
    return {
        "origin": entry.origin,
        "seq": entry.seq,
        "digest": hashlib.sha256(document.encode()).hexdigest(),
        "reason": reason,
        "document": document,
        "received_at": received_at,
    }


def _digest(entry: Entry) -> str:
    return hashlib.sha256(_text(entry_to_json(entry)).encode()).hexdigest()


def _text(value: JsonValue) -> str:
    return canonical_bytes(value).decode()


def facts_of(text: str) -> dict[str, JsonValue]:
    """Return stored facts as JSON values."""
    facts: dict[str, JsonValue] = json.loads(text)
    return facts
