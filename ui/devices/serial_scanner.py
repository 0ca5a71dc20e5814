"""A document or code reader on a serial line, USB ones included; looked for again when it was unplugged."""

import threading
from collections.abc import Callable
from typing import Final

import serial
import structlog

from kiosk.log_events import LogEvent
from kiosk.settings import ScannerSettings
from ui.devices.scan_lines import ScanLines

_PAUSE_S: Final = 0.2  # a reader that sends three lines never rests as long between two of them
_AGAIN_S: Final = 2.0


class SerialScanner(threading.Thread):
    """Owned by the program; :meth:`stop` ends it within a fifth of a second."""

    def __init__(
        self, settings: ScannerSettings, scanned: Callable[[str], object], *, again_s: float = _AGAIN_S
    ) -> None:
        """Prepare to read; :meth:`start` begins.

        Args:
            settings: the line.
            scanned: is told the text of each scan, on this thread.
            again_s: pause before a reader that is gone is looked for again.
        """
        super().__init__(name="scanner", daemon=True)
        self._device, self._baud = settings.device, settings.baud
        self._scanned = scanned
        self._again_s = again_s
        self._stopping = threading.Event()
        self._is_missing = False

    @property
    def is_there(self) -> bool:
        """Whether the reader could be opened when it was last tried; called from any thread."""
        return not self._is_missing

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        """Read until stopped."""
        while not self._stopping.is_set():
            try:
                self._read()
            except (serial.SerialException, OSError) as error:
                self._note(type(error).__name__)
                self._stopping.wait(self._again_s)

    def _read(self) -> None:
        lines = ScanLines()
        with serial.Serial(self._device, self._baud, timeout=_PAUSE_S) as line:
            self._is_missing = False
            while not self._stopping.is_set():
                data = line.read(max(1, line.in_waiting))
                for text in lines.take(data) if data else lines.pause():
                    self._scanned(text)

    def _note(self, error: str) -> None:
        """Write once that it is gone, not every two seconds."""
        if not self._is_missing:
            structlog.get_logger().warning(LogEvent.SCANNER_MISSING, error=error)
        self._is_missing = True
