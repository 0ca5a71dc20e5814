"""What every TicketPrinter promises, kept by the driver on each wire and by the stand-in of the services' tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.domain.blank_form import BlankForm
from kiosk.domain.request_change import ChangeKind
from kiosk.ports.ticket_printer import Paper, PrinterCondition, PrintVerdict, TicketPrinter
from tests.fakes.emulated import on_the_bench
from tests.fakes.printers import PrinterMood, ScriptedPrinter
from tests.fakes.requests import a_site
from tests.fakes.short_papers import a_proof, some_missing_papers, some_passages
from tests.fakes.tickets import a_ticket


class VisitInterruptedError(Exception):
    """What a service may raise before the first byte."""


@dataclass
class Rig:
    """A printer and the ways to trouble it.

    Attributes:
        run_out_of_paper: take the roll out.
        lose_the_answer: returns what to do before the first byte so that no answer comes back.
        pieces_of_paper: whole or partial slips that came out.
    """

    printer: TicketPrinter
    run_out_of_paper: Callable[[], None]
    lose_the_answer: Callable[[], Callable[[], None]]
    pieces_of_paper: Callable[[], int]


@pytest.fixture
def deadline_s() -> float:
    """Time for one ticket: enough on a machine that does other things too."""
    return 10.0


@pytest.fixture(params=["tcp", "pty", "direct", "scripted"])
def rig(request: pytest.FixtureRequest, tmp_path: Path, qapp: QApplication, deadline_s: float) -> Iterator[Rig]:
    if request.param == "scripted":
        yield _scripted()
        return
    with on_the_bench(request.param, tmp_path, deadline_s=deadline_s) as bench:
        yield Rig(
            bench.printer,
            run_out_of_paper=lambda: bench.fault("paper out"),
            lose_the_answer=lambda: lambda: bench.fault("silent on"),
            pieces_of_paper=lambda: len(bench.device.slips()) + bool(bench.device.paper_snapshot()[1]),
        )


def _scripted() -> Rig:
    printer = ScriptedPrinter()

    def lose() -> Callable[[], None]:
        printer.mood = PrinterMood.LOSE_THE_ANSWER
        return lambda: None

    def refuse() -> None:
        printer.mood = PrinterMood.REFUSE

    return Rig(printer, refuse, lose, lambda: len([*printer.on_paper, *printer.forms, *printer.slips]))


def test_a_printed_ticket_is_confirmed_and_was_announced_once(rig: Rig) -> None:
    """Promise 4: confirmed means that the printer said so; the announcement came before anything was on paper."""
    on_paper_before: list[int] = []

    report = rig.printer.print_ticket(
        a_ticket(), before_first_byte=lambda: on_paper_before.append(rig.pieces_of_paper())
    )

    assert report.verdict is PrintVerdict.CONFIRMED
    assert report.condition.can_print
    assert report.bytes_sent > 1000
    assert on_paper_before == [0]
    assert rig.pieces_of_paper() == 1


@pytest.mark.parametrize("paper", [a_proof(ChangeKind.WITHDRAWN, language="ar"), some_passages("ta")])
def test_another_paper_is_printed_as_truthfully_as_a_ticket(rig: Rig, paper: Paper) -> None:
    """A proof of a later act and a list of passages go the same way."""
    announced: list[bool] = []

    report = rig.printer.print_ticket(paper, before_first_byte=lambda: announced.append(True))

    assert report.verdict is PrintVerdict.CONFIRMED
    assert announced == [True]
    assert rig.pieces_of_paper() == 1
    assert report.paper_mm > 0


def test_a_printer_that_cannot_print_refuses_before_the_announcement(rig: Rig) -> None:
    """Not one byte leaves and nobody is told that printing began."""
    rig.run_out_of_paper()
    announced: list[bool] = []

    report = rig.printer.print_ticket(a_ticket(), before_first_byte=lambda: announced.append(True))

    assert (report.verdict, report.condition, report.bytes_sent) == (
        PrintVerdict.REFUSED,
        PrinterCondition.PAPER_OUT,
        0,
    )
    assert announced == []
    assert rig.pieces_of_paper() == 0
    assert rig.printer.condition() is PrinterCondition.PAPER_OUT


def test_an_announcement_that_fails_sends_nothing(rig: Rig) -> None:
    """Promise 1: when the store cannot write that printing begins, printing does not begin."""

    def interrupted() -> None:
        raise VisitInterruptedError

    with pytest.raises(VisitInterruptedError):
        rig.printer.print_ticket(a_ticket(), before_first_byte=interrupted)

    assert rig.pieces_of_paper() == 0
    assert rig.printer.print_ticket(a_ticket(), before_first_byte=lambda: None).verdict is PrintVerdict.CONFIRMED


@pytest.mark.parametrize("deadline_s", [1.5])  # it is waited for to its end
def test_a_lost_answer_is_unconfirmed_and_raises_nothing(rig: Rig) -> None:
    """Promise 4: what nobody confirmed is not confirmed, whatever may be on paper."""
    report = rig.printer.print_ticket(a_ticket(), before_first_byte=rig.lose_the_answer())

    assert report.verdict is PrintVerdict.UNCONFIRMED
    assert not report.condition.can_print
    assert report.bytes_sent > 0


def test_a_blank_form_is_confirmed_like_a_ticket(rig: Rig) -> None:
    """Nobody is told to take a sheet that is not there."""
    report = rig.printer.print_ticket(BlankForm(a_site(), "ar"), before_first_byte=lambda: None)

    assert (report.verdict, rig.pieces_of_paper()) == (PrintVerdict.CONFIRMED, 1)
    assert report.paper_mm > 100


def test_a_list_of_missing_papers_is_confirmed_like_a_ticket(rig: Rig) -> None:
    """In French and in a script from right to left."""
    report = rig.printer.print_ticket(some_missing_papers("ar"), before_first_byte=lambda: None)

    assert (report.verdict, rig.pieces_of_paper()) == (PrintVerdict.CONFIRMED, 1)
    assert report.paper_mm > 100


def test_a_blank_form_is_refused_without_paper(rig: Rig) -> None:
    """Not one byte leaves."""
    rig.run_out_of_paper()

    report = rig.printer.print_ticket(BlankForm(a_site(), "fr"), before_first_byte=lambda: None)

    assert (report.verdict, report.condition) == (PrintVerdict.REFUSED, PrinterCondition.PAPER_OUT)
    assert rig.pieces_of_paper() == 0


def test_a_healthy_printer_says_so(rig: Rig) -> None:
    """Promise 10: staff look at this."""
    assert rig.printer.condition() is PrinterCondition.READY
    assert rig.printer.condition() is PrinterCondition.READY
