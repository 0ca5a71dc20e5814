"""A supervisor ends the day and checks it the next morning; an agent may not, and nothing is closed by accident."""

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.domain.moment import ClockQuality
from kiosk.domain.staff import Role
from kiosk.errors import InputError, NotAllowedError, NotSignedInError
from kiosk.journal.closure import ClosureKind
from kiosk.journal.entry import EntryType
from kiosk.journal.verification import BreakReason
from kiosk.ports.desk import StaffSession
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.close_period import CloseEarlierPeriods
from kiosk.services.morning_check import missing_number
from kiosk.store.store import DATABASE_NAME
from kiosk.workflows.print_job import PrintState
from tests.fakes.kiosks import AKiosk, a_kiosk
from tests.fakes.raw_databases import raw_connection
from tests.fakes.requests import a_request_content
from tests.fakes.staff import signed_in
from tests.fakes.staff_papers import day_end

TODAY = date(2026, 11, 20)
ONE_DAY = timedelta(days=1)


def file_for(kiosk: AKiosk, *names: str, prints: bool = True) -> None:
    for name in names:
        filed = kiosk.file(a_request_content(birth_name=name, foreigner_number=None))
        if prints:
            kiosk.print(filed.filing.print_job_id)


def a_supervisor(kiosk: AKiosk) -> StaffSession:
    return signed_in(kiosk.desk, "c.petit", Role.SUPERVISOR)


def test_what_the_day_holds_is_counted(tmp_path: Path) -> None:
    """Filings, tickets, people, what the centre does not have."""
    kiosk = a_kiosk(tmp_path)
    session = a_supervisor(kiosk)
    file_for(kiosk, "A", "B", "A")
    file_for(kiosk, "C", prints=False)
    kiosk.desk.call_next(session)

    holds = day_end(kiosk).today(session)

    assert (holds.day, holds.filings, holds.requests) == (TODAY, 4, 3)
    assert holds.tickets == {PrintState.CONFIRMED: 3, PrintState.SAVED: 1}
    assert (holds.waiting, holds.at_counter, holds.aside) == (2, 1, 0)
    assert holds.backlog.pending == holds.backlog.last_seq
    assert (holds.closures, holds.can_close, holds.filed_since) == ((), True, 0)


def test_the_day_is_closed_in_the_name_of_who_closes(tmp_path: Path) -> None:
    """In the journal, numbered after the one before; and the chain verifies."""
    kiosk = a_kiosk(tmp_path)
    file_for(kiosk, "A")
    desk, session = day_end(kiosk), a_supervisor(kiosk)

    closure = desk.close_today(session)

    assert (closure.number, closure.period, closure.closed_by) == (1, TODAY.isoformat(), "c.petit")
    assert kiosk.facts_of(EntryType.CLOSURE_MADE)[-1]["closed_by"] == "c.petit"
    assert [each.closure for each in desk.today(session).closures] == [closure]
    assert kiosk.verified().is_whole


def test_who_comes_after_the_closure_is_told_and_closed_again(tmp_path: Path) -> None:
    """Without anybody there is nothing to close, and it says so."""
    kiosk = a_kiosk(tmp_path)
    desk, session = day_end(kiosk), a_supervisor(kiosk)
    desk.close_today(session)
    assert not desk.today(session).can_close
    with pytest.raises(InputError):
        desk.close_today(session)
    file_for(kiosk, "B")

    assert (desk.today(session).filed_since, desk.today(session).can_close) == (1, True)
    assert desk.close_today(session).number == 2
    assert desk.today(session).filed_since == 0


def test_days_that_nobody_closed_are_closed_each_for_itself_before_today(tmp_path: Path) -> None:
    """One register a day, as if the night had done it."""
    kiosk = a_kiosk(tmp_path)
    file_for(kiosk, "A")
    kiosk.pass_time(ONE_DAY)
    file_for(kiosk, "B")
    desk, session = day_end(kiosk), a_supervisor(kiosk)
    assert desk.check(session).open_since == TODAY
    desk.close_today(session)

    days = [each.closure for each in desk.closures(session) if each.closure.kind is ClosureKind.DAY]
    assert [(closure.period, closure.filings, closure.number) for closure in days] == [
        ("2026-11-21", 1, 2),
        ("2026-11-20", 1, 1),
    ]
    assert desk.check(session).open_since is None


def test_an_agent_ends_no_day_and_sees_no_register(tmp_path: Path) -> None:
    """Whatever the screen offers; nothing is written."""
    kiosk = a_kiosk(tmp_path)
    file_for(kiosk, "A")
    kiosk.pass_time(ONE_DAY)
    desk, session = day_end(kiosk), signed_in(kiosk.desk)

    for ask in (desk.today, desk.check, desk.close_today, desk.close_earlier, desk.closures):
        with pytest.raises(NotAllowedError):
            ask(session)
    with pytest.raises(NotAllowedError):
        desk.document(session, None)
    kiosk.desk.lock(session)
    with pytest.raises(NotSignedInError):
        desk.close_today(session)
    assert EntryType.CLOSURE_MADE not in kiosk.entry_types()


