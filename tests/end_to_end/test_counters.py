"""Eight counters, each a process of its own, call two thousand people on one store: each once, in the stated order."""

from pathlib import Path
from typing import Final

from kiosk.domain.hall import PlaceId, Priority
from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from kiosk.store.system_clock import SystemClock
from kiosk.store.system_entropy import SystemEntropy
from kiosk.workflows.hall_place import Move, PlaceEvent
from tests.fakes.hall_programs import GO, start
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import a_request_content
from tests.fakes.staff import an_account, signed_in
from tests.fakes.stores import a_store

PEOPLE: Final = 2_000
PROGRAMS: Final = 8
PRIORITIES: Final = range(1_000, PEOPLE, 50)


def test_each_is_called_once_and_in_the_stated_order(tmp_path: Path) -> None:
    """The order is that of the journal; no process gets a number that another one has."""
    kiosk = AKiosk(a_store(tmp_path), clock=SystemClock(), entropy=SystemEntropy())
    places = _filed(kiosk)
    chief = signed_in(kiosk.desk, "s.blanc", Role.SUPERVISOR)
    for rank in PRIORITIES:
        kiosk.desk.move(chief, places[rank], Move(PlaceEvent.PRIORITISED, priority=Priority.VULNERABLE))

    said = _called_by_programs(tmp_path, kiosk)

    first = [places[rank] for rank in PRIORITIES]
    stated = first + [place for place in places if place not in set(first)]
    assert sorted(place for each in said for place in each) == sorted(places)
    assert _called_in_the_journal(kiosk) == stated
    assert all(each == sorted(each, key=stated.index) for each in said)
    assert kiosk.verified().is_whole


def _filed(kiosk: AKiosk) -> list[PlaceId]:
    contents = (a_request_content(birth_name=f"N{n}", foreigner_number=None) for n in range(PEOPLE))
    return [PlaceId(kiosk.file(content).filing.filing_id) for content in contents]


def _called_by_programs(folder: Path, kiosk: AKiosk) -> list[list[PlaceId]]:
    names = [an_account(kiosk.desk, f"agent.{number}") for number in range(PROGRAMS)]
    programs = [start(folder, name) for name in names]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    (folder / GO).touch()
    said = [program.communicate(timeout=100)[0].splitlines() for program in programs]
    assert [program.returncode for program in programs] == [0] * PROGRAMS
    return [[PlaceId(line.split()[0]) for line in lines] for lines in said]


def _called_in_the_journal(kiosk: AKiosk) -> list[PlaceId]:
    with kiosk.store.reading() as unit:
        calls = list(unit.journal.newest_of(EntryType.PLACE_CALLED))[::-1]
        days = {entry.civil_date for entry, _ in unit.journal.entries_after(0, 10)}
        of_request = {str(p.request_id): p.place_id for day in days for p in unit.places.of_day(day)}
    return [of_request[str(entry.subject)] for entry, _ in calls]
