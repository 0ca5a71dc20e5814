"""What every desk promises to the staff screens, whatever it stands on."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.hall import Outcome, Priority
from kiosk.domain.staff import Role
from kiosk.errors import InputError, NotAllowedError, NotSignedInError, PlaceMovedError, SignInRefusedError
from kiosk.ports.desk import Desk, HallRow, StaffSession
from kiosk.workflows.hall_place import Move, PlaceEvent, PlaceState
from tests.fakes.halls import a_hub_at_work
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import a_request_content
from tests.fakes.staff import A_PASSWORD, COUNTERS, an_account

AGENT, SUPERVISOR = "a.martin", "s.blanc"


class ADesk:
    """A desk of some kind, the kiosk whose visitors it serves, and two accounts; a hub hears of them by ``send``."""

    def __init__(self, desk: Desk, kiosk: AKiosk, send: Callable[[], None] = lambda: None) -> None:
        self.desk, self.kiosk, self.send = desk, kiosk, send

    def sign_in(self, name: str = AGENT, counter: str = COUNTERS[0]) -> StaffSession:
        """Sign somebody in."""
        return self.desk.sign_in(name, A_PASSWORD, counter)

    def file(self, *names: str) -> None:
        """Let people file."""
        for name in names:
            self.kiosk.file(a_request_content(birth_name=name, given_names=(), foreigner_number=None))
        self.send()

    def row(self, session: StaffSession, name: str) -> HallRow:
        """Return the row of a person."""
        return next(row for row in self.desk.hall(session) if row.applicant == name)


@pytest.fixture(params=["local", "hub"])
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ADesk]:
    """Each kind of desk: of one machine's own store, and of a hub over HTTP."""
    kiosk = a_kiosk(tmp_path)
    if request.param == "hub":
        with a_hub_at_work(tmp_path, lambda: kiosk.clock.read().utc) as hub:
            hub.account(AGENT)
            hub.account(SUPERVISOR, Role.SUPERVISOR)
            yield ADesk(hub.http_desk(), kiosk, lambda: hub.take(kiosk))
            assert hub.verified().is_whole
    else:
        an_account(kiosk.desk, AGENT)
        an_account(kiosk.desk, SUPERVISOR, Role.SUPERVISOR)
        yield ADesk(kiosk.desk, kiosk)
    assert kiosk.verified().is_whole
    kiosk.store.close()


def test_a_session_names_who_sits_where(hall: ADesk) -> None:
    """And is needed for everything that names a person."""
    session = hall.sign_in(SUPERVISOR, COUNTERS[1])

    assert (session.name, session.role, session.counter) == (SUPERVISOR, Role.SUPERVISOR, COUNTERS[1])
    assert list(hall.desk.counters()) == list(COUNTERS)
    assert set(hall.desk.services()) == {"A"}
    with pytest.raises(SignInRefusedError):
        hall.desk.sign_in(AGENT, "wrong", COUNTERS[0])
    with pytest.raises(InputError):
        hall.desk.sign_in(AGENT, A_PASSWORD, "no counter")


def test_the_hall_is_shown_in_order_of_arrival_with_its_states(hall: ADesk) -> None:
    """What one counter does, the other sees."""
    one, two = hall.sign_in(), hall.sign_in(SUPERVISOR, COUNTERS[1])
    hall.file("A", "B", "C")
    called = hall.desk.call_next(one)
    hall.desk.move(two, hall.row(two, "C").place_id, Move(PlaceEvent.PARKED))

    rows = hall.desk.hall(two)

    assert [(row.applicant, row.standing.state) for row in rows] == [
        ("A", PlaceState.CALLED),
        ("B", PlaceState.WAITING),
        ("C", PlaceState.PARKED),
    ]
    assert (rows[0].place_id, rows[0].standing.counter, rows[0].changed_by) == (called, COUNTERS[0], AGENT)


def test_the_next_one_is_called_once(hall: ADesk) -> None:
    """By the stated order: priority, then arrival; None when nobody waits."""
    one, two = hall.sign_in(), hall.sign_in(SUPERVISOR, COUNTERS[1])
    hall.file("A", "B", "C")
    hall.desk.move(two, hall.row(two, "C").place_id, Move(PlaceEvent.PRIORITISED, priority=Priority.VULNERABLE))
    names = {row.place_id: row.applicant for row in hall.desk.hall(one)}

    called = [hall.desk.call_next(session) for session in (one, two, one, two)]

    assert [names[place] if place else None for place in called] == ["C", "A", "B", None]


