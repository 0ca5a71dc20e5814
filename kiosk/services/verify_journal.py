"""The journal verified beside other work, a few entries at a time, so that staff hear of a break and nobody waits."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from kiosk.domain.chain_check import ChainCheck
from kiosk.errors import BorneError
from kiosk.journal.verification import VerificationReport
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.services.looking_thread import LookingThread

log = structlog.get_logger()

# Some thirty milliseconds of work in a second, whatever the length of the journal.
ENTRIES_AT_ONCE: Final = 500
_PAUSE_S: Final = 1.0
# What verified once may be changed later: everything is looked at again.
_AGAIN_AFTER: Final = timedelta(days=1)


class JournalPass(Protocol):
    """One verification from the first entry, which goes on as entries come."""

    @property
    def report(self) -> VerificationReport:
        """What was found so far."""
        ...

    def further(self, at_most: int) -> bool:
        """Check some more entries; tell whether the end, or a break, was reached."""
        ...


class ChainCheckNote(Protocol):
    """Where the outcome is kept for whoever tells of it."""

    def read(self) -> ChainCheck | None:
        """Return the last outcome."""
        ...

    def write(self, check: ChainCheck) -> None:
        """Keep an outcome."""
        ...


class VerifyJournal:
    """Goes through the journal again and again, and keeps what it found.

    A break that somebody else found, as ``journal verify`` does, is never overwritten by a pass that had gone by that
    entry before: then everything is looked at anew.
    """

    def __init__(self, begin: Callable[[], JournalPass], note: ChainCheckNote, clock: Clock) -> None:
        self._begin, self._note, self._clock = begin, note, clock
        self._pass: JournalPass | None = None
        self._began_at: datetime | None = None
        self._told: ChainCheck | None = None
        self._has_ended = False

    def __call__(self, at_most: int = ENTRIES_AT_ONCE) -> bool:
        """Check some more entries; tell whether there is nothing more to do for now.

        Raises:
            StoreError: the journal could not be read.
        """
        now = self._clock.read().utc
        if self._pass is None or self._is_over(now):
            self._pass, self._began_at = self._begin(), now
            self._told, self._has_ended = self._note.read(), False
        is_done = self._pass.further(at_most)
        if is_done:
            self._keep(self._pass.report, now)
        return is_done

    def _is_over(self, now: datetime) -> bool:
        is_old = self._began_at is None or abs(now - self._began_at) > _AGAIN_AFTER
        return is_old or self._note.read() != self._told

    def _keep(self, report: VerificationReport, now: datetime) -> None:
        found = report.first_break
        broken_at = found.seq if found else None
        told = self._told
        if self._has_ended and told is not None and (told.entries, told.broken_at) == (report.entries, broken_at):
            return
        self._has_ended = True
        if found is not None:
            log.warning(LogEvent.JOURNAL_BROKEN, seq=found.seq, reason=found.reason.value)
        self._note.write(ChainCheck(now, report.entries, broken_at))
        self._told = self._note.read()


class JournalWatch(LookingThread):
    """Verifies while nobody is at the screen. :meth:`stop` ends it after the running piece."""

    def __init__(
        self, verify: Callable[[], bool], has_visitor: Callable[[], bool], *, pause_s: float = _PAUSE_S
    ) -> None:
        super().__init__("journal-watch", pause_s, waits_first=True)
        self._verify, self._has_visitor = verify, has_visitor

    def look(self) -> None:
        """Verify a piece."""
        if self._has_visitor():
            return
        try:
            self._verify()
        except (BorneError, OSError) as error:
            log.warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__, reason="journal_watch")
