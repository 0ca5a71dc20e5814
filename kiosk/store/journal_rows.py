"""The journal as rows: appended one by one, read back strictly, never changed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, insert, select, text, tuple_
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from kiosk.domain.moment import ClockQuality
from kiosk.domain.request import OriginId, RequestId
from kiosk.errors import ConfigurationError, KeyReplacedError, StoreUnreadableError
from kiosk.journal.canonical import canonical_bytes
from kiosk.journal.chain import EntrySigner, head_after, next_entry
from kiosk.journal.entry import EMPTY_CHAIN, ChainHead, Entry, EntryDraft, EntryType, Payload
from kiosk.journal.verification import UnreadableEntryError, Witness
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import StoredFacts, civil_date_of, instant_ms, instant_of
from kiosk.store.tables import (
    RARE_ABOUT_REQUEST,
    RARE_ENTRY,
    acknowledgements,
    filings,
    journal_entries,
    journal_heads,
    payloads,
    request_changes,
    time_stamps,
)


def _between(seq: ColumnElement[int]) -> ColumnElement[bool]:
    return and_(seq > bindparam("after"), seq <= bindparam("up_to"))


_INSERT_ENTRY: Final = Prepared(insert(journal_entries))
_INSERT_PAYLOAD: Final = Prepared(insert(payloads))
_SET_HEAD: Final = sqlite_insert(journal_heads)
_REMEMBER_HEAD: Final = Prepared(
    _SET_HEAD.on_conflict_do_update(
        index_elements=["origin"],
        set_={name: _SET_HEAD.excluded[name] for name in ("seq", "hash", "civil_date", "recorded_at_ms")},
    )
)

_HEAD_COLUMNS: Final = ("seq", "hash", "civil_date", "recorded_at_ms")
_REMEMBERED: Final = Prepared(
    select(*(journal_heads.c[name] for name in _HEAD_COLUMNS)).where(journal_heads.c.origin == bindparam("origin"))
)
_LAST: Final = Prepared(
    select(*(journal_entries.c[name] for name in (*_HEAD_COLUMNS, "key_id", "type")))
    .where(journal_entries.c.origin == bindparam("origin"))
    .order_by(journal_entries.c.seq.desc())
    .limit(1)
)

_WITH_FACTS: Final = select(*journal_entries.c, payloads.c.salt, payloads.c.facts).join_from(
    journal_entries,
    payloads,
    (payloads.c.origin == journal_entries.c.origin) & (payloads.c.seq == journal_entries.c.seq),
    isouter=True,
)
_AFTER: Final = Prepared(
    _WITH_FACTS.where(journal_entries.c.origin == bindparam("origin"), journal_entries.c.seq > bindparam("seq"))
    .order_by(journal_entries.c.seq)
    .limit(bindparam("count"))
)
_NEWEST_OF: Final = Prepared(
    _WITH_FACTS.where(
        # Without the sign SQLite would rather read the chain of the origin than search the index of rare entries.
        text("+journal_entries.origin = :origin"),
        journal_entries.c.type == bindparam("kind"),
        journal_entries.c.seq > bindparam("seq"),
        text(RARE_ENTRY),
    ).order_by(journal_entries.c.seq.desc())
)
_RARE_ABOUT: Final = Prepared(
    _WITH_FACTS.where(
        text("+journal_entries.origin = :origin"),
        journal_entries.c.subject == bindparam("about"),
        text(RARE_ABOUT_REQUEST),
    ).order_by(journal_entries.c.seq)
)
_PLACE: Final = tuple_(journal_entries.c.origin, journal_entries.c.seq)
_BEYOND: Final = tuple_(bindparam("origin"), bindparam("seq")) < _PLACE
_ANY_AFTER: Final = Prepared(
    _WITH_FACTS.where(_BEYOND).order_by(journal_entries.c.origin, journal_entries.c.seq).limit(bindparam("count"))
)
_NEXT_PLACE: Final = Prepared(
    select(journal_entries.c.origin, journal_entries.c.seq)
    .where(_BEYOND)
    .order_by(journal_entries.c.origin, journal_entries.c.seq)
    .limit(1)
)
_WITNESSES: Final = Prepared(
    select(filings.c.journal_seq, filings.c.entry_hash)
    .where(filings.c.origin == bindparam("origin"))
    .union_all(
        select(request_changes.c.journal_seq, request_changes.c.entry_hash).where(
            request_changes.c.origin == bindparam("origin")
        ),
        select(acknowledgements.c.accepted_to, acknowledgements.c.head),
        select(time_stamps.c.seq, time_stamps.c.hash),
        select(journal_heads.c.seq, journal_heads.c.hash).where(journal_heads.c.origin == bindparam("origin")),
    )
    .order_by("journal_seq")
)
_NEXT_WITNESSES: Final = Prepared(
    select(filings.c.journal_seq, filings.c.entry_hash)
    .where(filings.c.origin == bindparam("origin"), _between(filings.c.journal_seq))
    .union_all(
        select(request_changes.c.journal_seq, request_changes.c.entry_hash).where(
            request_changes.c.origin == bindparam("origin"), _between(request_changes.c.journal_seq)
        ),
        select(acknowledgements.c.accepted_to, acknowledgements.c.head).where(_between(acknowledgements.c.accepted_to)),
        select(time_stamps.c.seq, time_stamps.c.hash).where(_between(time_stamps.c.seq)),
        select(journal_heads.c.seq, journal_heads.c.hash).where(
            journal_heads.c.origin == bindparam("origin"), _between(journal_heads.c.seq)
        ),
    )
    .order_by("journal_seq")
)
_BATCH: Final = 1000
# A ticket is printed while its visitor stands there: its entries come within so many of its filing.
_TICKET_WITHIN: Final = 60
_QUALITIES: Final = {quality.value: quality for quality in ClockQuality}


class JournalRows:
    """The :class:`kiosk.ports.journal.JournalTable` of one transaction."""

    def __init__(self, connection: Connection, origin: OriginId, signer: EntrySigner | None) -> None:
        self._connection = connection
        self._origin = origin
        self._signer = signer
        self._head: ChainHead | None = None
        self._has_new_entries = False

    def head(self) -> ChainHead:
        """Return the last entry's number, hash and date: the remembered one, or a later one if there is."""
        if self._head is None:
            origin = {"origin": self._origin}
            last = _LAST.rows(self._connection, origin)
            if last and self._signer is not None:
                _require_its_key(self._signer, *last[0][-2:])
            found = [*_REMEMBERED.rows(self._connection, origin), *(row[:-2] for row in last)]
            self._head = _head_of(max(found, key=lambda row: row[0])) if found else EMPTY_CHAIN
        return self._head

    def append(self, draft: EntryDraft) -> Entry:
        """Number, link, hash, sign and insert an entry."""
        if self._signer is None:
            raise ConfigurationError("signing.key_file", "the machine's key: this store was opened for reading")
        entry = next_entry(self.head(), draft, origin=self._origin, signer=self._signer)
        place = {"origin": entry.origin, "seq": entry.seq}
        _INSERT_ENTRY.run(self._connection, _entry_row(entry))
        facts = canonical_bytes(draft.payload.facts)
        _INSERT_PAYLOAD.run(self._connection, place | {"salt": draft.payload.salt, "facts": facts})
        self._head = head_after(entry)
        self._has_new_entries = True
        return entry

    def entries_after(self, seq: int, limit: int) -> Sequence[tuple[Entry, Payload | None]]:
        """Return entries with a greater sequence number, in order, each with its payload unless erased."""
        rows = _AFTER.rows(self._connection, {"origin": self._origin, "seq": seq, "count": limit})
        read = [_entry_and_facts(row) for row in rows]
        return [(entry, facts.payload if facts else None) for entry, facts in read]

    def newest_of(self, kind: EntryType, *, after_seq: int = 0) -> Iterator[tuple[Entry, Payload | None]]:
        """Yield the entries of a type beyond a number, newest first; not of filings and their tickets."""
        values = {"origin": self._origin, "kind": kind.value, "seq": after_seq}
        for row in _NEWEST_OF.cursor(self._connection, values):
            entry, facts = _entry_and_facts(row)
            yield entry, facts.payload if facts else None

    def about(self, subject: RequestId, filed_at: Iterable[int]) -> Sequence[tuple[Entry, Payload | None]]:
        """Return the entries about a request, in order: the rare ones by their index, filings and tickets by number."""
        rare = [
            _entry_and_facts(row)
            for row in _RARE_ABOUT.rows(self._connection, {"origin": self._origin, "about": subject})
        ]
        found = {entry.seq: (entry, facts.payload if facts else None) for entry, facts in rare}
        for seq in filed_at:
            following = self.entries_after(seq - 1, _TICKET_WITHIN)
            found |= {entry.seq: (entry, payload) for entry, payload in following if entry.subject == subject}
        return [found[seq] for seq in sorted(found)]

    def remember_head(self) -> None:
        """Write down the new head beside the chain; called once, before the commit."""
        if self._has_new_entries and self._head is not None:
            _REMEMBER_HEAD.run(self._connection, _head_row(self._origin, self._head))


