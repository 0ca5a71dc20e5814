"""The places of a site's hall as rows of the hub.

On PostgreSQL whoever looks who is next locks the row that is found and passes over rows that others hold, so that
counters never wait for each other to look; SQLite has one writer anyway.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from kiosk.domain.hall import CALLING_ORDER, Outcome, PlaceId, Priority
from kiosk.domain.moment import instant_text, parse_instant
from kiosk.domain.request import FiledRequest, RequestId
from kiosk.ports.hall import Place
from kiosk.workflows.hall_place import PlaceState, Standing, standing_from_json
from sync.central.tables import WAITING_PLACE, hall_changes, hall_places

Found = sa.Row[Any]
_ALL: Final = sa.select(hall_places)
# Counters wait for each other here: nothing is put together anew each time.
_COLUMNS_MOVED: Final = (
    *("state", "service", "queue_class", "priority", "counter", "wanted_counter", "calls", "outcome", "revision"),
    *("changed_at", "changed_by", "before"),
)
_MOVED: Final = (
    sa.update(hall_places)
    .where(hall_places.c.place_id == sa.bindparam("of"), hall_places.c.revision == sa.bindparam("known"))
    .values({name: sa.bindparam(name) for name in _COLUMNS_MOVED})
)
_CALLED: Final = _MOVED.values(called_at=sa.bindparam("changed_at"))
_ORDER: Final = tuple(hall_places.c[name] for name in CALLING_ORDER)


def _next_where(for_here: sa.ColumnElement[bool]) -> sa.Select[Any]:
    query = _ALL.where(hall_places.c.civil_date == sa.bindparam("day"), sa.text(WAITING_PLACE), for_here)
    return query.order_by(*_ORDER, hall_places.c.place_id).limit(1).with_for_update(skip_locked=True)


_WANTED_HERE: Final = hall_places.c.wanted_counter == sa.bindparam("at")
_WANTED_NOWHERE: Final = hall_places.c.wanted_counter == ""
_IS_OFFERED: Final = hall_places.c.service.in_(sa.bindparam("offered", expanding=True))
_NEXT: Final = _next_where(sa.or_(_WANTED_HERE, _WANTED_NOWHERE))
_NEXT_OF: Final = _next_where(sa.or_(_WANTED_HERE, sa.and_(_WANTED_NOWHERE, _IS_OFFERED)))
_NUMBER: Final = sa.update(hall_changes).values(last=hall_changes.c.last + 1)
_NUMBERED: Final = (
    sa.update(hall_places)
    .where(hall_places.c.place_id.in_(sa.bindparam("places", expanding=True)))
    .values(change=sa.select(hall_changes.c.last).scalar_subquery())
)
_CALL_NUMBERED: Final = _NUMBERED.values(called=sa.select(hall_changes.c.last).scalar_subquery())


@dataclass
class HallPlaces:
    """The :class:`kiosk.ports.desk_units.CalledPlaces` of one transaction at a hub.

    Attributes:
        connection: of the transaction.
        locks: whether what is read may be changed, so that others wait for it or pass it over.
        touched: places that were changed, and whether their number was called: :func:`number_changes` wants them.
    """

    connection: sa.Connection
    locks: bool
    touched: dict[str, bool] = field(default_factory=dict)

    def get(self, place_id: PlaceId) -> Place | None:
        """Return a place, None when there is none."""
        return self._one(_ALL.where(hall_places.c.place_id == place_id))

    def held_by(self, request: FiledRequest) -> Place | None:
        """Return the newest place of a request, at whichever number: two kiosks may have given one."""
        query = _ALL.where(hall_places.c.request_id == request.request_id)
        return self._one(query.order_by(hall_places.c.civil_date.desc()).limit(1))

    def next_waiting(self, civil_date: date, counter: str, services: Collection[str]) -> Place | None:
        """Return who is next at a counter, by the stated order; who is being called elsewhere is passed over."""
        asked: dict[str, object] = {"day": civil_date.isoformat(), "at": counter}
        if services:
            row = self.connection.execute(_NEXT_OF, asked | {"offered": sorted(services)}).one_or_none()
        else:
            row = self.connection.execute(_NEXT, asked).one_or_none()
        return None if row is None else place_of(row)

    def waiting_before(self, place: Place) -> int:
        """Return how many people of the same service wait before a place, by the stated order."""
        own = (place.standing.priority.queue_class, place.arrival)
        query = (
            sa.select(sa.func.count())
            .select_from(hall_places)
            .where(
                sa.text(WAITING_PLACE),
                hall_places.c.civil_date == place.civil_date.isoformat(),
                hall_places.c.service == place.standing.service,
                hall_places.c.wanted_counter == "",
                sa.tuple_(*_ORDER) < sa.tuple_(*map(sa.literal, own)),
            )
        )
        return int(self.connection.execute(query).scalar_one())

    def change(self, changed: Place) -> bool:
        """Keep a place as it is after a move; tell whether nobody else moved it meanwhile."""
        is_called = changed.before is not None and changed.standing.calls > changed.before.calls
        values = moved_values(changed) | {"of": changed.place_id, "known": changed.revision - 1}
        done = self.connection.execute(_CALLED if is_called else _MOVED, values)
        if done.rowcount == 1:
            self.touched[changed.place_id] = is_called or self.touched.get(changed.place_id, False)
        return done.rowcount == 1

    def of_day(self, civil_date: date) -> Sequence[Place]:
        """Return the places of a day, in order of arrival."""
        return self.changed_after(civil_date, -1)

    def changed_after(self, civil_date: date, change: int) -> Sequence[Place]:
        """Return the places of a day of which something changed after a number of :func:`last_change`."""
        query = _of_day(civil_date).where(hall_places.c.change > change)
        query = query.order_by(hall_places.c.arrival, hall_places.c.place_id)
        return [place_of(row) for row in self.connection.execute(query)]

    def order_of(self, civil_date: date) -> Sequence[PlaceId]:
        """Return the identifiers of the places of a day, in order of arrival."""
        query = sa.select(hall_places.c.place_id).where(hall_places.c.civil_date == civil_date.isoformat())
        query = query.order_by(hall_places.c.arrival, hall_places.c.place_id)
        return [PlaceId(place_id) for place_id in self.connection.execute(query).scalars()]

    def languages_waiting(self, civil_date: date) -> Sequence[str]:
        """Return the codes of the languages of those who wait, each once."""
        query = sa.select(hall_places.c.language).distinct()
        query = query.where(sa.text(WAITING_PLACE), hall_places.c.civil_date == civil_date.isoformat())
        return sorted(self.connection.execute(query).scalars())

    def _one(self, query: sa.Select[Any]) -> Place | None:
        row = self.connection.execute(query.with_for_update() if self.locks else query).one_or_none()
        return None if row is None else place_of(row)


def _of_day(civil_date: date) -> sa.Select[Any]:
    return _ALL.where(hall_places.c.civil_date == civil_date.isoformat())


def last_change(connection: sa.Connection) -> int:
    """Return how many changes the hall saw; whoever knows this number asks for what came after it."""
    return int(connection.execute(sa.select(hall_changes.c.last)).scalar_one())


def number_changes(connection: sa.Connection, touched: Mapping[str, bool]) -> None:
    """Give changed places the next number, at the very end of a transaction.

    From here to the commit the hall's one counter is held, so that numbers become visible in their order: a reader
    who has seen one misses none before it. It comes last so that nobody who holds it waits for anybody.

    Args:
        connection: of the transaction.
        touched: places, and whether their number was called.
    """
    if not touched:
        return
    connection.execute(_NUMBER)
    for numbered, is_called in ((_NUMBERED, False), (_CALL_NUMBERED, True)):
        places = [place_id for place_id, was_called in touched.items() if was_called is is_called]
        if places:
            connection.execute(numbered, {"places": places})


def moved_values(place: Place) -> dict[str, Any]:
    """Return the columns that a move changes."""
    return place.moved_columns() | {"changed_at": instant_text(place.changed_at)}


def place_of(row: Found) -> Place:
    """Return the place that a row of the whole table holds."""
    return Place(
        place_id=PlaceId(row.place_id),
        request_id=RequestId(row.request_id),
        civil_date=date.fromisoformat(row.civil_date),
        call_number=row.call_number,
        arrival=row.arrival,
        standing=Standing(
            state=PlaceState(row.state),
            service=row.service,
            priority=Priority(row.priority),
            counter=row.counter,
            wanted_counter=row.wanted_counter,
            calls=row.calls,
            outcome=Outcome(row.outcome) if row.outcome else None,
        ),
        changed_at=parse_instant(row.changed_at),
        revision=row.revision,
        changed_by=row.changed_by,
        before=standing_from_json(json.loads(row.before)) if row.before else None,
    )
