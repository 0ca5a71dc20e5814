"""The process that serves the public tells how it is, so that staff know before the public does."""

from collections.abc import Callable
from datetime import datetime

from kiosk.domain.alarm import LEAST_FREE_BYTES
from kiosk.domain.moment import ClockReading
from kiosk.ports.clock import Clock
from kiosk.ports.machines import KioskReport, Lasting, Value
from kiosk.ports.readiness import Readiness, StoreCondition
from kiosk.services.looking_thread import LookingThread


class ObserveKiosk:
    """Looks at this process and at what it stands on; parts of it are told by those who know, from any thread."""

    def __init__(
        self,
        clock: Clock,
        version: str,
        free_bytes: Callable[[], int],
        *,
        has_scanner: Callable[[], bool | None] = lambda: None,
        before: KioskReport | None = None,
    ) -> None:
        """Take what is looked at.

        Args:
            clock: of the machine.
            version: of the software.
            free_bytes: room beside the data; may raise ``OSError``.
            has_scanner: whether the reader on a line is there; None without one.
            before: what the last run told: what has not changed lasts since then.
        """
        self._clock, self._version, self._free_bytes, self._has_scanner = clock, version, free_bytes, has_scanner
        self._started_at = clock.read().utc
        self._before = before
        self._store = before.store.value if before else StoreCondition.WRITABLE
        self._screen_at: datetime | None = None

    def screen_moved(self) -> None:
        """Note that the screen's thread works."""
        self._screen_at = self._clock.read().utc

    def store_is(self, readiness: Readiness) -> None:
        """Note whether requests can be saved."""
        self._store = readiness.store

    def __call__(self) -> KioskReport:
        """Return how the process is now."""
        reading, before = self._clock.read(), self._before
        is_low, has_scanner = self._is_low(), self._has_scanner()
        scanner_before = before.scanner if before else None
        self._before = report = KioskReport(
            at=reading.utc,
            started_at=self._started_at,
            version=self._version,
            clock=_lasting(before.clock if before else None, reading.quality, reading),
            store=_lasting(before.store if before else None, self._store, reading),
            is_disk_low=_lasting(before.is_disk_low if before else None, is_low, reading),
            scanner=_lasting(scanner_before, has_scanner, reading) if has_scanner is not None else None,
            screen_at=self._screen_at,
        )
        return report

    def _is_low(self) -> bool:
        try:
            return self._free_bytes() < LEAST_FREE_BYTES
        except OSError:
            return False  # a disk that says nothing: whether it takes what is written is found out beside


class KioskTeller(LookingThread):
    """Tells again and again."""

    def __init__(
        self, observe: Callable[[], KioskReport], tell: Callable[[KioskReport], object], *, tell_every_s: float = 0.5
    ) -> None:
        super().__init__("kiosk-teller", tell_every_s)
        self._observe, self._tell = observe, tell

    def look(self) -> None:
        """Observe and tell."""
        self._tell(self._observe())


def _lasting(before: Lasting[Value] | None, value: Value, reading: ClockReading) -> Lasting[Value]:
    return before.seen(value, reading.utc) if before is not None else Lasting(value, reading.utc)
