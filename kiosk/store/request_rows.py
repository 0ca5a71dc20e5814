"""Requests and filings as rows; what was asked is read from the payload of the first filing's entry."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final, TypeAlias

from sqlalchemy import bindparam, func, insert, select, text, update

from kiosk.domain.identity import Identity
from kiosk.domain.name_keys import search_consonants_of, search_name_of, search_usage_name_of
from kiosk.domain.request import FiledRequest, Filing, FilingId, OriginId, PrintJobId, RequestContent, RequestId
from kiosk.domain.search import phone_key
from kiosk.errors import InputError, StoreUnreadableError
from kiosk.journal.request_facts import asked_in, content_from_facts, received_from_facts
from kiosk.ports.requests import PersonKey
from kiosk.store.connections import Connection
from kiosk.store.merge_rows import MergeRows
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import facts_of, instant_ms, moment_of
from kiosk.store.tables import LIVE_PERSON, filings, merged_requests, payloads, requests

_INSERT_REQUEST: Final = Prepared(insert(requests))
_INSERT_FILING: Final = Prepared(insert(filings))

_VISITS_WITH_NUMBER: Final = Prepared(
    select(func.count())
    .select_from(filings)
    .where(
        filings.c.request_id == bindparam("request_id"),
        filings.c.filed_on == bindparam("filed_on"),
        filings.c.call_number == bindparam("call_number"),
    )
)
_LEARN_NUMBER: Final = Prepared(
    update(requests)
    .where(requests.c.request_id == bindparam("of_request"), requests.c.foreigner_number == "")
    .values(foreigner_number=bindparam("learned"))
)
_CLOSE: Final = Prepared(
    update(requests).where(requests.c.request_id == bindparam("of_request")).values(is_live=bindparam("is_live"))
)
_CORRECT: Final = Prepared(
    update(requests)
    .where(requests.c.request_id == bindparam("of_request"))
    .values(
        person=bindparam("person"),
        foreigner_number=bindparam("number"),
        search_name=bindparam("name"),
        search_usage_name=bindparam("usage_name"),
        search_consonants=bindparam("consonants"),
        phone=bindparam("phone_of_person"),
    )
)
_LIVE: Final = Prepared(
    select(requests.c.request_id, requests.c.foreigner_number).where(
        text(LIVE_PERSON),
        requests.c.person == bindparam("person"),
        requests.c.procedure == bindparam("procedure"),
    )
)
_BY_KEY: Final = Prepared(
    select(filings.c.request_id, filings.c.filing_id, filings.c.content_hash).where(
        filings.c.idempotency_key == bindparam("key")
    )
)
_BY_REFERENCE: Final = Prepared(
    select(func.coalesce(merged_requests.c.kept_id, requests.c.request_id))
    .join_from(requests, merged_requests, merged_requests.c.request_id == requests.c.request_id, isouter=True)
    .where(requests.c.reference == bindparam("of_reference"))
)

_JOINED: Final = (
    select(
        requests.c.request_id,
        requests.c.reference,
        requests.c.procedure,
        requests.c.received_at_ms,
        requests.c.received_on,
        requests.c.zone,
        requests.c.clock,
        requests.c.identity_salt,
        filings.c.filing_id,
        filings.c.ordinal,
        filings.c.filed_at_ms,
        filings.c.filed_on,
        filings.c.zone,
        filings.c.clock,
        filings.c.call_number,
        filings.c.print_job_id,
        filings.c.journal_seq,
        filings.c.entry_hash,
        filings.c.language,
        payloads.c.facts,
    )
    .join_from(requests, filings, filings.c.request_id == requests.c.request_id)
    .join(
        payloads,
        (payloads.c.origin == filings.c.origin) & (payloads.c.seq == filings.c.journal_seq) & (filings.c.ordinal == 1),
        isouter=True,
    )
)
_ONE: Final = Prepared(_JOINED.where(requests.c.request_id == bindparam("request_id")).order_by(filings.c.ordinal))
_OF_DAY: Final = Prepared(
    _JOINED.where(
        requests.c.request_id.in_(select(filings.c.request_id).where(filings.c.filed_on == bindparam("filed_on")))
    ).order_by(requests.c.request_id, filings.c.ordinal)
)


_Row: TypeAlias = tuple[Any, ...]


class RequestRows:
    """The :class:`kiosk.ports.requests.RequestTable` of one transaction."""

    def __init__(self, connection: Connection, origin: OriginId) -> None:
        self._connection = connection
        self._origin = origin

    def add(self, request: FiledRequest, person: PersonKey, idempotency_key: str, content_hash: str) -> None:
        """Insert a request with its first filing."""
        received, identity = request.received, request.content.identity
        _INSERT_REQUEST.run(
            self._connection,
            {
                "request_id": request.request_id,
                "reference": request.reference,
                "procedure": request.content.procedure,
                "received_at_ms": instant_ms(received.utc),
                "received_on": received.civil_date.isoformat(),
                "zone": received.zone,
                "clock": received.clock.value,
                "identity_salt": request.identity_salt,
                "is_live": 1,
                "person": person.name_and_birth,
                "foreigner_number": person.foreigner_number or "",
                "search_name": search_name_of(identity),
                "search_usage_name": search_usage_name_of(identity),
                "search_consonants": search_consonants_of(identity),
                "phone": phone_key(request.content.phone or "") or None,
            },
        )
        self._insert_filing(request.request_id, request.filings[0], idempotency_key, content_hash, earlier_visits=0)

    def add_filing(
        self, request_id: RequestId, filing: Filing, person: PersonKey, idempotency_key: str, content_hash: str
    ) -> None:
        """Insert another filing of a live request, and learn the person's number if it was not known."""
        place = {
            "request_id": request_id,
            "filed_on": filing.filed.civil_date.isoformat(),
            "call_number": filing.call_number,
        }
        earlier = _VISITS_WITH_NUMBER.rows(self._connection, place)[0][0]
        self._insert_filing(request_id, filing, idempotency_key, content_hash, earlier_visits=earlier)
        if person.foreigner_number:
            learned = {"of_request": request_id, "learned": person.foreigner_number}
            _LEARN_NUMBER.run(self._connection, learned)

    def get(self, request_id: RequestId) -> FiledRequest:
        """Return a request with all its filings."""
        found = self._read(_ONE, {"request_id": request_id})
        if not found:
            raise KeyError(f"no request {request_id}")
        return found[0]

    def by_reference(self, reference: str) -> RequestId | None:
        """Return the request with a reference, if this machine has it; of a merged one, the one that stands for it."""
        row = _BY_REFERENCE.first(self._connection, {"of_reference": reference})
        return RequestId(row[0]) if row else None

    def by_idempotency_key(self, key: str) -> tuple[FiledRequest, Filing, str] | None:
        """Return the request, the filing and the content hash that a client's key led to, if any."""
        row = _BY_KEY.first(self._connection, {"key": key})
        if row is None:
            return None
        request_id, filing_id, content_hash = row
        request = self.get(RequestId(request_id))
        filing = next(filing for filing in request.filings if filing.filing_id == filing_id)
        return request, filing, content_hash

    def live_request_of(self, person: PersonKey, procedure: str) -> RequestId | None:
        """Return the live request of this person and procedure, if there is one without contradiction.

        The same number wins; otherwise the only live request of that name and birth date, unless both give a
        number: two numbers are two people. What is unsure is never merged.
        """
        if person.name_and_birth is None:
            return None
        asked = {"person": person.name_and_birth, "procedure": procedure}
        known = {known_number: request_id for request_id, known_number in _LIVE.rows(self._connection, asked)}
        number = person.foreigner_number or ""
        if number in known:
            return RequestId(known[number])
        if len(known) == 1 and ("" in known or not number):
            return RequestId(next(iter(known.values())))
        return None if known else MergeRows(self._connection).live_for(person, procedure)

    def close(self, request_id: RequestId) -> None:
        """Let a request live no longer: another filing of the person makes a new one."""
        _CLOSE.run(self._connection, {"of_request": request_id, "is_live": 0})

    def reopen(self, request_id: RequestId) -> None:
        """Let a request live again; the caller knows that the person has no other."""
        _CLOSE.run(self._connection, {"of_request": request_id, "is_live": 1})

    def correct(self, request_id: RequestId, content: RequestContent, person: PersonKey) -> None:
        """Find and recognise a person by what a request says now; what was filed stays as it is."""
        values = {
            "person": person.name_and_birth,
            "number": person.foreigner_number or "",
            "name": search_name_of(content.identity),
            "usage_name": search_usage_name_of(content.identity),
            "consonants": search_consonants_of(content.identity),
            "phone_of_person": phone_key(content.phone or "") or None,
        }
        _CORRECT.run(self._connection, values | {"of_request": request_id})

    def filed_on(self, civil_date: date) -> Sequence[FiledRequest]:
        """Return the requests with a filing on that day, in order of the filing."""
        found = self._read(_OF_DAY, {"filed_on": civil_date.isoformat()})
        return sorted(found, key=lambda request: _first_seq_of_day(request, civil_date))

    def _insert_filing(
        self, request_id: RequestId, filing: Filing, idempotency_key: str, content_hash: str, *, earlier_visits: int
    ) -> None:
        _INSERT_FILING.run(
            self._connection,
            {
                "filing_id": filing.filing_id,
                "request_id": request_id,
                "ordinal": filing.ordinal,
                "filed_at_ms": instant_ms(filing.filed.utc),
                "filed_on": filing.filed.civil_date.isoformat(),
                "zone": filing.filed.zone,
                "clock": filing.filed.clock.value,
                "call_number": filing.call_number,
                "earlier_visits_of_day": earlier_visits,
                "print_job_id": filing.print_job_id,
                "origin": self._origin,
                "journal_seq": filing.journal_seq,
                "entry_hash": filing.entry_hash,
                "language": filing.language,
                "idempotency_key": idempotency_key,
                "content_hash": content_hash,
            },
        )

    def _read(self, query: Prepared, values: dict[str, Any]) -> list[FiledRequest]:
        rows = query.rows(self._connection, values)
        try:
            return [_request_of(list(group)) for _, group in groupby(rows, key=lambda row: row[0])]
        except (ValueError, KeyError, InputError) as error:
            raise StoreUnreadableError(f"a stored request cannot be read: {error}") from error


