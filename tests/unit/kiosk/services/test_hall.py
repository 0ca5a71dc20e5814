"""Calling in the stated order, and everything that can happen to a place: one transaction and one entry each."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.hall import Outcome, PlaceId, Priority
from kiosk.domain.request_change import CorrectedField
from kiosk.domain.staff import Role
from kiosk.errors import InputError, NotAllowedError, PlaceMovedError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.centre_records import AcknowledgementRecord
from kiosk.ports.desk import HallRow, StaffSession
from kiosk.services.change_request import AskCorrection, CorrectRequest, WithdrawRequest
from kiosk.services.erase_request import ApplyRetention, EraseRequest
from kiosk.services.hall import MoveInHall
from kiosk.services.record_change import ChangeOrder
from kiosk.services.staff import Actor
from kiosk.workflows.hall_place import Move, PlaceEvent, PlaceState
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import A_MORNING, a_catalogue, a_procedure, a_request_content
from tests.fakes.staff import signed_in
from tests.fakes.stores import a_store

CATALOGUE = a_catalogue(
    a_procedure(), a_procedure("CHG-ADRESSE", group="changer", label_fr="Changer d'adresse", silence=None)
)


class Hall:
    """A kiosk with two services and two members of staff."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock()
        groups = tuple(
            type(group)(group.code, group.order, group.label_fr, letter)
            for group, letter in zip(CATALOGUE.groups, "AB", strict=True)
        )
        catalogue = type(CATALOGUE)(groups, CATALOGUE.procedures, CATALOGUE.version)
        self.kiosk = AKiosk(a_store(folder), clock=self.clock, catalogue=catalogue)
        self.agent = signed_in(self.kiosk.desk, counter="1")
        self.chief = signed_in(self.kiosk.desk, "s.blanc", Role.SUPERVISOR, counter="2")

    def file(self, *names: str, procedure: str = "REN-SALARIE") -> list[PlaceId]:
        """Let people file, and return their places."""
        outcomes = [
            self.kiosk.file(a_request_content(birth_name=name, foreigner_number=None, procedure=procedure))
            for name in names
        ]
        return [PlaceId(outcome.filing.filing_id) for outcome in outcomes]

    def call_next(self, session: StaffSession | None = None, services: str = "") -> str | None:
        """Call who is next and return the name."""
        place_id = self.kiosk.desk.call_next(session or self.agent, tuple(services))
        return None if place_id is None else self.row(place_id).applicant.split()[0]

    def row(self, place_id: PlaceId) -> HallRow:
        return next(row for row in self.kiosk.desk.hall(self.chief) if row.place_id == place_id)

    def state(self, place_id: PlaceId) -> PlaceState:
        return self.row(place_id).standing.state

    def move(self, place_id: PlaceId, event: PlaceEvent, session: StaffSession | None = None, **given: object) -> None:
        counter = {"counter": "1"} if event is PlaceEvent.CALLED else {}
        self.kiosk.desk.move(session or self.agent, place_id, Move(event, **(counter | given)))  # type: ignore[arg-type]

    def entries(self, kind: EntryType) -> list[dict[str, JsonValue]]:
        with self.kiosk.store.reading() as unit:
            found = [dict(payload.facts) for _, payload in unit.journal.newest_of(kind) if payload]
        return found[::-1]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path)
    yield hall
    assert hall.kiosk.verified().is_whole
    hall.kiosk.store.close()


def test_whoever_filed_first_is_called_first_and_each_once(hall: Hall) -> None:
    """Whichever counter calls."""
    hall.file("A", "B", "C")

    called = [hall.call_next(session) for session in (hall.agent, hall.chief, hall.agent, hall.chief)]

    assert called == ["A", "B", "C", None]
    assert [(fact["call_number"], fact["agent"], fact["counter"]) for fact in hall.entries(EntryType.PLACE_CALLED)] == [
        ("A001", "a.martin", "1"),
        ("A002", "s.blanc", "2"),
        ("A003", "a.martin", "1"),
    ]


