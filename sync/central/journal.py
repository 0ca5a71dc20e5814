"""The centre's own journal: what staff and administrators do here is an entry, chained and signed like a kiosk's.

It lies among the streams of the kiosks, under the centre's name, so that a hub relays it like any other and the same
verification reads it. Each entry is appended in the transaction of the act that it records.
"""

import json
import os
import time
import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime
from importlib.metadata import version
from typing import Any, Final

import sqlalchemy as sa

from kiosk.domain.moment import ClockQuality, ClockReading, Moment, instant_text, parse_instant
from kiosk.domain.request import OriginId
from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.journal.chain import head_after, next_entry
from kiosk.journal.entry import (
    EMPTY_CHAIN,
    SALT_BYTES,
    ChainHead,
    Entry,
    EntryDraft,
    EntryType,
    Payload,
    entry_from_json,
    entry_to_json,
)
from sync.central.locks import lock_number, lock_stream
from sync.central.partitions import KnownMonths, month_of
from sync.central.receiving.writing import sent_together
from sync.central.tables import entries, origin_keys, origins, payloads, streams
from sync.central.trust.centre_key import CentreKey

CENTRE_ROLE: Final = "centre"
LEGAL_ZONE: Final = "Europe/Paris"  # of the ministry; a kiosk's own entries carry their département's

# Counters wait for each other from the lock of the head to the commit: nothing here is put together anew each time.
_HEAD: Final = sa.select(
    streams.c.accepted_to, streams.c.head, streams.c.head_civil_date, streams.c.head_recorded_at
).where(streams.c.stream == sa.bindparam("name"))
# The turn is taken as it was waited for, and the row then read as it is by now: the lock of the row alone lets others
# get ahead of who waits, and a statement after the first one would be an exchange more.
_TURN: Final = sa.select(
    sa.func.pg_advisory_xact_lock(sa.bindparam("lock", type_=sa.BigInteger)).label("turn")
).subquery()
_LOCKED_HEAD: Final = _HEAD.select_from(streams.join(_TURN, sa.true())).with_for_update(of=streams)
_NEWEST: Final = (
    sa.select(entries.c.document)
    .join(streams, sa.and_(entries.c.stream == streams.c.stream, entries.c.seq == streams.c.accepted_to))
    .where(streams.c.stream == sa.bindparam("name"))
)
_OF_HEAD: Final = ("accepted_to", "head", "received_at", "head_civil_date", "head_recorded_at")
_ENTRY: Final = sa.insert(entries)
_PAYLOAD: Final = sa.insert(payloads)
_MOVED_HEAD: Final = (
    sa.update(streams)
    .where(streams.c.stream == sa.bindparam("of"))
    .values({column: sa.bindparam(column) for column in _OF_HEAD})
)


