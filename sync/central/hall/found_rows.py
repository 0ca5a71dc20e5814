"""Rows of the counters' index as the staff's lists show them.

What an agent put right or a person added later is in the index already, so that no entry is read for a line of a list.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import ClockQuality, Moment, parse_instant
from kiosk.domain.request import RequestId
from kiosk.ports.finding import FoundRow, RequestFilter, RequestState
from kiosk.workflows.hall_place import PlaceState
from kiosk.workflows.print_job import PrintState
from sync.central.hall.site import HallSite
from sync.central.receiving.writing import is_one_of
from sync.central.tables import desk_requests, hall_places

ROW: Final = desk_requests.c
_UNKNOWN_TICKET: Final = "unknown"  # nothing was heard of it since the filing
_state: Final = sa.case(
    (ROW.birth_name.is_(None), RequestState.ERASED.value),  # nobody files without one
    (ROW.status == "merged", RequestState.MERGED.value),
    (ROW.status == "withdrawn", RequestState.WITHDRAWN.value),
    else_=RequestState.OPEN.value,
)
SHOWN: Final = sa.select(
    ROW.request_id,
    ROW.stream,
    ROW.seq,
    ROW.reference,
    ROW.received_at,
    ROW.received_on,
    ROW.zone,
    ROW.clock,
    ROW.procedure,
    ROW.language,
    ROW.service,
    ROW.ticket,
    ROW.birth_name,
    ROW.given_names,
    ROW.birth_date,
    ROW.permit_expires_on,
    _state.label("state"),
)


def wanted_rows(wanted: RequestFilter) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a filter; the window follows from the law, and days from the place in the list."""
    exact = {ROW.procedure: wanted.procedure, ROW.service: wanted.service, ROW.language: wanted.language}
    found = [column == value for column, value in exact.items() if value]
    if wanted.first:
        found.append(ROW.received_on >= wanted.first.isoformat())
    if wanted.last:
        found.append(ROW.received_on <= wanted.last.isoformat())
    if wanted.state:
        found.append(_state == wanted.state.value)
    if wanted.ticket:
        is_open = wanted.ticket is PrintState.SAVED
        found.append(ROW.ticket == (_UNKNOWN_TICKET if is_open else wanted.ticket.value))
    return found


def rows_of(connection: sa.Connection, found: Iterable[sa.Row[Any]], hall: HallSite, today: date) -> list[FoundRow]:
    """Return the rows of :data:`SHOWN` as values, each with its place of today."""
    rows = list(found)
    standing = _places(connection, [row.request_id for row in rows], today)
    return [_row_of(row, hall, *standing.get(row.request_id, ("", None))) for row in rows]


def _places(connection: sa.Connection, request_ids: Sequence[str], today: date) -> dict[str, tuple[str, PlaceState]]:
    place = hall_places.c
    query = sa.select(place.request_id, place.call_number, place.state).where(
        place.civil_date == today.isoformat(), is_one_of(connection, place.request_id, request_ids)
    )
    return {row.request_id: (row.call_number, PlaceState(row.state)) for row in connection.execute(query)}


def _row_of(row: sa.Row[Any], hall: HallSite, call_number: str, place_state: PlaceState | None) -> FoundRow:
    return FoundRow(
        request_id=RequestId(row.request_id),
        reference=row.reference,
        procedure=row.procedure,
        received=Moment(
            utc=parse_instant(row.received_at),
            civil_date=date.fromisoformat(row.received_on),
            zone=row.zone or hall.site.departement.timezone,
            clock=ClockQuality(row.clock) if row.clock else ClockQuality.SYNCED,
        ),
        seq=row.seq,
        language=row.language or "",
        service=row.service or "",
        state=RequestState(row.state),
        ticket=PrintState.SAVED if row.ticket == _UNKNOWN_TICKET else PrintState(row.ticket),
        applicant=" ".join(filter(None, (row.birth_name, row.given_names))),
        permit_expires_on=date.fromisoformat(row.permit_expires_on) if row.permit_expires_on else None,
        birth_date=PartialDate.parse(row.birth_date) if row.birth_date else None,
        has_changes=False,  # the row is as the request stands
        call_number=call_number,
        place_state=place_state,
    )
