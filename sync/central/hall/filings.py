"""What was asked, read back from the entries of the kiosks: a hub keeps no second copy of what people said."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from kiosk.domain.identity import Identity
from kiosk.domain.moment import ClockQuality, Moment, parse_instant
from kiosk.domain.request import FiledRequest, Filing, FilingId, PrintJobId, RequestContent, RequestId
from kiosk.domain.request_change import ChangeId, ChangeKind, RequestChange
from kiosk.errors import InputError
from kiosk.journal.act_facts import FOLLOWS
from kiosk.journal.change_facts import ENTRY_OF, completion_from_facts, corrections_from_facts
from kiosk.journal.entry import Entry, EntryType, Payload, entry_from_json
from kiosk.journal.request_facts import asked_in, content_from_facts, received_from_facts
from kiosk.workflows.print_job import PrintState
from sync.central.hall.scope import of_hall
from sync.central.hall.site import HallSite
from sync.central.receiving.writing import is_one_of
from sync.central.tables import desk_requests, entries, erased_subjects, hall_places, payloads
from sync.central.trust.writers import is_believed

_FILINGS: Final = frozenset({EntryType.REQUEST_FILED.value, EntryType.FILING_REPEATED.value})
_KIND_OF: Final = {entry_type.value: kind for kind, entry_type in ENTRY_OF.items()}
_STATE_OF: Final = {state.value: state for state in PrintState}
# A request with its newest place, if it has one: what its newest filing got is there also once the facts are erased.
_WITH_PLACE: Final = sa.select(
    desk_requests, hall_places.c.place_id, hall_places.c.call_number, hall_places.c.print_job_id, hall_places.c.language
).select_from(desk_requests.outerjoin(hall_places, hall_places.c.request_id == desk_requests.c.request_id))
_IS_BELIEVED: Final = sa.exists().where(
    desk_requests.c.request_id == entries.c.subject, is_believed(entries.c.origin, desk_requests.c.origin)
)
_Told = tuple[Entry, Payload | None]
_Facts = Mapping[str, Any]
_NO_FACTS: Final[_Facts] = {}


@dataclass(frozen=True, slots=True)
class HallFilings:
    """Requests, their changes, tickets and erasures, as one transaction at a hub sees them.

    It is :class:`kiosk.ports.desk_units.KnownRequests` and the four protocols beside it at once, since all of it is
    read from the entries about a request.

    Attributes:
        connection: of the transaction.
        known: the entries that were read already, by request.
        hall: whose requests they are.
    """

    connection: sa.Connection
    known: dict[str, list[_Told]]
    hall: HallSite

    def by_reference(self, reference: str) -> RequestId | None:
        """Return the request with a reference, if one of this hall's kiosks has it, or the one that stands for it."""
        is_it = sa.and_(desk_requests.c.reference == reference, of_hall(self.hall))
        query = sa.select(desk_requests.c.request_id).where(is_it).limit(1)
        found = self.connection.execute(query).scalar_one_or_none()
        return None if found is None else self.stands_for(RequestId(found))

    def stands_for(self, request_id: RequestId) -> RequestId:
        """Return the request that stands for another; itself for one that stands for itself."""
        seen = {request_id}
        while (kept := self.kept_for(request_id)) is not None and kept not in seen:
            seen.add(kept)
            request_id = kept
        return request_id

    def kept_for(self, request_id: RequestId) -> RequestId | None:
        """Return the request into which another was merged, if it is held here; None for one that was not."""
        kept = desk_requests.alias()
        query = sa.select(kept.c.request_id).join(desk_requests, desk_requests.c.merged_into == kept.c.request_id)
        found = self.connection.execute(query.where(desk_requests.c.request_id == request_id).limit(1)).scalar()
        return None if found is None else RequestId(found)

    def origin_of(self, request_id: RequestId) -> str:
        """Return the kiosk at which a request was filed."""
        query = sa.select(desk_requests.c.origin).where(desk_requests.c.request_id == request_id).limit(1)
        return str(self.connection.execute(query).scalar_one())

    def get(self, request_id: RequestId) -> FiledRequest:
        """Return a request with all its filings."""
        self.read([request_id])
        query = _WITH_PLACE.where(desk_requests.c.request_id == request_id)
        row = self.connection.execute(query.order_by(hall_places.c.civil_date.desc()).limit(1)).one()
        return _request_of(row, [told for told in self.known[request_id] if told[0].type in _FILINGS])

    def into(self, kept: RequestId) -> Sequence[RequestId]:
        """Return the requests that another stands for, in the order in which they were filed."""
        found: list[RequestId] = []
        below = [kept]
        while below:
            query = sa.select(desk_requests.c.request_id, desk_requests.c.received_at).distinct()
            query = query.where(is_one_of(self.connection, desk_requests.c.merged_into, below))
            rows = self.connection.execute(query.order_by(desk_requests.c.received_at, desk_requests.c.request_id))
            below = [RequestId(row.request_id) for row in rows if row.request_id not in (kept, *found)]
            found += below
        return found

    def filed_on(self, civil_date: date) -> Sequence[FiledRequest]:
        """Return the requests with a place in the hall of that day."""
        query = _WITH_PLACE.where(hall_places.c.civil_date == civil_date.isoformat())
        rows = {row.request_id: row for row in self.connection.execute(query)}
        self.read(list(rows))
        return [
            _request_of(row, [told for told in self.known[request_id] if told[0].type in _FILINGS])
            for request_id, row in rows.items()
        ]

    def of(self, request_id: RequestId) -> Sequence[RequestChange]:
        """Return all acts of a request after its filing, oldest first."""
        self.read([request_id])
        changes = [told for told in self.known[request_id] if told[0].type in _KIND_OF]
        return [_change_of(entry, payload, ordinal) for ordinal, (entry, payload) in enumerate(changes, 1)]

    def states_on(self, civil_date: date) -> Mapping[PrintJobId, PrintState]:
        """Return the state of the newest ticket of the places of that day whose requests were read before."""
        query = (
            sa.select(hall_places.c.print_job_id, desk_requests.c.ticket)
            .join(desk_requests, desk_requests.c.request_id == hall_places.c.request_id)
            .where(hall_places.c.civil_date == civil_date.isoformat())
            .where(is_one_of(self.connection, hall_places.c.request_id, list(self.known)))
        )
        return {
            PrintJobId(job): _STATE_OF.get(ticket, PrintState.SENDING) for job, ticket in self.connection.execute(query)
        }

    def is_erased(self, request_id: RequestId) -> bool:
        """Whether somebody's data were taken out here."""
        query = sa.select(erased_subjects.c.subject).where(erased_subjects.c.subject == request_id)
        return self.connection.execute(query).one_or_none() is not None

    def about(self, subject: RequestId) -> Sequence[_Told]:
        """Return the entries about a request, the kiosk's and the hub's own, in the order in which they were made."""
        self.known.pop(subject, None)  # the transaction may have added one
        self.read([subject])
        return self.known[subject]

    def read(self, request_ids: Iterable[str]) -> None:
        """Read the entries about some requests at once, for what is asked of each afterwards."""
        missing = [request_id for request_id in request_ids if request_id not in self.known]
        if not missing:
            return
        self.known.update({request_id: [] for request_id in missing})
        beside = sa.and_(
            payloads.c.stream == entries.c.stream,
            payloads.c.seq == entries.c.seq,
            payloads.c.month == entries.c.month,
        )
        query = (
            sa.select(entries.c.subject, entries.c.document, payloads.c.salt, payloads.c.facts)
            .select_from(entries.outerjoin(payloads, beside))
            .where(is_one_of(self.connection, entries.c.subject, missing), entries.c.fault.is_(None), _IS_BELIEVED)
            .order_by(entries.c.recorded_at, entries.c.stream, entries.c.seq)
        )
        for row in self.connection.execute(query):
            payload = None if row.salt is None else Payload(bytes(row.salt), json.loads(row.facts))
            if payload is not None and FOLLOWS in payload.facts:
                continue  # a kiosk that followed what was done here: that is there already
            self.known[row.subject].append((entry_from_json(json.loads(row.document)), payload))


