"""Duplicates and files of tickets for the staff of this machine."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final

import structlog

from kiosk.domain.place import Site
from kiosk.domain.request import PrintJobId
from kiosk.domain.staff import Permission
from kiosk.domain.ticket import ReprintPrinter, ReprintReason, Ticket
from kiosk.errors import InputError
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.desk import StaffSession
from kiosk.ports.entropy import Entropy
from kiosk.ports.print_jobs import PrintJob
from kiosk.ports.reprint_desk import ReprintNews
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.issue_ticket import IssueTicket
from kiosk.services.make_office_copy import MakeOfficeCopy
from kiosk.services.print_ticket import PrintJournal
from kiosk.services.reprint_ticket import OrderReprint
from kiosk.services.settle_reprints import SettleReprints
from kiosk.services.staff import require
from kiosk.services.staff_sessions import StaffSessions
from kiosk.workflows.print_job import PrintEvent, PrintState, UnexpectedPrintEventError

log = structlog.get_logger()

_OPEN: Final = (PrintState.SAVED, PrintState.SENDING)


class LocalReprintDesk:
    """The :class:`kiosk.ports.reprint_desk.ReprintDesk` of one machine."""

    def __init__(
        self,
        *,
        units: UnitOfWorkFactory,
        reading: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        sessions: StaffSessions,
        issue: IssueTicket,
        conditions: Mapping[ReprintPrinter, Callable[[], PrinterCondition | None]],
        print_here: Callable[[PrintJobId], PrintState],
        write_pdf: Callable[[Ticket], bytes],
    ) -> None:
        """Take what it works with.

        Args:
            units: of the store.
            reading: gives units that never wait for a writer.
            clock: for entries.
            entropy: for entries.
            site: of the kiosk.
            sessions: who is signed in.
            issue: makes tickets.
            conditions: the printers that there are, each with what was last heard of it.
            print_here: prints a job on the counters' printer.
            write_pdf: lays a ticket out on office paper.
        """
        self._units, self._reading, self._sessions = units, reading, sessions
        self._order = OrderReprint(units=units, clock=clock, entropy=entropy, site=site)
        self._settle = SettleReprints(units=units, clock=clock, entropy=entropy, site=site)
        self._copy = MakeOfficeCopy(units=units, clock=clock, entropy=entropy, site=site, issue=issue)
        self._journal = PrintJournal(units=units, clock=clock, entropy=entropy, site=site)
        self._conditions, self._print_here, self._write_pdf = conditions, print_here, write_pdf

    def printers(self) -> Sequence[ReprintPrinter]:
        """Return where a duplicate can come out."""
        return tuple(self._conditions)

    def order(
        self, session: StaffSession, reference: str, reason: ReprintReason, printer: ReprintPrinter
    ) -> ReprintNews:
        """Order a duplicate."""
        actor = self._sessions.actor(session)
        if printer not in self._conditions:
            raise InputError("printer", f"one of {', '.join(self._conditions)}")
        self._settle(self._open_jobs())
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            job = _on_its_way(unit, reference)
            if job is None:
                ordered = self._order.within(
                    unit, reference, actor.name, reason, printer=printer, counter=actor.counter
                )
                job = unit.print_jobs.get(ordered.print_job_id)
                unit.commit()
                log.info(LogEvent.REPRINT_ORDERED, print_job_id=job.print_job_id, count=job.duplicate_number)
        return self._news_of(job)

    def print_here(self, session: StaffSession, print_job_id: PrintJobId) -> ReprintNews:
        """Print a duplicate on the counters' printer."""
        self._seen_by(session, print_job_id)
        with suppress(UnexpectedPrintEventError):  # it was given up, or is too old by now
            self._print_here(print_job_id)
        return self._news_of(self._journal.job(print_job_id))

    def news(self, session: StaffSession, print_job_id: PrintJobId) -> ReprintNews:
        """Return where a duplicate stands now."""
        return self._news_of(self._seen_by(session, print_job_id))

    def give_up(self, session: StaffSession, print_job_id: PrintJobId) -> ReprintNews:
        """Let a duplicate that nobody has begun to print never come out."""
        job = self._seen_by(session, print_job_id)
        if job.state is PrintState.SAVED:
            agent = self._sessions.actor(session).name
            with suppress(UnexpectedPrintEventError):  # it began to print at this very moment
                self._journal.record(job, PrintState.SAVED, PrintEvent.VISITOR_LEFT, agent=agent)
        return self._news_of(self._journal.job(print_job_id))

    def office_pdf(self, session: StaffSession, reference: str) -> bytes:
        """Return the ticket as an A4 PDF."""
        actor = self._sessions.actor(session)
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            ticket = self._copy.within(unit, reference, actor.name, actor.counter)
            unit.commit()
        return self._write_pdf(ticket)

    def _seen_by(self, session: StaffSession, print_job_id: PrintJobId) -> PrintJob:
        actor = self._sessions.actor(session)
        with self._reading() as unit:
            require(unit, actor.name, Permission.SERVE)
            return unit.print_jobs.get(print_job_id)

    def _open_jobs(self) -> Sequence[PrintJob]:
        with self._reading() as unit:
            return unit.print_jobs.in_states(_OPEN)

    def _news_of(self, job: PrintJob) -> ReprintNews:
        printer = job.reprint.printer if job.reprint else ReprintPrinter.OWN
        heard = self._conditions.get(printer)
        return ReprintNews(job.print_job_id, job.duplicate_number, printer, job.state, heard() if heard else None)


def _on_its_way(unit: UnitOfWork, reference: str) -> PrintJob | None:
    """Return the duplicate that staff wait for already: two who ask, or one who asks twice, get one paper."""
    request_id = unit.requests.by_reference(reference)
    open_jobs = (job for job in unit.print_jobs.in_states(_OPEN) if job.request_id == request_id)
    return next((job for job in open_jobs if job.reprint and job.reprint.printer is not ReprintPrinter.OWN), None)
