"""Duplicates that were ordered and never came out: closed in time, so that none comes out behind a person's back."""

from collections.abc import Iterable

from kiosk.domain.place import Site
from kiosk.domain.ticket import ReprintPrinter
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.print_jobs import PrintJob
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.print_ticket import PrintJournal
from kiosk.services.reprint_ticket import REPRINT_GOOD_FOR
from kiosk.workflows.print_job import PrintEvent, PrintState, UnexpectedPrintEventError


class SettleReprints:
    """Closes orders for the kiosk's or the counters' printer that are too old to be printed, or to print still."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._clock = clock
        self._journal = PrintJournal(units=units, clock=clock, entropy=entropy, site=site)

    def __call__(self, jobs: Iterable[PrintJob]) -> list[PrintJob]:
        """Close what is too old among open jobs; return the orders that are still good.

        Raises:
            StoreError: it could not be recorded.
        """
        orders = [job for job in jobs if job.reprint is not None and job.reprint.printer is not ReprintPrinter.OWN]
        good = [job for job in orders if not self._is_too_old(job)]
        for job in orders:
            if job not in good:
                self._close(job)
        return good

    def _is_too_old(self, job: PrintJob) -> bool:
        assert job.reprint is not None, "an order"
        return self._clock.read().utc - job.reprint.ordered.utc > REPRINT_GOOD_FOR

    def _close(self, job: PrintJob) -> None:
        event = PrintEvent.VISITOR_LEFT if job.state is PrintState.SAVED else PrintEvent.RECOVERED
        try:
            self._journal.record(job, job.state, event)
        except UnexpectedPrintEventError:
            return  # its end came at this very moment, and that counts
