"""Asking the printer, and printing a specimen to see whether it answers."""

from kiosk.ports.ticket_printer import PrinterCondition, PrintVerdict
from kiosk.settings import Settings
from ui.commands.answers import answer, note
from ui.composition import gui_application, printer_of

_UNREACHED = frozenset({PrinterCondition.SILENT, PrinterCondition.DISCONNECTED})
_CANNOT_PRINT, _NOT_REACHED = 1, 3


def ask_condition(settings: Settings, *, as_json: bool) -> int:
    """Say how the printer is; return the exit code."""
    gui_application()
    condition = printer_of(settings).condition()
    answer(
        {"url": settings.printer.url, "condition": condition.value, "can_print": condition.can_print}, as_json=as_json
    )
    return _code_of(settings, condition)


def print_specimen(settings: Settings, *, as_json: bool) -> int:
    """Print a specimen; return the exit code, 0 only when the printer confirmed it."""
    from ui.commands.specimen import sample_specimen

    gui_application()
    report = printer_of(settings).print_ticket(sample_specimen(settings), before_first_byte=lambda: None)
    answer(
        {
            "url": settings.printer.url,
            "verdict": report.verdict.value,
            "condition": report.condition.value,
            "bytes_sent": report.bytes_sent,
        },
        as_json=as_json,
    )
    if report.verdict is PrintVerdict.CONFIRMED:
        return 0
    return _code_of(settings, report.condition) or _NOT_REACHED


def _code_of(settings: Settings, condition: PrinterCondition) -> int:
    if condition in _UNREACHED:
        note(f"printer.url {settings.printer.url}: nothing answers ({condition.value})")
        return _NOT_REACHED
    if not condition.can_print:
        note(f"printer.url {settings.printer.url}: cannot print ({condition.value})")
        return _CANNOT_PRINT
    return 0
