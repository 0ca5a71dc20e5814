"""Watching store and printer beside the screens, so that nobody types everything and then hears that it was in vain."""

import threading
from collections.abc import Callable

from kiosk.ports.readiness import Readiness, StoreProbe
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.looking_thread import LookingThread


class ReadinessWatch(LookingThread):
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
        super().__init__("readiness-watch", look_every_s, nudge)
        self._probe, self._printer, self._tell = probe, printer, tell
        self._told: Readiness | None = None

    def look(self) -> None:
        """Look once, and tell when something changed."""
        readiness = Readiness(self._probe.condition(), self._printer())
        if readiness != self._told:
            self._told = readiness
            self._tell(readiness)
