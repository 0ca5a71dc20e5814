"""A test print, ordered by staff: printed when nobody else prints, recorded, and its end told."""

from collections.abc import Callable
from typing import Final

import structlog

from kiosk.domain.place import Site
from kiosk.domain.ticket import Ticket
from kiosk.errors import BorneError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.machines import PrinterTest
from kiosk.ports.printer_test import PrinterTestOrders, PrintOrder
from kiosk.ports.ticket_printer import PrinterCondition, PrintReport, PrintVerdict, TicketPrinter
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.looking_thread import LookingThread
from kiosk.services.recording import EntryWriter

log = structlog.get_logger()

_LOOK_EVERY_S: Final = 0.5


class _LapsedError(Exception):
    """Whoever ordered the test has heard by now that nothing answered."""


class PrintTest:
    """Takes an order up and prints a specimen, which is marked as one and never verifies."""

    def __init__(
        self,
        orders: PrinterTestOrders,
        specimen: Callable[[], Ticket],
        *,
        units: UnitOfWorkFactory,
        printer: TicketPrinter,
        clock: Clock,
        entropy: Entropy,
        site: Site,
    ) -> None:
        """Take what it works with.

        Args:
            orders: are left by the staff screen.
            specimen: what is printed.
            units: of the store.
            printer: alone on its line while it prints.
            clock: says whether an order is still wanted.
            entropy: for the entry.
            site: gives the legal time.
        """
        self._orders, self._specimen = orders, specimen
        self._units, self._printer, self._clock = units, printer, clock
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self) -> bool:
        """Take up the order that is there, if it is still wanted; tell whether something was printed or refused."""
        order = self._orders.take()
        if order is None or not order.is_wanted(self._clock.read().utc):
            return False
        try:
            report = self._printer.print_ticket(self._specimen(), before_first_byte=lambda: self._require_wanted(order))
        except _LapsedError:
            report = PrintReport(PrintVerdict.REFUSED, PrinterCondition.SILENT, 0)
        self._orders.answer(PrinterTest(order.order, report.verdict, report.condition, self._clock.read().utc))
        self._record(order, report)
        return True

    def _require_wanted(self, order: PrintOrder) -> None:
        """Refuse to print once others have printed for so long that nobody waits for the test any more."""
        if not order.is_wanted(self._clock.read().utc):
            raise _LapsedError

    def _record(self, order: PrintOrder, report: PrintReport) -> None:
        facts: dict[str, JsonValue] = {
            "account": order.account,
            "verdict": report.verdict.value,
            "condition": report.condition.value,
        }
        with self._units() as unit:
            unit.journal.append(self._entries.draft(EntryType.PRINTER_TESTED, facts))
            if report.paper_mm:
                unit.paper.use(report.paper_mm)
            unit.commit()
        log.info(LogEvent.PRINTER_TESTED, verdict=report.verdict.value, condition=report.condition.value)


class PrinterTestDoor(LookingThread):
    """Looks whether staff want a test print."""

    def __init__(self, print_test: Callable[[], bool], *, look_every_s: float = _LOOK_EVERY_S) -> None:
        super().__init__("printer-test", look_every_s)
        self._print_test = print_test

    def look(self) -> None:
        """Print what is wanted."""
        try:
            self._print_test()
        except (BorneError, OSError) as error:
            # The paper is out; that it could not be recorded must not end the thread.
            log.warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__, reason="printer_test")