def test_a_good_morning(tmp_path: Path) -> None:
    """The day before is closed, by an agent and then by the night; every entry of it was verified."""
    kiosk = a_kiosk(tmp_path)
    file_for(kiosk, "A")
    CloseEarlierPeriods(**kiosk.parts)()
    kiosk.pass_time(ONE_DAY)
    file_for(kiosk, "B")
    desk, session = day_end(kiosk), a_supervisor(kiosk)
    desk.close_today(session)
    kiosk.desk.sign_out(session)
    kiosk.pass_time(ONE_DAY)
    CloseEarlierPeriods(**kiosk.parts)()

    check = desk.check(signed_in(kiosk.desk, "d.chef", Role.SUPERVISOR))

    assert check.last is not None
    assert (check.last.closure.number, check.last.closure.period) == (3, "2026-11-21")
    assert (check.open_since, check.missing_number, check.chain_break) == (None, None, None)
    assert check.entries == check.last.entry.seq - desk_first_seq(kiosk, "2026-11-21") + 1
    assert (check.clock, check.printer) == (ClockQuality.SYNCED, PrinterCondition.READY)


def desk_first_seq(kiosk: AKiosk, period: str) -> int:
    """The first entry that the closures of a day count."""
    return min(
        int(str(facts["first_seq"])) for facts in kiosk.facts_of(EntryType.CLOSURE_MADE) if facts["period"] == period
    )


def test_the_first_day_has_nothing_to_check(tmp_path: Path) -> None:
    """No day before it, no fault."""
    kiosk = a_kiosk(tmp_path)
    check = day_end(kiosk, printer=None).check(a_supervisor(kiosk))

    assert (check.last, check.entries, check.chain_break, check.open_since, check.printer) == (
        None,
        0,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("damage", "seq", "reason"),
    [
        ("UPDATE journal_entries SET type = 'ticket_failed' WHERE seq = 4", 4, BreakReason.HASH),
        ("UPDATE journal_entries SET clock = 'sundial' WHERE seq = 4", 4, BreakReason.UNREADABLE),
        ("UPDATE journal_entries SET clock = 'sundial' WHERE type = 'closure_made'", 8, BreakReason.UNREADABLE),
        ("DELETE FROM journal_entries WHERE seq = 5", 5, BreakReason.MISSING),
        ("UPDATE payloads SET facts = X'7b' WHERE seq = 5", 5, BreakReason.UNREADABLE),
        ("UPDATE payloads SET facts = X'7b' WHERE seq = 8", 8, BreakReason.UNREADABLE),
        ("UPDATE payloads SET facts = CAST('{}' AS BLOB) WHERE seq = 5", 5, BreakReason.PAYLOAD),
    ],
)
def test_damage_to_the_day_before_is_found(tmp_path: Path, damage: str, seq: int, reason: BreakReason) -> None:
    """Somebody with the key of the store changed it: the entry is named, and the screen still answers."""
    kiosk = a_kiosk(tmp_path, encrypted=False)
    file_for(kiosk, "A", "B")
    kiosk.pass_time(ONE_DAY)
    CloseEarlierPeriods(**kiosk.parts)()
    session = a_supervisor(kiosk)
    with closing(raw_connection(tmp_path / DATABASE_NAME, None)) as database:
        for (guard,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {guard}")
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute(damage)

    check = day_end(kiosk).check(session)

    assert check.chain_break is not None
    assert (check.chain_break.seq, check.chain_break.reason) == (seq, reason)
    assert not check.is_in_order


def test_a_clock_behind_the_journal_is_suspect(tmp_path: Path) -> None:
    """Whatever the clock says of itself."""
    kiosk = a_kiosk(tmp_path)
    file_for(kiosk, "A")
    session = a_supervisor(kiosk)
    kiosk.pass_time(-timedelta(hours=3))

    assert day_end(kiosk).check(session).clock is ClockQuality.SUSPECT


def test_a_missing_number_is_named(tmp_path: Path) -> None:
    """Of closures that were taken away, wherever."""
    kiosk = a_kiosk(tmp_path)
    for day in range(4):
        file_for(kiosk, f"A{day}")
        kiosk.pass_time(ONE_DAY)
    CloseEarlierPeriods(**kiosk.parts)()
    closures = [each for each in day_end(kiosk).closures(a_supervisor(kiosk)) if each.closure.kind is ClosureKind.DAY]

    assert [each.closure.number for each in closures] == [4, 3, 2, 1]
    assert missing_number(closures) is None
    for gone, missing in ((0, None), (1, 3), (3, 1)):
        assert missing_number([*closures[:gone], *closures[gone + 1 :]]) == missing
