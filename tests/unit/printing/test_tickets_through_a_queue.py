"""A ticket through a print queue: at best unconfirmed, and never in front of somebody else later."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.ports.ticket_printer import PrinterCondition, PrintVerdict
from printing.driver import EscposTicketPrinter, printer_for
from tests.fakes.cups import FakeCups
from tests.fakes.emulated import settings_for
from tests.fakes.programs import borne
from tests.fakes.tickets import a_ticket


@pytest.fixture
def printer(cups: FakeCups, qapp: QApplication) -> Iterator[EscposTicketPrinter]:
    made = printer_for(settings_for("cups://Ticket", deadline_s=5))
    assert isinstance(made, EscposTicketPrinter)
    yield made
    made.close()


def test_a_ticket_that_left_the_queue_is_unconfirmed(cups: FakeCups, printer: EscposTicketPrinter) -> None:
    """One job, announced before, and no question of ours ever in the queue."""
    assert printer.condition() is PrinterCondition.READY
    before: list[int] = []

    report = printer.print_ticket(a_ticket(), before_first_byte=lambda: before.append(len(cups.printed)))

    assert (report.verdict, report.condition) == (PrintVerdict.UNCONFIRMED, PrinterCondition.READY)
    assert before == [0]
    assert [len(slip) for slip in cups.printed] == [report.bytes_sent]


@pytest.mark.parametrize("behaviour", [{"enabled": False}, {"accepting": False}, {"jobs": {"7": -1}}])
def test_a_queue_that_is_not_in_order_refuses(
    cups: FakeCups, printer: EscposTicketPrinter, behaviour: dict[str, object]
) -> None:
    """Before anything is announced."""
    cups.behave(**behaviour)

    report = printer.print_ticket(a_ticket(), before_first_byte=lambda: pytest.fail("announced"))

    assert (report.verdict, report.condition) == (PrintVerdict.REFUSED, PrinterCondition.OFFLINE)
    assert printer.condition() is PrinterCondition.OFFLINE
    assert cups.printed == []


def test_a_ticket_that_does_not_leave_is_taken_back(cups: FakeCups, printer: EscposTicketPrinter) -> None:
    """Unconfirmed, and the queue is empty again."""
    cups.behave(looks=-1)

    report = printer.print_ticket(a_ticket(), before_first_byte=lambda: None)

    assert (report.verdict, report.condition) == (PrintVerdict.UNCONFIRMED, PrinterCondition.OFFLINE)
    assert cups.waiting == []


def test_a_filing_through_a_queue_is_saved_and_reported_honestly(cups: FakeCups, tmp_path: Path) -> None:
    """Exit 3: nobody confirmed the paper."""
    request = tmp_path / "request.json"
    request.write_text(
        json.dumps(
            {"procedure": "REN-SALARIE", "birth_name": "DIALLO", "given_names": ["A"], "birth_date": "1990-04-12"}
        ),
        encoding="utf-8",
    )

    done = borne("file", "--request", request, "--printer", "cups://Ticket", "--data-dir", tmp_path / "data")

    assert (done.code, json.loads(done.out)["print_state"]) == (3, "unconfirmed")
    assert len(cups.printed) == 1
