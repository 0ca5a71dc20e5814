"""The thread that keeps the centre up to date: wakes at once for a filing, waits longer and longer without a link."""

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

from kiosk.errors import CentreError, CentreRefusedError, CentreUnreachableError, NotOurCentreError, StoreError
from kiosk.log_events import LogEvent
from kiosk.ports.link import LinkCondition, LinkState
from kiosk.settings import CentreSettings
from sync.client.answers import BusyCentreError
from sync.client.reachability import accepts_connections


class SyncWorker(threading.Thread):
    """Owned by the program; :meth:`stop` ends it after the running call, whose deadline bounds the wait."""

    def __init__(
        self,
        drain: Callable[[], int],
        settings: CentreSettings,
        *,
        tell: Callable[[LinkCondition], None] = lambda _: None,
        has_visitor: Callable[[], bool] = lambda: False,
        chance: random.Random | None = None,
    ) -> None:
        """Prepare to send; :meth:`start` begins.

        Args:
            drain: sends the next batch and returns how many entries went.
            settings: pauses.
            tell: is told how the link is, at every change and every try; called on this thread.
            has_visitor: whether somebody is at the screen; a backlog then goes out slowly, so that no tap waits for it.
            chance: spreads the retries of many kiosks.
        """
        super().__init__(name="sync", daemon=True)
        self._drain = drain
        self._settings = settings
        self._tell = tell
        self._has_visitor = has_visitor
        self._chance = chance or random.Random()  # noqa: S311  # spreads the retries of many kiosks, guards nothing
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._failures = 0
        self._condition = LinkCondition(LinkState.IDLE, datetime.now(UTC))

    @property
    def state(self) -> LinkState:
        """What it is about."""
        return self._condition.state

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
            self._wait(self._step())

    def _step(self) -> float:
        """Send what there is and return how long to wait, in seconds."""
        try:
            self._say(LinkState.SENDING)
            while not self._stopping.is_set() and self._drain():
                if self._failures:
                    self._failures = 0
                    self._say(LinkState.SENDING)
                if self._has_visitor():
                    self._stopping.wait(self._settings.visit_pause_s)
            self._failures = 0
        except Exception as error:  # noqa: BLE001  # a thread that ends would leave the kiosk mute until its next start
            return self._failed(error)
        self._say(LinkState.IDLE, pause_s=self._settings.idle_poll_s)
        return self._settings.idle_poll_s

    def _failed(self, error: Exception) -> float:
        self._failures += 1
        state = _STATES[next(kind for kind in _STATES if isinstance(error, kind))]
        event = LogEvent.SYNC_REFUSED if state is LinkState.REFUSED else LogEvent.SYNC_FAILED
        structlog.get_logger().warning(event, error=type(error).__name__, count=self._failures)
        pause_s = self.pause_after(self._failures)
        if isinstance(error, BusyCentreError) and error.retry_after_s is not None:
            pause_s = min(error.retry_after_s, self._settings.backoff_max_s)
        self._say(state, pause_s=pause_s, reason=str(error))
        return pause_s

    def _say(self, state: LinkState, *, pause_s: float | None = None, reason: str = "") -> None:
        now = datetime.now(UTC)
        # Trying again is no news: an outage counts from its first failure.
        is_retry = state is LinkState.SENDING and self._failures > 0
        if is_retry:
            return
        since = self._condition.since if state is self._condition.state else now
        next_try_at = now + timedelta(seconds=pause_s) if pause_s is not None else None
        self._condition = LinkCondition(state, since, next_try_at, reason)
        self._tell(self._condition)

    def _wait(self, pause_s: float) -> None:
        """Wait until the pause is over, somebody wakes the thread, or the link that was missing is back."""
        if self.state is not LinkState.NO_LINK or accepts_connections(self._settings):
            self._wake.wait(pause_s)  # a server that accepts and does not answer is not asked more often
        else:
            self._wait_for_link(pause_s)
        self._wake.clear()

    def _wait_for_link(self, pause_s: float) -> None:
        """Look now and then whether somebody listens again, spread so that a fleet does not come back as one."""
        while pause_s > 0:
            look_s = min(pause_s, self._settings.probe_s * self._chance.uniform(0.5, 1.0))
            if self._wake.wait(look_s) or accepts_connections(self._settings):
                return
            pause_s -= look_s

    def pause_after(self, failures: int) -> float:
        """Return the pause after so many failures in a row: doubling, bounded, with full jitter, never zero."""
        longest = min(self._settings.backoff_max_s, self._settings.backoff_first_s * 2.0 ** min(failures - 1, 20))
        return longest * self._chance.uniform(0.5, 1.0)


_STATES = {
    NotOurCentreError: LinkState.NOT_OUR_CENTRE,
    CentreRefusedError: LinkState.REFUSED,
    BusyCentreError: LinkState.BUSY,
    CentreUnreachableError: LinkState.NO_LINK,
    CentreError: LinkState.NO_LINK,
    StoreError: LinkState.STORE_FAILED,
    Exception: LinkState.FAILED,
}
