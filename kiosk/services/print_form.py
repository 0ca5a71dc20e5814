"""Printing a blank form: the same care as for a ticket, and nothing of the visitor in the journal."""

import structlog

from kiosk.domain.blank_form import BlankForm
from kiosk.domain.place import Site
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.ticket_printer import PrintVerdict, TicketPrinter
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.recording import EntryWriter

log = structlog.get_logger()


class PrintForm:
    """Prints a form to be filled in by hand, and records that, with the paper it took off the roll."""

    def __init__(
        self, *, units: UnitOfWorkFactory, printer: TicketPrinter, clock: Clock, entropy: Entropy, site: Site
    ) -> None:
        self._units = units
        self._printer = printer
        self._site = site
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, language: str) -> PrintVerdict:
        """Print and return what the printer said of it; blocks for the printer's deadline.

        Args:
            language: beside the French.

        Raises:
            StoreError: how it ended could not be recorded; the form may be on paper.
        """
        report = self._printer.print_ticket(BlankForm(self._site, language), before_first_byte=lambda: None)
        facts = {"language": language, "verdict": report.verdict.value, "condition": report.condition.value}
        with self._units() as unit:
            unit.journal.append(self._entries.draft(EntryType.FORM_PRINTED, facts))
            if report.paper_mm:
                unit.paper.use(report.paper_mm)
            unit.commit()
        log.info(LogEvent.FORM_PRINTED, verdict=report.verdict.value, condition=report.condition.value)
        return report.verdict