def test_yesterday_s_people_are_not_called(hall: Hall) -> None:
    """Nor can their places be moved any more."""
    (old,) = hall.file("A")
    hall.clock.pass_time(timedelta(days=1))
    hall.file("B")

    assert hall.call_next() == "B"
    with pytest.raises(PlaceMovedError, match="today"):
        hall.move(old, PlaceEvent.PARKED)


def test_a_priority_is_given_by_a_supervisor_with_its_reason(hall: Hall) -> None:
    """It goes before those who came earlier, and the journal says who gave it and why."""
    _, _, third, fourth = hall.file("A", "B", "C", "D")
    hall.move(fourth, PlaceEvent.PRIORITISED, hall.chief, priority=Priority.VULNERABLE)
    hall.move(third, PlaceEvent.PRIORITISED, hall.chief, priority=Priority.RIGHTS_EXPIRE)

    assert [hall.call_next() for _ in range(4)] == ["C", "D", "A", "B"]
    assert hall.entries(EntryType.PRIORITY_CHANGED)[0] == {
        "call_number": "A004",
        "agent": "s.blanc",
        "counter": "2",
        "priority": "vulnerable",
        "before": "none",
    }


def test_an_agent_cannot_change_the_order(hall: Hall) -> None:
    """The desk refuses it, whatever a screen shows; nothing is written."""
    (first,) = hall.file("A")

    with pytest.raises(NotAllowedError):
        hall.move(first, PlaceEvent.PRIORITISED, priority=Priority.VULNERABLE)

    assert hall.row(first).standing.priority is Priority.NONE
    assert hall.entries(EntryType.PRIORITY_CHANGED) == []


def test_a_counter_that_receives_one_service_calls_only_its_people(hall: Hall) -> None:
    """And whoever was handed over to the counter itself."""
    hall.file("A", "B")
    (third,) = hall.file("C", procedure="CHG-ADRESSE")
    hall.move(third, PlaceEvent.HANDED_OVER, counter="2")

    assert hall.call_next(hall.agent, "B") is None
    assert [hall.call_next(hall.chief, "A") for _ in range(3)] == ["A", "B", "C"]


def test_a_hand_over_keeps_the_place_of_the_arrival(hall: Hall) -> None:
    """Who came first is first in the other service too."""
    first, second = hall.file("A", "B")
    hall.file("C", procedure="CHG-ADRESSE")
    hall.call_next()
    hall.move(first, PlaceEvent.HANDED_OVER, service="B")

    assert hall.state(first) is PlaceState.WAITING
    assert [hall.call_next(services="B") for _ in range(3)] == ["A", "C", None]
    assert hall.state(second) is PlaceState.WAITING
    assert hall.entries(EntryType.PLACE_HANDED_OVER)[0]["to_service"] == "B"


def test_a_number_that_is_called_out_of_its_turn_says_over_how_many_heads(hall: Hall) -> None:
    """In the journal, for the weekly look of a second person."""
    hall.file("A", "B")
    (third,) = hall.file("C")
    hall.move(third, PlaceEvent.CALLED)

    assert hall.state(third) is PlaceState.CALLED
    assert hall.entries(EntryType.PLACE_CALLED)[0]["passed_over"] == 2


def test_the_way_of_a_visit_is_told_entry_by_entry(hall: Hall) -> None:
    """Called, called again, served, finished: each with its agent; each about the request."""
    (first,) = hall.file("A")
    hall.call_next()
    for event in (PlaceEvent.RECALLED, PlaceEvent.CAME):
        hall.move(first, event)
    hall.move(first, PlaceEvent.FINISHED, outcome=Outcome.DOCUMENTS_MISSING)

    told = [kind for kind in hall.kiosk.entry_types() if kind.startswith("place_")]
    assert told == ["place_called", "place_recalled", "place_served", "place_finished"]
    assert hall.entries(EntryType.PLACE_FINISHED)[0]["outcome"] == "documents_missing"
    assert hall.row(first).standing.calls == 2


