"""The printer's last known condition, told by the kiosk process to the staff screen through a small file.

It holds one word and an instant, nothing personal; it is no evidence and is not synced to disk.
"""

import json
import os
import threading
from datetime import timedelta
from pathlib import Path
from typing import Final

import structlog

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.ticket_printer import PrinterCondition

CONDITION_NAME: Final = "printer-condition.json"
# The kiosk tells every second; after this silence it is not running.
STALE_AFTER: Final = timedelta(seconds=10)


class ConditionFile:
    """One file in the data directory; written by one process, read by others at any moment."""

    def __init__(self, data_dir: Path, clock: Clock) -> None:
        self._path = data_dir / CONDITION_NAME
        self._clock = clock
        self._writing = threading.Lock()

    def write(self, condition: PrinterCondition) -> None:
        """Replace what the file says, in one step."""
        text = json.dumps({"condition": condition.value, "at": instant_text(self._clock.read().utc)})
        fresh = self._path.with_name(f".{CONDITION_NAME}.{os.getpid()}")
        try:
            with self._writing:
                fresh.write_text(text, encoding="ascii")
                fresh.replace(self._path)
        except OSError as error:
            # A full disk must not stop a ticket; the staff screen sees that the file has become old.
            structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, error=str(error.errno), path=CONDITION_NAME)

    def read(self) -> PrinterCondition | None:
        """Return what the kiosk last heard, or None when no kiosk has told anything lately."""
        try:
            told = json.loads(self._path.read_text(encoding="ascii"))
            condition, at = PrinterCondition(told["condition"]), parse_instant(told["at"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        age = self._clock.read().utc - at
        return condition if abs(age) <= STALE_AFTER else None
