"""The figures of a hall at its hub are those that a kiosk counts of the same people, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.figures import Ending, Figures, FiguresPeriod, PeriodKind, Waits
from kiosk.domain.hall import Outcome
from kiosk.domain.moment import ClockQuality
from kiosk.domain.request import Attempt, AttemptOutcome
from kiosk.domain.request_change import Completion
from kiosk.domain.staff import Role
from kiosk.errors import HubLostError, NotAllowedError, NotSignedInError
from kiosk.ports.desk import StaffSession
from kiosk.ports.staff_figures import FiguresDesk, FiguresSpan
from kiosk.services.record_change import ChangeOrder
from kiosk.workflows.hall_place import Move, PlaceEvent
from sync.central.erasure.erase import erase_by_reference
from sync.central.hall.figures import period_figures
from sync.central.hall.unit import units_of
from sync.central.tables import hall_places
from sync.client.hub_figures import HttpFigures
from sync.client.hub_link import HubLink
from tests.fakes.hall_days import FRIDAY, ADay, a_friday
from tests.fakes.halls import A_HALL, AHall, AHubAtWork, a_hall, a_hub_at_work, a_kiosk_of_the_site
from tests.fakes.requests import a_request_content
from tests.fakes.workplaces import at_hub, followed


def counted(hall: AHall, kind: PeriodKind = PeriodKind.DAY, day: date = FRIDAY) -> Figures:
    """Return the figures of the hub."""
    return period_figures(hall.bench)(FiguresPeriod.around(kind, day))


def parts_of(figures: Figures) -> dict[str, object]:
    """Return figures by their names, for a difference that can be read."""
    return {name: getattr(figures, name) for name in Figures.__slots__}


@pytest.fixture
def day(tmp_path: Path) -> Iterator[ADay]:
    """Four people on Friday, as a kiosk's own staff served them."""
    found = a_friday(tmp_path)
    yield found
    found.kiosk.store.close()


@pytest.fixture
def hall(tmp_path: Path, day: ADay) -> Iterator[AHall]:
    """A hub on the same clock."""
    with a_hall(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}", now=lambda: day.clock.utc) as hall:
        yield hall


@pytest.fixture
def hall_on_each(tmp_path: Path, database: str, day: ADay) -> Iterator[AHall]:
    """A hub on the same clock, on each kind of database."""
    with a_hall(tmp_path, database, now=lambda: day.clock.utc) as hall:
        yield hall


def test_a_hub_counts_what_a_kiosk_counts(day: ADay, hall_on_each: AHall) -> None:
    """Also of days of which the hub never held the places, and of weeks and months."""
    tried = [Attempt(on, AttemptOutcome.NO_SLOT) for on in (date(2026, 11, 9), date(2026, 11, 11), date(2026, 11, 4))]
    filed = day.kiosk.file(a_request_content(birth_name="EVE", attempts=tried, permit_expires_on=date(2026, 11, 1)))
    later = Completion(attempts=(Attempt(date(2026, 11, 25), AttemptOutcome.ERROR_PAGE),))
    day.kiosk.complete(ChangeOrder(filed.request.reference, "tap", "fr"), later)
    gone = day.kiosk.file(a_request_content(birth_name="FAY"))
    day.kiosk.withdraw(ChangeOrder(gone.request.reference, "tap 2", "fr"))
    hall_on_each.take(day.kiosk)

    for kind, on in (
        (PeriodKind.DAY, FRIDAY),
        (PeriodKind.DAY, date(2026, 11, 23)),
        (PeriodKind.DAY, date(2026, 11, 20)),
        (PeriodKind.DAY, date(2026, 11, 21)),
        (PeriodKind.WEEK, FRIDAY),
        (PeriodKind.MONTH, FRIDAY),
        (PeriodKind.MONTH, date(2026, 10, 1)),
    ):
        assert parts_of(counted(hall_on_each, kind, on)) == parts_of(day.figures(kind, on)), (kind, on)


def test_what_the_hub_s_counters_do_is_counted(day: ADay, hall: AHall) -> None:
    """Two kiosks, a call that is taken back, one who is not there, one who withdrew; the others still wait."""
    hall.take(day.kiosk)
    day.at(30, "9:00")
    day.clock.quality = ClockQuality.SYNCED
    other = a_kiosk_of_the_site(day.folder / "b1")
    other.clock = day.clock
    for name in ("GUS", "HAL"):
        other.file(a_request_content(birth_name=name, foreigner_number=None))
    day.comes("IDA", language="ar")
    gone = day.kiosk.file(a_request_content(birth_name="JAN", foreigner_number=None))
    hall.take(other)
    hall.take(day.kiosk)
    token = hall.sign_in()
    day.at(30, "9:10")
    day.kiosk.withdraw(ChangeOrder(gone.request.reference, "tap", "fr"))
    hall.take(day.kiosk)
    undone = hall.desk.call_next(token)
    assert undone is not None
    hall.desk.undo(token, undone)
    day.at(30, "9:20")
    first = hall.desk.call_next(token)
    assert first == undone
    hall.desk.move(token, first, Move(PlaceEvent.FINISHED, outcome=Outcome.DIRECTED))
    second = hall.desk.call_next(token)
    assert second is not None
    hall.desk.move(token, second, Move(PlaceEvent.MISSED))
    other.store.close()

    figures = counted(hall, day=date(2026, 11, 30))
    assert figures.arrivals == 4
    assert figures.waits == Waits(2, 1200, 1200)
    assert figures.endings == {Ending.DIRECTED: 1, Ending.NO_SHOW: 1, Ending.WITHDRAWN: 1, Ending.OPEN: 1}