def _require_its_key(signer: EntrySigner, last_key: str, last_type: str) -> None:
    """Refuse to write with a key that the journal has left behind: another process changed it since this one began."""
    was_replaced = last_type == EntryType.KEY_ROTATED
    if was_replaced == (signer.key_id == last_key):
        raise KeyReplacedError(f"the journal is not signed with the key {signer.key_id} now; start again")


def stored_entries(
    connection: Connection, *, after: tuple[str, int] = ("", 0), batch: int = _BATCH
) -> Iterator[tuple[Entry, StoredFacts | None]]:
    """Read every entry of the file, of whatever origin, in batches: for verification.

    Args:
        connection: in a transaction that reads.
        after: origin and number of the entry before the first one.
        batch: how many rows are read at once.

    Raises:
        UnreadableEntryError: a row is not an entry; all entries before it came out.
    """
    origin, seq = after
    while True:
        place = {"origin": origin, "seq": seq}
        try:
            rows = _ANY_AFTER.rows(connection, place | {"count": batch})
        except StoreUnreadableError:
            rows = _readable_rows(connection, origin, seq, batch)
        for row in rows:
            yield _entry_and_facts(row)
        if not rows:
            return
        origin, seq = rows[-1][0], rows[-1][1]


def _readable_rows(connection: Connection, origin: str, seq: int, batch: int) -> list[Any]:
    """Return the rows of a batch up to the one that the driver cannot read, or name that one."""
    rows: list[Any] = []
    while len(rows) < batch:
        place = {"origin": origin, "seq": seq}
        following = _NEXT_PLACE.first(connection, place)
        if following is None:
            break
        try:
            rows.extend(_ANY_AFTER.rows(connection, place | {"count": 1}))
        except StoreUnreadableError as error:
            if rows:
                break
            raise UnreadableEntryError(following[1], "its row cannot be read") from error
        origin, seq = following
    return rows


