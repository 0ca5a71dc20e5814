"""The printer emulator as a process: it prints into a folder and obeys faults while it runs."""

import contextlib
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from kiosk.errors import ConfigurationError, InputError
from kiosk.settings import PrinterSettings
from printing.emulator import ControlFile, EmulatedPrinter, obey_line, serve_pty, serve_tcp
from printing.escpos.profile import profile_of
from ui.commands.answers import answer, note


def emulate_printer(
    settings: PrinterSettings, out: Path, *, tcp: int | None, pty: Path | None, faults: Path | None, window: bool
) -> None:
    """Imitate the configured printer until SIGINT or SIGTERM, or until its window is closed.

    The first line on standard output is its URL. Each line of standard input is a fault, as in the control file.

    Args:
        settings: width and resolution of the head.
        out: where slips fall.
        tcp: port to listen on, 0 for a free one.
        pty: link under which a pseudo-terminal is found, when ``tcp`` is None.
        faults: control file, obeyed whenever it changes.
        window: whether to show the paper and the faults in a window.

    Raises:
        ConfigurationError: the port or the link cannot be had, the folder cannot be written, no display to show on.
    """
    profile = profile_of(settings)
    try:
        printer = EmulatedPrinter(out, profile.width_dots, profile.dots_per_inch)
    except OSError as error:
        raise ConfigurationError("--out", f"a folder that can be written ({error.strerror})") from error
    control = ControlFile(faults, printer, _complain) if faults is not None else None
    with contextlib.ExitStack() as stack:
        wait = _shown(printer) if window else _until_signalled()
        if tcp is not None:
            url = stack.enter_context(serve_tcp(printer, port=tcp, control=control)).url
        else:
            assert pty is not None, "the command line takes one of the two"
            url = stack.enter_context(serve_pty(printer, pty, control=control)).url
        threading.Thread(target=_obey_lines, args=(printer, sys.stdin), name="faults", daemon=True).start()
        answer({"url": url}, as_json=False, text=url)
        wait(url)


def _until_signalled() -> Callable[[str], None]:
    """Return what waits for SIGINT or SIGTERM; from now on neither of them just ends the process."""
    ending = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: ending.set())

    def wait(_url: str) -> None:
        ending.wait()

    return wait


def _shown(printer: EmulatedPrinter) -> Callable[[str], None]:
    """Return what shows the printer until its window is closed or a signal comes."""
    from ui.commands.demo_parts.printer_window import PrinterWindow
    from ui.commands.qt_endings import quit_on_signals
    from ui.composition import gui_application

    application = gui_application(on_screen=True)
    ticking = quit_on_signals(application)

    def wait(url: str) -> None:
        shown = PrinterWindow(printer, place=url)
        shown.show()
        application.exec()
        ticking.stop()
        shown.close()

    return wait


def _obey_lines(printer: EmulatedPrinter, lines: TextIO) -> None:
    for line in lines:
        try:
            obey_line(printer, line)
        except InputError as error:
            _complain(error)


def _complain(error: InputError) -> None:
    note(str(error))
