"""Taking a person's data out of the store, as rows: what proves the request stays, who asked goes."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, column, delete, exists, func, insert, or_, select, text, union_all, update

from kiosk.domain.request import RequestId
from kiosk.journal.act_facts import ACT_TYPES
from kiosk.journal.entry import EntryType
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import instant_ms
from kiosk.store.tables import (
    RARE_ABOUT_REQUEST,
    erasures,
    filings,
    journal_entries,
    merged_requests,
    payloads,
    places,
    presentations,
    reprints,
    request_changes,
    requests,
    site_configurations,
)

# The entries whose facts say who asked and what: those of filings, those of what happened to the request later, and
# those of what staff did with the file.
_IS_ACT: Final = text(f"journal_entries.type IN ({', '.join(repr(kind.value) for kind in ACT_TYPES)})")
_SAID: Final = union_all(
    select(filings.c.journal_seq).where(filings.c.request_id == bindparam("of_request")),
    select(request_changes.c.journal_seq).where(request_changes.c.request_id == bindparam("of_request")),
    select(journal_entries.c.seq).where(
        journal_entries.c.subject == bindparam("of_request"), _IS_ACT, text(RARE_ABOUT_REQUEST)
    ),
)
_ENTRIES: Final = Prepared(_SAID.order_by("journal_seq"))
_FACTS: Final = Prepared(delete(payloads).where(payloads.c.seq.in_(_SAID)))
_PERSON: Final = Prepared(
    update(requests)
    .where(requests.c.request_id == bindparam("of_request"))
    .values(
        is_live=bindparam("is_live"),
        person=bindparam("person"),
        foreigner_number=bindparam("number"),
        search_name=bindparam("name"),
        search_usage_name=bindparam("usage_name"),
        search_consonants=bindparam("consonants"),
        phone=bindparam("phone"),
        identity_salt=bindparam("salt"),
    )
)
# Both are made of what the person said, or may be.
_TRACES: Final = Prepared(
    update(filings)
    .where(filings.c.request_id == bindparam("of_request"))
    .values(idempotency_key="erased " + filings.c.filing_id, content_hash="")
)
_TRACES_OF_CHANGES: Final = Prepared(
    update(request_changes)
    .where(request_changes.c.request_id == bindparam("of_request"))
    .values(idempotency_key="erased " + request_changes.c.change_id, content_hash="")
)
_TRACES_OF_MERGES: Final = Prepared(
    update(merged_requests)
    .where(merged_requests.c.request_id == bindparam("of_request"))
    .values(person=bindparam("person"), foreigner_number=bindparam("number"))
)
_OLD_OF_STAFF: Final = (
    select(journal_entries.c.seq)
    .where(
        journal_entries.c.seq <= bindparam("acknowledged_to"),
        journal_entries.c.type.in_(select(column("value")).select_from(func.json_each(bindparam("kinds")))),
        journal_entries.c.recorded_at_ms < bindparam("before"),
    )
    .scalar_subquery()
)
_FORGET_STAFF: Final = Prepared(delete(payloads).where(payloads.c.seq.in_(_OLD_OF_STAFF)))
_FORGET_AGENTS: Final = Prepared(
    update(reprints).where(reprints.c.ordered_at_ms < bindparam("before"), reprints.c.agent != "").values(agent="")
)
_FORGET_CALLERS: Final = Prepared(
    update(places).where(places.c.changed_at_ms < bindparam("before"), places.c.changed_by != "").values(changed_by="")
)
_FORGET_PRESENTATIONS: Final = Prepared(
    delete(presentations).where(presentations.c.presented_at_ms < bindparam("before"))
)
_FORGET_ADMINISTRATORS: Final = Prepared(
    update(site_configurations)
    .where(site_configurations.c.made_at_ms < bindparam("before"), site_configurations.c.made_by != "")
    .values(made_by="")
)
_NOTE: Final = Prepared(insert(erasures))
_FOUND: Final = Prepared(select(erasures.c.request_id).where(erasures.c.request_id == bindparam("of_request")))
_CHANGED_LATELY: Final = exists().where(
    request_changes.c.request_id == requests.c.request_id,
    or_(
        request_changes.c.changed_at_ms >= bindparam("before"),
        request_changes.c.journal_seq > bindparam("acknowledged_to"),
    ),
)
_ACTED_ON_LATELY: Final = exists().where(
    journal_entries.c.subject == requests.c.request_id,
    _IS_ACT,
    text(RARE_ABOUT_REQUEST),
    or_(
        journal_entries.c.recorded_at_ms >= bindparam("before"),
        journal_entries.c.seq > bindparam("acknowledged_to"),
    ),
)
_DUE: Final = Prepared(
    select(requests.c.request_id)
    .join_from(requests, filings, filings.c.request_id == requests.c.request_id)
    .join(erasures, erasures.c.request_id == requests.c.request_id, isouter=True)
    .where(erasures.c.request_id.is_(None), ~_CHANGED_LATELY, ~_ACTED_ON_LATELY)
    .group_by(requests.c.request_id)
    .having(
        func.max(filings.c.filed_at_ms) < bindparam("before"),
        func.max(filings.c.journal_seq) <= bindparam("acknowledged_to"),
    )
    .order_by(requests.c.request_id)
    .limit(bindparam("count"))
)


class ErasureRows:
    """The :class:`kiosk.ports.erasures.ErasureTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def erase(self, request_id: RequestId, at: datetime, reason: str) -> Sequence[int]:
        """Take out who asked and what was said; return the numbers of the entries whose facts went."""
        of_request = {"of_request": request_id}
        entries = [row[0] for row in _ENTRIES.rows(self._connection, of_request)]
        _FACTS.run(self._connection, of_request)
        nobody = {"is_live": 0, "person": None, "number": "", "name": "", "salt": b""}
        unfindable = {"usage_name": None, "consonants": None, "phone": None}
        _PERSON.run(self._connection, of_request | nobody | unfindable)
        _TRACES.run(self._connection, of_request)
        _TRACES_OF_CHANGES.run(self._connection, of_request)
        _TRACES_OF_MERGES.run(self._connection, of_request | {"person": None, "number": ""})
        _NOTE.run(self._connection, {"request_id": request_id, "erased_at_ms": instant_ms(at), "reason": reason})
        return entries

    def is_erased(self, request_id: RequestId) -> bool:
        """Whether somebody's data were taken out."""
        return _FOUND.first(self._connection, {"of_request": request_id}) is not None

    def due(self, filed_before: datetime, acknowledged_to: int, limit: int) -> Sequence[RequestId]:
        """Return requests in which nothing happened since an instant and all is held by the centre, oldest first."""
        values = {"before": instant_ms(filed_before), "acknowledged_to": acknowledged_to, "count": limit}
        return [RequestId(row[0]) for row in _DUE.rows(self._connection, values)]

    def forget_staff(self, kinds: Iterable[EntryType], recorded_before: datetime, acknowledged_to: int) -> int:
        """Delete the facts of old entries about what staff did, and who ordered old reprints; return how many."""
        before = {"before": instant_ms(recorded_before)}
        _FORGET_AGENTS.run(self._connection, before)
        _FORGET_CALLERS.run(self._connection, before)
        _FORGET_PRESENTATIONS.run(self._connection, before)
        _FORGET_ADMINISTRATORS.run(self._connection, before)
        held = {"acknowledged_to": acknowledged_to, "kinds": json.dumps(list(kinds))}
        return _FORGET_STAFF.run(self._connection, before | held)
