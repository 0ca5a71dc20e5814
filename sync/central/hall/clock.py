"""The hub's clock, as the staff's verbs read it."""

import time
import uuid
from collections.abc import Callable
from datetime import datetime

from kiosk.domain.moment import ClockQuality, ClockReading


class HubClock:
    """The :class:`kiosk.ports.clock.Clock` of a hub, whose machine keeps time by the network like every server."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._boot_id = str(uuid.uuid4())

    def read(self) -> ClockReading:
        """Return wall time, monotonic time and what the wall time is worth."""
        utc = self._now()
        utc = utc.replace(microsecond=utc.microsecond // 1000 * 1000)
        return ClockReading(utc, time.monotonic_ns() // 1_000_000, self._boot_id, ClockQuality.SYNCED)
