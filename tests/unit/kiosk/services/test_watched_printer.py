"""The process that prints tells how the printer is; nobody else asks."""

import threading
from collections.abc import Callable

from kiosk.ports.ticket_printer import Paper, PrinterCondition, PrintReport, PrintVerdict
from kiosk.services.watched_printer import PrinterWatch, WatchedPrinter


class SlowPrinter:
    """A printer that prints until it is told to go on, and counts the questions that it gets."""

    def __init__(self) -> None:
        self.printing, self.go_on = threading.Event(), threading.Event()
        self.questions = 0

    def print_ticket(self, ticket: Paper, *, before_first_byte: Callable[[], None]) -> PrintReport:  # noqa: ARG002
        before_first_byte()
        self.printing.set()
        assert self.go_on.wait(5)
        return PrintReport(PrintVerdict.CONFIRMED, PrinterCondition.PAPER_NEAR_END, 10)

    def condition(self) -> PrinterCondition:
        self.questions += 1
        return PrinterCondition.READY


def test_every_condition_that_is_learnt_is_published() -> None:
    """By a question, and by the report of a ticket."""
    told: list[PrinterCondition] = []
    slow = SlowPrinter()
    slow.go_on.set()
    printer = WatchedPrinter(slow, told.append)

    printer.condition()
    printer.print_ticket(ticket=None, before_first_byte=lambda: None)  # type: ignore[arg-type]

    assert told == [PrinterCondition.READY, PrinterCondition.PAPER_NEAR_END]


def test_no_question_falls_into_a_ticket() -> None:
    """While a ticket is being printed the last answer is repeated, and told: a slow ticket is no kiosk that ended."""
    told: list[PrinterCondition] = []
    slow = SlowPrinter()
    printer = WatchedPrinter(slow, told.append)
    printer.condition()
    ticket = threading.Thread(target=lambda: printer.print_ticket(None, before_first_byte=lambda: None))  # type: ignore[arg-type]
    ticket.start()
    assert slow.printing.wait(5)

    during, told_during = printer.condition(), list(told)

    slow.go_on.set()
    ticket.join()
    assert (during, slow.questions) == (PrinterCondition.READY, 1)
    assert told_during == [PrinterCondition.READY, PrinterCondition.READY]


def test_the_watch_asks_until_it_is_stopped() -> None:
    """Staff know before the public does."""
    told = threading.Semaphore(0)
    watch = PrinterWatch(WatchedPrinter(SlowPrinter(), lambda _condition: told.release()), ask_every_s=0.001)
    watch.start()
    try:
        asked_three_times = all(told.acquire(timeout=5) for _ in range(3))
    finally:
        watch.stop()

    assert asked_three_times
    assert not watch.is_alive()