def test_days_of_which_the_places_are_gone_are_counted_the_same(day: ADay, hall: AHall) -> None:
    """The hub keeps places for a month, entries for years."""
    hall.take(day.kiosk)
    before = parts_of(counted(hall, PeriodKind.MONTH))
    with hall.centre.engine.begin() as connection:
        connection.execute(hall_places.delete())

    assert parts_of(counted(hall, PeriodKind.MONTH)) == before


def test_whose_data_were_erased_still_came(day: ADay, hall_on_each: AHall) -> None:
    """By procedure and service; the language is known as long as the place is there."""
    hall_on_each.take(day.kiosk)
    with day.kiosk.store.reading() as unit:
        reference = unit.requests.filed_on(FRIDAY)[1].reference
    before = counted(hall_on_each)
    erase_by_reference(hall_on_each.centre, reference, reason="right", by="test")
    erased = counted(hall_on_each)
    with hall_on_each.centre.engine.begin() as connection:
        connection.execute(hall_places.delete())

    assert parts_of(erased) == parts_of(before)
    assert counted(hall_on_each).arrivals_by_language == {"fr": 2, "ar": 1, "": 1}
    assert counted(hall_on_each).arrivals_by_service == before.arrivals_by_service


def test_whom_a_counter_withdraws_is_counted_once(tmp_path: Path) -> None:
    """By the hub's own entry, before and after the kiosk followed it with one of its own."""
    with at_hub(tmp_path) as place:
        reference = place.kiosk.file(a_request_content()).request.reference
        place.told()
        place.files.withdraw(place.session(), reference)
        before = counted(place.hub, day=date(2026, 11, 20))
        followed(place.hub, place.kiosk, tmp_path)

        assert before.endings == {Ending.WITHDRAWN: 1}
        assert parts_of(counted(place.hub, day=date(2026, 11, 20))) == parts_of(before)


def test_kiosks_of_another_hall_are_not_counted(day: ADay, hall: AHall) -> None:
    """Though the same hub takes their entries."""
    hall.take(day.kiosk)
    site = replace(A_HALL, kiosks=("38-B1",))

    with units_of(hall.centre, site, reads_only=True)() as unit:
        assert unit.figures.begins_on() is None
        assert list(unit.figures.arrivals(FRIDAY, FRIDAY)) == []
        assert unit.figures.tickets(FRIDAY, FRIDAY) == {}
    with hall.bench.reading() as unit:
        assert unit.figures.begins_on() == date(2026, 11, 20)


@pytest.fixture
def at_work(tmp_path: Path, day: ADay) -> Iterator[AHubAtWork]:
    """A hub that answers over HTTP, and what a kiosk sent to it."""
    with a_hub_at_work(tmp_path, lambda: day.clock.utc) as hub:
        hub.take(day.kiosk)
        yield hub


def desk_at(hub: AHubAtWork, link: HubLink | None = None) -> FiguresDesk:
    """Return the figures of a counter, whose report says only how many came."""
    return HttpFigures(link or hub.link(), lambda figures: str(figures.arrivals).encode())


def signed_in_at(hub: AHubAtWork, role: Role) -> StaffSession:
    """Return the session of somebody at a counter."""
    return hub.desk.session(hub.sign_in(f"a.{role.value}", role))


def test_a_counter_reads_the_same_figures_over_the_line(day: ADay, at_work: AHubAtWork) -> None:
    """Every one of them, and between which days to look."""
    desk, session = desk_at(at_work), signed_in_at(at_work, Role.SUPERVISOR)

    for kind in PeriodKind:
        told = desk.figures(session, FiguresPeriod.around(kind, FRIDAY))
        assert parts_of(told) == parts_of(day.figures(kind))
    assert desk.span(session) == FiguresSpan(date(2026, 11, 20), FRIDAY)
    assert desk.report(session, FiguresPeriod.around(PeriodKind.MONTH, FRIDAY)) == b"6"


def test_the_hub_itself_refuses_what_a_role_may_not_see(at_work: AHubAtWork) -> None:
    """An agent sees days and takes no report; whoever is locked, or was, sees nothing."""
    desk, session = desk_at(at_work), signed_in_at(at_work, Role.AGENT)
    today, month = (FiguresPeriod.around(kind, FRIDAY) for kind in (PeriodKind.DAY, PeriodKind.MONTH))

    assert desk.figures(session, today).arrivals == 4
    for refused in (lambda: desk.figures(session, month), lambda: desk.report(session, today)):
        with pytest.raises(NotAllowedError):
            refused()
    at_work.desk.lock(session.token)
    for over in (lambda: desk.span(session), lambda: desk.figures(session, today), lambda: desk.report(session, today)):
        with pytest.raises(NotSignedInError):
            over()
    at_work.desk.sign_out(session.token)
    with pytest.raises(NotSignedInError):
        desk.figures(session, today)


def test_without_a_link_nothing_is_counted(at_work: AHubAtWork) -> None:
    """And the desk says so."""
    session = signed_in_at(at_work, Role.SUPERVISOR)
    desk = desk_at(at_work, at_work.link("http://127.0.0.1:9"))

    with pytest.raises(HubLostError):
        desk.figures(session, FiguresPeriod.around(PeriodKind.DAY, FRIDAY))
