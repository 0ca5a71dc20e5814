"""A site's hall, kept in the transaction that takes its kiosks' entries.

A filing opens a place. What a person does later at a kiosk, and what a kiosk's own staff did while the hub could not be
reached, moves it, by the same table as a move from a counter. A move that the table does not know of where the place
is by now changes nothing: the hub saw what came later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from kiosk.domain.call_number import parse_call_number
from kiosk.domain.hall import Outcome, PlaceId, Priority
from kiosk.domain.moment import ClockQuality, Moment, parse_instant
from kiosk.domain.request import RequestId
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.change_facts import ENTRY_OF
from kiosk.journal.entry import Entry, EntryType
from kiosk.ports.hall import Place
from kiosk.services.hall import ENTRY_OF_EVENT
from kiosk.workflows.hall_place import Move, PlaceEvent, PlaceState, Standing, UnexpectedPlaceEventError, after
from sync.central.context import CentreContext
from sync.central.desk.projection import TICKET_STATES
from sync.central.hall.places import HallPlaces, moved_values, number_changes, place_of
from sync.central.hall.site import HallSite
from sync.central.receiving.taking import Taken
from sync.central.receiving.writing import insert_once, is_one_of
from sync.central.tables import hall_places

_Facts = Mapping[str, JsonValue]
_KEPT: Final = timedelta(days=31)  # older days go when a new one begins; the evidence is in the journals
_EARLIEST: Final = timedelta(days=1)  # a backlog of last week opens nobody's place
_FILINGS: Final = (EntryType.REQUEST_FILED, EntryType.FILING_REPEATED)
_EVENT_OF: Final = {entry_type: event for event, entry_type in ENTRY_OF_EVENT.items()}
# Nothing moves, but the row shows something else.
_SHOWN: Final = frozenset({*TICKET_STATES, *ENTRY_OF.values(), EntryType.DATA_ERASED})
_TOLD: Final = frozenset({*_FILINGS, *_EVENT_OF, EntryType.PLACE_UNDONE, *_SHOWN})
_LONGEST: Final = {"filing_id": 64, "print_job_id": 64, "language": 16}


class KeepHall:
    """The :data:`sync.central.receiving.receive.Projection` of a hub with counters; before it, nothing may lock."""

    def __init__(self, centre: CentreContext, hall: HallSite) -> None:
        self._centre, self._hall = centre, hall

    def __call__(self, connection: sa.Connection, taken: Taken) -> None:
        """Open and move the places of which the new entries of a batch tell."""
        if not self._hall.takes(taken.head.origin):
            return
        now = Moment.of(self._centre.now(), self._hall.site.departement.timezone, ClockQuality.SYNCED)
        told = [
            (entry, facts or {})
            for entry, facts in taken.facts
            if entry.subject and entry.type in _TOLD and _is_of_late(entry, now.civil_date)
        ]
        if told:
            day = _Day(connection, taken, now)
            day.read({str(entry.subject) for entry, _ in told})
            for entry, facts in told:
                day.tell(entry, facts)
            day.keep(self._centre)


def number_hall_changes(connection: sa.Connection, taken: Taken) -> None:
    """Number what a batch changed in the hall: the last projection of all, see :func:`number_changes`."""
    number_changes(connection, taken.hall)


@dataclass
class _Arrived:
    """A place, and what stands beside it in its row."""

    place: Place
    language: str
    print_job_id: str
    is_new: bool = False


class _Day:
    """What one batch changes in the hall."""

    def __init__(self, connection: sa.Connection, taken: Taken, now: Moment) -> None:
        self._connection, self._taken, self._now = connection, taken, now
        self._origin = taken.head.origin
        self._by_request: dict[str, _Arrived] = {}
        self._places = HallPlaces(connection, locks=True, touched=taken.hall)

    def read(self, request_ids: set[str]) -> None:
        """Read and lock the newest place of each request, always in the same order."""
        query = (
            sa.select(hall_places)
            .where(
                is_one_of(self._connection, hall_places.c.request_id, sorted(request_ids)),
                hall_places.c.origin == self._origin,
                hall_places.c.civil_date >= (self._now.civil_date - _EARLIEST).isoformat(),
            )
            .order_by(hall_places.c.civil_date, hall_places.c.place_id)
            .with_for_update()
        )
        for row in self._connection.execute(query):
            self._by_request[row.request_id] = _Arrived(place_of(row), row.language, row.print_job_id)

    def tell(self, entry: Entry, facts: _Facts) -> None:
        """Do what one entry says."""
        kind = EntryType(entry.type)
        if kind in _FILINGS:
            self._filed(entry, facts)
            return
        arrived = self._by_request.get(str(entry.subject))
        if arrived is None:
            return
        self._taken.hall.setdefault(arrived.place.place_id, False)
        if kind is EntryType.REQUEST_WITHDRAWN:
            self._move(arrived, entry, Move(PlaceEvent.WITHDRAWN, outcome=Outcome.WITHDRAWN), by="")
        elif kind is EntryType.PLACE_UNDONE:
            self._undo(arrived, entry, facts)
        elif kind in _EVENT_OF and (move := _move_of(_EVENT_OF[kind], facts)) is not None:
            self._move(arrived, entry, move, by=f"{facts.get('agent', '')}@{self._origin}")

    def keep(self, centre: CentreContext) -> None:
        """Write the new places; what moved is written already."""
        new = [arrived for arrived in self._by_request.values() if arrived.is_new]
        if not new:
            return
        self._forget_old_days()
        self._note_numbers_given_twice(centre, new)
        insert_once(self._connection, hall_places, [_row(arrived, self._origin) for arrived in new])

    def _filed(self, entry: Entry, facts: _Facts) -> None:
        opened = self._opened(entry, facts)
        if opened is None:
            return
        arrived = self._by_request.get(str(entry.subject))
        same_day = arrived is not None and arrived.place.civil_date == opened.place.civil_date
        if arrived is None or not same_day:
            self._by_request[str(entry.subject)] = opened
        elif entry.type == EntryType.FILING_REPEATED and arrived.place.call_number == opened.place.call_number:
            arrived.language, arrived.print_job_id = opened.language, opened.print_job_id
            if not arrived.is_new:
                self._keep_beside(arrived)
            self._move(arrived, entry, Move(PlaceEvent.FILED_AGAIN), by="")
        self._taken.hall.setdefault(self._by_request[str(entry.subject)].place.place_id, False)

    def _opened(self, entry: Entry, facts: _Facts) -> _Arrived | None:
        """Return the place that a filing opens; None where its facts were erased, or are in another form."""
        content = facts.get("content")
        said = {**facts, "language": content.get("language") if isinstance(content, Mapping) else None}
        try:
            service, _ = parse_call_number(str(facts.get("call_number")))
            filed_at = parse_instant(str(facts.get("filed_at")))
        except (InputError, ValueError):
            return None
        known = {name: value for name, most in _LONGEST.items() if (value := _short(said.get(name), most))}
        if len(known) < len(_LONGEST):
            return None
        place = Place(
            place_id=PlaceId(known["filing_id"]),
            request_id=RequestId(str(entry.subject)),
            civil_date=self._day_of(entry),
            call_number=str(facts["call_number"])[:16],
            arrival=_arrival(entry, filed_at, parse_instant(self._taken.received_at)),
            standing=Standing(PlaceState.WAITING, service),
            changed_at=filed_at,
        )
        return _Arrived(place, known["language"], known["print_job_id"], is_new=True)

    def _day_of(self, entry: Entry) -> date:
        """Return the day of an entry; whoever files at a kiosk whose clock is wrong waits in today's hall."""
        is_wrong = entry.clock is ClockQuality.SUSPECT or entry.civil_date > self._now.civil_date
        return self._now.civil_date if is_wrong else entry.civil_date

    def _move(self, arrived: _Arrived, entry: Entry, move: Move, *, by: str) -> None:
        try:
            standing = after(arrived.place.standing, move)
        except UnexpectedPlaceEventError:
            return
        self._stand(arrived, entry, standing, by=by, before=arrived.place.standing if by else None)

    def _undo(self, arrived: _Arrived, entry: Entry, facts: _Facts) -> None:
        before = arrived.place.before
        is_of_here = arrived.place.changed_by.endswith(f"@{self._origin}")
        if before is not None and is_of_here and before.state.value == facts.get("to"):
            self._stand(arrived, entry, before, by=arrived.place.changed_by, before=None)

    def _stand(self, arrived: _Arrived, entry: Entry, standing: Standing, *, by: str, before: Standing | None) -> None:
        if standing == arrived.place.standing:
            return
        arrived.place = replace(
            arrived.place,
            standing=standing,
            revision=arrived.place.revision + 1,
            changed_at=entry.recorded_at,
            changed_by=by[:80].replace("\0", ""),
            before=before,
        )
        if not arrived.is_new:
            self._places.change(arrived.place)

    def _keep_beside(self, arrived: _Arrived) -> None:
        beside = {"language": arrived.language, "print_job_id": arrived.print_job_id}
        mine = hall_places.c.place_id == arrived.place.place_id
        self._connection.execute(sa.update(hall_places).where(mine).values(beside))

    def _forget_old_days(self) -> None:
        oldest = (self._now.civil_date - _KEPT).isoformat()
        self._connection.execute(sa.delete(hall_places).where(hall_places.c.civil_date < oldest))

    def _note_numbers_given_twice(self, centre: CentreContext, new: list[_Arrived]) -> None:
        """Write down a number that another kiosk gave today: the kiosks' ranks are set wrongly."""
        numbers = {(each.place.civil_date.isoformat(), each.place.call_number) for each in new}
        query = sa.select(hall_places.c.call_number, hall_places.c.origin).where(
            is_one_of(self._connection, hall_places.c.call_number, sorted({number for _, number in numbers})),
            hall_places.c.civil_date.in_(sorted({day for day, _ in numbers})),
            hall_places.c.origin != self._origin,
        )
        for number, origin in self._connection.execute(query).tuples().all():
            facts: dict[str, JsonValue] = {
                "kind": "call_number_given_twice",
                "call_number": number,
                "origins": sorted((origin, self._origin)),
            }
            centre.journal.append(self._connection, EntryType.INCIDENT, facts)


