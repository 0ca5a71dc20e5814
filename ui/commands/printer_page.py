"""``printer test --page``: the page by which an installer finds the profile of a printer."""

from pathlib import Path
from typing import Final

from kiosk.errors import ConfigurationError, PrinterUnreachableError
from kiosk.ports.ticket_printer import PrinterCondition, PrintReport, PrintVerdict
from kiosk.settings import PrinterSettings, Settings
from printing.escpos.profile import profile_of
from printing.sample_page import sample_page, send_page
from printing.transports.hearing import names_of
from printing.transports.line_speed import baud_of, seconds_for
from printing.transports.transport import Deadline, PrintQueue, Transport
from printing.transports.urls import SETTING, open_transport, parse_address
from ui.composition import gui_application

_OPENING_S: Final = 3.0
_ASKING_S: Final = 2.0
# A line is never quite as fast as it says.
_LINE_MARGIN: Final = 1.25


def print_page(settings: Settings) -> PrintReport:
    """Print the page on the configured printer.

    Raises:
        ConfigurationError: no printer is configured, or no such profile.
    """
    gui_application()
    printer = settings.printer
    profile = profile_of(printer)
    try:
        transport = _opened(printer)
    except PrinterUnreachableError:
        return PrintReport(PrintVerdict.REFUSED, PrinterCondition.DISCONNECTED, 0)
    report: PrintReport | None = None
    try:
        model = None if isinstance(transport, PrintQueue) else names_of(transport, Deadline.within(_ASKING_S))[1]
        portions = sample_page(profile, model)
        line_s = _LINE_MARGIN * seconds_for(sum(map(len, portions)), baud_of(printer.url))
        deadline = Deadline.within(printer.deadline_s + line_s)
        report = send_page(transport, portions, printer.status_timeout_s, deadline)
    finally:
        is_finished = report is not None and report.verdict is PrintVerdict.CONFIRMED
        (transport.close if is_finished else transport.abandon)()
    return report


def _opened(settings: PrinterSettings) -> Transport:
    address = parse_address(settings.url)
    if address.scheme == "none":
        raise ConfigurationError(SETTING, "a printer, not none: (`printer discover` lists what is attached)")
    if address.scheme != "emulator":
        return open_transport(settings.url, Deadline.within(_OPENING_S))
    from printing.driver import EmulatorLine
    from printing.emulator import EmulatedPrinter

    profile = profile_of(settings)
    return EmulatorLine(EmulatedPrinter(Path(address.path), profile.width_dots, profile.dots_per_inch))
