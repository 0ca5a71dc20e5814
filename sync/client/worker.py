"""The thread that keeps the centre up to date: wakes at once for a filing, waits longer and longer without a link."""

import random
import threading
from collections.abc import Callable
from enum import StrEnum

import structlog

from kiosk.errors import CentreError, CentreRefusedError, CentreUnreachableError, NotOurCentreError, StoreError
from kiosk.log_events import LogEvent
from kiosk.settings import CentreSettings
from sync.client.answers import BusyCentreError


class SyncState(StrEnum):
    """What the worker is about; shown to staff."""

    IDLE = "idle"  # the centre holds everything
    SENDING = "sending"
    NO_LINK = "no_link"  # unreachable, will try again
    NOT_OUR_CENTRE = "not_our_centre"  # a captive portal or a stranger answered
    REFUSED = "refused"  # the centre says no: staff must look
    STORE_FAILED = "store_failed"  # our own store could not be read or written


class SyncWorker(threading.Thread):
    """Owned by the program; :meth:`stop` ends it after the running call, whose deadline bounds the wait."""

    def __init__(
        self, drain: Callable[[], int], settings: CentreSettings, *, chance: random.Random | None = None
    ) -> None:
        super().__init__(name="sync", daemon=True)
        self._drain = drain
        self._settings = settings
        self._chance = chance or random.Random()  # noqa: S311  # spreads the retries of many kiosks, guards nothing
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._failures = 0
        self.state = SyncState.IDLE

    def notify(self) -> None:
        """Something new is to be sent; never blocks. Without a link the pause is kept."""
        if self._failures == 0:
            self._wake.set()

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        self._wake.set()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        """Send, wait, send, until stopped."""
        while not self._stopping.is_set():
            pause_s = self._step()
            self._wake.wait(pause_s)
            self._wake.clear()

    def _step(self) -> float:
        """Send what there is and return how long to wait, in seconds."""
        try:
            self.state = SyncState.SENDING
            while not self._stopping.is_set() and self._drain():
                self._failures = 0
            self._failures = 0
            self.state = SyncState.IDLE
        except (CentreError, StoreError) as error:
            return self._failed(error)
        return self._settings.idle_poll_s

    def _failed(self, error: CentreError | StoreError) -> float:
        self._failures += 1
        self.state = _STATES[next(kind for kind in _STATES if isinstance(error, kind))]
        event = LogEvent.SYNC_REFUSED if self.state is SyncState.REFUSED else LogEvent.SYNC_FAILED
        structlog.get_logger().warning(event, error=type(error).__name__, count=self._failures)
        if isinstance(error, BusyCentreError) and error.retry_after_s is not None:
            return min(error.retry_after_s, self._settings.backoff_max_s)
        return self.pause_after(self._failures)

    def pause_after(self, failures: int) -> float:
        """Return the pause after so many failures in a row: doubling, bounded, with full jitter, never zero."""
        longest = min(self._settings.backoff_max_s, self._settings.backoff_first_s * 2.0 ** min(failures - 1, 20))
        return longest * self._chance.uniform(0.5, 1.0)


_STATES = {
    NotOurCentreError: SyncState.NOT_OUR_CENTRE,
    CentreRefusedError: SyncState.REFUSED,
    CentreUnreachableError: SyncState.NO_LINK,
    CentreError: SyncState.NO_LINK,
    StoreError: SyncState.STORE_FAILED,
}
