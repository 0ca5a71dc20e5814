"""Test prints that staff ask for: the way from their screen to the process that prints, and back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from kiosk.ports.machines import PrinterTest

# After this nobody stands before the printer any more: nothing comes out, and the screen says that nothing answered.
WANTED_FOR: Final = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """That somebody wants a test print.

    Attributes:
        order: identifies it.
        account: who asked.
        at: UTC instant.
    """

    order: str
    account: str
    at: datetime

    def is_wanted(self, now: datetime) -> bool:
        """Whether somebody still waits for it."""
        return abs(now - self.at) <= WANTED_FOR


class PrinterTestOrders(Protocol):
    """One order at a time; both sides may be processes of their own. Never blocks, never raises."""

    def put(self, order: PrintOrder) -> None:
        """Leave an order; it takes the place of one that nobody took up."""
        ...

    def take(self) -> PrintOrder | None:
        """Take the order away and return it; None when there is none."""
        ...

    def answer(self, test: PrinterTest) -> None:
        """Tell how a test ended."""
        ...

    def last(self) -> PrinterTest | None:
        """Return how the last test ended, None when there was none."""
        ...
