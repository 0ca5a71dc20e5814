"""The hall of a site with several kiosks, at its hub, on SQLite and on PostgreSQL."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from kiosk.domain.call_number import THE_ONLY_KIOSK, KioskRank
from kiosk.domain.hall import HallFlag, Outcome, Priority
from kiosk.domain.moment import ClockQuality
from kiosk.domain.staff import Role
from kiosk.errors import InputError, NotAllowedError, NotSignedInError, PlaceMovedError, SignInRefusedError
from kiosk.journal.closure import ClosureKind
from kiosk.journal.entry import EntryType
from kiosk.ports.desk import HallRow
from kiosk.services.record_change import ChangeOrder
from kiosk.workflows.hall_place import Move, PlaceEvent, PlaceState
from sync.central.desk.accounts import AccountRole, add_account, disable_account, reset_password
from sync.central.erasure.erase import erase_by_reference
from tests.fakes.clocks import FixedClock
from tests.fakes.halls import AHall, a_hall, a_kiosk_of_the_site
from tests.fakes.kiosks import AKiosk
from tests.fakes.requests import a_request_content
from tests.fakes.staff import A_FIRST_PASSWORD, A_PASSWORD, COUNTERS, an_account


class ASite:
    """Two kiosks and a hub, whose clocks the test moves together."""

    def __init__(self, hall: AHall, kiosks: tuple[AKiosk, AKiosk], clock: FixedClock) -> None:
        self.hall, self.desk, self.kiosks, self.clock = hall, hall.desk, kiosks, clock

    def file(self, name: str, at: int = 0) -> None:
        """Let somebody file at one of the kiosks, a second after whoever came before; nothing is sent yet."""
        self.clock.pass_time(timedelta(seconds=1))
        self.kiosks[at].file(a_request_content(birth_name=name, given_names=(), foreigner_number=None))

    def send(self) -> None:
        """Let both kiosks send."""
        for kiosk in self.kiosks:
            self.hall.take(kiosk)

    def rows(self, token: str) -> dict[str, HallRow]:
        """Return the hall, by name, in order of arrival."""
        return {row.applicant: row for row in self.desk.changes(token).rows}


@contextmanager
def explained(engine: sa.Engine, mentioned: str) -> Iterator[list[str]]:
    """Collect how the database goes about the questions of a block that mention something."""
    plans: list[str] = []
    how = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"

    def explain(connection: sa.Connection, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if statement.startswith("SELECT") and mentioned in statement:
            steps = connection.exec_driver_sql(f"{how} {statement}", values)
            plans.append("\n".join(str(step[-1]) for step in steps))

    sa.event.listen(engine, "before_cursor_execute", explain)
    yield plans
    sa.event.remove(engine, "before_cursor_execute", explain)


@pytest.fixture
def site(tmp_path: Path, database: str) -> Iterator[ASite]:
    """A site whose hub runs on each kind of database."""
    clock = FixedClock()
    kiosks = (a_kiosk_of_the_site(tmp_path / "a2", "A2"), a_kiosk_of_the_site(tmp_path / "b1", "B1"))
    for kiosk in kiosks:
        kiosk.clock = clock
    with a_hall(tmp_path, database, now=lambda: clock.utc) as hall:
        yield ASite(hall, kiosks, clock)
    for kiosk in kiosks:
        kiosk.store.close()


def test_who_came_first_is_called_first_at_whichever_kiosk(site: ASite) -> None:
    """Also when the entries of one kiosk come later than those of the other; a priority goes before."""
    for name, at in (("A", 1), ("B", 0), ("C", 1), ("D", 0)):
        site.file(name, at)
    site.hall.take(site.kiosks[0])
    site.hall.take(site.kiosks[1])
    chief = site.hall.sign_in("s.blanc", Role.SUPERVISOR)
    rows = site.rows(chief)
    site.desk.move(chief, rows["D"].place_id, Move(PlaceEvent.PRIORITISED, priority=Priority.VULNERABLE))

    called = [site.desk.call_next(chief) for _ in range(5)]

    assert list(rows) == ["A", "B", "C", "D"]
    assert called == [*(rows[name].place_id for name in ("D", "A", "B", "C")), None]
    assert len(site.hall.own_entries(EntryType.PLACE_CALLED)) == 4


def test_who_is_next_is_found_without_sorting_all_who_wait(site: ASite) -> None:
    """Two thousand people may wait: the index of those who do has the stated order to its end."""
    site.file("A")
    site.send()
    token = site.hall.sign_in()

    with explained(site.hall.centre.engine, "hall_places.wanted_counter") as plans:
        site.desk.call_next(token)

    assert len(plans) == 1
    assert "ix_hall_places_waiting" in plans[0]
    assert not any(step in plans[0] for step in ("Sort", "TEMP B-TREE")), plans[0]


def test_a_look_shows_only_what_changed_since_the_last(site: ASite) -> None:
    """A call, and a ticket that did not come out; on the next day everything is looked at anew."""
    site.file("A")
    site.file("B", 1)
    site.send()
    token = site.hall.sign_in()
    first = site.desk.changes(token)
    site.desk.call_next(token)
    second = site.desk.changes(token, first.day, first.change)
    nothing = site.desk.changes(token, second.day, second.change)

    assert [row.applicant for row in first.rows] == ["A", "B"]
    assert (first.is_whole, second.is_whole) == (True, False)
    assert [(row.applicant, row.standing.state) for row in second.rows] == [("A", PlaceState.CALLED)]
    assert list(nothing.rows) == []
    site.clock.pass_time(timedelta(days=1))
    token = site.desk.sign_in("a.martin", A_PASSWORD, COUNTERS[0]).token
    assert site.desk.changes(token, first.day, second.change).is_whole


def test_a_ticket_that_came_out_late_is_seen(site: ASite) -> None:
    """The flag goes as soon as the kiosk's entry comes."""
    filed = site.kiosks[0].file(a_request_content(birth_name="A", given_names=()))
    site.kiosks[0].expire(filed.filing.print_job_id)
    site.send()
    token = site.hall.sign_in()

    assert HallFlag.NO_TICKET in site.rows(token)["A"].flags