class CentreJournal:
    """Appends to the chain of the centre itself."""

    def __init__(
        self, engine: sa.Engine, key: CentreKey, name: str, now: Callable[[], datetime], zone: str = LEGAL_ZONE
    ) -> None:
        """Take what entries are made of.

        Args:
            engine: the centre's database.
            key: signs.
            name: the origin under which the centre writes.
            now: the centre's clock.
            zone: legal time in which its entries are dated.
        """
        self._engine = engine
        self._key = key
        self._name = OriginId(name)
        self._now = now
        self._zone = zone
        self._boot_id = str(uuid.uuid4())
        self._lock = lock_number(name)

    @property
    def name(self) -> str:
        """The origin under which the centre writes."""
        return self._name

    def found(self) -> None:
        """Begin the journal with its founding entry, unless it was begun."""
        KnownMonths().ensure(self._engine, month_of(instant_text(self._now())))
        with self._engine.begin() as connection:
            lock_stream(connection, self._name)
            if self._head(connection).seq == 0:
                self._register(connection)
                facts: dict[str, JsonValue] = {
                    "software_version": version("borne"),
                    "public_key": self._key.public_pem,
                    "site": {"origin": self._name},
                }
                self._append(connection, EMPTY_CHAIN, EntryType.GENESIS, facts, None)

    def append(
        self,
        connection: sa.Connection,
        kind: EntryType,
        facts: Mapping[str, JsonValue],
        subject: str | None = None,
    ) -> Entry:
        """Append an entry inside the caller's transaction and return it; it counts when that commits.

        Args:
            connection: of the act that is recorded.
            kind: what happened.
            facts: who, what, why; may name staff, never what an applicant said.
            subject: request id, if it is about one.

        Raises:
            RuntimeError: the journal was not founded.
        """
        return self._append(connection, self._founded_head(connection), kind, facts, subject)

    def append_draft(self, connection: sa.Connection, draft: EntryDraft) -> Entry:
        """Append an entry that says itself when it happened; otherwise as :meth:`append`."""
        return self._append_draft(connection, self._founded_head(connection), draft)

    def head(self, connection: sa.Connection) -> ChainHead:
        """Return the last entry's number, hash and date."""
        return self._head(connection)

    def _founded_head(self, connection: sa.Connection) -> ChainHead:
        head = self._head(connection, _LOCKED_HEAD if connection.dialect.name == "postgresql" else _HEAD)
        if head.seq == 0:
            raise RuntimeError(f"the journal of {self._name} was not founded")
        return head

    def _append(
        self,
        connection: sa.Connection,
        head: ChainHead,
        kind: EntryType,
        facts: Mapping[str, JsonValue],
        subject: str | None,
    ) -> Entry:
        now = self._now()
        reading = ClockReading(now, time.monotonic_ns() // 1_000_000, self._boot_id, ClockQuality.SYNCED)
        moment = Moment.of(now, self._zone, ClockQuality.SYNCED)
        draft = EntryDraft(kind, moment, reading, Payload(os.urandom(SALT_BYTES), facts), subject)
        return self._append_draft(connection, head, draft)

    def _append_draft(self, connection: sa.Connection, head: ChainHead, draft: EntryDraft) -> Entry:
        entry = next_entry(head, draft, origin=self._name, signer=self._key)
        self._insert(connection, entry, draft.payload, instant_text(self._now()))
        return entry

    def _insert(self, connection: sa.Connection, entry: Entry, payload: Payload, received_at: str) -> None:
        place = {"stream": entry.origin, "seq": entry.seq, "month": month_of(received_at)}
        appended = {
            **place,
            "origin": entry.origin,
            "type": entry.type,
            "recorded_at": instant_text(entry.recorded_at),
            "subject": entry.subject,
            "hash": entry.hash,
            "document": canonical_bytes(entry_to_json(entry)).decode(),
            "received_at": received_at,
        }
        facts = {**place, "salt": payload.salt, "facts": canonical_bytes(payload.facts).decode()}
        moved = {
            "of": entry.origin,
            "accepted_to": entry.seq,
            "head": entry.hash,
            "received_at": received_at,
            "head_civil_date": entry.civil_date.isoformat(),
            "head_recorded_at": instant_text(entry.recorded_at),
        }
        with sent_together(connection):
            connection.execute(_ENTRY, appended)
            connection.execute(_PAYLOAD, facts)
            connection.execute(_MOVED_HEAD, moved)

    def _head(self, connection: sa.Connection, known: sa.Select[Any] = _HEAD) -> ChainHead:
        row = connection.execute(known, {"name": self._name, "lock": self._lock}).one_or_none()
        if row is None or not row.accepted_to:
            return EMPTY_CHAIN
        if row.head_civil_date is None:  # of an earlier version
            document = connection.execute(_NEWEST, {"name": self._name}).scalar_one()
            return head_after(entry_from_json(json.loads(document)))
        civil_date = date.fromisoformat(row.head_civil_date)
        return ChainHead(row.accepted_to, row.head, civil_date, parse_instant(row.head_recorded_at))

    def _register(self, connection: sa.Connection) -> None:
        at = instant_text(self._now())
        connection.execute(
            sa.insert(origins).values(origin=self._name, role=CENTRE_ROLE, registered_at=at, registered_by="itself")
        )
        connection.execute(
            sa.insert(origin_keys).values(
                origin=self._name,
                key_id=self._key.key_id,
                public_key=self._key.public_pem,
                from_seq=1,
                registered_at=at,
            )
        )
        connection.execute(
            sa.insert(streams).values(
                stream=self._name,
                origin=self._name,
                first_seq=1,
                first_previous_hash=EMPTY_CHAIN.hash,
                opened_at=at,
                accepted_to=EMPTY_CHAIN.seq,
                head=EMPTY_CHAIN.hash,
            )
        )
