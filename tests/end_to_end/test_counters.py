"""Eight counters, each a process of its own, call two thousand people: each once, in the stated order.

On the store of one kiosk, and at a hub on PostgreSQL, with the people of two kiosks.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from kiosk.domain.hall import PlaceId, Priority
from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from kiosk.store.system_clock import SystemClock
from kiosk.store.system_entropy import SystemEntropy
from kiosk.workflows.hall_place import Move, PlaceEvent
from sync.central.tables import hall_places
from tests.fakes.hall_programs import Call, called_at_once
from tests.fakes.halls import AHall, a_hall, filed_at_two_kiosks
from tests.fakes.kiosks import AKiosk
from tests.fakes.postgres import a_postgres, an_empty_database
from tests.fakes.requests import a_request_content
from tests.fakes.staff import an_account, signed_in
from tests.fakes.stores import a_store

PEOPLE: Final = 2_000
PROGRAMS: Final = 8
AT_HUB: Final = 800  # filed over HTTP and answered by PostgreSQL: as many as above take half a minute more
PRIORITIES: Final = range(400, AT_HUB, 20)


def test_each_is_called_once_and_in_the_stated_order(tmp_path: Path) -> None:
    """The order is that of the journal; no process gets a number that another one has."""
    kiosk = AKiosk(a_store(tmp_path), clock=SystemClock(), entropy=SystemEntropy())
    places = _filed(kiosk)
    chief = signed_in(kiosk.desk, "s.blanc", Role.SUPERVISOR)
    for rank in PRIORITIES:
        kiosk.desk.move(chief, places[rank], Move(PlaceEvent.PRIORITISED, priority=Priority.VULNERABLE))

    names = [an_account(kiosk.desk, f"agent.{number}") for number in range(PROGRAMS)]
    said = [[call.place_id for call in calls] for calls in called_at_once(tmp_path, names)]

    stated = _stated(places)
    assert sorted(place for each in said for place in each) == sorted(places)
    assert _called_in_the_journal(kiosk) == stated
    assert all(each == sorted(each, key=stated.index) for each in said)
    assert kiosk.verified().is_whole


def test_at_a_hub_each_is_called_once_and_in_the_stated_order(tmp_path: Path) -> None:
    """On PostgreSQL nobody waits to look: who is being called is passed over.

    So a call that began when another had ended is of somebody later in the stated order, whichever counters made them.
    """
    with a_postgres() as server, a_hall(tmp_path, database := an_empty_database(server)) as hall:
        places = filed_at_two_kiosks(tmp_path, hall, AT_HUB)
        chief = hall.sign_in("s.blanc", Role.SUPERVISOR)
        for rank in PRIORITIES:
            hall.desk.move(chief, places[rank], Move(PlaceEvent.PRIORITISED, priority=Priority.VULNERABLE))

        names = [hall.account(f"agent.{number}") for number in range(PROGRAMS)]
        calls = [call for each in called_at_once(tmp_path, names, hub=database) for call in each]

        assert sorted(call.place_id for call in calls) == sorted(places)
        assert sorted(_called_at(hall)) == sorted(places)
        assert list(_ahead_of_their_turn(calls, _stated(places))) == []
        assert hall.verified().is_whole


def _ahead_of_their_turn(calls: list[Call], stated: list[PlaceId]) -> Iterator[tuple[Call, int]]:
    """Yield each call of somebody who stands before one whose call had ended by then, with how far that one stands."""
    rank_of = {place_id: rank for rank, place_id in enumerate(stated)}
    ended = sorted(calls, key=lambda call: call.ended_s)
    furthest, at = -1, 0
    for call in sorted(calls, key=lambda call: call.began_s):
        while ended[at].ended_s < call.began_s:
            furthest = max(furthest, rank_of[ended[at].place_id])
            at += 1
        if rank_of[call.place_id] < furthest:
            yield call, furthest


def _called_at(hall: AHall) -> list[PlaceId]:
    with hall.centre.engine.connect() as connection:
        rows = connection.execute(sa.select(hall_places.c.request_id, hall_places.c.place_id)).tuples()
        of_request = {request_id: PlaceId(place_id) for request_id, place_id in rows}
    return [of_request[str(subject)] for subject in hall.own_entries(EntryType.PLACE_CALLED)]


def _filed(kiosk: AKiosk) -> list[PlaceId]:
    contents = (a_request_content(birth_name=f"N{n}", foreigner_number=None) for n in range(PEOPLE))
    return [PlaceId(kiosk.file(content).filing.filing_id) for content in contents]


def _stated(places: list[PlaceId]) -> list[PlaceId]:
    """Return the stated order: priorities, then arrival."""
    first = [places[rank] for rank in PRIORITIES]
    return first + [place for place in places if place not in set(first)]


def _called_in_the_journal(kiosk: AKiosk) -> list[PlaceId]:
    with kiosk.store.reading() as unit:
        calls = list(unit.journal.newest_of(EntryType.PLACE_CALLED))[::-1]
        days = {entry.civil_date for entry, _ in unit.journal.entries_after(0, 10)}
        of_request = {str(p.request_id): p.place_id for day in days for p in unit.places.of_day(day)}
    return [of_request[str(entry.subject)] for entry, _ in calls]
