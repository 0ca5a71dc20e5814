"""A printer at the level of the port, honest as the contract wants, that can be told to fail at any point.

Bytes, status answers and paper belong to the emulator; this one is for what the services do with a report.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from kiosk.domain.blank_form import BlankForm
from kiosk.domain.missing_papers import MissingPapers
from kiosk.domain.slip import PassageList, Proof
from kiosk.domain.ticket import Ticket
from kiosk.ports.ticket_printer import Paper, PrinterCondition, PrintReport, PrintVerdict

SLIP_BYTES = 18_000
SLIP_MM = 430


class PrinterMood(Enum):
    """What the printer will do with the next tickets."""

    CONFIRM = auto()  # the slip comes out and the printer says so
    LOSE_THE_ANSWER = auto()  # bytes leave, then silence
    REFUSE = auto()  # asked first, it cannot print: nothing leaves
    REFUSE_AFTER_START = auto()  # it could, then not one byte was taken
    RAISE_BEFORE = auto()  # a bug of the driver before anything leaves
    RAISE_IN_THE_MIDDLE = auto()  # a bug of the driver with half a slip on paper


class DriverBugError(Exception):
    """What no driver may raise, raised all the same."""


@dataclass
class ScriptedPrinter:
    """A ``TicketPrinter`` that keeps the slips and behaves as its mood says.

    Attributes:
        mood: what happens to the next ticket.
        refusal: condition reported when it refuses.
        on_paper: tickets of which at least part is on paper, oldest first.
        forms: blank forms of which at least part is on paper.
        slips: the same of other papers.
        when_asked: called before anything else; a test may let something happen beside it.
        when_bytes_leave: called when the first bytes are on paper; a test may kill the process here.
    """

    mood: PrinterMood = PrinterMood.CONFIRM
    refusal: PrinterCondition = PrinterCondition.PAPER_OUT
    on_paper: list[Ticket] = field(default_factory=list)
    forms: list[BlankForm] = field(default_factory=list)
    slips: list[Proof | PassageList | MissingPapers] = field(default_factory=list)
    when_asked: Callable[[], object] = field(default=lambda: None)
    when_bytes_leave: Callable[[], object] = field(default=lambda: None)

    def print_ticket(self, ticket: Paper, *, before_first_byte: Callable[[], None]) -> PrintReport:
        """Print as the mood says, and report the truth about it."""
        self.when_asked()
        if self.mood is PrinterMood.REFUSE:
            return PrintReport(PrintVerdict.REFUSED, self.refusal, 0)
        if self.mood is PrinterMood.RAISE_BEFORE:
            raise DriverBugError("before the first byte")
        before_first_byte()
        if self.mood is PrinterMood.REFUSE_AFTER_START:
            return PrintReport(PrintVerdict.REFUSED, self.refusal, 0)
        if isinstance(ticket, Ticket):
            self.on_paper.append(ticket)
        elif isinstance(ticket, BlankForm):
            self.forms.append(ticket)
        else:
            self.slips.append(ticket)
        self.when_bytes_leave()
        if self.mood is PrinterMood.RAISE_IN_THE_MIDDLE:
            raise DriverBugError("with half a slip on paper")
        if self.mood is PrinterMood.LOSE_THE_ANSWER:
            return PrintReport(PrintVerdict.UNCONFIRMED, PrinterCondition.SILENT, SLIP_BYTES // 2, SLIP_MM // 2)
        return PrintReport(PrintVerdict.CONFIRMED, PrinterCondition.READY, SLIP_BYTES, SLIP_MM)

    def condition(self) -> PrinterCondition:
        """Say what the mood allows."""
        return self.refusal if self.mood is PrinterMood.REFUSE else PrinterCondition.READY