def _request_of(rows: list[_Row]) -> FiledRequest:
    """Make the request of its rows.

    Reference, date, salt and content are read from the facts that the journal binds, so that a column changed behind
    our back cannot put another date on a ticket. Once the facts are erased, the columns are what is left.
    """
    request_id, reference, procedure, received_at_ms, received_on, zone, clock, identity_salt = rows[0][:8]
    language, document = rows[0][18:20]
    filings_made = tuple(_filing_of(row) for row in rows)
    if document is None:
        received = moment_of(received_at_ms, received_on, zone, clock)
        content = RequestContent(procedure, language, Identity(birth_name=""))
        return FiledRequest(RequestId(request_id), reference, received, content, identity_salt, filings_made)
    facts = facts_of(document)
    return FiledRequest(
        request_id=RequestId(request_id),
        reference=str(facts["reference"]),
        received=received_from_facts(facts),
        content=content_from_facts(asked_in(facts)),
        identity_salt=bytes.fromhex(str(facts["identity_salt"])),
        filings=filings_made,
    )


def _filing_of(row: _Row) -> Filing:
    filing_id, ordinal, filed_at_ms, filed_on, zone, clock = row[8:14]
    call_number, print_job_id, journal_seq, entry_hash, language = row[14:19]
    return Filing(
        filing_id=FilingId(filing_id),
        ordinal=ordinal,
        filed=moment_of(filed_at_ms, filed_on, zone, clock),
        call_number=call_number,
        print_job_id=PrintJobId(print_job_id),
        journal_seq=journal_seq,
        entry_hash=entry_hash,
        language=language,
    )


def _first_seq_of_day(request: FiledRequest, civil_date: date) -> int:
    return min(filing.journal_seq for filing in request.filings if filing.filed.civil_date == civil_date)