def witnesses(connection: Connection, origin: str) -> Iterator[Witness]:
    """Return what filings, acknowledgements, tokens and the remembered head say of the chain, in order of ``seq``."""
    for seq, digest in _WITNESSES.cursor(connection, {"origin": origin}):
        yield Witness(seq, digest)


def next_witnesses(connection: Connection, origin: str, after: int, up_to: int) -> Iterator[Witness]:
    """Return what the same say of the entries beyond a number, up to another."""
    for seq, digest in _NEXT_WITNESSES.cursor(connection, {"origin": origin, "after": after, "up_to": up_to}):
        yield Witness(seq, digest)


def _entry_and_facts(row: Sequence[Any]) -> tuple[Entry, StoredFacts | None]:
    (
        origin,
        seq,
        kind,
        recorded_at_ms,
        civil_date,
        zone,
        clock,
        monotonic_ms,
        boot_id,
        subject,
        payload_hash,
        previous_hash,
        key_id,
        digest,
        signature,
        salt,
        document,
    ) = row
    try:
        entry = Entry(
            origin=OriginId(origin),
            seq=seq,
            type=kind,
            recorded_at=instant_of(recorded_at_ms),
            civil_date=civil_date_of(civil_date),
            zone=zone,
            clock=_QUALITIES[clock],
            monotonic_ms=monotonic_ms,
            boot_id=boot_id,
            subject=subject,
            payload_hash=payload_hash,
            previous_hash=previous_hash,
            key_id=key_id,
            hash=digest,
            signature=signature,
        )
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        raise UnreadableEntryError(seq if isinstance(seq, int) else 0, f"{type(error).__name__}: {error}") from error
    return entry, None if salt is None else StoredFacts(salt, document)


def _entry_row(entry: Entry) -> dict[str, Any]:
    return {
        "origin": entry.origin,
        "seq": entry.seq,
        "type": entry.type,
        "recorded_at_ms": instant_ms(entry.recorded_at),
        "civil_date": entry.civil_date.isoformat(),
        "zone": entry.zone,
        "clock": entry.clock.value,
        "monotonic_ms": entry.monotonic_ms,
        "boot_id": entry.boot_id,
        "subject": entry.subject,
        "payload_hash": entry.payload_hash,
        "previous_hash": entry.previous_hash,
        "key_id": entry.key_id,
        "hash": entry.hash,
        "signature": entry.signature,
    }


def _head_of(row: Sequence[Any]) -> ChainHead:
    seq, digest, civil_date, recorded_at_ms = row
    return ChainHead(seq, digest, civil_date_of(civil_date), instant_of(recorded_at_ms))


def _head_row(origin: str, head: ChainHead) -> dict[str, Any]:
    if head.civil_date is None or head.recorded_at is None:
        raise ValueError("an empty chain has no head to remember")
    return {
        "origin": origin,
        "seq": head.seq,
        "hash": head.hash,
        "civil_date": head.civil_date.isoformat(),
        "recorded_at_ms": instant_ms(head.recorded_at),
    }
