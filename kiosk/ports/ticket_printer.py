"""The printer, as the services see it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.domain.blank_form import BlankForm
from kiosk.domain.missing_papers import MissingPapers
from kiosk.domain.slip import PassageList, Proof
from kiosk.domain.ticket import Ticket

Paper = Ticket | Proof | PassageList | BlankForm | MissingPapers


class PrinterCondition(StrEnum):
    """What the printer says of itself; silence is a condition of its own and never health."""

    READY = "ready"
    PAPER_NEAR_END = "paper_near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    FEED_BUTTON = "feed_button"
    CUTTER_ERROR = "cutter_error"
    RECOVERABLE_ERROR = "recoverable_error"  # goes away by itself: the head is too hot
    OFFLINE = "offline"
    UNRECOVERABLE_ERROR = "unrecoverable_error"
    SILENT = "silent"
    DISCONNECTED = "disconnected"
    ABSENT = "absent"  # configured as ``none:``

    @property
    def can_print(self) -> bool:
        """Whether a ticket may be sent now."""
        return self in (PrinterCondition.READY, PrinterCondition.PAPER_NEAR_END)


class PrintVerdict(StrEnum):
    """How sending one ticket ended."""

    CONFIRMED = "confirmed"  # the printer itself said that the slip left
    UNCONFIRMED = "unconfirmed"  # bytes went out, the answer was lost: part or all may be on paper
    REFUSED = "refused"  # not one byte of the ticket went out


@dataclass(frozen=True, slots=True)
class PrintReport:
    """What is known after trying to print.

    Attributes:
        verdict: see :class:`PrintVerdict`.
        condition: state of the printer that explains the verdict.
        bytes_sent: bytes of the ticket that the transport accepted.
        paper_mm: paper that went through for it, as far as the bytes tell.
    """

    verdict: PrintVerdict
    condition: PrinterCondition
    bytes_sent: int
    paper_mm: int = 0


class TicketPrinter(Protocol):
    """Prints tickets and tells the truth about it."""

    def print_ticket(self, ticket: Paper, *, before_first_byte: Callable[[], None]) -> PrintReport:
        """Print one ticket, or another paper, and wait for the printer's own confirmation.

        Blocks for at most the configured deadline (seconds) and never raises for a printer's fault: the report
        says it. ``before_first_byte`` is called once, after the printer said that it can print and before the
        first byte of the ticket leaves; when it raises, nothing is sent and the error goes on to the caller.
        """
        ...

    def condition(self) -> PrinterCondition:
        """Ask the printer for its state; blocks for at most one second, never raises."""
        ...
