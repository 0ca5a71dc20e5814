"""Printing a ticket, or another paper about a request, and never saying more about it than the printer did.

The state ``sending`` is durable before the first byte leaves; the final state follows the printer's report. Whatever
goes wrong in between leaves ``sending`` on disk, which the next start turns into ``unconfirmed``.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog

from kiosk.domain.place import Site
from kiosk.domain.request import FiledRequest, PrintJobId
from kiosk.domain.request_change import RequestChange
from kiosk.domain.ticket import Ticket
from kiosk.errors import StoreError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.journal.seal import read_seal
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.print_jobs import PrintJob
from kiosk.ports.ticket_printer import Paper, PrinterCondition, PrintReport, PrintVerdict, TicketPrinter
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.services.issue_ticket import IssueTicket
from kiosk.services.recording import EntryWriter
from kiosk.workflows.print_job import PrintEvent, PrintState, UnexpectedPrintEventError, next_print_state

log = structlog.get_logger()

_EVENT_OF: Final = {
    PrintVerdict.CONFIRMED: PrintEvent.ECHO_RECEIVED,
    PrintVerdict.UNCONFIRMED: PrintEvent.ANSWER_LOST,
    PrintVerdict.REFUSED: PrintEvent.REFUSED,
}

_ENTRY_OF: Final = {
    PrintState.SENDING: EntryType.TICKET_SENDING,
    PrintState.CONFIRMED: EntryType.TICKET_CONFIRMED,
    PrintState.UNCONFIRMED: EntryType.TICKET_UNCONFIRMED,
    PrintState.FAILED: EntryType.TICKET_FAILED,
    PrintState.EXPIRED: EntryType.TICKET_EXPIRED,
}


class PrintJournal:
    """Changes the state of a print job together with the journal entry that says so."""

    def __init__(self, *, units: UnitOfWorkFactory, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def job(self, print_job_id: PrintJobId) -> PrintJob:
        """Return a job as it stands on disk."""
        with self._units() as unit:
            return unit.print_jobs.get(print_job_id)

    def record(
        self, job: PrintJob, state: PrintState, event: PrintEvent, *, paper_mm: int = 0, **facts: JsonValue
    ) -> PrintState:
        """Make what happened durable and return the new state.

        Args:
            job: which one.
            state: in which it still must be.
            event: what happened to it.
            paper_mm: what it took off the roll.
            facts: what explains it.

        Raises:
            UnexpectedPrintEventError: it is in another state by now, or the event cannot happen in this one.
            StoreError: nothing was recorded.
        """
        new = next_print_state(state, event)
        identifiers: dict[str, JsonValue] = {"print_job_id": job.print_job_id, "filing_id": job.filing_id}
        if job.slip is not None:
            identifiers["slip"] = job.slip.kind.value
        with self._units() as unit:
            unit.print_jobs.set_state(job.print_job_id, state, new)
            told = {**identifiers, "duplicate_number": job.duplicate_number, "event": event.value, **facts}
            unit.journal.append(self._entries.draft(_ENTRY_OF[new], told, subject=job.request_id))
            if paper_mm:
                unit.paper.use(paper_mm)
            unit.commit()
        return new


@dataclass
class _Sending:
    """How far one ticket got: changed by the printer's call back."""

    job: PrintJob
    journal: PrintJournal
    paper: Paper
    state: PrintState = field(default=PrintState.SAVED)

    def start(self) -> None:
        """Make ``sending`` durable, before the first byte."""
        facts = _seal_facts(self.paper)
        self.state = self.journal.record(self.job, PrintState.SAVED, PrintEvent.STARTED, paper_mm=0, **facts)


class PrintTicket:
    """Prints one saved print job, waits for the printer's word, and records it."""

    def __init__(
        self,
        *,
        units: UnitOfWorkFactory,
        printer: TicketPrinter,
        issue: IssueTicket,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        uses_roll: bool = True,
    ) -> None:
        """Take what it works with.

        Args:
            units: of the store.
            printer: where it comes out.
            issue: makes the papers.
            clock: for entries.
            entropy: for entries.
            site: of the kiosk.
            uses_roll: whether the printer is the one whose roll of paper is counted.
        """
        self._units = units
        self._uses_roll = uses_roll
        self._printer = printer
        self._issue = issue
        self._journal = PrintJournal(units=units, clock=clock, entropy=entropy, site=site)

    def __call__(self, print_job_id: PrintJobId) -> PrintState:
        """Print a job that is ``saved`` and return what can be said of it; blocks for the printer's deadline.

        Raises:
            UnexpectedPrintEventError: the job is not ``saved`` any more: a later print is another job.
            StoreError: ``sending`` could not be recorded; nothing was sent.
        """
        with self._units() as unit:
            job = unit.print_jobs.get(print_job_id)
            request = unit.requests.get(job.request_id)
            changes = unit.changes.of(job.request_id) if job.slip or job.reprint else ()
        next_print_state(job.state, PrintEvent.STARTED)
        paper = self._paper(job, request, changes)
        sending = _Sending(job, self._journal, paper)
        log.info(LogEvent.PRINT_STARTED, print_job_id=print_job_id)
        try:
            report = self._printer.print_ticket(paper, before_first_byte=sending.start)
        except (StoreError, UnexpectedPrintEventError):
            if sending.state is PrintState.SAVED:
                raise  # the call back failed, so nothing was sent
            report = _unknown_report()
        except Exception:
            log.exception(LogEvent.UNEXPECTED_ERROR, print_job_id=print_job_id)
            report = _unknown_report()
        return self._concluded(sending, report)

    def _paper(self, job: PrintJob, request: FiledRequest, changes: Sequence[RequestChange]) -> Paper:
        if job.slip is not None:
            return self._issue.slip(request, changes, job.slip)
        filing = next(filing for filing in request.filings if filing.filing_id == job.filing_id)
        return self._issue(request, filing, job.reprint, changes)

    def _concluded(self, sending: _Sending, report: PrintReport) -> PrintState:
        """Record the report; what cannot be recorded is never claimed."""
        job, state = sending.job, sending.state
        event = _EVENT_OF[report.verdict]
        if state is PrintState.SAVED:
            event = PrintEvent.REFUSED  # without the call back not one byte left, whatever the report says
        facts = {"condition": report.condition.value, "bytes_sent": report.bytes_sent}
        try:
            used_mm = report.paper_mm if self._uses_roll else 0
            final = self._journal.record(job, state, event, paper_mm=used_mm, **facts)
        except UnexpectedPrintEventError:
            final = self._journal.job(job.print_job_id).state  # a restart beside us was faster: its word counts
        except StoreError as error:
            final = PrintState.FAILED if state is PrintState.SAVED else PrintState.UNCONFIRMED
            log.exception(LogEvent.UNEXPECTED_ERROR, print_job_id=job.print_job_id, error=type(error).__name__)
        log.info(
            LogEvent.PRINT_ENDED,
            print_job_id=job.print_job_id,
            state=final.value,
            condition=report.condition.value,
            bytes_sent=report.bytes_sent,
        )
        return final


def _seal_facts(paper: Paper) -> dict[str, str]:
    """Return the signature of the seal on a ticket: with it whoever holds our entries can say the same seal again."""
    if not isinstance(paper, Ticket):
        return {}
    return {"seal_signature": base64.b64encode(read_seal(paper.seal).signature).decode()}


def _unknown_report() -> PrintReport:
    return PrintReport(PrintVerdict.UNCONFIRMED, PrinterCondition.SILENT, 0)