def test_a_second_filing_of_the_day_keeps_the_place(site: ASite) -> None:
    """Who had left waits again, where the first arrival puts them."""
    site.file("A")
    site.file("B")
    site.send()
    token = site.hall.sign_in()
    place = site.desk.call_next(token)
    assert place is not None
    site.desk.move(token, place, Move(PlaceEvent.FINISHED, outcome=Outcome.LEFT))
    site.file("A")
    site.send()

    row = site.rows(token)["A"]
    assert (row.place_id, row.standing.state, row.visits.count) == (place, PlaceState.WAITING, 2)
    assert site.desk.call_next(token) == place


def test_who_withdraws_at_the_kiosk_is_not_called(site: ASite) -> None:
    """As at a kiosk's own desk."""
    site.file("A")
    filed = site.kiosks[1].file(a_request_content(birth_name="B", given_names=(), foreigner_number=None))
    site.kiosks[1].withdraw(ChangeOrder(filed.request.reference, "w", "fr"))
    site.send()
    token = site.hall.sign_in()

    assert site.rows(token)["B"].standing.outcome is Outcome.WITHDRAWN
    assert [bool(site.desk.call_next(token)) for _ in range(2)] == [True, False]


def test_what_a_kiosk_s_own_staff_did_without_the_hub_counts(site: ASite) -> None:
    """Whoever was served then is not called again; what was taken back there is taken back here."""
    own = site.kiosks[0].desk
    session = own.sign_in(an_account(own, "k.roux"), A_PASSWORD, COUNTERS[2])
    for name in ("A", "B", "C"):
        site.file(name)
    served, undone = own.call_next(session), own.call_next(session)
    assert served is not None
    assert undone is not None
    own.move(session, served, Move(PlaceEvent.FINISHED, outcome=Outcome.SERVED))
    own.undo(session, undone)
    site.send()
    token = site.hall.sign_in()

    rows = site.rows(token)
    assert [rows[name].standing.state for name in ("A", "B", "C")] == [
        PlaceState.FINISHED,
        PlaceState.WAITING,
        PlaceState.WAITING,
    ]
    assert rows["A"].changed_by == "k.roux@38-A2"
    assert site.desk.call_next(token) == undone


def test_a_clock_that_is_wrong_gets_nobody_ahead(site: ASite) -> None:
    """And nobody out of today's hall: since when they wait is when the hub heard of them."""
    site.file("A", 1)
    for name, days in (("B", -400), ("C", 400)):
        wrong = FixedClock(site.clock.utc + timedelta(days=days), ClockQuality.SUSPECT)
        site.kiosks[0].clock = wrong
        site.kiosks[0].file(a_request_content(birth_name=name, given_names=(), foreigner_number=None))
    site.clock.pass_time(timedelta(seconds=5))
    site.send()
    token = site.hall.sign_in()

    assert list(site.rows(token)) == ["A", "B", "C"]
    assert sum(site.desk.call_next(token) is not None for _ in range(4)) == 3


