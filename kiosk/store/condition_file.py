"""The printer's last known condition, told by the kiosk process to the staff screen: one word and two instants."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.ports.clock import Clock
from kiosk.ports.machines import Lasting
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
        self._latest: Lasting[PrinterCondition] | None = None

    def write(self, condition: PrinterCondition) -> None:
        """Replace what the file says; a condition that an earlier run left lasts since then."""
        now = self._clock.read().utc
        if self._latest is None:
            last = self._told()
            self._latest = last[0] if last is not None else Lasting(condition, now)
        self._latest = self._latest.seen(condition, now)
        since = self._latest.since or now
        self._file.write({"condition": condition.value, "at": instant_text(now), "since": instant_text(since)})

    def read(self) -> PrinterCondition | None:
        """Return what the kiosk last heard, or None when no kiosk has told anything lately."""
        lasting = self.lasting()
        return lasting.value if lasting is not None else None

    def lasting(self) -> Lasting[PrinterCondition] | None:
        """Return the same with the instant since when it is so."""
        told = self._told()
        if told is None:
            return None
        condition, at = told
        return condition if abs(self._clock.read().utc - at) <= STALE_AFTER else None

    def _told(self) -> tuple[Lasting[PrinterCondition], datetime] | None:
        told = self._file.read()
        try:
            if told is None:
                return None
            at = str(told["at"])
            since = parse_instant(str(told.get("since", at)))
            return Lasting(PrinterCondition(str(told["condition"])), since), parse_instant(at)
        except (ValueError, KeyError, TypeError):
            return None
