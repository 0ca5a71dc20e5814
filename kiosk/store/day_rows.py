"""Numbers of the day, print jobs and acknowledgements as rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from kiosk.domain.request import FilingId, PrintJobId, RequestId
from kiosk.ports.unit_of_work import AcknowledgementRecord, PrintJob
from kiosk.store.connections import Connection
from kiosk.store.prepared import Prepared
from kiosk.store.stored_values import instant_ms, instant_of
from kiosk.store.tables import OPEN_JOB, acknowledgements, counters, filings, print_jobs
from kiosk.workflows.print_job import PrintState, UnexpectedPrintEventError

_COUNT: Final = Prepared(
    sqlite_insert(counters)
    .values(civil_date=bindparam("day"), kind=bindparam("what"), value=1)
    .on_conflict_do_update(index_elements=["civil_date", "kind"], set_={"value": counters.c.value + 1})
    .returning(counters.c.value)
)

_INSERT_JOB: Final = Prepared(insert(print_jobs))
_JOB: Final = select(print_jobs)
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

_INSERT_ACKNOWLEDGEMENT: Final = Prepared(
    sqlite_insert(acknowledgements)
    .values({name: bindparam(name) for name in ("accepted_to", "head", "received_at_ms", "document", "document_hash")})
    .on_conflict_do_nothing(index_elements=["document_hash"])
)
_LATEST: Final = Prepared(
    select(*(acknowledgements.c[name] for name in ("accepted_to", "head", "received_at_ms", "document")))
    .order_by(acknowledgements.c.received_at_ms.desc(), acknowledgements.c.acknowledgement_id.desc())
    .limit(1)
)


class NumberRows:
    """The :class:`kiosk.ports.unit_of_work.NumberTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_reference_sequence(self, civil_date: date) -> int:
        """Return 1, 2, 3... for references of that day."""
        return self._next(civil_date, "reference")

    def next_call_number(self, civil_date: date, service_letter: str) -> int:
        """Return the next number of that service and day."""
        return self._next(civil_date, f"call {service_letter}")

    def _next(self, civil_date: date, kind: str) -> int:
        ((value,),) = _COUNT.rows(self._connection, {"day": civil_date.isoformat(), "what": kind})
        return int(value)


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


class AcknowledgementRows:
    """The :class:`kiosk.ports.unit_of_work.AcknowledgementTable` of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self) -> AcknowledgementRecord | None:
        """Return the newest acknowledgement."""
        row = _LATEST.first(self._connection)
        if row is None:
            return None
        accepted_to, head, received_at_ms, document = row
        return AcknowledgementRecord(accepted_to, head, instant_of(received_at_ms), document)

    def add(self, record: AcknowledgementRecord) -> None:
        """Insert an acknowledgement; the same one again changes nothing."""
        _INSERT_ACKNOWLEDGEMENT.run(
            self._connection,
            {
                "accepted_to": record.accepted_to,
                "head": record.head,
                "received_at_ms": instant_ms(record.received_at),
                "document": record.document,
                "document_hash": sha256(record.document).hexdigest(),
            },
        )


def _job_of(row: tuple[Any, ...]) -> PrintJob:
    print_job_id, filing_id, request_id, state, duplicate_number = row
    return PrintJob(
        PrintJobId(print_job_id), FilingId(filing_id), RequestId(request_id), PrintState(state), duplicate_number
    )