def test_kiosks_with_their_ranks_give_no_number_twice(site: ASite) -> None:
    """Without asking each other; also on the day on which a rank is set."""
    site.file("A", 0)
    for rank, kiosk in enumerate(site.kiosks, 1):
        kiosk.rank = KioskRank(rank, 2)
    for name, at in (("B", 0), ("C", 1), ("D", 0), ("E", 1)):
        site.file(name, at)
    site.kiosks[0].rank = THE_ONLY_KIOSK
    for name in ("F", "G"):
        site.file(name, 0)
    site.send()

    numbers = [row.call_number for row in site.rows(site.hall.sign_in()).values()]
    assert numbers[:5] == ["A001", "A003", "A002", "A005", "A004"]
    assert numbers[5:] == ["A004", "A006"]


def test_erased_people_keep_their_place_and_lose_their_name(site: ASite) -> None:
    """The list goes on as before."""
    filed = site.kiosks[0].file(a_request_content(birth_name="A", given_names=(), foreigner_number=None))
    site.send()
    token = site.hall.sign_in()
    erase_by_reference(site.hall.centre, filed.request.reference, reason="right", by="test")

    rows = site.desk.changes(token).rows
    assert [(row.applicant, row.call_number, row.reference) for row in rows] == [("", "A001", filed.request.reference)]
    assert site.desk.open_file(token, filed.request.reference).is_erased


def test_a_number_that_two_kiosks_gave_is_written_down(site: ASite) -> None:
    """Their ranks are set wrongly; both people are called all the same."""
    site.file("A", 0)
    site.file("B", 1)
    site.send()
    token = site.hall.sign_in()

    assert {row.call_number for row in site.rows(token).values()} == {"A001"}
    assert len(site.hall.own_entries(EntryType.INCIDENT)) == 1
    assert [bool(site.desk.call_next(token)) for _ in range(3)] == [True, True, False]


def test_who_was_faster_is_right_and_a_minute_gives_a_move_back(site: ASite) -> None:
    """The rules are those of a kiosk's own desk, for they are the same code."""
    site.file("A")
    site.send()
    one, two = site.hall.sign_in(), site.hall.sign_in("s.blanc", Role.SUPERVISOR, COUNTERS[1])
    place = site.desk.call_next(one)
    assert place is not None
    with pytest.raises(PlaceMovedError):
        site.desk.move(two, place, Move(PlaceEvent.CALLED, counter=COUNTERS[1]))
    with pytest.raises(PlaceMovedError):
        site.desk.undo(two, place)
    with pytest.raises(NotAllowedError):
        site.desk.move(one, place, Move(PlaceEvent.PRIORITISED, priority=Priority.VULNERABLE))
    site.desk.undo(one, place)

    assert site.rows(one)["A"].standing.state is PlaceState.WAITING
    assert len(site.hall.own_entries(EntryType.PLACE_UNDONE)) == 1


def test_a_display_gets_numbers_counters_and_languages(site: ASite) -> None:
    """Nobody's name; who waits again is not shown."""
    site.file("A")
    site.file("B")
    site.send()
    token = site.hall.sign_in()
    first, second = site.desk.call_next(token), site.desk.call_next(token)
    assert first is not None
    assert second is not None
    site.desk.move(token, first, Move(PlaceEvent.RECALLED))
    board = site.desk.board()
    site.desk.move(token, first, Move(PlaceEvent.PARKED))
    site.desk.move(token, first, Move(PlaceEvent.RETURNED))

    assert [(call.call_number, call.counter, call.times) for call in board.calls] == [
        ("A001", "1", 2),
        ("A002", "1", 1),
    ]
    assert board.calls[0].seq > board.calls[1].seq
    assert [call.call_number for call in site.desk.board().calls] == ["A002"]
    assert site.desk.board().waiting_languages == ("fr",)


def test_a_display_is_told_that_the_day_is_closed_at_every_kiosk(site: ASite) -> None:
    """Not before the last one closed; a call after it opens the hall again."""
    site.file("A", 0)
    site.file("B", 1)
    site.send()
    token = site.hall.sign_in()
    site.desk.call_next(token)
    site.clock.pass_time(timedelta(seconds=1))
    closed = []
    for kiosk in site.kiosks:
        kiosk.close_period(ClosureKind.DAY, site.desk.today(), by="test")
        site.send()
        closed.append(site.desk.board().is_closed)
    site.clock.pass_time(timedelta(seconds=1))
    site.desk.call_next(token)

    assert closed == [False, True]
    assert not site.desk.board().is_closed


def test_a_file_shows_what_was_said_and_who_looked(site: ASite) -> None:
    """From the entries of the kiosk; the hub's own about it stand among them."""
    filed = site.kiosks[1].file(a_request_content(helper="une voisine", documents=("passeport",)))
    site.kiosks[1].print(filed.filing.print_job_id)
    site.send()
    token = site.hall.sign_in()
    site.desk.call_next(token)

    file = site.desk.open_file(token, filed.request.reference)

    assert file.request == filed.request
    assert file.content == filed.request.content
    assert [line.type for line in file.timeline] == [
        "request_filed",
        "ticket_sending",
        "ticket_confirmed",
        "place_called",
        "file_opened",
    ]
    with pytest.raises(InputError):
        site.desk.open_file(token, "38-A2-000000-0000-0")


