"""Print jobs and reprints as rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select, text, update

from kiosk.domain.request import FilingId, OriginId, PrintJobId, RequestId
from kiosk.domain.slip import OrderedSlip, SlipKind
from kiosk.domain.ticket import Reprint, ReprintPrinter
from kiosk.ports.print_jobs import PrintJob
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import instant_ms, moment_of
from kiosk.store.tables import OPEN_JOB, filings, print_jobs, reprints, slips
from kiosk.workflows.print_job import PrintState, UnexpectedPrintEventError

_INSERT_JOB: Final = Prepared(insert(print_jobs))
_INSERT_REPRINT: Final = Prepared(insert(reprints))
_JOB: Final = select(
    print_jobs,
    *(reprints.c[name] for name in ("ordered_at_ms", "ordered_on", "zone", "clock", "agent", "reason", "printer")),
).join_from(print_jobs, reprints, reprints.c.print_job_id == print_jobs.c.print_job_id, isouter=True)
_JOB_BY_ID: Final = Prepared(_JOB.where(print_jobs.c.print_job_id == bindparam("print_job_id")))
_OPEN_JOBS: Final = Prepared(_JOB.where(text(OPEN_JOB)).order_by(print_jobs.c.print_job_id))
_JOBS_IN: Final = Prepared(_JOB.where(print_jobs.c.state == bindparam("state")).order_by(print_jobs.c.print_job_id))
_SET_STATE: Final = Prepared(
    update(print_jobs)
    .where(print_jobs.c.print_job_id == bindparam("job"), print_jobs.c.state == bindparam("expected"))
    .values(state=bindparam("new"))
)
_STATES_OF_DAY: Final = Prepared(
    select(print_jobs.c.print_job_id, print_jobs.c.state)
    .join(filings, filings.c.filing_id == print_jobs.c.filing_id)
    .where(filings.c.filed_on == bindparam("filed_on"))
)

_INSERT_SLIP: Final = Prepared(insert(slips))
_SLIP_COLUMNS: Final = ("print_job_id", "filing_id", "request_id", "state", "kind", "language", "journal_seq")
_SLIP: Final = select(
    *(slips.c[name] for name in (*_SLIP_COLUMNS, "ordered_at_ms", "ordered_on", "zone", "clock")),
)
_SLIP_BY_ID: Final = Prepared(_SLIP.where(slips.c.print_job_id == bindparam("print_job_id")))
_OPEN_SLIPS: Final = Prepared(_SLIP.where(text(OPEN_JOB)))
_SLIPS_IN: Final = Prepared(_SLIP.where(slips.c.state == bindparam("state")))
_SET_SLIP_STATE: Final = Prepared(
    update(slips)
    .where(slips.c.print_job_id == bindparam("job"), slips.c.state == bindparam("expected"))
    .values(state=bindparam("new"))
)
_SLIP_OF: Final = Prepared(
    select(slips.c.print_job_id).where(
        slips.c.origin == bindparam("of_origin"), slips.c.journal_seq == bindparam("seq")
    )
)
_LAST_DUPLICATE: Final = Prepared(
    select(func.max(print_jobs.c.duplicate_number)).where(print_jobs.c.filing_id == bindparam("of_filing"))
)


class PrintJobRows:
    """The :class:`kiosk.ports.print_jobs.PrintJobTable` of one transaction."""

    def __init__(self, connection: Connection, origin: OriginId) -> None:
        self._connection = connection
        self._origin = origin

    def add(self, job: PrintJob) -> None:
        """Insert a job."""
        if job.slip is not None:
            self._add_slip(job, job.slip)
            return
        _INSERT_JOB.run(
            self._connection,
            {
                "print_job_id": job.print_job_id,
                "filing_id": job.filing_id,
                "request_id": job.request_id,
                "state": job.state.value,
                "duplicate_number": job.duplicate_number,
            },
        )
        if job.reprint is not None:
            self._add_reprint(job.print_job_id, job.reprint)

    def _add_reprint(self, print_job_id: PrintJobId, reprint: Reprint) -> None:
        ordered = reprint.ordered
        _INSERT_REPRINT.run(
            self._connection,
            {
                "print_job_id": print_job_id,
                "ordered_at_ms": instant_ms(ordered.utc),
                "ordered_on": ordered.civil_date.isoformat(),
                "zone": ordered.zone,
                "clock": ordered.clock.value,
                "agent": reprint.agent,
                "reason": reprint.reason,
                "printer": reprint.printer.value,
            },
        )

    def _add_slip(self, job: PrintJob, slip: OrderedSlip) -> None:
        ordered = slip.ordered
        _INSERT_SLIP.run(
            self._connection,
            {
                "print_job_id": job.print_job_id,
                "filing_id": job.filing_id,
                "request_id": job.request_id,
                "state": job.state.value,
                "kind": slip.kind.value,
                "language": slip.language,
                "ordered_at_ms": instant_ms(ordered.utc),
                "ordered_on": ordered.civil_date.isoformat(),
                "zone": ordered.zone,
                "clock": ordered.clock.value,
                "origin": self._origin,
                "journal_seq": slip.journal_seq,
            },
        )

    def get(self, print_job_id: PrintJobId) -> PrintJob:
        """Return a job."""
        row = _JOB_BY_ID.first(self._connection, {"print_job_id": print_job_id})
        if row is not None:
            return _job_of(row)
        row = _SLIP_BY_ID.first(self._connection, {"print_job_id": print_job_id})
        if row is not None:
            return _slip_job_of(row)
        raise KeyError(f"no print job {print_job_id}")

    def set_state(self, print_job_id: PrintJobId, expected: PrintState, new: PrintState) -> None:
        """Change the state of a job that is still in ``expected``."""
        values = {"job": print_job_id, "expected": expected.value, "new": new.value}
        changed = _SET_STATE.run(self._connection, values) or _SET_SLIP_STATE.run(self._connection, values)
        if changed != 1:
            raise UnexpectedPrintEventError(f"print job {print_job_id} is no longer {expected}")

    def in_states(self, states: Iterable[PrintState]) -> Sequence[PrintJob]:
        """Return all jobs in one of these states, oldest first."""
        wanted = set(states)
        if any(state.is_final for state in wanted):
            rows = [row for state in wanted for row in _JOBS_IN.rows(self._connection, {"state": state.value})]
            others = [row for state in wanted for row in _SLIPS_IN.rows(self._connection, {"state": state.value})]
        else:
            rows, others = _OPEN_JOBS.rows(self._connection), _OPEN_SLIPS.rows(self._connection)
        jobs = [job for job in (*map(_job_of, rows), *map(_slip_job_of, others)) if job.state in wanted]
        return sorted(jobs, key=lambda job: job.print_job_id)

    def states_on(self, civil_date: date) -> Mapping[PrintJobId, PrintState]:
        """Return the state of every ticket of the filings of that day."""
        rows = _STATES_OF_DAY.rows(self._connection, {"filed_on": civil_date.isoformat()})
        return {PrintJobId(print_job_id): PrintState(state) for print_job_id, state in rows}

    def slip_of(self, journal_seq: int) -> PrintJobId | None:
        """Return the job of the paper that proves an entry, if there is one."""
        row = _SLIP_OF.first(self._connection, {"of_origin": self._origin, "seq": journal_seq})
        return None if row is None else PrintJobId(row[0])

    def last_duplicate_of(self, filing_id: FilingId) -> int:
        """Return the number of the newest reprint of a filing, 0 when there is none."""
        ((number,),) = _LAST_DUPLICATE.rows(self._connection, {"of_filing": filing_id})
        return int(number or 0)


def _job_of(row: tuple[Any, ...]) -> PrintJob:
    print_job_id, filing_id, request_id, state, number = row[:5]
    ordered_at_ms, ordered_on, zone, clock, agent, reason, printer = row[5:]
    reprint = None
    if number:
        ordered = moment_of(ordered_at_ms, ordered_on, zone, clock)
        reprint = Reprint(number, ordered, agent, reason, ReprintPrinter(printer))
    return PrintJob(PrintJobId(print_job_id), FilingId(filing_id), RequestId(request_id), PrintState(state), reprint)


def _slip_job_of(row: tuple[Any, ...]) -> PrintJob:
    print_job_id, filing_id, request_id, state, kind, language, seq = row[:7]
    slip = OrderedSlip(SlipKind(kind), moment_of(*row[7:]), seq, language)
    return PrintJob(PrintJobId(print_job_id), FilingId(filing_id), RequestId(request_id), PrintState(state), slip=slip)
