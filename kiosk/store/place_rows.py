"""The places of the hall as rows; who is next is one look at an index that holds only people who wait."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Integer, and_, bindparam, column, func, insert, or_, select, text, update

from kiosk.domain.hall import CALLING_ORDER, Outcome, PlaceId, Priority
from kiosk.domain.request import FiledRequest, RequestId
from kiosk.ports.hall import Place
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import civil_date_of, instant_ms, instant_of
from kiosk.store.tables import WAITING_PLACE, filings, places
from kiosk.workflows.hall_place import PlaceState, Standing, standing_from_json

_INSERT: Final = Prepared(insert(places))
_ONE: Final = Prepared(select(places).where(places.c.place_id == bindparam("place_id")))
_BY_NUMBER: Final = Prepared(
    select(places).where(places.c.civil_date == bindparam("day"), places.c.call_number == bindparam("number"))
)
_OF_DAY: Final = Prepared(select(places).where(places.c.civil_date == bindparam("day")))
_OFFERED: Final = places.c.service.in_(select(column("value")).select_from(func.json_each(bindparam("services"))))
_NEXT: Final = Prepared(
    select(places)
    .where(
        text(WAITING_PLACE),
        places.c.civil_date == bindparam("day"),
        or_(
            places.c.wanted_counter == bindparam("at_counter"),
            and_(places.c.wanted_counter == "", or_(bindparam("any_service", type_=Integer) == 1, _OFFERED)),
        ),
    )
    .order_by(*(places.c[name] for name in CALLING_ORDER))
    .limit(1)
)
_BEFORE: Final = Prepared(
    select(func.count())
    .select_from(places)
    .where(
        text(WAITING_PLACE),
        places.c.civil_date == bindparam("day"),
        places.c.service == bindparam("of_service"),
        places.c.wanted_counter == "",
        or_(
            places.c.queue_class < bindparam("class"),
            and_(places.c.queue_class == bindparam("class"), places.c.arrival < bindparam("came")),
        ),
    )
)
_LANGUAGE: Final = Prepared(
    select(filings.c.language)
    .where(filings.c.filed_on == bindparam("day"), filings.c.call_number == bindparam("number"))
    .order_by(filings.c.earlier_visits_of_day.desc())
    .limit(1)
)
_LANGUAGES_WAITING: Final = Prepared(
    select(filings.c.language)
    .distinct()
    .join_from(places, filings, filings.c.filing_id == places.c.place_id)
    .where(text(WAITING_PLACE), places.c.civil_date == bindparam("day"))
)
_MOVED: Final = (
    "state",
    "service",
    "queue_class",
    "priority",
    "counter",
    "wanted_counter",
    "calls",
    "outcome",
    "revision",
    "changed_at_ms",
    "changed_by",
    "before",
)
_CHANGE: Final = Prepared(
    update(places)
    .where(places.c.place_id == bindparam("of_place"), places.c.revision == bindparam("read_revision"))
    .values({name: bindparam(f"new_{name}") for name in _MOVED})
)


class PlaceRows:
    """The :class:`kiosk.ports.hall.PlaceTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, place: Place) -> None:
        """Open a place."""
        _INSERT.run(
            self._connection,
            {
                "place_id": place.place_id,
                "request_id": place.request_id,
                "civil_date": place.civil_date.isoformat(),
                "call_number": place.call_number,
                "arrival": place.arrival,
                **_moved(place),
            },
        )

    def get(self, place_id: PlaceId) -> Place | None:
        """Return a place, None when there is none."""
        return _place_or_none(_ONE.first(self._connection, {"place_id": place_id}))

    def held_by(self, request: FiledRequest) -> Place | None:
        """Return the place of the newest filing of a request."""
        filing = request.latest_filing
        return self.by_call_number(filing.filed.civil_date, filing.call_number)

    def by_call_number(self, civil_date: date, call_number: str) -> Place | None:
        """Return the place of a number of a day."""
        values = {"day": civil_date.isoformat(), "number": call_number}
        return _place_or_none(_BY_NUMBER.first(self._connection, values))

    def next_waiting(self, civil_date: date, counter: str, services: Collection[str]) -> Place | None:
        """Return who is next at a counter, by the stated order."""
        values = {
            "day": civil_date.isoformat(),
            "at_counter": counter,
            "any_service": int(not services),
            "services": json.dumps(sorted(services)),
        }
        return _place_or_none(_NEXT.first(self._connection, values))

    def waiting_before(self, place: Place) -> int:
        """Return how many people of the same service wait before a place, by the stated order."""
        values = {
            "day": place.civil_date.isoformat(),
            "of_service": place.standing.service,
            "class": place.standing.priority.queue_class,
            "came": place.arrival,
        }
        return int(_BEFORE.rows(self._connection, values)[0][0])

    def change(self, changed: Place) -> bool:
        """Keep a place as it is after a move; tell whether nobody else moved it meanwhile."""
        moved = {f"new_{name}": value for name, value in _moved(changed).items()}
        key = {"of_place": changed.place_id, "read_revision": changed.revision - 1}
        return _CHANGE.run(self._connection, moved | key) == 1

    def of_day(self, civil_date: date) -> Sequence[Place]:
        """Return the places of a day, in order of arrival."""
        rows = _OF_DAY.rows(self._connection, {"day": civil_date.isoformat()})
        return sorted(map(_place_of, rows), key=lambda place: place.arrival)

    def language_of(self, place: Place) -> str:
        """Return the code of the language of the newest filing with a place's number."""
        values = {"day": place.civil_date.isoformat(), "number": place.call_number}
        return str(_LANGUAGE.rows(self._connection, values)[0][0])

    def languages_waiting(self, civil_date: date) -> Sequence[str]:
        """Return the codes of the languages of those who wait, each once."""
        rows = _LANGUAGES_WAITING.rows(self._connection, {"day": civil_date.isoformat()})
        return sorted(str(language) for (language,) in rows)


def _moved(place: Place) -> dict[str, Any]:
    return place.moved_columns() | {"changed_at_ms": instant_ms(place.changed_at)}


def _place_or_none(row: Sequence[Any] | None) -> Place | None:
    return None if row is None else _place_of(row)


def _place_of(row: Sequence[Any]) -> Place:
    place_id, request_id, civil_date, call_number, arrival, state, service, _, priority = row[:9]
    counter, wanted_counter, calls, outcome, revision, changed_at_ms, changed_by, before = row[9:]
    return Place(
        place_id=PlaceId(place_id),
        request_id=RequestId(request_id),
        civil_date=civil_date_of(civil_date),
        call_number=call_number,
        arrival=arrival,
        standing=Standing(
            state=PlaceState(state),
            service=service,
            priority=Priority(priority),
            counter=counter,
            wanted_counter=wanted_counter,
            calls=calls,
            outcome=Outcome(outcome) if outcome else None,
        ),
        changed_at=instant_of(changed_at_ms),
        revision=revision,
        changed_by=changed_by,
        before=standing_from_json(json.loads(before)) if before else None,
    )