def test_whose_password_somebody_else_chose_changes_it_first(site: ASite) -> None:
    """And again after the administrator gave another one."""
    add_account(site.hall.centre, "n.petit", AccountRole.AGENT, ("38",), A_FIRST_PASSWORD, by="test")
    session = site.desk.sign_in("n.petit", A_FIRST_PASSWORD, COUNTERS[0])
    with pytest.raises(NotSignedInError):
        site.desk.changes(session.token)
    assert session.must_change
    assert not site.desk.change_password(session.token, A_FIRST_PASSWORD, A_PASSWORD).must_change
    assert list(site.desk.changes(session.token).rows) == []
    reset_password(site.hall.centre, "n.petit", A_FIRST_PASSWORD, by="test")
    with pytest.raises(NotSignedInError):
        site.desk.session(session.token)


def test_an_account_of_elsewhere_is_none_here(site: ASite) -> None:
    """Nor one that is disabled meanwhile; five failures lock a name at every door of the hub."""
    add_account(site.hall.centre, "p.paris", AccountRole.SUPERVISOR, ("75",), A_FIRST_PASSWORD, by="test")
    with pytest.raises(SignInRefusedError):
        site.desk.sign_in("p.paris", A_FIRST_PASSWORD, COUNTERS[0])
    token = site.hall.sign_in()
    disable_account(site.hall.centre, "a.martin", by="test")
    with pytest.raises(NotSignedInError):
        site.desk.call_next(token)
    for _ in range(4):
        with pytest.raises(SignInRefusedError):
            site.desk.sign_in("p.paris", "wrong", COUNTERS[0])
    with pytest.raises(SignInRefusedError) as locked:
        site.desk.sign_in("p.paris", A_FIRST_PASSWORD, COUNTERS[0])

    assert locked.value.locked_for is not None


def test_a_counter_that_is_left_alone_is_locked(site: ASite) -> None:
    """By itself after half an hour; the password opens it; after a working day it is over."""
    token = site.hall.sign_in()
    site.desk.lock(token)
    with pytest.raises(NotSignedInError):
        site.desk.changes(token)
    site.desk.unlock(token, A_PASSWORD)
    site.clock.pass_time(timedelta(minutes=31))
    with pytest.raises(NotSignedInError):
        site.desk.changes(token)
    assert site.desk.unlock(token, A_PASSWORD).name == "a.martin"
    assert list(site.desk.changes(token).rows) == []
    site.clock.pass_time(timedelta(hours=11))
    with pytest.raises(NotSignedInError):
        site.desk.unlock(token, A_PASSWORD)


def test_counters_and_kiosks_never_wait_for_each_other_in_a_ring(site: ASite) -> None:
    """Batches that open, move and erase, while counters call and move: nothing fails, nobody is called twice."""
    for number in range(40):
        site.file(f"N{number}", number % 2)
    site.send()
    tokens = [site.hall.sign_in(f"agent.{number}", Role.AGENT, COUNTERS[number % 3]) for number in range(4)]
    called: list[str] = []
    troubles: list[Exception] = []

    def counter(token: str) -> None:
        try:
            while (place := site.desk.call_next(token)) is not None:
                called.append(place)
                site.desk.move(token, place, Move(PlaceEvent.CAME))
                site.desk.changes(token)
                site.desk.move(token, place, Move(PlaceEvent.FINISHED, outcome=Outcome.SERVED))
        except Exception as error:  # told below, in the test's own thread
            troubles.append(error)

    def kiosk(at: int) -> None:
        try:
            for number in range(60, 75):
                reference = site.kiosks[at].file(a_request_content(birth_name=f"N{number}")).request.reference
                site.hall.take(site.kiosks[at])
                site.kiosks[at].withdraw(ChangeOrder(reference, f"w{number}", "fr"))
                site.kiosks[at].file(a_request_content(birth_name=f"N{number}"))
                site.hall.take(site.kiosks[at])
                erase_by_reference(site.hall.centre, reference, reason="right", by="test")
        except Exception as error:  # as above
            troubles.append(error)

    threads = [threading.Thread(target=counter, args=(token,)) for token in tokens]
    threads += [threading.Thread(target=kiosk, args=(at,)) for at in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert troubles == []
    assert len(called) == len(set(called)) >= 40
    assert site.hall.verified().is_whole