def _is_of_late(entry: Entry, today: date) -> bool:
    """Whether an entry may be about today's hall; what a wrong clock says of the day counts for nothing."""
    return entry.clock is ClockQuality.SUSPECT or entry.civil_date >= today - _EARLIEST


def _arrival(entry: Entry, filed_at: datetime, received_at: datetime) -> int:
    """Return since when somebody waits, in milliseconds: never later than the hub heard of it.

    A clock that is wrong gets nobody ahead: of its filings only the hour at which the hub heard of them is known.
    """
    at = received_at if entry.clock is ClockQuality.SUSPECT else min(filed_at, received_at)
    return round(at.timestamp() * 1000)


def _short(value: object, most: int) -> str:
    """Return a text that fits its column, else nothing."""
    return value if isinstance(value, str) and len(value) <= most and "\0" not in value else ""


def _move_of(event: PlaceEvent, facts: _Facts) -> Move | None:
    """Return the move that a kiosk's own entry tells; None in a form that this hub does not know."""

    def text(name: str) -> str:
        return str(facts.get(name, ""))[:12].replace("\0", "")

    try:
        match event:
            case PlaceEvent.CALLED:
                return Move(event, counter=text("counter"))
            case PlaceEvent.FINISHED:
                return Move(event, outcome=Outcome(str(facts.get("outcome"))))
            case PlaceEvent.HANDED_OVER:
                return Move(event, service=text("to_service")[:1], counter=text("to_counter"))
            case PlaceEvent.PRIORITISED:
                return Move(event, priority=Priority(str(facts.get("priority"))))
            case _:
                return Move(event)
    except (InputError, ValueError):
        return None


def _row(arrived: _Arrived, origin: str) -> dict[str, object]:
    place = arrived.place
    return {
        "place_id": place.place_id,
        "request_id": place.request_id[:64],
        "origin": origin,
        "civil_date": place.civil_date.isoformat(),
        "call_number": place.call_number,
        "arrival": place.arrival,
        "language": arrived.language,
        "print_job_id": arrived.print_job_id,
        **moved_values(place),
        "change": 0,
    }
