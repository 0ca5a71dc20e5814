"""What figures are made of, as rows: read one after the other along the index of a day's filings."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, Final

from sqlalchemy import bindparam, func, select, text

from kiosk.domain.hall import Outcome
from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import ClockQuality
from kiosk.domain.request import OriginId, RequestId
from kiosk.journal.entry import EntryType
from kiosk.journal.request_facts import asked_in, content_from_facts
from kiosk.ports.figures import ArrivalRow, ReceivedRow, VisitsRow
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import civil_date_of, facts_of, instant_of, moment_of
from kiosk.store.tables import (
    RARE_ABOUT_REQUEST,
    filings,
    journal_entries,
    payloads,
    places,
    print_jobs,
    request_changes,
    requests,
)
from kiosk.workflows.hall_place import PlaceState
from kiosk.workflows.print_job import PrintState

_IN_DAYS: Final = filings.c.filed_on.between(bindparam("first"), bindparam("last"))

# An entry that takes a move back stands after it, with no other move of the same place in between.
_MOVES: Final = (
    EntryType.PLACE_CALLED,
    EntryType.PLACE_RECALLED,
    EntryType.PLACE_SERVED,
    EntryType.PLACE_FINISHED,
    EntryType.PLACE_MISSED,
    EntryType.PLACE_PARKED,
    EntryType.PLACE_RETURNED,
    EntryType.PLACE_HANDED_OVER,
    EntryType.PRIORITY_CHANGED,
    EntryType.PLACE_UNDONE,
)
_call: Final = journal_entries.alias("call")
_later: Final = journal_entries.alias("later")
_NEXT_MOVE: Final = (
    select(_later.c.type)
    .where(
        _later.c.subject == _call.c.subject,
        _later.c.seq > _call.c.seq,
        text(f"later.type IN ({', '.join(map(repr, map(str, _MOVES)))})"),
        text(RARE_ABOUT_REQUEST),
    )
    .order_by(_later.c.seq)
    .limit(1)
    .correlate(_call)
    .scalar_subquery()
)
_CALLED_AT: Final = (
    select(_call.c.recorded_at_ms)
    .where(
        _call.c.subject == filings.c.request_id,
        text(f"call.type = '{EntryType.PLACE_CALLED}'"),
        _call.c.civil_date == filings.c.filed_on,
        text(RARE_ABOUT_REQUEST),
        func.coalesce(_NEXT_MOVE, "") != EntryType.PLACE_UNDONE.value,
    )
    .order_by(_call.c.seq)
    .limit(1)
    .correlate(filings)
    .scalar_subquery()
)
_FIRST_DAY: Final = Prepared(
    select(journal_entries.c.civil_date)
    .where(journal_entries.c.origin == bindparam("origin"))
    .order_by(journal_entries.c.seq)
    .limit(1)
)
_ARRIVALS: Final = Prepared(
    select(
        filings.c.filed_at_ms,
        filings.c.filed_on,
        filings.c.zone,
        filings.c.clock,
        filings.c.call_number,
        requests.c.procedure,
        filings.c.language,
        places.c.state,
        places.c.outcome,
        _CALLED_AT,
    )
    .join_from(filings, requests, requests.c.request_id == filings.c.request_id)
    .join(places, places.c.place_id == filings.c.filing_id, isouter=True)
    .where(_IN_DAYS, filings.c.earlier_visits_of_day == 0)
)
_TICKETS: Final = Prepared(
    select(print_jobs.c.state, func.count())
    .join_from(filings, print_jobs, print_jobs.c.print_job_id == filings.c.print_job_id)
    .where(_IN_DAYS)
    .group_by(print_jobs.c.state)
)
_came: Final = select(filings.c.request_id).where(_IN_DAYS)
_VISITS: Final = Prepared(
    select(
        filings.c.request_id,
        filings.c.filed_on,
        payloads.c.facts,
        select(request_changes.c.ordinal)
        .where(request_changes.c.request_id == filings.c.request_id)
        .correlate(filings)
        .exists(),
    )
    .join_from(
        filings,
        payloads,
        (payloads.c.origin == filings.c.origin) & (payloads.c.seq == filings.c.journal_seq) & (filings.c.ordinal == 1),
        isouter=True,
    )
    .where(filings.c.request_id.in_(_came), filings.c.filed_on <= bindparam("last"))
    .order_by(filings.c.request_id, filings.c.ordinal)
)
_RECEIVED: Final = Prepared(
    select(requests.c.procedure, requests.c.received_on, requests.c.clock, payloads.c.facts)
    .join_from(filings, requests, requests.c.request_id == filings.c.request_id)
    .join(
        payloads,
        (payloads.c.origin == filings.c.origin) & (payloads.c.seq == filings.c.journal_seq),
        isouter=True,
    )
    .where(_IN_DAYS, filings.c.ordinal == 1)
)


class FigureRows:
    """The :class:`kiosk.ports.figures.FigureTable` of one transaction."""

    def __init__(self, connection: Connection, origin: OriginId) -> None:
        self._connection, self._origin = connection, origin

    def begins_on(self) -> date | None:
        """Return the day of the founding entry; None before it."""
        row = _FIRST_DAY.first(self._connection, {"origin": self._origin})
        return None if row is None else civil_date_of(row[0])

    def arrivals(self, first: date, last: date) -> Iterator[ArrivalRow]:
        """Yield the arrivals."""
        for row in self._read(_ARRIVALS, first, last):
            filed_at_ms, filed_on, zone, clock, call_number, procedure, language, state, outcome, called_at_ms = row
            yield ArrivalRow(
                filed=moment_of(filed_at_ms, filed_on, zone, clock),
                call_number=call_number,
                procedure=procedure,
                language=language,
                place_state=PlaceState(state) if state else None,
                outcome=Outcome(outcome) if outcome else None,
                called_at=None if called_at_ms is None else instant_of(called_at_ms),
            )

    def tickets(self, first: date, last: date) -> Mapping[PrintState, int]:
        """Count the first tickets of all filings by where they stand."""
        return {PrintState(state): count for state, count in self._read(_TICKETS, first, last)}

    def visits(self, first: date, last: date) -> Iterator[VisitsRow]:
        """Yield each request with a filing in these days."""
        for request_id, group in groupby(self._read(_VISITS, first, last), key=lambda row: row[0]):
            rows = list(group)
            document, has_changes = rows[0][2:]
            yield VisitsRow(
                request_id=RequestId(request_id),
                days=tuple(civil_date_of(row[1]) for row in rows),
                attempts=() if document is None else content_from_facts(asked_in(facts_of(document))).attempts,
                has_changes=bool(has_changes),
            )

    def received(self, first: date, last: date) -> Iterator[ReceivedRow]:
        """Yield the new requests."""
        for procedure, received_on, clock, document in self._read(_RECEIVED, first, last):
            permit_expires_on, birth_date = _dates_in(document)
            yield ReceivedRow(procedure, civil_date_of(received_on), ClockQuality(clock), permit_expires_on, birth_date)

    def _read(self, question: Prepared, first: date, last: date) -> Iterator[Any]:
        """Rows one by one: a month is never in memory as a whole."""
        return iter(question.cursor(self._connection, {"first": first.isoformat(), "last": last.isoformat()}))


def _dates_in(document: bytes | None) -> tuple[date | None, PartialDate | None]:
    if document is None:
        return None, None
    content = content_from_facts(asked_in(facts_of(document)))
    return content.permit_expires_on, content.identity.birth_date
