"""Time as an argument."""

from typing import Protocol

from kiosk.domain.moment import ClockReading


class Clock(Protocol):
    """Reads the machine's clocks; never blocks, never raises."""

    def read(self) -> ClockReading:
        """Return wall time, monotonic time and what the wall time is worth."""
        ...
