"""Staff have a ticket printed again, or written as a file: with reason and name, and never two papers for one wish."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.request_change import CorrectedField
from kiosk.domain.staff import Role
from kiosk.domain.ticket import ReprintPrinter, ReprintReason
from kiosk.errors import InputError, NotSignedInError
from kiosk.journal.entry import EntryType
from kiosk.ports.desk import StaffSession
from kiosk.ports.reprint_desk import ReprintNews
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.erase_request import EraseRequest, ErasureReason
from kiosk.services.record_change import ChangeOrder
from kiosk.workflows.print_job import PrintState
from tests.fakes.clocks import FixedClock
from tests.fakes.kiosks import AKiosk
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.staff import CHIEF, signed_in
from tests.fakes.stores import a_store

KIOSK, COUNTER = ReprintPrinter.KIOSK, ReprintPrinter.COUNTER


class ACounter:
    """An agent with a printer of their own, beside a kiosk with another."""

    def __init__(self, folder: Path) -> None:
        self.own, self.kiosks = ScriptedPrinter(), ScriptedPrinter()
        self.kiosk = AKiosk(a_store(folder), clock=FixedClock(), printer=self.kiosks, counter_printer=self.own)
        self.agent: StaffSession = signed_in(self.kiosk.desk)
        self.filed = self.kiosk.file()
        self.reference = self.filed.request.reference
        self.desk = self.kiosk.reprint_desk

    def order(self, printer: ReprintPrinter, reason: ReprintReason = ReprintReason.UNREADABLE) -> ReprintNews:
        """Order a duplicate."""
        return self.desk.order(self.agent, self.reference, reason, printer)

    def erase(self) -> None:
        """Erase the person's data, some time after the visit."""
        self.kiosk.print(self.filed.filing.print_job_id)
        EraseRequest(**self.kiosk.parts)(self.reference, ErasureReason.RIGHT, by="chef")


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[ACounter]:
    counter = ACounter(tmp_path)
    yield counter
    assert counter.kiosk.verified().is_whole
    counter.kiosk.store.close()


def test_the_counters_own_printer_prints_and_the_kiosks_roll_is_not_counted(counter: ACounter) -> None:
    """Each printer has its roll; the state follows what this printer said."""
    counter.kiosk.change_roll("a.martin")
    ordered = counter.order(COUNTER)
    printed = counter.desk.print_here(counter.agent, ordered.print_job_id)

    assert (ordered.state, printed.state) == (PrintState.SAVED, PrintState.CONFIRMED)
    assert [slip.reprint and slip.reprint.reason for slip in counter.own.on_paper] == ["unreadable"]
    assert counter.kiosks.on_paper == []
    roll = counter.kiosk.roll()
    assert roll is not None
    assert roll.used_mm == 0
    assert counter.kiosk.facts_of(EntryType.REPRINT_ORDERED)[0] == {
        "print_job_id": ordered.print_job_id,
        "filing_id": counter.filed.filing.filing_id,
        "reference": counter.reference,
        "duplicate_number": 1,
        "agent": "a.martin",
        "counter": "1",
        "reason": "unreadable",
        "printer": "counter",
    }


def test_where_it_stands_is_what_the_printer_said(counter: ACounter) -> None:
    """An answer that was lost is no success; the condition explains a refusal."""
    counter.own.mood = PrinterMood.LOSE_THE_ANSWER
    lost = counter.desk.print_here(counter.agent, counter.order(COUNTER).print_job_id)
    counter.own.mood = PrinterMood.REFUSE
    refused = counter.desk.print_here(counter.agent, counter.order(COUNTER).print_job_id)

    assert (lost.number, lost.state) == (1, PrintState.UNCONFIRMED)
    assert (refused.number, refused.state, refused.condition) == (2, PrintState.FAILED, PrinterCondition.PAPER_OUT)


