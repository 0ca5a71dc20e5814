"""What staff do with tickets, joined: duplicates on the kiosk's or the counters' printer, files, checks of seals."""

# ruff: noqa: PLC0415  # the printer and the painter are loaded when the first one is used

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.domain.request import PrintJobId
from kiosk.domain.ticket import ReprintPrinter, Ticket
from kiosk.errors import ConfigurationError
from kiosk.ports.ticket_printer import PrinterCondition, TicketPrinter
from kiosk.services.check_ticket import CheckTicket
from kiosk.services.local_reprint_desk import LocalReprintDesk
from kiosk.services.local_ticket_checks import LocalTicketChecks
from kiosk.services.print_ticket import PrintTicket
from kiosk.services.watched_printer import WatchedPrinter
from kiosk.settings import Settings
from kiosk.workflows.print_job import PrintState

if TYPE_CHECKING:
    from printing.render.office import OfficePaper
    from ui.composition.machine import Machine


def counter_printer_of(settings: Settings) -> TicketPrinter | None:
    """Return the counters' own printer; None where there is none.

    Raises:
        ConfigurationError: the setting has no accepted form, or names the kiosk's printer.
    """
    from printing.driver import printer_for

    wanted = settings.counter_printer
    if wanted is None:
        return None
    if wanted.url == settings.printer.url:
        # Two processes on one line would speak into each other's tickets.
        raise ConfigurationError("hall.printer_url", f"another printer than printer.url, not {wanted.url!r}")
    try:
        return printer_for(wanted, module_dots=settings.seal.module_dots)
    except ConfigurationError as error:
        name = error.field.replace("printer.", "hall.printer_", 1)
        raise ConfigurationError(name, error.expectation) from error


def reprint_desk(machine: "Machine") -> LocalReprintDesk:
    """Return what has tickets printed again, and writes them as files."""
    conditions: dict[ReprintPrinter, Callable[[], PrinterCondition | None]] = {}
    if machine.paper.has_printer:
        conditions[ReprintPrinter.KIOSK] = machine.files.printer.read
    printer = machine.paper.counter_printer
    print_here: Callable[[PrintJobId], PrintState] = _prints_nothing
    if printer is not None:
        watched = WatchedPrinter(printer, lambda _: None)
        conditions[ReprintPrinter.COUNTER] = lambda: watched.latest
        print_here = PrintTicket(
            units=machine.store.units,
            printer=watched,
            issue=machine.paper.issue_ticket,
            clock=machine.clock,
            entropy=machine.entropy,
            site=machine.site,
            uses_roll=False,
        )
    return LocalReprintDesk(
        units=machine.store.units,
        reading=machine.store.reading,
        clock=machine.clock,
        entropy=machine.entropy,
        site=machine.site,
        sessions=machine.desk.sessions,
        issue=machine.paper.issue_ticket,
        conditions=conditions,
        print_here=print_here,
        write_pdf=office_pdf,
    )


def ticket_checks(machine: "Machine") -> LocalTicketChecks:
    """Return what checks tickets at the counter."""
    check = CheckTicket(
        units=machine.store.units,
        clock=machine.clock,
        entropy=machine.entropy,
        site=machine.site,
        keys=machine.trust.keys_of_seals,
        catalogue=machine.catalogue,
    )
    return LocalTicketChecks(check, machine.desk.sessions)


def office_pdf(ticket: Ticket, paper: "OfficePaper | None" = None) -> bytes:
    """Return a ticket on office paper, A4 unless another is named. A QGuiApplication must exist."""
    from printing.document.compose import compose
    from printing.render.fonts import load_fonts
    from printing.render.office import OfficePaper, render_office_pdf

    load_fonts()
    reference, prefecture = ticket.request.reference, ticket.site.prefecture_name
    return render_office_pdf(compose(ticket), paper or OfficePaper.A4, title=reference, author=prefecture)


def _prints_nothing(print_job_id: PrintJobId) -> PrintState:
    raise ConfigurationError("hall.printer_url", f"a printer for the job {print_job_id}")
