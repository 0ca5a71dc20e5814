"""The paper of a machine: its printers, what is printed on them, what is ordered for them, and the roll."""

# ruff: noqa: PLC0415  # the printer and the painter are loaded by the commands that use them

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import structlog

from kiosk.domain.opening_hours import ALWAYS_OPEN
from kiosk.domain.request import PrintJobId
from kiosk.domain.ticket import ReprintReason
from kiosk.errors import StoreError
from kiosk.log_events import LogEvent
from kiosk.ports.readiness import Readiness
from kiosk.ports.ticket_printer import PrinterCondition, TicketPrinter
from kiosk.services.change_roll import BY_SENSORS, ChangeRoll, RollSensors
from kiosk.services.issue_ticket import IssueTicket
from kiosk.services.print_form import PrintForm
from kiosk.services.print_jobs import ExpirePrintJob
from kiosk.services.print_ticket import PrintTicket
from kiosk.services.reprint_ticket import BY_SCREEN, OrderReprint
from kiosk.services.take_up_reprints import ReprintWatch, TakeUpReprints
from kiosk.services.watch_readiness import ReadinessWatch
from kiosk.services.watched_printer import WatchedPrinter
from kiosk.settings import Settings
from kiosk.store.prepared import compile_statements
from kiosk.store.store_probe import DiskProbe
from kiosk.workflows.print_job import PrintState
from ui.composition.screens import gui_application

if TYPE_CHECKING:
    from ui.composition.machine import Machine


def printer_of(settings: Settings) -> TicketPrinter:
    """Return the printer that the settings name; the first use may load Qt and the fonts."""
    from printing.driver import printer_for

    return printer_for(settings.printer, module_dots=settings.seal.module_dots)


@dataclass(frozen=True)
class Paper:
    """What prints, and what is printed.

    Attributes:
        machine: whose paper it is.
        heard: set when the printer said something.
    """

    machine: "Machine"
    heard: threading.Event = field(default_factory=threading.Event)

    @property
    def has_printer(self) -> bool:
        """Whether a printer is configured at all."""
        return self.machine.settings.printer.url != "none:"

    @cached_property
    def bare_printer(self) -> TicketPrinter:
        """The ticket printer itself."""
        if self.has_printer:
            gui_application()
        return printer_of(self.machine.settings)

    @cached_property
    def printer(self) -> WatchedPrinter:
        """The ticket printer; what it says of itself is published for the staff screen."""
        sensors = RollSensors(self._notice_new_roll)

        def learn(condition: PrinterCondition) -> None:
            self.heard.set()
            self.machine.files.printer.write(condition)
            sensors.see(condition)

        return WatchedPrinter(self.bare_printer, learn)

    @cached_property
    def counter_printer(self) -> TicketPrinter | None:
        """The counters' own printer, which the staff window uses; None where there is none."""
        from ui.composition.tickets import counter_printer_of

        return counter_printer_of(self.machine.settings)

    @cached_property
    def change_roll(self) -> ChangeRoll:
        """Records a new roll of paper."""
        return ChangeRoll(**self.machine.parts, usual_length_mm=self.machine.settings.printer.roll_mm)

    def _notice_new_roll(self) -> None:
        try:
            self.change_roll(BY_SENSORS)
        except StoreError as error:
            # The gauge goes on from the old roll; staff can still say that it was changed.
            structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__)

    def readiness_watch(self, tell: Callable[[Readiness], object]) -> ReadinessWatch:
        """Watches store and printer for the screens, and tells each change."""
        probe = DiskProbe(self.machine.data_dir, self.machine.store.units)
        return ReadinessWatch(probe, lambda: self.printer.latest, tell, nudge=self.heard)

    def warm_up(self) -> None:
        """Do now, while nobody waits, what the first ticket in each language would wait for; on any thread."""
        from printing.driver import EscposTicketPrinter

        compile_statements()
        if isinstance(self.bare_printer, EscposTicketPrinter):
            self.bare_printer.warm_up(self.machine.settings.screen.languages)

    def close(self) -> None:
        """Close the printers that were opened."""
        for name in ("bare_printer", "counter_printer"):
            close_printer = getattr(self.__dict__.get(name), "close", None)
            if close_printer is not None:
                close_printer()

    @cached_property
    def issue_ticket(self) -> IssueTicket:
        """Makes the ticket of a filing."""
        machine = self.machine
        return IssueTicket(
            signer=machine.signer,
            site=machine.site,
            places=machine.places,
            catalogue=machine.catalogue,
            calendar=machine.data.calendar,
            verify_url=machine.settings.seal.verify_url,
            reading=machine.store.reading,
            calling=machine.data.hours if machine.settings.hours.files_when_closed else ALWAYS_OPEN,
        )

    @cached_property
    def print_ticket(self) -> PrintTicket:
        """Prints the ticket of a filing and records how it ended."""
        return PrintTicket(**self.machine.parts, printer=self.printer, issue=self.issue_ticket)

    @cached_property
    def print_form(self) -> PrintForm:
        """Prints a form to be filled in by hand."""
        return PrintForm(**self.machine.parts, printer=self.printer)

    @cached_property
    def expire_print_job(self) -> ExpirePrintJob:
        """Closes the print job of a visitor who left."""
        return ExpirePrintJob(**self.machine.parts)

    @cached_property
    def order_reprint(self) -> OrderReprint:
        """Orders another print of a ticket, marked DUPLICATA."""
        return OrderReprint(**self.machine.parts)

    @cached_property
    def reprint_watch(self) -> ReprintWatch:
        """Prints what counters and centre order for the kiosk's printer; runs beside the screens."""
        reading = self.machine.store.reading
        return ReprintWatch(TakeUpReprints(**self.machine.parts, reading=reading, print_ticket=self.print_and_notify))

    def have_printed(self, print_job_id: PrintJobId) -> None:
        """Have a duplicate printed by the kiosk, which takes it up by itself; here and now where no kiosk runs."""
        if self.reprint_watch.is_alive():
            self.reprint_watch.look_now()
        elif self.machine.files.printer.read() is None:
            self.print_and_notify(print_job_id)

    def reprint_for_holder(self, reference: str) -> PrintJobId:
        """Order another print of a ticket that its holder asked for at the screen."""
        return self.order_reprint(reference, agent=BY_SCREEN, reason=ReprintReason.HOLDER).print_job_id

    def print_and_notify(self, print_job_id: PrintJobId) -> PrintState:
        """Print a ticket and wake the link, which nobody waits for."""
        state = self.print_ticket(print_job_id)
        self.machine.link.wake()
        return state
