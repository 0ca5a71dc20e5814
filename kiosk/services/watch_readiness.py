"""Watching store and printer beside the screens, so that nobody types everything and then hears that it was in vain."""

import threading
from collections.abc import Callable

from kiosk.ports.readiness import Readiness, StoreProbe
from kiosk.ports.ticket_printer import PrinterCondition


class ReadinessWatch(threading.Thread):
    """Looks again and again and tells what changed. :meth:`stop` ends and joins it."""

    def __init__(
        self,
        probe: StoreProbe,
        printer: Callable[[], PrinterCondition | None],
        tell: Callable[[Readiness], object],
        *,
        nudge: threading.Event | None = None,
        look_every_s: float = 1.0,
    ) -> None:
        """Take what is watched.

        Args:
            probe: of the store.
            printer: what was last heard of the printer; never blocks.
            tell: called on this thread with the first look and with each change.
            nudge: set when there may be news, so that it is not waited for.
            look_every_s: longest pause between two looks.
        """
        super().__init__(name="readiness-watch", daemon=True)
        self._probe, self._printer, self._tell = probe, printer, tell
        self._look_every_s = look_every_s
        self._told: Readiness | None = None
        self._nudge = nudge or threading.Event()
        self._is_ending = False

    def run(self) -> None:
        """Look, wait, until stopped."""
        while not self._is_ending:
            self._nudge.clear()
            self.look()
            self._nudge.wait(self._look_every_s)

    def look(self) -> None:
        """Look once, and tell when something changed."""
        readiness = Readiness(self._probe.condition(), self._printer())
        if readiness != self._told:
            self._told = readiness
            self._tell(readiness)

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._is_ending = True
        self._nudge.set()
        if self.is_alive():
            self.join()