def test_who_did_not_come_and_who_was_put_aside_wait_again_in_their_old_place(hall: Hall) -> None:
    """Until then nobody calls them by the order."""
    first, second, _ = hall.file("A", "B", "C")
    hall.call_next()
    hall.move(first, PlaceEvent.MISSED)
    hall.move(second, PlaceEvent.PARKED)
    assert hall.call_next() == "C"
    for place in (first, second):
        hall.move(place, PlaceEvent.RETURNED)

    assert [hall.call_next() for _ in range(3)] == ["A", "B", None]


def test_two_counters_cannot_take_the_same_number(hall: Hall) -> None:
    """The second is told that somebody was faster."""
    (first,) = hall.file("A")
    hall.move(first, PlaceEvent.CALLED)

    with pytest.raises(PlaceMovedError):
        hall.move(first, PlaceEvent.CALLED, hall.chief)

    assert hall.row(first).standing.counter == "1"


def test_the_last_move_is_taken_back_within_a_minute(hall: Hall) -> None:
    """The place stands as before; the journal keeps both."""
    (first,) = hall.file("A")
    hall.call_next()
    before = hall.row(first).standing
    hall.move(first, PlaceEvent.MISSED)
    hall.clock.pass_time(timedelta(seconds=59))
    hall.kiosk.desk.undo(hall.agent, first)

    assert hall.row(first).standing == before
    assert hall.entries(EntryType.PLACE_UNDONE)[0] == {
        "call_number": "A001",
        "agent": "a.martin",
        "counter": "1",
        "from": "no_show",
        "to": "called",
    }
    with pytest.raises(PlaceMovedError):
        hall.kiosk.desk.undo(hall.agent, first)


def test_an_undo_is_for_a_minute_and_for_one_s_own_moves(hall: Hall) -> None:
    """What somebody else did since is not taken back unseen."""
    first, second = hall.file("A", "B")
    hall.call_next()
    with pytest.raises(PlaceMovedError):
        hall.kiosk.desk.undo(hall.chief, first)
    with pytest.raises(PlaceMovedError):
        hall.kiosk.desk.undo(hall.agent, second)
    hall.clock.pass_time(timedelta(seconds=61))
    with pytest.raises(PlaceMovedError, match="minute"):
        hall.kiosk.desk.undo(hall.agent, first)

    assert hall.state(first) is PlaceState.CALLED


def test_somebody_who_files_again_today_waits_again_with_the_same_number(hall: Hall) -> None:
    """However the visit had ended; a place that is waiting stays as it is, with its undo."""
    (first,) = hall.file("A")
    hall.call_next()
    hall.move(first, PlaceEvent.FINISHED, outcome=Outcome.LEFT)
    hall.file("A")
    assert (hall.state(first), hall.row(first).standing.outcome) == (PlaceState.WAITING, None)
    hall.move(first, PlaceEvent.PRIORITISED, hall.chief, priority=Priority.VULNERABLE)
    hall.file("A")

    assert hall.row(first).standing.priority is Priority.VULNERABLE
    assert hall.row(first).can_be_undone
    assert hall.call_next() == "A"


def test_somebody_who_withdraws_the_request_is_called_no_more(hall: Hall) -> None:
    """The queue moves silently; whoever is at a counter stays there."""
    first, second, _ = hall.file("A", "B", "C")
    hall.call_next()
    for place in (first, second):
        order = ChangeOrder(hall.row(place).reference, f"key {place}", "fr", has_slip=False)
        WithdrawRequest(**hall.kiosk.parts)(order)

    assert hall.state(first) is PlaceState.CALLED
    assert (hall.state(second), hall.row(second).standing.outcome) == (PlaceState.FINISHED, Outcome.WITHDRAWN)
    assert not hall.row(second).can_be_undone
    assert [hall.call_next(), hall.call_next()] == ["C", None]


