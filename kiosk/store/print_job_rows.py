"""Print jobs and reprints as rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select, text, update

from kiosk.domain.request import FilingId, PrintJobId, RequestId
from kiosk.domain.ticket import Reprint
from kiosk.ports.unit_of_work import PrintJob
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import instant_ms, moment_of
from kiosk.store.tables import OPEN_JOB, filings, print_jobs, reprints
from kiosk.workflows.print_job import PrintState, UnexpectedPrintEventError

_INSERT_JOB: Final = Prepared(insert(print_jobs))
_INSERT_REPRINT: Final = Prepared(insert(reprints))
_JOB: Final = select(
    print_jobs, *(reprints.c[name] for name in ("ordered_at_ms", "ordered_on", "zone", "clock", "agent", "reason"))
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

_LAST_DUPLICATE: Final = Prepared(
    select(func.max(print_jobs.c.duplicate_number)).where(print_jobs.c.filing_id == bindparam("of_filing"))
)


class PrintJobRows:
    """The :class:`kiosk.ports.unit_of_work.PrintJobTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, job: PrintJob) -> None:
        """Insert a job."""
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
            },
        )

    def get(self, print_job_id: PrintJobId) -> PrintJob:
        """Return a job."""
        row = _JOB_BY_ID.first(self._connection, {"print_job_id": print_job_id})
        if row is None:
            raise KeyError(f"no print job {print_job_id}")
        return _job_of(row)

    def set_state(self, print_job_id: PrintJobId, expected: PrintState, new: PrintState) -> None:
        """Change the state of a job that is still in ``expected``."""
        values = {"job": print_job_id, "expected": expected.value, "new": new.value}
        if _SET_STATE.run(self._connection, values) != 1:
            raise UnexpectedPrintEventError(f"print job {print_job_id} is no longer {expected}")

    def in_states(self, states: Iterable[PrintState]) -> Sequence[PrintJob]:
        """Return all jobs in one of these states, oldest first."""
        wanted = set(states)
        if any(state.is_final for state in wanted):
            rows = [row for state in wanted for row in _JOBS_IN.rows(self._connection, {"state": state.value})]
        else:
            rows = _OPEN_JOBS.rows(self._connection)
        jobs = [job for job in map(_job_of, rows) if job.state in wanted]
        return sorted(jobs, key=lambda job: job.print_job_id)

    def states_on(self, civil_date: date) -> Mapping[PrintJobId, PrintState]:
        """Return the state of every ticket of the filings of that day."""
        rows = _STATES_OF_DAY.rows(self._connection, {"filed_on": civil_date.isoformat()})
        return {PrintJobId(print_job_id): PrintState(state) for print_job_id, state in rows}

    def last_duplicate_of(self, filing_id: FilingId) -> int:
        """Return the number of the newest reprint of a filing, 0 when there is none."""
        ((number,),) = _LAST_DUPLICATE.rows(self._connection, {"of_filing": filing_id})
        return int(number or 0)


def _job_of(row: tuple[Any, ...]) -> PrintJob:
    print_job_id, filing_id, request_id, state, number = row[:5]
    ordered_at_ms, ordered_on, zone, clock, agent, reason = row[5:]
    reprint = Reprint(number, moment_of(ordered_at_ms, ordered_on, zone, clock), agent, reason) if number else None
    return PrintJob(PrintJobId(print_job_id), FilingId(filing_id), RequestId(request_id), PrintState(state), reprint)