def _request_of(row: sa.Row[Any], filings: Sequence[_Told]) -> FiledRequest:
    """Return a request from its filings; once its facts are erased, from what the index still says."""
    first, payload = filings[0]
    facts: _Facts = payload.facts if payload else _NO_FACTS
    is_told = "content" in facts
    of_place = {name: getattr(row, name) or "" for name in ("call_number", "print_job_id", "language")}
    kept = {"filing_id": row.place_id or "", **of_place, "content": {"language": of_place["language"] or "fr"}}
    return FiledRequest(
        request_id=RequestId(row.request_id),
        reference=row.reference,
        received=received_from_facts(facts) if is_told else _moment_of(first),
        content=_content_of(facts, row.procedure),
        identity_salt=bytes.fromhex(str(facts["identity_salt"])) if is_told else bytes(16),
        filings=tuple(
            _filing_of(entry, beside.facts if beside else kept, ordinal)
            for ordinal, (entry, beside) in enumerate(filings, 1)
        ),
    )


def _filing_of(entry: Entry, facts: _Facts, ordinal: int) -> Filing:
    asked = facts.get("content", _NO_FACTS)
    return Filing(
        filing_id=FilingId(str(facts.get("filing_id", ""))),
        ordinal=ordinal,
        filed=Moment(
            utc=parse_instant(str(facts["filed_at"])),
            civil_date=date.fromisoformat(str(facts["filed_on"])),
            zone=str(facts["zone"]),
            clock=ClockQuality(str(facts["clock"])),
        )
        if "filed_at" in facts
        else _moment_of(entry),
        call_number=str(facts.get("call_number", "")),
        print_job_id=PrintJobId(str(facts.get("print_job_id", ""))),
        journal_seq=entry.seq,
        entry_hash=entry.hash,
        language=str(asked.get("language", "fr")),
    )


def _change_of(entry: Entry, payload: Payload | None, ordinal: int) -> RequestChange:
    facts: _Facts = payload.facts if payload else _NO_FACTS
    return RequestChange(
        change_id=ChangeId(str(facts.get("change_id", ""))),
        ordinal=ordinal,
        kind=ChangeKind(_KIND_OF[entry.type]),
        changed=_moment_of(entry),
        journal_seq=entry.seq,
        entry_hash=entry.hash,
        added=completion_from_facts(facts),
        corrections=corrections_from_facts(facts),
        by=str(facts.get("by", "")),
        reason=str(facts.get("reason", "")),
    )


def _moment_of(entry: Entry) -> Moment:
    return Moment(entry.recorded_at, entry.civil_date, entry.zone, entry.clock)


def _content_of(facts: _Facts, procedure: str) -> RequestContent:
    """Return what was asked; nobody's request where it was erased, or where a newer kiosk says it in another form."""
    try:
        return content_from_facts(asked_in(facts))
    except (KeyError, ValueError, InputError):
        return RequestContent(procedure=procedure, language="fr", identity=Identity(birth_name=""))
