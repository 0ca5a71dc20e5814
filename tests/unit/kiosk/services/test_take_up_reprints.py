"""The kiosk prints what counter and centre order for its printer: each order once, none behind a person's back."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from structlog.testing import LogCapture

from kiosk.domain.missing_papers import MissingPapers
from kiosk.domain.request import PrintJobId
from kiosk.domain.ticket import ReprintPrinter, ReprintReason
from kiosk.errors import ConfigurationError, InputError, StoreBusyError
from kiosk.journal.entry import EntryType
from kiosk.ports.desk import StaffSession
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.services.record_change import ChangeOrder
from kiosk.services.take_up_reprints import ReprintWatch, TakeUpReprints
from kiosk.services.watched_printer import WatchedPrinter
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.requests import a_request_content
from tests.fakes.staff import signed_in
from tests.fakes.stores import a_store
from tests.fakes.waiting import LIMIT_S, until


class AHall:
    """A kiosk whose printer a test can see, an agent, and a request whose ticket is lost."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.printer = FixedClock(), ScriptedPrinter()
        self.kiosk = AKiosk(a_store(folder), clock=self.clock, printer=self.printer)
        self.agent: StaffSession = signed_in(self.kiosk.desk)
        self.reference = self.kiosk.file().request.reference

    def order(self, printer: ReprintPrinter = ReprintPrinter.KIOSK) -> PrintJobId:
        """Order a duplicate at the counter."""
        desk = self.kiosk.reprint_desk
        return desk.order(self.agent, self.reference, ReprintReason.LOST, printer).print_job_id


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[AHall]:
    hall = AHall(tmp_path)
    yield hall
    assert hall.kiosk.verified().is_whole
    hall.kiosk.store.close()


def test_an_order_of_the_counter_comes_out_once_marked_and_confirmed(hall: AHall) -> None:
    """The second look finds nothing to do; the first ticket's job, which has its own visitor, is left alone."""
    job = hall.order()

    assert (hall.kiosk.take_up(), hall.kiosk.take_up()) == (1, 0)
    assert hall.kiosk.state_of(job) is PrintState.CONFIRMED
    (slip,) = hall.printer.on_paper
    assert slip.reprint is not None
    assert (slip.reprint.number, slip.reprint.agent, slip.reprint.reason) == (1, "a.martin", "lost")
    assert hall.kiosk.facts_of(EntryType.REPRINT_ORDERED)[0]["counter"] == "1"


def test_what_is_for_the_counters_own_printer_is_not_taken_up(hall: AHall) -> None:
    """Nor does a start of the kiosk close it: the staff window may be printing it at this very moment."""
    job = hall.order(ReprintPrinter.COUNTER)

    assert hall.kiosk.take_up() == 0
    hall.kiosk.recover()
    assert hall.kiosk.state_of(job) is PrintState.SAVED


def test_a_printer_without_paper_fails_the_order_and_nothing_comes_out_later(hall: AHall) -> None:
    """A new roll brings no backlog."""
    job = hall.order()
    hall.printer.mood = PrinterMood.REFUSE
    hall.kiosk.take_up()
    hall.printer.mood = PrinterMood.CONFIRM

    assert hall.kiosk.take_up() == 0
    assert hall.kiosk.state_of(job) is PrintState.FAILED
    assert hall.printer.on_paper == []


@pytest.mark.parametrize("printer", [ReprintPrinter.KIOSK, ReprintPrinter.COUNTER])
def test_an_order_that_waited_too_long_is_closed_instead(hall: AHall, printer: ReprintPrinter) -> None:
    """Nobody stands there any more to take a paper with a name on it."""
    job = hall.order(printer)
    hall.clock.pass_time(timedelta(minutes=11))

    assert hall.kiosk.take_up() == 0
    assert hall.kiosk.state_of(job) is PrintState.EXPIRED


def test_what_a_staff_window_left_in_the_middle_is_unconfirmed_in_the_end(hall: AHall) -> None:
    """Its program was killed with half a slip on paper."""
    job = hall.order(ReprintPrinter.COUNTER)
    with hall.kiosk.store.units() as unit:
        unit.print_jobs.set_state(job, PrintState.SAVED, PrintState.SENDING)
        unit.commit()
    hall.clock.pass_time(timedelta(minutes=11))
    hall.kiosk.take_up()

    assert hall.kiosk.state_of(job) is PrintState.UNCONFIRMED


def test_two_processes_that_take_up_the_same_order_print_it_once(hall: AHall) -> None:
    """The slower one finds it in another state when its printer is ready."""
    job = hall.order()
    other = ScriptedPrinter()
    beside = AKiosk(hall.kiosk.store, clock=hall.clock, entropy=hall.kiosk.entropy, printer=other)
    hall.printer.when_asked = lambda: beside.print(job)

    assert hall.kiosk.take_up() == 0
    assert (len(hall.printer.on_paper), len(other.on_paper)) == (0, 1)
    assert hall.kiosk.state_of(job) is PrintState.CONFIRMED


