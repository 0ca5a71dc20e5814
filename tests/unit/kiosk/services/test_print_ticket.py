"""Printing: the state on disk is what the printer said, never more."""

from pathlib import Path

import pytest
from structlog.testing import LogCapture

from kiosk.domain.request import PrintJobId
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.print_ticket import _ENTRY_OF
from kiosk.workflows.print_job import TRANSITIONS, PrintEvent, PrintState, UnexpectedPrintEventError
from tests.fakes.kiosks import AKiosk
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.stores import a_store, reopened


def a_printing_kiosk(folder: Path, mood: PrinterMood = PrinterMood.CONFIRM) -> tuple[AKiosk, ScriptedPrinter]:
    """A kiosk with a printer in a mood."""
    printer = ScriptedPrinter(mood)
    return AKiosk(a_store(folder), printer=printer), printer


@pytest.mark.parametrize(
    ("mood", "state", "entries", "slips"),
    [
        (PrinterMood.CONFIRM, PrintState.CONFIRMED, ["ticket_sending", "ticket_confirmed"], 1),
        (PrinterMood.LOSE_THE_ANSWER, PrintState.UNCONFIRMED, ["ticket_sending", "ticket_unconfirmed"], 1),
        (PrinterMood.REFUSE, PrintState.FAILED, ["ticket_failed"], 0),
        (PrinterMood.REFUSE_AFTER_START, PrintState.FAILED, ["ticket_sending", "ticket_failed"], 0),
        (PrinterMood.RAISE_BEFORE, PrintState.FAILED, ["ticket_failed"], 0),
        (PrinterMood.RAISE_IN_THE_MIDDLE, PrintState.UNCONFIRMED, ["ticket_sending", "ticket_unconfirmed"], 1),
    ],
)
def test_the_state_is_what_the_printer_said(
    mood: PrinterMood, state: PrintState, entries: list[str], slips: int, tmp_path: Path
) -> None:
    """Said, stored and recorded alike; whatever may be on paper is never called failed."""
    kiosk, printer = a_printing_kiosk(tmp_path, mood)
    job = kiosk.file().filing.print_job_id

    said = kiosk.print(job)

    assert said is kiosk.state_of(job) is state
    assert kiosk.entry_types() == ["request_filed", *entries]
    assert len(printer.on_paper) == slips
    assert kiosk.verified().is_whole


def test_the_entry_tells_why(tmp_path: Path) -> None:
    """Staff can read afterwards that the paper was out."""
    kiosk, printer = a_printing_kiosk(tmp_path, PrinterMood.REFUSE)
    printer.refusal = PrinterCondition.COVER_OPEN
    outcome = kiosk.file()

    kiosk.print(outcome.filing.print_job_id)

    with kiosk.store.reading() as unit:
        ((entry, payload),) = unit.journal.entries_after(2, 1)
    assert payload is not None
    assert entry.subject == outcome.request.request_id
    assert payload.facts == {
        "print_job_id": outcome.filing.print_job_id,
        "filing_id": outcome.filing.filing_id,
        "duplicate_number": 0,
        "event": "refused",
        "condition": "cover_open",
        "bytes_sent": 0,
    }


@pytest.mark.parametrize("mood", list(PrinterMood))
def test_a_job_is_printed_once(mood: PrinterMood, tmp_path: Path) -> None:
    """A later print is another job, marked DUPLICATA; this one is over, however it ended."""
    kiosk, printer = a_printing_kiosk(tmp_path, mood)
    job = kiosk.file().filing.print_job_id
    kiosk.print(job)
    slips = len(printer.on_paper)
    printer.mood = PrinterMood.CONFIRM

    with pytest.raises(UnexpectedPrintEventError):
        kiosk.print(job)

    assert len(printer.on_paper) == slips


def test_the_ticket_is_the_one_of_the_visit(tmp_path: Path) -> None:
    """Of two visits, each prints its own slip."""
    kiosk, printer = a_printing_kiosk(tmp_path)
    first, second = kiosk.file(), kiosk.file()

    kiosk.print(second.filing.print_job_id)
    kiosk.print(first.filing.print_job_id)

    assert [ticket.filing.ordinal for ticket in printer.on_paper] == [2, 1]
    assert {ticket.request.received for ticket in printer.on_paper} == {first.request.received}