def test_a_call_is_to_the_counter_of_the_session(hall: ADesk) -> None:
    """Whatever the screen says."""
    session = hall.sign_in(counter=COUNTERS[1])
    hall.file("A")
    hall.desk.move(session, hall.row(session, "A").place_id, Move(PlaceEvent.CALLED, counter=COUNTERS[0]))

    assert hall.row(session, "A").standing.counter == COUNTERS[1]


def test_who_was_faster_is_right(hall: ADesk) -> None:
    """The slower one is told, and nothing is changed."""
    one, two = hall.sign_in(), hall.sign_in(SUPERVISOR, COUNTERS[1])
    hall.file("A")
    place = hall.row(one, "A").place_id
    hall.desk.move(one, place, Move(PlaceEvent.CALLED, counter=COUNTERS[0]))
    with pytest.raises(PlaceMovedError):
        hall.desk.move(two, place, Move(PlaceEvent.CALLED, counter=COUNTERS[1]))
    with pytest.raises(PlaceMovedError):
        hall.desk.undo(two, place)

    assert hall.row(two, "A").standing.counter == COUNTERS[0]


def test_a_finished_visit_can_be_taken_back(hall: ADesk) -> None:
    """Once, by whoever finished it."""
    session = hall.sign_in()
    hall.file("A")
    place = hall.desk.call_next(session)
    assert place is not None
    hall.desk.move(session, place, Move(PlaceEvent.FINISHED, outcome=Outcome.SERVED))
    assert hall.row(session, "A").can_be_undone
    hall.desk.undo(session, place)

    assert hall.row(session, "A").standing.state is PlaceState.CALLED
    assert not hall.row(session, "A").can_be_undone
    with pytest.raises(PlaceMovedError):
        hall.desk.undo(session, place)


def test_a_role_decides_what_is_done_and_not_the_screen(hall: ADesk) -> None:
    """An agent who says to be an administrator is an agent."""
    session = hall.sign_in()
    hall.file("A")
    place = hall.row(session, "A").place_id
    for claimed in (session, replace(session, role=Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowedError):
            hall.desk.move(claimed, place, Move(PlaceEvent.PRIORITISED, priority=Priority.VULNERABLE))

    assert hall.row(session, "A").standing.priority is Priority.NONE


def test_a_file_shows_what_was_said_and_who_looked(hall: ADesk) -> None:
    """The timeline ends with this very opening."""
    session = hall.sign_in()
    filed = hall.kiosk.file(a_request_content(helper="une voisine", documents=("passeport",)))
    hall.kiosk.print(filed.filing.print_job_id)
    hall.send()
    hall.file("SOMEBODY ELSE")
    place = hall.desk.call_next(session)

    file = hall.desk.open_file(session, filed.request.reference)

    assert file.request.content == filed.request.content
    assert not file.is_erased
    assert [line.type for line in file.timeline] == [
        "request_filed",
        "ticket_sending",
        "ticket_confirmed",
        "place_called",
        "file_opened",
    ]
    assert file.timeline[-1].facts["account"] == AGENT
    assert "content" not in file.timeline[0].facts
    assert place is not None
    with pytest.raises(InputError):
        hall.desk.open_file(session, "38-A2-000000-0000-0")


def test_without_an_open_session_nothing_is_seen_or_done(hall: ADesk) -> None:
    """Locked, signed out, or never signed in; printer and centre are watched all the same."""
    session = hall.sign_in()
    hall.file("A")
    place = hall.row(session, "A").place_id
    hall.desk.lock(session)
    for _ in ("locked", "signed out"):
        with pytest.raises(NotSignedInError):
            hall.desk.hall(session)
        with pytest.raises(NotSignedInError):
            hall.desk.move(session, place, Move(PlaceEvent.PARKED))
        hall.desk.sign_out(session)

    assert hall.desk.backlog().last_seq > 0
    assert hall.desk.paper_roll() is None