def test_a_ticket_that_cannot_be_made_is_tried_once(hall: AHall, log: LogCapture) -> None:
    """Its procedure left the catalogue: the next orders must not wait behind it for ever."""
    job = hall.order()

    def cannot(_: PrintJobId) -> None:
        raise ConfigurationError("procedures_file", "the procedure of this request")

    take_up = TakeUpReprints(**hall.kiosk.parts, reading=hall.kiosk.store.reading, print_ticket=cannot)

    assert (take_up(), take_up()) == (1, 0)
    assert hall.kiosk.state_of(job) is PrintState.FAILED
    assert [line["event"] for line in log.entries if line["log_level"] == "error"] == ["error.unexpected"]


def test_a_duplicate_waits_until_a_visitors_ticket_is_out(hall: AHall) -> None:
    """The visitor stands there; the two papers never mix on the line."""
    watched = WatchedPrinter(hall.printer, lambda _: None)
    visitor = hall.kiosk.file(a_request_content(birth_name="KEITA", foreigner_number=None)).filing.print_job_id
    begun, may_end = threading.Event(), threading.Event()

    def while_it_prints() -> None:
        begun.set()
        may_end.wait(LIMIT_S)

    hall.printer.when_bytes_leave = while_it_prints
    hall.kiosk.printer = watched
    printing = threading.Thread(target=hall.kiosk.print, args=[visitor])
    printing.start()
    begun.wait(LIMIT_S)
    job = hall.order()
    taking_up = threading.Thread(target=hall.kiosk.take_up)
    taking_up.start()

    assert hall.kiosk.state_of(job) is PrintState.SAVED
    may_end.set()
    printing.join()
    taking_up.join()
    assert [slip.reprint is None for slip in hall.printer.on_paper] == [True, False]
    assert hall.kiosk.state_of(job) is PrintState.CONFIRMED


def test_the_watch_takes_up_what_is_ordered_and_outlives_a_busy_store(hall: AHall, log: LogCapture) -> None:
    """One look that fails is no end."""
    busy = threading.Event()
    busy.set()

    def prints(job: PrintJobId) -> None:
        if busy.is_set():
            busy.clear()
            raise StoreBusyError("somebody else writes")
        hall.kiosk.print(job)

    job = hall.order()
    watch = ReprintWatch(
        TakeUpReprints(**hall.kiosk.parts, reading=hall.kiosk.store.reading, print_ticket=prints), look_every_s=0.01
    )
    watch.start()
    until(lambda: hall.kiosk.state_of(job).is_final)
    watch.stop()

    assert hall.kiosk.state_of(job) is PrintState.CONFIRMED
    assert not watch.is_alive()
    assert [line["error"] for line in log.entries if line["log_level"] == "warning"] == ["StoreBusyError"]


def listed(hall: AHall) -> PrintJobId:
    """Say what is missing, and order the list of it."""
    files = hall.kiosk.file_work
    files.ask_papers(hall.agent, hall.reference, ["titre"], "Acte de naissance", date(2026, 12, 20))
    files.print_missing(hall.agent, hall.reference)
    return PrintJobId(str(hall.kiosk.facts_of(EntryType.MISSING_LISTED)[-1]["print_job_id"]))


def test_a_list_of_missing_papers_comes_out_once(hall: AHall) -> None:
    """With what was asked for, on what day, in the language of the person."""
    job = listed(hall)

    assert (hall.kiosk.take_up(), hall.kiosk.take_up()) == (1, 0)
    assert hall.kiosk.state_of(job) is PrintState.CONFIRMED
    (slip,) = hall.printer.slips
    assert isinstance(slip, MissingPapers)
    assert slip.labels == ("Titre de séjour actuel", "Acte de naissance")
    assert (slip.asked_on, slip.bring_by, slip.language) == (date(2026, 11, 20), date(2026, 12, 20), "fr")


def test_a_list_that_waited_too_long_never_comes_out(hall: AHall) -> None:
    """The person has left."""
    job = listed(hall)
    hall.clock.pass_time(timedelta(minutes=11))

    assert hall.kiosk.take_up() == 0
    assert hall.kiosk.state_of(job) is PrintState.EXPIRED
    assert hall.printer.slips == []


def test_the_paper_of_a_visitor_is_left_to_the_screen(hall: AHall) -> None:
    """Whoever stands there gets it from there."""
    hall.kiosk.withdraw(ChangeOrder(hall.reference, "key-of-holder", "fr"))

    assert hall.kiosk.take_up() == 0


def test_no_list_is_printed_of_what_was_never_asked_for(hall: AHall) -> None:
    """And none of somebody who was erased."""
    with pytest.raises(InputError, match="missing"):
        hall.kiosk.file_work.print_missing(hall.agent, hall.reference)
    assert hall.kiosk.facts_of(EntryType.MISSING_LISTED) == []


def test_an_erased_person_s_list_does_not_come_out(hall: AHall) -> None:
    """The order goes with the person."""
    job = listed(hall)
    with hall.kiosk.store.units() as unit:
        request_id = unit.requests.by_reference(hall.reference)
        assert request_id is not None
        EraseRequest(**hall.kiosk.parts).within(unit, request_id, ErasureReason.RIGHT, "chef")
        unit.commit()

    assert hall.kiosk.take_up() == 0
    assert hall.kiosk.state_of(job) is PrintState.EXPIRED
