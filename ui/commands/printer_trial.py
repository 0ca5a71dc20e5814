"""Asking the printer, and printing a specimen to see whether it answers."""

from kiosk.ports.ticket_printer import PrinterCondition, PrintReport, PrintVerdict
from kiosk.settings import Settings
from printing.diagnosis import diagnosis_of
from ui.commands.answers import answer, note
from ui.composition import gui_application, printer_of

_UNREACHED = frozenset({PrinterCondition.SILENT, PrinterCondition.DISCONNECTED})
_CANNOT_PRINT, _NOT_REACHED = 1, 3


def ask_condition(settings: Settings, *, as_json: bool) -> int:
    """Say how the printer is; return the exit code."""
    gui_application()
    condition = printer_of(settings).condition()
    trouble = diagnosis_of(settings.printer, condition)
    said = {"url": settings.printer.url, "condition": condition.value, "can_print": condition.can_print}
    # A person reads it in the line that follows.
    answer(said | {"diagnosis": trouble} if as_json else said, as_json=as_json)
    return _code_of(settings, condition, trouble)


def print_specimen(settings: Settings, *, as_json: bool) -> int:
    """Print a specimen; return the exit code, 0 only when the printer confirmed it."""
    from ui.composition.specimens import sample_specimen

    gui_application()
    report = printer_of(settings).print_ticket(sample_specimen(settings), before_first_byte=lambda: None)
    return _told(settings, report, as_json=as_json)


def print_the_page(settings: Settings, *, as_json: bool) -> int:
    """Print the installer's page; return the exit code, 0 only when the printer confirmed it."""
    from ui.commands.printer_page import print_page

    return _told(settings, print_page(settings), as_json=as_json)


def _told(settings: Settings, report: PrintReport, *, as_json: bool) -> int:
    trouble = diagnosis_of(settings.printer, report.condition)
    said = {
        "url": settings.printer.url,
        "verdict": report.verdict.value,
        "condition": report.condition.value,
        "bytes_sent": report.bytes_sent,
    }
    answer(said | {"diagnosis": trouble} if as_json else said, as_json=as_json)
    code = _code_of(settings, report.condition, trouble)
    return 0 if report.verdict is PrintVerdict.CONFIRMED else code or _NOT_REACHED


def _code_of(settings: Settings, condition: PrinterCondition, trouble: str) -> int:
    """Say in one line what is wrong and how to mend it; return the exit code."""
    url = settings.printer.url
    if condition in _UNREACHED:
        note(f"printer.url {url}: nothing answers ({condition.value}): {trouble}")
        return _NOT_REACHED
    if not condition.can_print:
        note(f"printer.url {url}: cannot print ({condition.value}): {trouble}")
        return _CANNOT_PRINT
    if trouble:
        note(f"printer.url {url}: {trouble}")
    return 0
