"""The kiosk's side of a paper that somebody else ordered: a duplicate for a counter or the centre, a counter's list.

A ticket printer serves one connection at a time, and the kiosk's belongs to the process that serves visitors. So an
order is a job in the store that waits for this process; whoever ordered it sees in the store how it ended. Taking it
up is the job's change to ``sending``: two processes never print the same one.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

import structlog

from kiosk.domain.place import Site
from kiosk.domain.request import PrintJobId
from kiosk.domain.ticket import ReprintPrinter
from kiosk.errors import StoreError
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.print_jobs import PrintJob
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.looking_thread import LookingThread
from kiosk.services.print_ticket import PrintJournal
from kiosk.services.reprint_ticket import REPRINT_GOOD_FOR
from kiosk.services.settle_reprints import SettleReprints
from kiosk.workflows.print_job import PrintEvent, PrintState, UnexpectedPrintEventError

log = structlog.get_logger()

_OPEN: Final = (PrintState.SAVED, PrintState.SENDING)


class TakeUpReprints:
    """Prints what was ordered for the kiosk's printer, the oldest first; what is too old is closed instead."""

    def __init__(
        self,
        *,
        units: UnitOfWorkFactory,
        reading: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        print_ticket: Callable[[PrintJobId], object],
    ) -> None:
        """Take what it works with.

        Args:
            units: of the store.
            reading: gives units that only read: looking is done each half second.
            clock: says what is too old.
            entropy: for entries.
            site: of the kiosk.
            print_ticket: prints a job when the printer is free: while a visitor's ticket comes out, it waits.
        """
        self._reading, self._clock = reading, clock
        self._settle = SettleReprints(units=units, clock=clock, entropy=entropy, site=site)
        self._journal = PrintJournal(units=units, clock=clock, entropy=entropy, site=site)
        self._print_ticket = print_ticket

    def __call__(self) -> int:
        """Look once, print what waits, and return how many were taken up.

        Raises:
            StoreError: the store cannot be read or written; what waits is found the next time.
        """
        with self._reading() as unit:
            found = unit.print_jobs.in_states(_OPEN)
        for_kiosk = (
            job
            for job in self._settle(found)
            if job.reprint and job.reprint.printer is ReprintPrinter.KIOSK and job.state is PrintState.SAVED
        )
        return sum(self._took_up(job) for job in (*for_kiosk, *self._lists(found)))

    def _lists(self, found: Sequence[PrintJob]) -> list[PrintJob]:
        """Return the lists that staff ordered; what is too old is closed. Other papers have their visitor beside."""
        slips = [job for job in found if job.slip is not None and job.state is PrintState.SAVED]
        if not slips:
            return []
        with self._reading() as unit:
            of_staff = [job for job in slips if _is_of_staff(unit, job)]
        good = [job for job in of_staff if not self._is_too_old(job)]
        for job in of_staff:
            if job not in good:
                with suppress(UnexpectedPrintEventError):
                    self._journal.record(job, PrintState.SAVED, PrintEvent.VISITOR_LEFT)
        return good

    def _is_too_old(self, job: PrintJob) -> bool:
        assert job.slip is not None, "a paper"
        return self._clock.read().utc - job.slip.ordered.utc > REPRINT_GOOD_FOR

    def _took_up(self, job: PrintJob) -> bool:
        try:
            self._print_ticket(job.print_job_id)
        except UnexpectedPrintEventError:
            return False  # another process was faster, or whoever ordered it wants it no more
        except StoreError:
            raise
        except Exception:
            # A ticket that cannot be made must not be tried for ever.
            log.exception(LogEvent.UNEXPECTED_ERROR, print_job_id=job.print_job_id)
            with suppress(UnexpectedPrintEventError):
                self._journal.record(job, PrintState.SAVED, PrintEvent.REFUSED)
        return True


def _is_of_staff(unit: UnitOfWork, job: PrintJob) -> bool:
    assert job.slip is not None, "a paper"
    ((entry, _),) = unit.journal.entries_after(job.slip.journal_seq - 1, 1)
    return entry.type == EntryType.MISSING_LISTED


class ReprintWatch(LookingThread):
    """Takes up what is ordered, again and again; its end waits at most as long as one ticket takes."""

    def __init__(self, take_up: TakeUpReprints, *, look_every_s: float = 0.5) -> None:
        super().__init__("reprint-watch", look_every_s)
        self._take_up = take_up

    def look(self) -> None:
        """Take up what was ordered."""
        try:
            self._take_up()
        except StoreError as error:
            log.warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__)
        except Exception:  # whatever it is, the next order is looked for
            log.exception(LogEvent.UNEXPECTED_ERROR)
