"""The printer emulator as a process: it prints into a folder and obeys faults while it runs."""

import signal
import sys
import threading
from pathlib import Path
from typing import TextIO

from kiosk.errors import InputError
from kiosk.settings import PrinterSettings
from printing.emulator import ControlFile, EmulatedPrinter, obey_line, serve_pty, serve_tcp
from printing.escpos.profile import profile_of
from ui.commands.answers import answer, note


def emulate_printer(
    settings: PrinterSettings, out: Path, *, tcp: int | None, pty: Path | None, faults: Path | None
) -> None:
    """Imitate the configured printer until SIGINT or SIGTERM.

    The first line on standard output is its URL. Each line of standard input is a fault, as in the control file.

    Args:
        settings: width and resolution of the head.
        out: where slips fall.
        tcp: port to listen on, 0 for a free one.
        pty: link under which a pseudo-terminal is found, when ``tcp`` is None.
        faults: control file, obeyed whenever it changes.
    """
    profile = profile_of(settings)
    printer = EmulatedPrinter(out, profile.width_dots, profile.dots_per_inch)
    control = ControlFile(faults, printer, _complain) if faults is not None else None
    ending = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: ending.set())
    threading.Thread(target=_obey_lines, args=(printer, sys.stdin), name="faults", daemon=True).start()
    if tcp is not None:
        with serve_tcp(printer, port=tcp, control=control) as on_tcp:
            answer({"url": on_tcp.url}, as_json=False, text=on_tcp.url)
            ending.wait()
    elif pty is not None:
        with serve_pty(printer, pty, control=control) as on_pty:
            answer({"url": on_pty.url}, as_json=False, text=on_pty.url)
            ending.wait()


def _obey_lines(printer: EmulatedPrinter, lines: TextIO) -> None:
    for line in lines:
        try:
            obey_line(printer, line)
        except InputError as error:
            _complain(error)


def _complain(error: InputError) -> None:
    note(str(error))
