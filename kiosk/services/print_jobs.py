"""Print jobs that nobody waits for any more: after a fault no backlog of old slips comes out."""

from dataclasses import dataclass

import structlog

from kiosk.domain.place import Site
from kiosk.domain.request import PrintJobId
from kiosk.domain.ticket import ReprintPrinter
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.print_jobs import PrintJob
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.print_ticket import PrintJournal
from kiosk.workflows.print_job import PrintEvent, PrintState, UnexpectedPrintEventError

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class RecoveredJobs:
    """What a start found.

    Attributes:
        unconfirmed: jobs found in ``sending``: part or all may be on paper.
        expired: jobs found in ``saved``: their visitors left before anything was sent.
    """

    unconfirmed: int
    expired: int


class RecoverPrintJobs:
    """At the start of the kiosk: settles every job that the last run left open."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._journal = PrintJournal(units=units, clock=clock, entropy=entropy, site=site)

    def __call__(self) -> RecoveredJobs:
        """Turn ``sending`` into ``unconfirmed`` and ``saved`` into ``expired``."""
        found = RecoveredJobs(
            unconfirmed=self._settle(PrintState.SENDING, PrintEvent.RECOVERED),
            expired=self._settle(PrintState.SAVED, PrintEvent.VISITOR_LEFT),
        )
        log.info(LogEvent.PRINT_RECOVERED, count=found.unconfirmed + found.expired)
        return found

    def _settle(self, state: PrintState, event: PrintEvent) -> int:
        with self._units() as unit:
            jobs = [job for job in unit.print_jobs.in_states([state]) if not _is_at_counter(job)]
        for job in jobs:
            self._journal.record(job, state, event)
        return len(jobs)


def _is_at_counter(job: PrintJob) -> bool:
    """Whether the staff window prints it, which may do so while the kiosk starts."""
    return job.reprint is not None and job.reprint.printer is ReprintPrinter.COUNTER


class ExpirePrintJob:
    """When a visitor leaves before anything was sent: the ticket will not be printed behind their back."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._journal = PrintJournal(units=units, clock=clock, entropy=entropy, site=site)

    def __call__(self, print_job_id: PrintJobId) -> PrintState:
        """Expire a job that is still ``saved``; return the state in which the job is now."""
        job = self._journal.job(print_job_id)
        if job.state is not PrintState.SAVED:
            return job.state
        try:
            return self._journal.record(job, PrintState.SAVED, PrintEvent.VISITOR_LEFT)
        except UnexpectedPrintEventError:
            return self._journal.job(print_job_id).state  # it began to print at this very moment
