"""How fast bytes come over a slow line."""

from typing import Final

BITS_PER_BYTE: Final = 10  # with start and stop bit


class Pace:
    """Counts what a line has delivered since it was last quiet, so that no waiting ever adds up.

    A byte is there when its last bit is: the first one a byte's time after the line became busy.
    """

    def __init__(self) -> None:
        self._baud = 0
        self._busy_since: float | None = None
        self._delivered = 0

    def allowance(self, now: float, baud: int) -> int:
        """Return how many bytes have arrived by now and were not taken yet.

        Args:
            now: monotonic seconds.
            baud: bits per second.
        """
        if self._busy_since is None or baud != self._baud:
            self._busy_since, self._baud, self._delivered = now, baud, 0
        return int((now - self._busy_since) * baud / BITS_PER_BYTE + 1e-9) - self._delivered

    def took(self, count: int) -> None:
        """Note that so many of them were taken."""
        self._delivered += count

    def next_byte_s(self, now: float) -> float:
        """Return the seconds until one more byte has arrived."""
        if self._busy_since is None:
            return 0.0
        due = self._busy_since + (self._delivered + 1) * BITS_PER_BYTE / self._baud
        return max(0.0, due - now)

    def rest(self) -> None:
        """The line is quiet, or the printer stopped the computer: counting begins again with the next byte."""
        self._busy_since = None
