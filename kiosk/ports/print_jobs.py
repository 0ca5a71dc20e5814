"""Papers that are to be printed, or were, and the roll that they come from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.request import FilingId, PrintJobId, RequestId
from kiosk.domain.slip import OrderedSlip
from kiosk.domain.ticket import Reprint
from kiosk.workflows.print_job import PrintState


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A ticket to be printed, or that was; or another paper about the request.

    Attributes:
        reprint: None for the first print of a filing.
        slip: what is printed instead of the ticket; None for tickets.
    """

    print_job_id: PrintJobId
    filing_id: FilingId
    request_id: RequestId
    state: PrintState
    reprint: Reprint | None = None
    slip: OrderedSlip | None = None

    @property
    def duplicate_number(self) -> int:
        """0 for the first print of a filing, k for « DUPLICATA n° k »."""
        return self.reprint.number if self.reprint else 0


class PrintJobTable(Protocol):
    """Print jobs and their states."""

    def add(self, job: PrintJob) -> None:
        """Insert a job."""
        ...

    def get(self, print_job_id: PrintJobId) -> PrintJob:
        """Return a job."""
        ...

    def set_state(self, print_job_id: PrintJobId, expected: PrintState, new: PrintState) -> None:
        """Change the state of a job that is still in ``expected``.

        Raises:
            UnexpectedPrintEventError: another process was faster.
        """
        ...

    def in_states(self, states: Iterable[PrintState]) -> Sequence[PrintJob]:
        """Return all jobs in one of these states, oldest first."""
        ...

    def states_on(self, civil_date: date) -> Mapping[PrintJobId, PrintState]:
        """Return the state of every ticket of the filings of that day."""
        ...

    def slip_of(self, journal_seq: int) -> PrintJobId | None:
        """Return the job of the paper that proves an entry, if there is one."""
        ...

    def last_duplicate_of(self, filing_id: FilingId) -> int:
        """Return the number of the newest reprint of a filing, 0 when there is none."""
        ...


class PaperTable(Protocol):
    """The roll of paper in the printer."""

    def current(self) -> PaperRoll | None:
        """Return the roll as it was counted so far; None when nobody ever said that one was put in."""
        ...

    def changed_at(self) -> datetime | None:
        """Return the UTC instant at which it was put in."""
        ...

    def replace(self, roll: PaperRoll, changed_at: datetime) -> None:
        """Count a new roll from now on."""
        ...

    def use(self, used_mm: int) -> None:
        """Count one more slip; changes nothing while no roll is known."""
        ...