def test_a_corrected_name_is_the_one_that_is_shown(hall: Hall) -> None:
    """In the list and in the file; what was only asked for stands beside."""
    (place,) = hall.file("DIALO")
    reference = hall.row(place).reference
    right = {CorrectedField.BIRTH_NAME: "DIALLO"}
    AskCorrection(**hall.kiosk.parts)(ChangeOrder(reference, "asked", "fr", has_slip=False), right)
    asked = hall.kiosk.desk.open_file(hall.agent, reference)
    order = ChangeOrder(reference, "made", "fr", has_slip=False)
    CorrectRequest(**hall.kiosk.parts)(order, right, agent="a.martin", reason="passport seen")
    made = hall.kiosk.desk.open_file(hall.agent, reference)

    assert [(each.old, each.new) for each in asked.wanted] == [("DIALO", "DIALLO")]
    assert (made.wanted, made.content.identity.birth_name) == ((), "DIALLO")
    assert made.request.content.identity.birth_name == "DIALO"
    assert hall.row(place).applicant.startswith("DIALLO")


def test_what_only_a_person_at_the_kiosk_does_is_no_move_of_staff(hall: Hall) -> None:
    """Nobody withdraws or files in another's name from the list."""
    (first,) = hall.file("A")
    with pytest.raises(InputError, match="event"):
        hall.move(first, PlaceEvent.WITHDRAWN, outcome=Outcome.WITHDRAWN)
    with pytest.raises(InputError, match="event"):
        hall.move(first, PlaceEvent.FILED_AGAIN)


def test_what_does_not_exist_is_refused_by_name(hall: Hall) -> None:
    """A service, a counter, a place."""
    (first,) = hall.file("A")
    with pytest.raises(InputError, match="service"):
        hall.move(first, PlaceEvent.HANDED_OVER, service="Z")
    with pytest.raises(InputError, match="counter"):
        hall.move(first, PlaceEvent.HANDED_OVER, counter="99")
    with pytest.raises(InputError, match="outcome"):
        Move(PlaceEvent.FINISHED)
    with pytest.raises(PlaceMovedError):
        hall.move(PlaceId("nobody"), PlaceEvent.PARKED)


def test_after_a_year_nobody_knows_who_called(hall: Hall) -> None:
    """The entries stay, without their facts (domain dossier 6.2)."""
    hall.file("A")
    hall.call_next()
    with hall.kiosk.store.units() as unit:
        head = unit.journal.head()
        unit.acknowledgements.add(AcknowledgementRecord(head.seq, head.hash, A_MORNING, b"{}"))
        unit.commit()
    hall.clock.pass_time(timedelta(days=400))
    ApplyRetention(EraseRequest(**hall.kiosk.parts), units=hall.kiosk.store.units, clock=hall.clock, keep_days=1000)()

    assert hall.entries(EntryType.PLACE_CALLED) == hall.entries(EntryType.AGENT_SIGNED_IN) == []
    with hall.kiosk.store.reading() as unit:
        places = unit.places.of_day(head.civil_date)  # type: ignore[arg-type]
    assert [place.changed_by for place in places] == [""]


def test_a_priority_that_the_office_does_not_give_is_refused(tmp_path: Path) -> None:
    """One that was given before can still be taken away."""
    hall = Hall(tmp_path)
    (place,) = hall.file("A")
    hall.move(place, PlaceEvent.PRIORITISED, hall.chief, priority=Priority.VULNERABLE)
    kiosk = hall.kiosk
    move = MoveInHall(**kiosk.parts, services=("A",), counters=("1",), priorities=(Priority.RIGHTS_EXPIRE,))
    actor = Actor(hall.chief.name, "1")

    with pytest.raises(InputError, match="priority"):
        move.move(actor, place, Move(PlaceEvent.PRIORITISED, priority=Priority.SUMMONS_MISSED))
    move.move(actor, place, Move(PlaceEvent.PRIORITISED, priority=Priority.NONE))
    assert hall.row(place).standing.priority is Priority.NONE
    hall.kiosk.store.close()