def test_an_expired_job_is_not_printed(tmp_path: Path) -> None:
    """Its visitor left; nothing comes out behind their back."""
    kiosk, printer = a_printing_kiosk(tmp_path)
    job = kiosk.file().filing.print_job_id
    assert kiosk.expire(job) is PrintState.EXPIRED

    with pytest.raises(UnexpectedPrintEventError):
        kiosk.print(job)

    assert printer.on_paper == []


def test_a_job_that_expires_while_the_printer_is_asked_is_not_printed(tmp_path: Path) -> None:
    """Between the question to the printer and the first byte the visitor left: the store decides."""
    kiosk, printer = a_printing_kiosk(tmp_path)
    outcome = kiosk.file()
    job = outcome.filing.print_job_id
    beside = AKiosk(reopened(tmp_path))
    printer.when_asked = lambda: beside.expire(outcome.filing.print_job_id)

    with pytest.raises(UnexpectedPrintEventError):
        kiosk.print(job)

    assert printer.on_paper == []
    assert kiosk.state_of(job) is PrintState.EXPIRED


def test_a_recovery_beside_a_slow_print_has_the_last_word(tmp_path: Path) -> None:
    """Another process took the job for a leftover: what it recorded is what is said."""
    kiosk, printer = a_printing_kiosk(tmp_path)
    job = kiosk.file().filing.print_job_id
    printer.when_bytes_leave = lambda: _recover(tmp_path)

    assert kiosk.print(job) is PrintState.UNCONFIRMED
    assert kiosk.state_of(job) is PrintState.UNCONFIRMED


def _recover(folder: Path) -> None:
    AKiosk(reopened(folder)).recover()


def test_an_unknown_job_is_our_bug(tmp_path: Path) -> None:
    """Loud."""
    kiosk, _ = a_printing_kiosk(tmp_path)

    with pytest.raises(KeyError):
        kiosk.print(PrintJobId("nothing"))


def test_a_bug_of_the_driver_is_logged(tmp_path: Path, log: LogCapture) -> None:
    """The visitor is told what is true; the developer is told the rest."""
    kiosk, _ = a_printing_kiosk(tmp_path, PrinterMood.RAISE_IN_THE_MIDDLE)

    kiosk.print(kiosk.file().filing.print_job_id)

    assert [str(line["event"]) for line in log.entries if line["log_level"] == "error"] == ["error.unexpected"]


def test_leftovers_are_settled_at_the_start(tmp_path: Path) -> None:
    """Sending becomes unconfirmed, saved expires; a second start finds nothing."""
    kiosk, _ = a_printing_kiosk(tmp_path)
    saved, sending = (kiosk.file(key=key).filing.print_job_id for key in ("a", "b"))
    with kiosk.store.units() as unit:
        unit.print_jobs.set_state(sending, PrintState.SAVED, PrintState.SENDING)
        unit.commit()

    found, again = kiosk.recover(), kiosk.recover()

    assert (found.unconfirmed, found.expired) == (1, 1)
    assert (again.unconfirmed, again.expired) == (0, 0)
    assert (kiosk.state_of(saved), kiosk.state_of(sending)) == (PrintState.EXPIRED, PrintState.UNCONFIRMED)
    assert kiosk.entry_types()[-2:] == ["ticket_unconfirmed", "ticket_expired"]


def test_expiring_leaves_other_states_alone(tmp_path: Path) -> None:
    """A ticket that came out stays confirmed when its visitor walks away."""
    kiosk, _ = a_printing_kiosk(tmp_path)
    job = kiosk.file().filing.print_job_id
    kiosk.print(job)

    assert kiosk.expire(job) is PrintState.CONFIRMED


def test_every_event_of_the_table_can_be_recorded() -> None:
    """Each state that a job can reach has its kind of entry."""
    assert set(_ENTRY_OF) == set(TRANSITIONS.values())
    assert {event for _, event in TRANSITIONS} == set(PrintEvent)
