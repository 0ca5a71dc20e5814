"""A file of faults that is obeyed again whenever it changes."""

from collections.abc import Callable
from pathlib import Path

from kiosk.errors import InputError
from printing.emulator.device import EmulatedPrinter
from printing.emulator.fault_lines import obey_line


class ControlFile:
    """A file of faults that is obeyed again whenever it changes.

    Args:
        path: may appear, change and go at any time.
        printer: who obeys.
        on_error: told of each line that is no fault, and of a file that cannot be read.
    """

    def __init__(self, path: Path, printer: EmulatedPrinter, on_error: Callable[[InputError], None]) -> None:
        self._path = path
        self._printer = printer
        self._on_error = on_error
        self._seen: tuple[int, int] | None = None

    def look(self) -> None:
        """Obey the file's lines if it is new or has changed since the last look."""
        try:
            status = self._path.stat()
        except OSError:  # not there yet, or not any more
            return
        mark = status.st_mtime_ns, status.st_size
        if mark == self._seen:
            return
        self._seen = mark
        for line in self._lines():
            try:
                obey_line(self._printer, line)
            except InputError as error:
                self._on_error(error)

    def _lines(self) -> list[str]:
        try:
            return self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError as error:
            self._on_error(InputError("--faults", f"a file that can be read, not {self._path} ({error.strerror})"))
            return []
