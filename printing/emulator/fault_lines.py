"""Faults in words, from a control file, standard input or a test: one line, one fault.

::

    paper ok | near_end | out          cover open | closed          cutter jam | ok
    paper out after N rows             silent on | off              garbage on | off
    stall after N | off                disconnect after N | off     connections refuse | accept
    slow BAUD | off                    broken on | off              roll N            (new roll, N millimetres)
    button press | release             power cycle

Empty lines and what follows ``#`` are ignored.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk.errors import InputError
from printing.emulator.device import EmulatedPrinter
from printing.emulator.status_bytes import Paper

Action = Callable[[EmulatedPrinter], None]


def _paper(paper: Paper) -> Action:
    return lambda printer: printer.set_state(paper=paper)


_FIXED: Final[dict[str, Action]] = {
    "paper ok": lambda printer: printer.load_roll(),
    "paper near_end": _paper(Paper.NEAR_END),
    "paper out": _paper(Paper.OUT),
    "cover open": lambda printer: printer.set_state(cover_open=True),
    "cover closed": lambda printer: printer.set_state(cover_open=False),
    "cutter jam": lambda printer: printer.set_state(cutter_jammed=True),
    "cutter ok": lambda printer: printer.set_state(cutter_jammed=False),
    "broken on": lambda printer: printer.set_state(broken=True),
    "broken off": lambda printer: printer.set_state(broken=False),
    "button press": lambda printer: printer.set_state(feeding=True),
    "button release": lambda printer: printer.set_state(feeding=False),
    "power cycle": lambda printer: printer.switch_off_and_on(),
    "silent on": lambda printer: setattr(printer.faults, "silent", True),
    "silent off": lambda printer: setattr(printer.faults, "silent", False),
    "garbage on": lambda printer: setattr(printer.faults, "garbage", True),
    "garbage off": lambda printer: setattr(printer.faults, "garbage", False),
    "stall off": lambda printer: setattr(printer.faults, "stall_after", None),
    "disconnect off": lambda printer: setattr(printer.faults, "disconnect_after", None),
    "connections refuse": lambda printer: setattr(printer.faults, "refuses_connections", True),
    "connections accept": lambda printer: setattr(printer.faults, "refuses_connections", False),
    "slow off": lambda printer: setattr(printer.faults, "baud", None),
}

_NUMBERED: Final[dict[str, str]] = {
    "paper out after {} rows": "paper_out_after_rows",
    "stall after {}": "stall_after",
    "disconnect after {}": "disconnect_after",
    "slow {}": "baud",
}


def obey_line(printer: EmulatedPrinter, line: str) -> None:
    """Set the fault that a line names.

    Raises:
        InputError: no fault is called so.
    """
    words = line.partition("#")[0].lower().split()
    if not words:
        return
    text = " ".join(words)
    if text in _FIXED:
        _FIXED[text](printer)
        return
    numbers = [int(word) for word in words if word.isdecimal()]
    form = " ".join("{}" if word.isdecimal() else word for word in words)
    if len(numbers) == 1 and form in _NUMBERED:
        setattr(printer.faults, _NUMBERED[form], numbers[0])
    elif len(numbers) == 1 and form == "roll {}":
        printer.load_roll(float(numbers[0]))
    else:
        known = ", ".join([*_FIXED, *(form.format("N") for form in _NUMBERED), "roll N"])
        raise InputError(f"fault {text!r}", f"one of: {known}")


class ControlFile:
    """A file of faults that is obeyed again whenever it changes."""

    def __init__(self, path: Path, printer: EmulatedPrinter, on_error: Callable[[InputError], None]) -> None:
        self._path = path
        self._printer = printer
        self._on_error = on_error
        self._seen: tuple[int, int] | None = None

    def look(self) -> None:
        """Obey the file's lines if it is new or has changed since the last look."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return
        mark = status.st_mtime_ns, status.st_size
        if mark == self._seen:
            return
        self._seen = mark
        for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                obey_line(self._printer, line)
            except InputError as error:
                self._on_error(error)
