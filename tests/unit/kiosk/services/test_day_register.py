"""A register says what the day was at its closure, for ever, and names nobody."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.domain.hall import Outcome
from kiosk.domain.request import FilingOutcome
from kiosk.domain.ticket import ReprintReason
from kiosk.errors import InputError
from kiosk.journal.closure import ClosureKind
from kiosk.journal.entry import EntryType
from kiosk.ports.hall import Place
from kiosk.ports.register import DayRegister, PeriodRegister
from kiosk.services.close_period import CloseEarlierPeriods
from kiosk.services.erase_request import BY_KIOSK, EraseRequest, ErasureReason
from kiosk.workflows.hall_place import Move, PlaceEvent
from kiosk.workflows.print_job import PrintState
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.requests import a_request_content
from tests.fakes.staff import signed_in
from tests.fakes.staff_papers import registers
from ui.composition.staff_papers import register_document

TODAY = date(2026, 11, 20)


def file_for(kiosk: AKiosk, name: str, *, prints: bool = True) -> FilingOutcome:
    outcome = kiosk.file(a_request_content(birth_name=name, foreigner_number=None))
    if prints:
        kiosk.print(outcome.filing.print_job_id)
    return outcome


def close(kiosk: AKiosk, day: date = TODAY, kind: ClosureKind = ClosureKind.DAY) -> int:
    """Close a day and return the number of the entry."""
    kiosk.close_period(kind, day, by="c.petit")
    with kiosk.store.reading() as unit:
        return unit.journal.head().seq


def day_of(kiosk: AKiosk, seq: int) -> DayRegister:
    register = registers(kiosk).of_closure(seq)
    assert isinstance(register, DayRegister)
    return register


def place_of(kiosk: AKiosk, outcome: FilingOutcome) -> Place:
    with kiosk.store.reading() as unit:
        place = unit.places.by_call_number(TODAY, outcome.filing.call_number)
    assert place is not None
    return place


def test_every_filing_of_the_day_is_a_row_in_order(tmp_path: Path) -> None:
    """A second filing of the same person too, with its number; tickets as the printer answered."""
    kiosk = a_kiosk(tmp_path)
    first, second, third = file_for(kiosk, "A"), file_for(kiosk, "B", prints=False), file_for(kiosk, "A")
    kiosk.order_reprint(first.request.reference, agent="c.petit", reason=ReprintReason.HOLDER)

    register = day_of(kiosk, close(kiosk))

    assert [row.reference for row in register.rows] == [each.request.reference for each in (first, second, third)]
    assert [row.ordinal for row in register.rows] == [1, 1, 2]
    assert [row.ticket for row in register.rows] == [PrintState.CONFIRMED, PrintState.SAVED, PrintState.CONFIRMED]
    assert sum(row.duplicates for row in register.rows) == 1
    assert register.recorded is not None
    assert register.recorded.closure.filings == len(register.rows)


def test_moves_stand_with_their_filing_without_what_was_taken_back(tmp_path: Path) -> None:
    """Called, called off, called again, served."""
    kiosk = a_kiosk(tmp_path)
    filed = file_for(kiosk, "A")
    session, desk = signed_in(kiosk.desk), kiosk.desk
    place_id = place_of(kiosk, filed).place_id
    desk.call_next(session)
    desk.move(session, place_id, Move(PlaceEvent.MISSED))
    desk.undo(session, place_id)
    desk.move(session, place_id, Move(PlaceEvent.CAME))
    desk.move(session, place_id, Move(PlaceEvent.FINISHED, outcome=Outcome.SERVED))

    (row,) = day_of(kiosk, close(kiosk)).rows

    assert [move.kind for move in row.moves] == [
        EntryType.PLACE_CALLED,
        EntryType.PLACE_SERVED,
        EntryType.PLACE_FINISHED,
    ]
    assert row.moves[-1].outcome is Outcome.SERVED


def test_what_happens_later_changes_no_register(tmp_path: Path) -> None:
    """A late ticket, a late call, the erasure of the person, another key of time: the same bytes."""
    kiosk = a_kiosk(tmp_path)
    filed = file_for(kiosk, "Confidentiel", prints=False)
    seq = close(kiosk)
    handed_out = register_document(registers(kiosk).of_closure(seq))
    kiosk.print(filed.filing.print_job_id)
    kiosk.desk.call_next(signed_in(kiosk.desk))
    kiosk.pass_time(timedelta(days=40))
    EraseRequest(**kiosk.parts)(filed.request.reference, ErasureReason.RIGHT, by=BY_KIOSK)
    close(kiosk, TODAY + timedelta(days=40))

    assert register_document(registers(kiosk).of_closure(seq)) == handed_out
    assert b"Confidentiel" not in handed_out


def test_a_second_closure_of_a_day_seals_the_whole_day(tmp_path: Path) -> None:
    """Who came after the first one is told apart by it; the first register stays what it was."""
    kiosk = a_kiosk(tmp_path)
    file_for(kiosk, "A")
    first = close(kiosk)
    file_for(kiosk, "B")
    second = close(kiosk)

    assert [len(day_of(kiosk, seq).rows) for seq in (first, second)] == [1, 2]
    assert [closure.number for closure in day_of(kiosk, second).earlier] == [1]
    assert registers(kiosk).of_day(TODAY) == day_of(kiosk, second)


def test_days_that_were_closed_together_stand_on_one_register(tmp_path: Path) -> None:
    """Nobody closed the day before: its filings are not lost, and asking for that day leads to them."""
    kiosk = a_kiosk(tmp_path)
    file_for(kiosk, "A")
    kiosk.pass_time(timedelta(days=1))
    file_for(kiosk, "B")
    seq = close(kiosk, TODAY + timedelta(days=1))

    register = day_of(kiosk, seq)
    assert [row.filed_on for row in register.rows] == [TODAY, TODAY + timedelta(days=1)]
    assert registers(kiosk).of_day(TODAY) == register


def test_a_day_that_goes_on_has_a_provisional_register(tmp_path: Path) -> None:
    """Also after it was closed once: with everything until now, under no closure."""
    kiosk = a_kiosk(tmp_path)
    assert registers(kiosk).of_day(TODAY).rows == ()
    file_for(kiosk, "A")
    assert registers(kiosk).of_day(TODAY).recorded is None
    close(kiosk)
    file_for(kiosk, "B")

    now = registers(kiosk).open_day(TODAY)
    assert (len(now.rows), now.recorded, [closure.number for closure in now.earlier]) == (2, None, [1])


def test_a_month_and_a_year_hold_the_closures_of_their_parts(tmp_path: Path) -> None:
    """Days in months, months in years; what was closed later belongs to a later one."""
    kiosk = a_kiosk(tmp_path)
    for day in range(3):
        file_for(kiosk, f"A{day}")
        kiosk.pass_time(timedelta(days=1 if day < 2 else 45))
    CloseEarlierPeriods(**kiosk.parts)()
    with kiosk.store.reading() as unit:
        entries = unit.journal.entries_after(0, 1000)
    closures = {p.facts["period"]: e.seq for e, p in entries if e.type == EntryType.CLOSURE_MADE and p is not None}
    month, year = (registers(kiosk).of_closure(closures[period]) for period in ("2026-11", "2026"))

    assert isinstance(month, PeriodRegister)
    assert isinstance(year, PeriodRegister)
    assert [part.closure.period for part in month.parts] == ["2026-11-20", "2026-11-21", "2026-11-22"]
    assert [part.closure.period for part in year.parts] == ["2026-11"]
    assert register_document(year) == register_document(year)


@pytest.mark.parametrize("seq", [1, 99])
def test_an_entry_that_is_no_closure_has_no_register(tmp_path: Path, seq: int) -> None:
    """One message, before any page."""
    with pytest.raises(InputError, match="closure"):
        registers(a_kiosk(tmp_path)).of_closure(seq)
