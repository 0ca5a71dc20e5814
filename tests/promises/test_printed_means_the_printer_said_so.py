"""Promise 4, with the real driver on a real wire and the printer that can fail at its other end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.domain.ticket import Ticket
from kiosk.ports.ticket_printer import PrinterCondition, PrintReport, PrintVerdict
from printing.driver import EscposTicketPrinter, NoPrinter, printer_for
from tests.fakes.emulated import Bench, on_the_bench, settings_for
from tests.fakes.read_codes import codes_on
from tests.fakes.tickets import A_SEAL, a_ticket


@pytest.fixture
def bench(tmp_path: Path, qapp: QApplication) -> Iterator[Bench]:
    with on_the_bench("tcp", tmp_path, deadline_s=2.0) as bench:
        yield bench


def printed(bench: Bench, ticket: Ticket | None = None) -> PrintReport:
    return bench.printer.print_ticket(ticket or a_ticket(), before_first_byte=lambda: None)


@pytest.mark.parametrize("wire", ["tcp", "pty"])
@pytest.mark.parametrize("confirmation", ["status_after_data", "process_id"])
def test_a_confirmed_slip_lies_whole_in_the_tray(
    tmp_path: Path, qapp: QApplication, wire: str, confirmation: str
) -> None:
    """When the driver says confirmed, the paper is out, cut, and its seal can be read; nothing was misread."""
    with on_the_bench(wire, tmp_path, confirmation=confirmation) as bench:
        report = printed(bench, a_ticket(language="ar"))

        slips = bench.device.slips()
        assert report.verdict is PrintVerdict.CONFIRMED
        assert [(slip.is_complete, slip.complaints) for slip in slips] == [(True, ())]
        assert codes_on(slips[0].picture) == [A_SEAL]


@pytest.mark.parametrize(
    ("fault", "condition"),
    [
        ("paper out", PrinterCondition.PAPER_OUT),
        ("cover open", PrinterCondition.COVER_OPEN),
        ("cutter jam", PrinterCondition.CUTTER_ERROR),
        ("broken on", PrinterCondition.UNRECOVERABLE_ERROR),
        ("button press", PrinterCondition.FEED_BUTTON),
        ("silent on", PrinterCondition.SILENT),
        ("connections refuse", PrinterCondition.DISCONNECTED),
    ],
)
def test_a_printer_that_cannot_print_gets_no_ticket(bench: Bench, fault: str, condition: PrinterCondition) -> None:
    """Asked first, told why; silence is never health."""
    bench.fault(fault)

    assert printed(bench) == PrintReport(PrintVerdict.REFUSED, condition, 0)
    assert bench.printer.condition() is condition
    assert bench.device.slips() == ()


def test_paper_that_ends_in_the_middle_is_unconfirmed_and_leaves_no_backlog(bench: Bench) -> None:
    """With the next roll nothing of the old slip comes out, and the next person's slip is whole and alone."""
    bench.fault("paper out after 500 rows")
    report = printed(bench)
    _, on_paper = bench.device.paper_snapshot()
    bench.fault("paper ok")

    assert (report.verdict, report.condition) == (PrintVerdict.UNCONFIRMED, PrinterCondition.PAPER_OUT)
    assert 0 < report.bytes_sent < 40_000
    assert bench.device.paper_snapshot()[1] == on_paper, "nothing more came out with the new roll"
    assert printed(bench, a_ticket(seal="PREFTKT1.NEXT.PERSON")).verdict is PrintVerdict.CONFIRMED
    torn, whole = bench.device.slips()
    assert codes_on(torn.picture) == []
    assert codes_on(whole.picture) == ["PREFTKT1.NEXT.PERSON"]


@pytest.mark.parametrize("fault", ["stall after 20000", "disconnect after 20000"])
def test_a_broken_conversation_is_unconfirmed(bench: Bench, fault: str) -> None:
    """Stalled or cut off in the middle: part is on paper, so it is neither confirmed nor refused."""
    bench.fault(fault)

    report = printed(bench)

    assert report.verdict is PrintVerdict.UNCONFIRMED
    assert not report.condition.can_print
    assert bench.device.slips() == ()


def test_nonsense_confirms_nothing(bench: Bench) -> None:
    """A printer that answers rubbish before each answer: whatever it means, it is not a confirmation."""
    bench.fault("garbage on")
    before = printed(bench)
    bench.fault("garbage off")
    bench.printer.condition()

    def in_the_middle() -> None:
        bench.fault("garbage on")

    during = bench.printer.print_ticket(a_ticket(), before_first_byte=in_the_middle)

    assert before.verdict is PrintVerdict.REFUSED
    assert during.verdict is PrintVerdict.UNCONFIRMED


def test_after_trouble_the_next_slip_is_whole(bench: Bench) -> None:
    """The interrupted picture does not swallow the start of the next one."""
    bench.fault("stall after 20000")
    printed(bench)
    bench.fault("stall off")

    assert printed(bench).verdict is PrintVerdict.CONFIRMED
    assert codes_on(bench.device.slips()[-1].picture) == [A_SEAL]
    assert bench.device.slips()[-1].complaints == ()


def test_a_roll_that_is_nearly_used_up_still_prints(bench: Bench) -> None:
    """Near the end is a warning for staff, not a refusal."""
    bench.fault("paper near_end")

    report = printed(bench)

    assert (report.verdict, report.condition) == (PrintVerdict.CONFIRMED, PrinterCondition.PAPER_NEAR_END)


def test_a_printer_switched_off_and_on_again_prints(bench: Bench) -> None:
    """Each ticket has its own connection."""
    assert printed(bench).verdict is PrintVerdict.CONFIRMED
    bench.fault("power cycle")

    assert printed(bench).verdict is PrintVerdict.CONFIRMED


def test_the_built_in_emulator_is_a_printer_like_any_other(tmp_path: Path, qapp: QApplication) -> None:
    """``emulator:///DIR``: slips fall into the folder, confirmed like on paper."""
    printer = printer_for(settings_for(f"emulator://{tmp_path}/paper"))
    assert isinstance(printer, EscposTicketPrinter)

    report = printer.print_ticket(a_ticket(), before_first_byte=lambda: None)
    printer.close()

    assert report.verdict is PrintVerdict.CONFIRMED
    assert codes_on(tmp_path / "paper" / "slip-0001.png") == [A_SEAL]


def test_a_kiosk_without_a_printer_says_so(qapp: QApplication) -> None:
    """Promise 7: the screen then shows the ticket."""
    printer = printer_for(settings_for("none:"))

    assert isinstance(printer, NoPrinter)
    assert printer.condition() is PrinterCondition.ABSENT
    assert printer.print_ticket(a_ticket(), before_first_byte=lambda: None) == PrintReport(
        PrintVerdict.REFUSED, PrinterCondition.ABSENT, 0
    )