def test_who_asks_twice_gets_one_paper(counter: ACounter) -> None:
    """Also from two counters: the second is told of the first one's order."""
    first = counter.order(KIOSK)
    other = signed_in(counter.kiosk.desk, "b.petit", counter="2")
    second = counter.desk.order(other, counter.reference, ReprintReason.LOST, COUNTER)

    assert second == first
    counter.kiosk.take_up()
    assert counter.desk.news(other, first.print_job_id).state is PrintState.CONFIRMED
    assert (len(counter.kiosks.on_paper), len(counter.own.on_paper)) == (1, 0)
    assert counter.order(COUNTER).number == 2


def test_an_order_that_was_given_up_never_comes_out(counter: ACounter) -> None:
    """The agent did not want to wait for a kiosk that stands still; who gave it up is in the journal."""
    counter.kiosk.heard_of_printer = None
    ordered = counter.order(KIOSK)
    ended = counter.desk.give_up(counter.agent, ordered.print_job_id)

    assert (ordered.condition, ended.state) == (None, PrintState.EXPIRED)
    assert counter.kiosk.take_up() == 0
    assert counter.kiosk.facts_of(EntryType.TICKET_EXPIRED)[0]["agent"] == "a.martin"


def test_what_is_printed_already_cannot_be_given_up(counter: ACounter) -> None:
    """The answer says how it ended instead."""
    job = counter.order(COUNTER).print_job_id
    counter.desk.print_here(counter.agent, job)

    assert counter.desk.give_up(counter.agent, job).state is PrintState.CONFIRMED
    assert counter.desk.print_here(counter.agent, job).state is PrintState.CONFIRMED
    assert len(counter.own.on_paper) == 1


def test_nobody_who_is_not_at_work_orders_or_looks(counter: ACounter) -> None:
    """A locked screen, an account that was disabled: nothing is done, nothing is shown."""
    job = counter.order(KIOSK).print_job_id
    counter.kiosk.desk.lock(counter.agent)
    with pytest.raises(NotSignedInError):
        counter.order(KIOSK)
    other = signed_in(counter.kiosk.desk, "b.petit", Role.SUPERVISOR)
    counter.kiosk.desk.accounts.disable("b.petit", by=CHIEF)

    for ask in (
        lambda: counter.desk.news(other, job),
        lambda: counter.desk.give_up(other, job),
        lambda: counter.desk.print_here(other, job),
        lambda: counter.desk.office_pdf(other, counter.reference),
    ):
        with pytest.raises(NotSignedInError):
            ask()
    assert counter.kiosk.state_of(job) is PrintState.SAVED


def test_the_file_says_all_that_the_ticket_says_and_who_made_it(counter: ACounter) -> None:
    """With what an agent put right, as a duplicate says it; the date stays."""
    order = ChangeOrder(counter.reference, "k", "fr")
    counter.kiosk.correct(order, {CorrectedField.BIRTH_NAME: "DIALLOU"}, agent="b.petit", reason="passeport")
    words = counter.desk.office_pdf(counter.agent, counter.reference).decode()

    assert "Copie du ticket, établie le 20/11/2026" in words
    assert "par a.martin" in words
    assert "DIALLOU" in words
    assert words.count("Identité corrigée par un agent") == 1
    assert "DUPLICATA" not in words
    assert "Ce document n'est pas un titre de séjour" in words
    assert counter.kiosk.facts_of(EntryType.OFFICE_COPY_MADE) == [
        {"reference": counter.reference, "agent": "a.martin", "counter": "1"}
    ]


@pytest.mark.parametrize("printer", [KIOSK, COUNTER])
def test_nothing_is_printed_or_written_of_whom_was_erased(counter: ACounter, printer: ReprintPrinter) -> None:
    """Nor of a reference that nobody has."""
    counter.erase()

    with pytest.raises(InputError, match="erased"):
        counter.order(printer)
    with pytest.raises(InputError, match="erased"):
        counter.desk.office_pdf(counter.agent, counter.reference)
    with pytest.raises(InputError, match="held here"):
        counter.desk.office_pdf(counter.agent, "38-A2-260101-0001-X")
    assert counter.kiosk.facts_of(EntryType.OFFICE_COPY_MADE) == []
