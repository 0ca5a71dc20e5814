"""The machine's clocks, and what is known of them without asking anybody and without waiting."""

import threading
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kiosk.domain.moment import ClockReading
from kiosk.workflows.clock_quality import ClockFacts, clock_quality

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
# Touched by systemd-timesyncd after every successful synchronisation. Source: systemd-timesyncd.service(8).
_SYNCHRONISED: Final = Path("/run/systemd/timesync/synchronized")
_NANOSECONDS_PER_MILLISECOND: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The reading against which a jump shows: the first one, or the first after a synchronisation."""

    utc: datetime
    monotonic_ms: int
    synchronised_at: datetime | None


class SystemClock:
    """The :class:`kiosk.ports.clock.Clock` of this machine."""

    def __init__(
        self,
        *,
        last_entry_at: datetime | None = None,
        boot_id_file: Path = _BOOT_ID,
        synchronised_file: Path = _SYNCHRONISED,
    ) -> None:
        """Take what the clock is judged by.

        Args:
            last_entry_at: instant of the journal's last entry; a true clock is not before it.
            boot_id_file: names the boot.
            synchronised_file: its time of change is the last synchronisation by the network.
        """
        self._last_entry_at = last_entry_at
        self._synchronised_file = synchronised_file
        self._boot_id = _boot_id(boot_id_file)
        self._built_at = _changed_at(Path(__file__)) or datetime(1970, 1, 1, tzinfo=UTC)
        self._anchor: _Anchor | None = None
        self._lock = threading.Lock()

    def read(self) -> ClockReading:
        """Return wall time, monotonic time and what the wall time is worth."""
        utc, monotonic_ms = _wall_clock(), _monotonic_ms()
        synchronised_at = _changed_at(self._synchronised_file)
        anchor = self._anchored(utc, monotonic_ms, synchronised_at)
        quality = clock_quality(
            ClockFacts(
                utc=utc,
                monotonic_ms=monotonic_ms,
                built_at=self._built_at,
                earlier_utc=anchor.utc,
                earlier_monotonic_ms=anchor.monotonic_ms,
                last_entry_at=self._last_entry_at,
                synchronised_at=synchronised_at,
            )
        )
        return ClockReading(utc, monotonic_ms, self._boot_id, quality)

    def _anchored(self, utc: datetime, monotonic_ms: int, synchronised_at: datetime | None) -> _Anchor:
        """Return the anchor; a new synchronisation makes a new one, as it may rightly have moved the clock."""
        with self._lock:
            if self._anchor is None or self._anchor.synchronised_at != synchronised_at:
                self._anchor = _Anchor(utc, monotonic_ms, synchronised_at)
            return self._anchor


def _wall_clock() -> datetime:
    """The wall clock in whole milliseconds, without a float in between."""
    seconds, rest = divmod(time.time_ns(), 1_000_000_000)
    milliseconds = rest // _NANOSECONDS_PER_MILLISECOND
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=milliseconds * 1_000)


def _monotonic_ms() -> int:
    """Milliseconds since boot, suspended time included: the wall clock goes on while a machine sleeps."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // _NANOSECONDS_PER_MILLISECOND


def _boot_id(path: Path) -> str:
    try:
        return str(uuid.UUID(path.read_text(encoding="ascii").strip()))
    except (OSError, ValueError):
        return str(uuid.uuid4())  # unknown: then no two runs are comparable


def _changed_at(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime_ns // 1_000_000_000, UTC)
    except (OSError, OverflowError, ValueError):
        return None
