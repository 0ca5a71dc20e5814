"""What staff do with the ticket of a file: have it printed again, give it as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.request import PrintJobId
from kiosk.domain.ticket import ReprintPrinter, ReprintReason
from kiosk.ports.desk import StaffSession
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.workflows.print_job import PrintState


@dataclass(frozen=True, slots=True)
class ReprintNews:
    """Where an ordered duplicate stands.

    Attributes:
        print_job_id: of its job.
        number: k of « DUPLICATA n° k ».
        printer: where it is to come out.
        state: of the job; only what the printer said counts as printed.
        condition: what was last heard of that printer; None when nothing was heard lately: the kiosk is not running.
    """

    print_job_id: PrintJobId
    number: int
    printer: ReprintPrinter
    state: PrintState
    condition: PrinterCondition | None


class ReprintDesk(Protocol):
    """Each verb raises ``NotSignedInError``, ``NotAllowedError``, or ``StoreError`` when nothing was done."""

    def printers(self) -> Sequence[ReprintPrinter]:
        """Return where a duplicate can come out."""
        ...

    def order(
        self, session: StaffSession, reference: str, reason: ReprintReason, printer: ReprintPrinter
    ) -> ReprintNews:
        """Order a duplicate, unless one is on its way: then that one is returned, and no second paper comes out.

        The kiosk takes up by itself what is for its printer; the counters' is used by :meth:`print_here`.

        Raises:
            InputError: there is no such request here, its data were erased, or there is no such printer.
        """
        ...

    def print_here(self, session: StaffSession, print_job_id: PrintJobId) -> ReprintNews:
        """Print a duplicate on the counters' printer, and return how it ended; takes as long as the printer does."""
        ...

    def news(self, session: StaffSession, print_job_id: PrintJobId) -> ReprintNews:
        """Return where a duplicate stands now."""
        ...

    def give_up(self, session: StaffSession, print_job_id: PrintJobId) -> ReprintNews:
        """Let a duplicate that nobody has begun to print never come out; return where it stands."""
        ...

    def office_pdf(self, session: StaffSession, reference: str) -> bytes:
        """Return the ticket as an A4 PDF; that it was made, and by whom, is an entry.

        Raises:
            InputError: there is no such request here, or its data were erased.
        """
        ...
