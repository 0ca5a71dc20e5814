"""What happened to requests after they were filed, as rows; what was said is read from the payload of each entry."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, insert, select

from kiosk.domain.request import OriginId, RequestId
from kiosk.domain.request_change import ChangeId, ChangeKind, RequestChange
from kiosk.errors import StoreUnreadableError
from kiosk.journal.change_facts import completion_from_facts, corrections_from_facts
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import facts_of, instant_ms, moment_of
from kiosk.store.tables import payloads, request_changes

_INSERT: Final = Prepared(insert(request_changes))
_COLUMNS: Final = ("change_id", "ordinal", "kind", "changed_at_ms", "changed_on", "zone", "clock", "journal_seq")
_JOINED: Final = select(
    *(request_changes.c[name] for name in _COLUMNS),
    request_changes.c.entry_hash,
    payloads.c.facts,
    request_changes.c.content_hash,
).join_from(
    request_changes,
    payloads,
    (payloads.c.origin == request_changes.c.origin) & (payloads.c.seq == request_changes.c.journal_seq),
    isouter=True,
)
_OF: Final = Prepared(
    _JOINED.where(request_changes.c.request_id == bindparam("of_request")).order_by(request_changes.c.ordinal)
)
_BY_KEY: Final = Prepared(_JOINED.where(request_changes.c.idempotency_key == bindparam("key")))


class ChangeRows:
    """The :class:`kiosk.ports.requests.ChangeTable` of one transaction."""

    def __init__(self, connection: Connection, origin: OriginId) -> None:
        self._connection = connection
        self._origin = origin

    def add(self, request_id: RequestId, change: RequestChange, idempotency_key: str, content_hash: str) -> None:
        """Insert an act whose entry is in the journal."""
        _INSERT.run(
            self._connection,
            {
                "change_id": change.change_id,
                "request_id": request_id,
                "ordinal": change.ordinal,
                "kind": change.kind.value,
                "changed_at_ms": instant_ms(change.changed.utc),
                "changed_on": change.changed.civil_date.isoformat(),
                "zone": change.changed.zone,
                "clock": change.changed.clock.value,
                "origin": self._origin,
                "journal_seq": change.journal_seq,
                "entry_hash": change.entry_hash,
                "idempotency_key": idempotency_key,
                "content_hash": content_hash,
            },
        )

    def of(self, request_id: RequestId) -> Sequence[RequestChange]:
        """Return all acts of a request, oldest first."""
        return [_change_of(row) for row in _OF.rows(self._connection, {"of_request": request_id})]

    def by_idempotency_key(self, key: str) -> tuple[RequestChange, str] | None:
        """Return the act and the content hash that a client's key led to, if any."""
        row = _BY_KEY.first(self._connection, {"key": key})
        return None if row is None else (_change_of(row), row[-1])


def _change_of(row: tuple[Any, ...]) -> RequestChange:
    change_id, ordinal, kind, changed_at_ms, changed_on, zone, clock, seq, entry_hash, document, _ = row
    try:
        facts = {} if document is None else facts_of(document)
        return RequestChange(
            change_id=ChangeId(change_id),
            ordinal=ordinal,
            kind=ChangeKind(kind),
            changed=moment_of(changed_at_ms, changed_on, zone, clock),
            journal_seq=seq,
            entry_hash=entry_hash,
            added=completion_from_facts(facts),
            corrections=corrections_from_facts(facts),
            by=str(facts.get("by", "")),
            reason=str(facts.get("reason", "")),
        )
    except (ValueError, KeyError) as error:
        raise StoreUnreadableError(f"a stored act cannot be read: {error}") from error
