"""The thread that keeps the journal witnessed; it has its own, so that neither filing nor sync ever waits for it."""

import threading
from collections.abc import Callable

import structlog

from kiosk.errors import JournalBrokenError, StoreError, TimeStampError
from kiosk.log_events import LogEvent

LOOK_EVERY_S = 60.0


class StampingWorker(threading.Thread):
    """Owned by the program; :meth:`stop` ends it after the running call, whose deadline bounds the wait."""

    def __init__(
        self, stamp_if_due: Callable[[], object], *, look_every_s: float = LOOK_EVERY_S, longest_pause_s: float = 3600.0
    ) -> None:
        """Prepare the thread.

        Args:
            stamp_if_due: obtains a token if one is due.
            look_every_s: pause between two looks, and first pause after a failure.
            longest_pause_s: after failures, which double the pause.
        """
        super().__init__(name="time-stamps", daemon=True)
        self._stamp_if_due = stamp_if_due
        self._look_every_s = look_every_s
        self._longest_pause_s = max(look_every_s, longest_pause_s)
        self._stopping = threading.Event()
        self._failures = 0

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        """Look, wait, look, until stopped."""
        while not self._stopping.is_set():
            self._stopping.wait(self.step())

    def step(self) -> float:
        """Look once and return how long to wait, in seconds."""
        try:
            self._stamp_if_due()
        except (TimeStampError, StoreError, JournalBrokenError) as error:
            self._failures += 1
            structlog.get_logger().warning(LogEvent.TIME_STAMP_FAILED, error=type(error).__name__, count=self._failures)
            return min(self._longest_pause_s, self._look_every_s * 2.0 ** min(self._failures, 20))
        self._failures = 0
        return self._look_every_s
