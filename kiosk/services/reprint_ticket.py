"""Printing a ticket again: another job, marked DUPLICATA, with who ordered it and why; the date stays the first."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from kiosk.domain.place import Site
from kiosk.domain.request import PrintJobId
from kiosk.domain.ticket import Reprint, ReprintPrinter, ReprintReason
from kiosk.errors import InputError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.print_jobs import PrintJob
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.held_requests import readable_request_with
from kiosk.services.recording import EntryWriter
from kiosk.workflows.print_job import PrintState

log = structlog.get_logger()


# Who orders a reprint when the holder does, at the screen.
BY_SCREEN: Final = "kiosk"
# Later nobody stands there any more to take the ticket: it would lie there with a name on it.
REPRINT_GOOD_FOR: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class OrderedReprint:
    """A reprint that may now be printed.

    Attributes:
        print_job_id: for :class:`~kiosk.services.print_ticket.PrintTicket`.
        duplicate_number: k of « DUPLICATA n° k ».
        reference: of the request.
    """

    print_job_id: PrintJobId
    duplicate_number: int
    reference: str


class OrderReprint:
    """Orders a reprint: durable, counted and in the journal before the printer hears of it."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._entropy = entropy
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, reference: str, *, agent: str, reason: ReprintReason) -> OrderedReprint:
        """Order a reprint of the newest visit's ticket of a request.

        Args:
            reference: of the request.
            agent: who orders it; named on the ticket.
            reason: why.

        Raises:
            InputError: no such request here, or no agent.
            StoreError: nothing was ordered.
        """
        with self._units() as unit:
            ordered = self.within(unit, reference, agent, reason)
            unit.commit()
        log.info(LogEvent.REPRINT_ORDERED, print_job_id=ordered.print_job_id, count=ordered.duplicate_number)
        return ordered

    def within(
        self,
        unit: UnitOfWork,
        reference: str,
        agent: str,
        reason: ReprintReason,
        *,
        printer: ReprintPrinter = ReprintPrinter.OWN,
        counter: str = "",
    ) -> OrderedReprint:
        """Order a reprint inside a caller's transaction; see :meth:`__call__`.

        Args:
            unit: the transaction.
            reference: of the request.
            agent: who orders it.
            reason: why.
            printer: where it is to come out; the kiosk takes up what is for its own.
            counter: where the agent sits, if at one.
        """
        agent = agent.strip()
        if not agent:
            raise InputError("agent", "the name of the person who orders the reprint")
        request_id = readable_request_with(unit, reference)
        request = unit.requests.get(request_id)
        at = self._entries.now()
        filing_id = request.filings[-1].filing_id
        number = unit.print_jobs.last_duplicate_of(filing_id) + 1
        reprint = Reprint(number, at[1], agent, reason.value, printer)
        job = PrintJob(
            print_job_id=PrintJobId(self._entropy.identifier()),
            filing_id=filing_id,
            request_id=request_id,
            state=PrintState.SAVED,
            reprint=reprint,
        )
        unit.print_jobs.add(job)
        facts = _facts(job, reprint, request.reference, counter)
        unit.journal.append(self._entries.draft(EntryType.REPRINT_ORDERED, facts, subject=request_id, at=at))
        return OrderedReprint(job.print_job_id, number, request.reference)


def _facts(job: PrintJob, reprint: Reprint, reference: str, counter: str) -> dict[str, JsonValue]:
    facts: dict[str, JsonValue] = {
        "print_job_id": job.print_job_id,
        "filing_id": job.filing_id,
        "reference": reference,
        "duplicate_number": reprint.number,
        "agent": reprint.agent,
        "reason": reprint.reason,
    }
    if reprint.printer:
        facts["printer"] = reprint.printer.value
    if counter:
        facts["counter"] = counter
    return facts
