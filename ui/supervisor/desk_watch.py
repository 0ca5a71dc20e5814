"""Looks at the desk every second from a thread of its own and tells when something changed. No Qt here."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from kiosk.domain.paper_roll import PaperRoll
from kiosk.errors import BorneError
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.desk import Desk, SyncBacklog, WaitingRow
from kiosk.ports.link import LinkCondition
from kiosk.ports.ticket_printer import PrinterCondition

LOOK_EVERY_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class DeskNews:
    """What the staff screen shows, complete.

    Attributes:
        rows: today's filings, oldest first.
        backlog: how far the centre is behind; None when the store could not be read.
        printer: what the kiosk last heard from its printer; None when no kiosk is running.
        seen_at: UTC instant of this look.
        roll: the paper in the printer as it was counted; None when nobody ever said.
        link: how the link to the centre is; None when no kiosk is running.
    """

    rows: tuple[WaitingRow, ...]
    backlog: SyncBacklog | None
    printer: PrinterCondition | None
    seen_at: datetime
    roll: PaperRoll | None = None
    link: LinkCondition | None = None


class DeskWatch(threading.Thread):
    """Polls the journal's last number, which every change moves, and reads the day only when it moved.

    The listener is called on this thread. :meth:`stop` ends the thread and waits for it.
    """

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        printer: Callable[[], PrinterCondition | None],
        listener: Callable[[DeskNews], None],
        *,
        link: Callable[[], LinkCondition | None] = lambda: None,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        super().__init__(name="desk-watch", daemon=True)
        self._desk, self._clock, self._printer, self._listener = desk, clock, printer, listener
        self._link = link
        self._look_every_s = look_every_s
        self._ending = threading.Event()
        self._rows: tuple[WaitingRow, ...] = ()
        self._roll: PaperRoll | None = None
        self._seen: tuple[int, int] | None = None

    def run(self) -> None:
        """Look, tell, wait, until stopped."""
        while True:
            self._listener(self.look())
            if self._ending.wait(self._look_every_s):
                return

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._ending.set()
        if self.is_alive():
            self.join()

    def look(self) -> DeskNews:
        """Return what there is to show now; a store that cannot be read is a piece of news, not an end."""
        now = self._clock.read().utc
        try:
            backlog = self._desk.backlog()
            # The hour takes part so that yesterday's list leaves the screen though nothing was filed since.
            seen = (backlog.last_seq, int(now.timestamp()) // 3600)
            if seen != self._seen:
                self._rows = tuple(self._desk.filed_today())
                self._roll = self._desk.paper_roll()
                self._seen = seen
        except BorneError as error:
            structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__, screen="supervisor")
            return DeskNews(self._rows, None, self._printer(), now, self._roll, self._link())
        return DeskNews(self._rows, backlog, self._printer(), now, self._roll, self._link())
