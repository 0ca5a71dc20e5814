"""Looks at the desk twice a second from a thread of its own and tells when something changed. No Qt here."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from kiosk.domain.paper_roll import PaperRoll
from kiosk.errors import BorneError, NotSignedInError
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.desk import HallRow, HallView, StaffSession, SyncBacklog
from kiosk.ports.link import LinkCondition
from kiosk.ports.machines import MachineHealth
from kiosk.ports.speech import VoiceCondition
from kiosk.ports.ticket_printer import PrinterCondition

# Half of what the kiosk takes to tell: what it tells is before the eyes within two seconds, whatever the moment.
LOOK_EVERY_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class DeskNews:
    """What the staff screen shows, complete.

    Attributes:
        rows: today's hall in order of arrival; empty while nobody is signed in.
        backlog: how far the centre is behind; None when the store could not be read.
        printer: what the kiosk last heard from its printer; None when no kiosk is running.
        seen_at: UTC instant of this look.
        roll: the paper in the printer as it was counted; None when nobody ever said.
        link: how the link to the centre is; None when no kiosk is running.
        session: for whom the rows were read; None for nobody.
        voice: how the voice in the headset was when it last spoke; None when it never did.
        machines: how each machine is, with its alarms; empty where nobody looks at machines.
        hub_lost_since: UTC instant since when the hub does not answer, so that the rows are those of then; None while
            it does, and on a machine that needs none.
    """

    rows: tuple[HallRow, ...]
    backlog: SyncBacklog | None
    printer: PrinterCondition | None
    seen_at: datetime
    roll: PaperRoll | None = None
    link: LinkCondition | None = None
    session: StaffSession | None = None
    voice: VoiceCondition | None = None
    machines: tuple[MachineHealth, ...] = ()
    hub_lost_since: datetime | None = None


class DeskWatch(threading.Thread):
    """Polls the journal's last number, which every change moves, and reads the day only when it moved.

    The listener is called on this thread. :meth:`stop` ends the thread and waits for it.
    """

    def __init__(
        self,
        desk: HallView,
        clock: Clock,
        printer: Callable[[], PrinterCondition | None],
        listener: Callable[[DeskNews], None],
        *,
        link: Callable[[], LinkCondition | None] = lambda: None,
        voice: Callable[[], VoiceCondition | None] = lambda: None,
        machines: Callable[[], Sequence[MachineHealth]] = tuple,
        hub_lost: Callable[[], datetime | None] = lambda: None,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        super().__init__(name="desk-watch", daemon=True)
        self._desk, self._clock, self._printer, self._listener = desk, clock, printer, listener
        self._link, self._voice, self._machines, self._hub_lost = link, voice, machines, hub_lost
        self._look_every_s = look_every_s
        self._is_ending = False
        self._waking = threading.Event()
        self._session: StaffSession | None = None
        self._rows: tuple[HallRow, ...] = ()
        self._roll: PaperRoll | None = None
        self._seen: tuple[int, int, StaffSession | None, datetime | None] | None = None
        self._trouble = ""

    def run(self) -> None:
        """Look, tell, wait, until stopped."""
        while not self._is_ending:
            self._waking.clear()
            self._listener(self.look())
            self._waking.wait(self._look_every_s)

    def use(self, session: StaffSession | None) -> None:
        """Look for somebody from now on, or for nobody; called from any thread."""
        self._session = session
        self._waking.set()

    def look_now(self) -> None:
        """Do not wait for the next second: something was done."""
        self._waking.set()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._is_ending = True
        self._waking.set()
        if self.is_alive():
            self.join()

    def look(self) -> DeskNews:
        """Return what there is to show now; a store that cannot be read is a piece of news, not an end."""
        now, session = self._clock.read().utc, self._session
        backlog: SyncBacklog | None = None
        trouble = ""
        try:
            backlog = self._desk.backlog()
            # The hour takes part so that yesterday's list leaves the screen though nothing was filed since; a link that
            # comes back does, because nobody knows what happened meanwhile.
            seen = (backlog.last_seq, int(now.timestamp()) // 3600, session, self._hub_lost())
            if seen != self._seen:
                self._rows = self._rows_for(session)
                self._roll = self._desk.paper_roll()
                self._seen = seen
        except BorneError as error:
            backlog, trouble = None, type(error).__name__
            if trouble != self._trouble:
                structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, error=trouble, screen="supervisor")
        self._trouble = trouble
        return DeskNews(
            rows=self._rows,
            backlog=backlog,
            printer=self._printer(),
            seen_at=now,
            roll=self._roll,
            link=self._link(),
            session=session,
            voice=self._voice(),
            hub_lost_since=self._hub_lost(),
            machines=tuple(self._machines()),
        )

    def _rows_for(self, session: StaffSession | None) -> tuple[HallRow, ...]:
        if session is None:
            return ()
        try:
            return tuple(self._desk.hall(session))
        except NotSignedInError:  # locked, or disabled meanwhile: the next touch asks for the password
            return ()
