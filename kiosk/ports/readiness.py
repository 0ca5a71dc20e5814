"""What a kiosk can do for the next person: whether a request can be saved, and whether paper will come out."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.ports.ticket_printer import PrinterCondition


class StoreCondition(StrEnum):
    """Whether a request can be saved."""

    WRITABLE = "writable"
    FULL = "full"  # no room on the disk
    NOT_WRITABLE = "not_writable"  # read-only, damaged, taken away


class StoreProbe(Protocol):
    """Finds out before a person does."""

    def condition(self) -> StoreCondition:
        """Try whether the disk takes a few writes; leaves nothing behind and never raises.

        May block for as long as a writer waits for another one; a store in which somebody writes is writable.
        """
        ...


@dataclass(frozen=True, slots=True)
class Readiness:
    """How a kiosk is at one moment.

    Attributes:
        store: whether requests can be saved.
        printer: what the printer last said; None when it has not been asked yet.
    """

    store: StoreCondition = StoreCondition.WRITABLE
    printer: PrinterCondition | None = None

    @property
    def can_save(self) -> bool:
        """Whether a request can be saved at all."""
        return self.store is StoreCondition.WRITABLE

    @property
    def lacks_paper(self) -> bool:
        """Whether the roll is at its end."""
        return self.printer is PrinterCondition.PAPER_OUT

    @property
    def lacks_printer(self) -> bool:
        """Whether no ticket will come out for another reason; a kiosk that was never meant to print lacks nothing."""
        if self.printer is None or self.printer is PrinterCondition.ABSENT or self.lacks_paper:
            return False
        return not self.printer.can_print
