"""What a site's displays show: the newest calls of its hall, and whether the day is over. Nobody's name is read."""

import json
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from kiosk.domain.moment import parse_instant
from kiosk.journal.closure import ClosureKind, closure_of
from kiosk.journal.entry import EntryType
from kiosk.ports.call_board import CallBoard, HallCall
from kiosk.services.call_board import CALLS_SHOWN
from kiosk.workflows.hall_place import PlaceState
from sync.central.hall.places import HallPlaces
from sync.central.tables import entries, hall_places, payloads

_NEWEST_CLOSURES: Final = 50
_PLACE: Final = hall_places.c


def board_of(connection: sa.Connection, today: date) -> CallBoard:
    """Return the hall of a day, for everybody to see."""
    calls = _standing_calls(connection, today)
    closed_at = _closed_at(connection, today)
    return CallBoard(
        calls=calls,
        waiting_languages=tuple(HallPlaces(connection, locks=False).languages_waiting(today)),
        is_closed=closed_at is not None and not any(call.called_at >= closed_at for call in calls),
    )


def _standing_calls(connection: sa.Connection, today: date) -> tuple[HallCall, ...]:
    """Return the last call of each place that does not wait again, newest first."""
    columns = (_PLACE.called, _PLACE.call_number, _PLACE.counter, _PLACE.called_at, _PLACE.calls, _PLACE.language)
    query = (
        sa.select(*columns)
        .where(_PLACE.civil_date == today.isoformat(), _PLACE.called.is_not(None))
        .where(_PLACE.counter != "", _PLACE.state != PlaceState.WAITING.value)
        .order_by(_PLACE.called.desc(), _PLACE.place_id)
        .limit(CALLS_SHOWN)
    )
    return tuple(
        HallCall(seq, number, counter, parse_instant(called_at), times, language)
        for seq, number, counter, called_at, times, language in connection.execute(query)
    )


def _closed_at(connection: sa.Connection, today: date) -> datetime | None:
    """Return when the last kiosk of the hall closed its day; None while one with visitors of today has not."""
    kiosks = set(
        connection.execute(sa.select(_PLACE.origin).distinct().where(_PLACE.civil_date == today.isoformat())).scalars()
    )
    beside = sa.and_(payloads.c.stream == entries.c.stream, payloads.c.seq == entries.c.seq)
    query = (
        sa.select(entries.c.origin, entries.c.recorded_at, payloads.c.facts)
        .join(payloads, beside)
        .where(entries.c.type == EntryType.CLOSURE_MADE.value, entries.c.fault.is_(None))
        .order_by(entries.c.recorded_at.desc())
        .limit(_NEWEST_CLOSURES)
    )
    closed = {
        origin: parse_instant(recorded_at)
        for origin, recorded_at, facts in connection.execute(query)
        if origin in kiosks and _is_of_day(facts, today)
    }
    return max(closed.values()) if kiosks and kiosks <= closed.keys() else None


def _is_of_day(facts: str, today: date) -> bool:
    try:
        closure = closure_of(json.loads(facts))
    except ValueError:
        return False
    return closure.kind is ClosureKind.DAY and closure.period == today.isoformat()
