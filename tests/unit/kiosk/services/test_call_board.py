"""What the hall display reads: who was called where and when, and nothing about anybody."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.hall import Outcome, PlaceId
from kiosk.journal.closure import ClosureKind
from kiosk.ports.call_board import CallBoard
from kiosk.services.call_board import CALLS_SHOWN, LocalCallBoard
from kiosk.workflows.hall_place import Move, PlaceEvent
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import A_MORNING, a_request_content
from tests.fakes.staff import signed_in
from tests.fakes.stores import a_store

A_SECOND = timedelta(seconds=1)


class Hall:
    """A kiosk, two counters, and what a display reads of them."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock()
        self.kiosk = AKiosk(a_store(folder), clock=self.clock)
        self.first = signed_in(self.kiosk.desk, counter="1")
        self.second = signed_in(self.kiosk.desk, "b.petit", counter="2")
        self._view = LocalCallBoard(reading=self.kiosk.store.reading, clock=self.clock, site=self.kiosk.parts["site"])

    def file(self, count: int = 1, language: str = "fr", name: str = "N") -> None:
        for rank in range(count):
            self.kiosk.file(a_request_content(birth_name=f"{name}{rank}", foreigner_number=None, language=language))

    def call(self) -> PlaceId:
        """Call who is next to the first counter, a second later."""
        self.clock.pass_time(A_SECOND)
        place_id = self.kiosk.desk.call_next(self.first)
        assert place_id is not None
        return place_id

    def move(self, place_id: PlaceId, event: PlaceEvent, counter: str = "") -> None:
        self.clock.pass_time(A_SECOND)
        outcome = Outcome.SERVED if event is PlaceEvent.FINISHED else None
        self.kiosk.desk.move(self.first, place_id, Move(event, counter, outcome=outcome))

    @property
    def board(self) -> CallBoard:
        return self._view.board()

    @property
    def shown(self) -> list[tuple[str, str, int]]:
        """Number, counter and how often, newest first."""
        return [(call.call_number, call.counter, call.times) for call in self.board.calls]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path)
    yield hall
    hall.kiosk.store.close()


def test_before_the_first_call_the_board_is_empty(hall: Hall) -> None:
    """It knows which languages those who wait read."""
    hall.file(language="ar")
    hall.file(2, language="fr", name="M")

    assert hall.board == CallBoard((), ("ar", "fr"), is_closed=False)


def test_the_newest_call_is_first_with_its_time_and_language(hall: Hall) -> None:
    """What happens at the counter afterwards does not change when it was called."""
    hall.file(2, language="ar")
    called = hall.call()
    hall.call()
    hall.move(called, PlaceEvent.CAME)
    hall.move(called, PlaceEvent.FINISHED)

    newest, before = hall.board.calls
    assert hall.shown == [("A002", "1", 1), ("A001", "1", 1)]
    assert (newest.called_at - A_MORNING, before.called_at - A_MORNING) == (2 * A_SECOND, A_SECOND)
    assert (newest.language, newest.seq > before.seq) == ("ar", True)


def test_a_recall_is_a_new_call_of_the_same_number(hall: Hall) -> None:
    """It comes back to the top, once."""
    hall.file(2)
    first = hall.call()
    hall.call()
    seq = hall.board.calls[1].seq
    hall.move(first, PlaceEvent.RECALLED)

    assert hall.shown == [("A001", "1", 2), ("A002", "1", 1)]
    assert hall.board.calls[0].seq > seq


def test_a_call_that_was_taken_back_is_not_shown(hall: Hall) -> None:
    """The person waits again; a recall that was taken back leaves the call before it."""
    hall.file(2)
    first, second = hall.call(), hall.call()
    before = hall.board.calls[1]
    hall.move(first, PlaceEvent.RECALLED)
    hall.kiosk.desk.undo(hall.first, first)
    hall.kiosk.desk.undo(hall.first, second)

    assert hall.board.calls == (before,)


def test_taking_back_that_somebody_came_leaves_the_call(hall: Hall) -> None:
    """Only an undone call disappears."""
    hall.file()
    place = hall.call()
    shown = hall.board.calls
    hall.move(place, PlaceEvent.CAME)
    hall.kiosk.desk.undo(hall.first, place)

    assert hall.board.calls == shown


def test_who_waits_again_leaves_the_board_until_the_next_call(hall: Hall) -> None:
    """Handed over to another counter, the old one must not stand there."""
    hall.file()
    place = hall.call()
    hall.move(place, PlaceEvent.HANDED_OVER, counter="2")
    handed_over = hall.shown
    assert hall.kiosk.desk.call_next(hall.second) == place

    assert (handed_over, hall.shown) == ([], [("A001", "2", 2)])


def test_no_more_calls_than_fit_on_the_screen(hall: Hall) -> None:
    """The newest ones."""
    hall.file(CALLS_SHOWN + 3)
    for _ in range(CALLS_SHOWN + 3):
        hall.call()

    assert [number for number, _, _ in hall.shown] == [f"A{n:03d}" for n in range(CALLS_SHOWN + 3, 3, -1)]


def test_yesterday_is_not_shown(hall: Hall) -> None:
    """Nothing was filed since, and yet the board is empty."""
    hall.file()
    hall.call()
    before = hall.shown
    hall.clock.pass_time(timedelta(days=1))

    assert (len(before), hall.board) == (1, CallBoard())


def test_a_closed_day_is_closed_until_somebody_is_called(hall: Hall) -> None:
    """The closure of a month, or of yesterday, closes nothing."""
    hall.file(2)
    hall.call()
    hall.kiosk.close_period(ClosureKind.MONTH, A_MORNING.date(), by="chef")
    month = hall.board.is_closed
    hall.kiosk.close_period(ClosureKind.DAY, A_MORNING.date(), by="chef")
    day = hall.board.is_closed
    hall.call()

    assert (month, day, hall.board.is_closed) == (False, True, False)


def test_a_board_holds_no_personal_data(hall: Hall) -> None:
    """Not a name, not a number of a document, not who called: only what everybody in the hall may read."""
    hall.kiosk.file(a_request_content(birth_name="ZYXWVU", given_names=("Qwertz",), foreigner_number="9912345678"))
    hall.call()

    (call,) = hall.board.calls
    assert set(asdict(call)) == {"seq", "call_number", "counter", "called_at", "times", "language"}
    for secret in ("ZYXWVU", "Qwertz", "9912345678", "1990", "a.martin", "38-A2", "SALARIE"):
        assert secret not in repr(hall.board)
