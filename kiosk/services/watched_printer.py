"""A printer whose condition other processes can read without asking it themselves.

A ticket printer serves one connection at a time: if the staff screen asked it too, a question could fall into the
middle of a visitor's ticket. So the process that prints asks, and publishes what it heard.
"""

import threading
from collections.abc import Callable

from kiosk.ports.ticket_printer import Paper, PrinterCondition, PrintReport, TicketPrinter
from kiosk.services.looking_thread import LookingThread

Publish = Callable[[PrinterCondition], None]


class WatchedPrinter:
    """A :class:`kiosk.ports.ticket_printer.TicketPrinter` that publishes every condition it learns."""

    def __init__(self, printer: TicketPrinter, publish: Publish) -> None:
        self._printer, self._publish = printer, publish
        self._in_use = threading.Lock()
        self._latest: PrinterCondition | None = None

    @property
    def latest(self) -> PrinterCondition | None:
        """What was last heard, None when it was never asked; never blocks."""
        return self._latest

    def print_ticket(self, ticket: Paper, *, before_first_byte: Callable[[], None]) -> PrintReport:
        """Print, alone on the line, and publish the condition that the report names."""
        with self._in_use:
            report = self._printer.print_ticket(ticket, before_first_byte=before_first_byte)
        self._learn(report.condition)
        return report

    def condition(self) -> PrinterCondition:
        """Ask, or repeat what was last heard while a ticket is being printed; repeated too, it does not grow old."""
        if not self._in_use.acquire(blocking=False):
            if self._latest is not None:
                self._publish(self._latest)
            return self._latest or PrinterCondition.SILENT
        try:
            condition = self._printer.condition()
        finally:
            self._in_use.release()
        self._learn(condition)
        return condition

    def _learn(self, condition: PrinterCondition) -> None:
        self._latest = condition
        self._publish(condition)


class PrinterWatch(LookingThread):
    """Asks the printer again and again, so that staff know before the public does."""

    def __init__(self, printer: WatchedPrinter, *, ask_every_s: float = 1.0) -> None:
        super().__init__("printer-watch", ask_every_s)
        self._printer = printer

    def look(self) -> None:
        """Ask."""
        self._printer.condition()
