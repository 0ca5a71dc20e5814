"""The printer's last known condition, told by the kiosk process to the staff screen: one word and an instant."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.ports.clock import Clock
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.store.told_file import ToldFile

CONDITION_NAME: Final = "printer-condition.json"
# The kiosk tells every second; after this silence it is not running.
STALE_AFTER: Final = timedelta(seconds=10)


class ConditionFile:
    """Written by the process that prints, read by others."""

    def __init__(self, data_dir: Path, clock: Clock) -> None:
        self._file = ToldFile(data_dir / CONDITION_NAME)
        self._clock = clock

    def write(self, condition: PrinterCondition) -> None:
        """Replace what the file says."""
        self._file.write({"condition": condition.value, "at": instant_text(self._clock.read().utc)})

    def read(self) -> PrinterCondition | None:
        """Return what the kiosk last heard, or None when no kiosk has told anything lately."""
        told = self._file.read()
        try:
            if told is None:
                return None
            condition, at = PrinterCondition(str(told["condition"])), parse_instant(str(told["at"]))
        except (ValueError, KeyError, TypeError):
            return None
        age = self._clock.read().utc - at
        return condition if abs(age) <= STALE_AFTER else None
