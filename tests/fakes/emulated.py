"""The shipped emulator on a real wire, with the driver in front of it."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.settings import PrinterSettings
from printing.driver import EmulatorLine, EscposTicketPrinter, printer_for
from printing.emulator import EmulatedPrinter, obey_line, serve_pty, serve_tcp


@dataclass(frozen=True)
class Bench:
    """A driver and the emulated printer at the other end of its wire.

    Attributes:
        printer: the driver.
        device: what stands on the table.
    """

    printer: EscposTicketPrinter
    device: EmulatedPrinter

    def fault(self, line: str) -> None:
        """Set a fault in words, as in the emulator's control file."""
        obey_line(self.device, line)


def settings_for(url: str, *, deadline_s: float = 20.0, **others: object) -> PrinterSettings:
    """Settings of one printer."""
    return PrinterSettings.model_validate({"url": url, "deadline_s": deadline_s, "status_timeout_s": 0.3} | others)


@contextmanager
def on_the_bench(wire: str, folder: Path, *, deadline_s: float = 20.0, **others: object) -> Iterator[Bench]:
    """Put the driver before an emulated printer, over ``tcp``, ``pty`` or in the same process (``direct``)."""
    device = EmulatedPrinter(folder / "slips")
    with contextlib.ExitStack() as stack:
        settings = settings_for("none:", deadline_s=deadline_s, **others)
        if wire == "direct":
            printer = EscposTicketPrinter(settings, lambda _deadline: EmulatorLine(device))
        else:
            if wire == "tcp":
                url = stack.enter_context(serve_tcp(device)).url
            else:
                url = stack.enter_context(serve_pty(device, folder / "line")).url
            made = printer_for(settings.model_copy(update={"url": url}))
            assert isinstance(made, EscposTicketPrinter)
            printer = made
        stack.callback(printer.close)
        yield Bench(printer, device)
