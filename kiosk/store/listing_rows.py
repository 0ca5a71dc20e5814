"""Requests as lists show them: what is shown of each, and all of them in the order in which they came.

A list of a million is read in steps. Each is a range of the index of the filings' entries, some thousand of them at
most: whether many are wanted or none, a step takes as long.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, bindparam, case, column, func, select

from kiosk.domain.identity import PartialDate
from kiosk.domain.request import OriginId, RequestId
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.request_facts import asked_in
from kiosk.ports.finding import FoundRow, ListedRows, ListOrder, RequestFilter, RequestState
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import civil_date_of, facts_of, moment_of
from kiosk.store.tables import (
    erasures,
    filings,
    merged_requests,
    payloads,
    places,
    print_jobs,
    request_changes,
    requests,
)
from kiosk.workflows.hall_place import PlaceState
from kiosk.workflows.print_job import PrintState

# Filings that one step looks through.
_LOOKED_THROUGH: Final = 4_000

IN_LIST: Final[Select[Any]] = select(column("value")).select_from(func.json_each(bindparam("listed")))
_changes: Final = (
    select(request_changes.c.ordinal).where(request_changes.c.request_id == requests.c.request_id).correlate(requests)
)
_erasure: Final = (
    select(erasures.c.request_id).where(erasures.c.request_id == requests.c.request_id).correlate(requests)
)
_merging: Final = (
    select(merged_requests.c.request_id)
    .where(merged_requests.c.request_id == requests.c.request_id)
    .correlate(requests)
)
_state: Final = case(
    (_erasure.exists(), RequestState.ERASED.value),
    (_merging.exists(), RequestState.MERGED.value),
    (_changes.where(request_changes.c.kind == "withdrawn").exists(), RequestState.WITHDRAWN.value),
    else_=RequestState.OPEN.value,
)
_newest: Final = filings.alias("newest")
_ticket: Final = (
    select(print_jobs.c.state)
    .join_from(_newest, print_jobs, print_jobs.c.filing_id == _newest.c.filing_id)
    .where(_newest.c.request_id == requests.c.request_id)
    .order_by(_newest.c.ordinal.desc(), print_jobs.c.duplicate_number.desc())
    .limit(1)
    .correlate(requests)
    .scalar_subquery()
)
SHOWN: Final = (
    select(
        requests.c.request_id,
        requests.c.reference,
        requests.c.procedure,
        requests.c.received_at_ms,
        requests.c.received_on,
        requests.c.zone,
        requests.c.clock,
        filings.c.journal_seq,
        filings.c.language,
        filings.c.call_number,
        payloads.c.facts,
        _changes.exists(),
        _state,
        _ticket,
    )
    .join_from(filings, requests, (filings.c.request_id == requests.c.request_id) & (filings.c.ordinal == 1))
    .join(
        payloads,
        (payloads.c.origin == filings.c.origin) & (payloads.c.seq == filings.c.journal_seq),
        isouter=True,
    )
)
_PLACES: Final = Prepared(
    select(places.c.request_id, places.c.call_number, places.c.state).where(
        places.c.civil_date == bindparam("day"), places.c.request_id.in_(IN_LIST)
    )
)

_OURS: Final = filings.c.origin == bindparam("of_origin")
_BEFORE: Final = filings.c.journal_seq < bindparam("beyond")
_AFTER: Final = filings.c.journal_seq > bindparam("beyond")


def _wanted(name: str, value: Any) -> Any:
    """Whether a value is the wanted one; an empty one wants all."""
    return (bindparam(name) == "") | (value == bindparam(name))


_WANTED: Final = (
    _wanted("of_procedure", requests.c.procedure),
    _wanted("of_service", func.substr(filings.c.call_number, 1, 1)),
    _wanted("in_language", filings.c.language),
    _wanted("in_state", _state),
    _wanted("with_ticket", _ticket),
    (bindparam("first") == "") | (filings.c.filed_on >= bindparam("first")),
    (bindparam("last") == "") | (filings.c.filed_on <= bindparam("last")),
)
_NEWEST_FIRST: Final = Prepared(
    SHOWN.where(_OURS, _BEFORE, filings.c.journal_seq >= bindparam("bound"), *_WANTED)
    .order_by(filings.c.journal_seq.desc())
    .limit(bindparam("most"))
)
_OLDEST_FIRST: Final = Prepared(
    SHOWN.where(_OURS, _AFTER, filings.c.journal_seq <= bindparam("bound"), *_WANTED)
    .order_by(filings.c.journal_seq)
    .limit(bindparam("most"))
)
_STEP_BACK: Final = Prepared(
    select(filings.c.journal_seq)
    .where(_OURS, _BEFORE)
    .order_by(filings.c.journal_seq.desc())
    .limit(1)
    .offset(bindparam("steps"))
)
_STEP_ON: Final = Prepared(
    select(filings.c.journal_seq)
    .where(_OURS, _AFTER)
    .order_by(filings.c.journal_seq)
    .limit(1)
    .offset(bindparam("steps"))
)
_other: Final = filings.alias("other")
_FIRST_SINCE: Final = Prepared(
    select(func.min(filings.c.journal_seq)).where(
        filings.c.filed_on
        == select(func.min(_other.c.filed_on)).where(_other.c.filed_on >= bindparam("day")).scalar_subquery()
    )
)
_LAST_UNTIL: Final = Prepared(
    select(func.max(filings.c.journal_seq)).where(
        filings.c.filed_on
        == select(func.max(_other.c.filed_on)).where(_other.c.filed_on <= bindparam("day")).scalar_subquery()
    )
)
_DAY: Final = Prepared(select(filings.c.filed_on).where(_OURS, filings.c.journal_seq == bindparam("of_entry")))
# Entries are numbered from 1 on, and SQLite's whole numbers end above the other.
_BEFORE_ALL: Final = 0
_BEYOND_ALL: Final = 1 << 62


class ListingRows:
    """The :class:`kiosk.ports.finding.ListingTable` of one transaction; a place is the number of an entry."""

    def __init__(self, connection: Connection, origin: OriginId) -> None:
        self._connection, self._origin = connection, origin

    def step(
        self, wanted: RequestFilter, order: ListOrder, today: date, *, beyond: str | None, most: int
    ) -> ListedRows:
        """Return the next wanted requests."""
        ends = self._ends(wanted.first, wanted.last)
        if ends is None:
            return ListedRows((), None)
        lowest, highest = ends
        if order is ListOrder.NEWEST_FIRST:
            at = highest + 1 if beyond is None else _place_of(beyond)
            step = self._bound(_STEP_BACK, at)
            bound = lowest if step is None else max(step, lowest)
            return self._page(_NEWEST_FIRST, wanted, today, (at, bound, most), is_last=bound <= lowest)
        at = lowest - 1 if beyond is None else _place_of(beyond)
        step = self._bound(_STEP_ON, at)
        bound = highest if step is None else min(step, highest)
        return self._page(_OLDEST_FIRST, wanted, today, (at, bound, most), is_last=bound >= highest)

    def _ends(self, first: date | None, last: date | None) -> tuple[int, int] | None:
        """Return two numbers of entries that hold the filings of a period between them; None when there was none."""
        lowest = self._one(_FIRST_SINCE, first) if first else _BEFORE_ALL
        highest = self._one(_LAST_UNTIL, last) if last else _BEYOND_ALL
        return None if lowest is None or highest is None or lowest > highest else (lowest, highest)

    def _page(
        self, question: Prepared, wanted: RequestFilter, today: date, span: tuple[int, int, int], *, is_last: bool
    ) -> ListedRows:
        beyond, bound, most = span
        values = {"of_origin": self._origin, "beyond": beyond, "bound": bound, "most": most}
        found = question.rows(self._connection, values | _values_of(wanted))
        rows = rows_of(self._connection, found, today)
        if len(rows) == most:
            bound = rows[-1].seq
        elif is_last:
            return ListedRows(rows, None)
        return ListedRows(rows, str(bound), self._day_of(bound))

    def _bound(self, question: Prepared, beyond: int) -> int | None:
        values = {"of_origin": self._origin, "beyond": beyond, "steps": _LOOKED_THROUGH - 1}
        row = question.first(self._connection, values)
        return int(row[0]) if row else None

    def _day_of(self, seq: int) -> date | None:
        row = _DAY.first(self._connection, {"of_origin": self._origin, "of_entry": seq})
        return civil_date_of(row[0]) if row else None

    def _one(self, question: Prepared, day: date) -> int | None:
        row = question.first(self._connection, {"day": day.isoformat()})
        return None if row is None or row[0] is None else int(row[0])


def _place_of(beyond: str) -> int:
    if not beyond.isascii() or not beyond.isdecimal():
        raise InputError("beyond", "a place that a page of this list ended with")
    return int(beyond)


def rows_of(connection: Connection, found: Iterable[tuple[Any, ...]], today: date) -> Sequence[FoundRow]:
    """Return the rows of :data:`SHOWN` as values, each with its place of today."""
    found = list(found)
    values = {"day": today.isoformat(), "listed": json.dumps([row[0] for row in found])}
    standing = {row[0]: (row[1], PlaceState(row[2])) for row in _PLACES.rows(connection, values)}
    return [_row_of(row, *standing.get(row[0], ("", None))) for row in found]


def _row_of(row: tuple[Any, ...], call_number: str, place_state: PlaceState | None) -> FoundRow:
    request_id, reference, procedure, received_at_ms, received_on, zone, clock = row[:7]
    seq, language, first_call_number, document, has_changes, state, ticket = row[7:]
    asked: Mapping[str, JsonValue] = {} if document is None else asked_in(facts_of(document))
    permit, born = asked.get("permit_expires_on"), asked.get("birth_date")
    return FoundRow(
        request_id=RequestId(request_id),
        reference=reference,
        procedure=procedure,
        received=moment_of(received_at_ms, received_on, zone, clock),
        seq=seq,
        language=language,
        service=first_call_number[:1],
        state=RequestState(state),
        ticket=PrintState(ticket),
        applicant=_applicant_in(asked),
        permit_expires_on=civil_date_of(str(permit)) if permit else None,
        birth_date=PartialDate.parse(str(born)) if born else None,
        has_changes=bool(has_changes),
        call_number=call_number,
        place_state=place_state,
    )


def _applicant_in(asked: Mapping[str, JsonValue]) -> str:
    given_names = asked.get("given_names", ())
    names = (asked.get("birth_name", ""), *(given_names if isinstance(given_names, Sequence) else ()))
    return " ".join(filter(None, map(str, names)))


def _values_of(wanted: RequestFilter) -> dict[str, str]:
    return {
        "of_procedure": wanted.procedure,
        "of_service": wanted.service,
        "in_language": wanted.language,
        "in_state": wanted.state.value if wanted.state else "",
        "with_ticket": wanted.ticket.value if wanted.ticket else "",
        "first": wanted.first.isoformat() if wanted.first else "",
        "last": wanted.last.isoformat() if wanted.last else "",
    }
