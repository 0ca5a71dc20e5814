"""What staff at a hub ask of this machine's printer: a new roll, counted from now on, and a test print."""

from datetime import timedelta
from typing import Final

from kiosk.domain.moment import instant_text
from kiosk.domain.paper_roll import PaperRoll
from kiosk.errors import InputError
from kiosk.ports.centre import CentreUpdate
from kiosk.ports.clock import Clock
from kiosk.ports.printer_test import WANTED_FOR, PrinterTestOrders, PrintOrder
from kiosk.ports.unit_of_work import UnitOfWork
from kiosk.services.change_roll import ChangeRoll
from kiosk.services.order_content import text_in

# Later nobody stands at the printer, and the roll that was put in is no new one any more.
TENDED_WITHIN: Final = timedelta(seconds=45)
# By then the answer is at the hub, or there will be none: the order, the print, and the way of both.
ANSWERED_WITHIN: Final = TENDED_WITHIN + WANTED_FOR + timedelta(seconds=10)
_MOST_TICKETS: Final = 10_000


class TendAsOrdered:
    """Does at the printer what an order says, with the name of whoever asked for it at the hub."""

    def __init__(self, change_roll: ChangeRoll, orders: PrinterTestOrders, clock: Clock) -> None:
        """Take what it works with.

        Args:
            change_roll: records a roll.
            orders: take test prints to what prints.
            clock: says whether an order is still wanted.
        """
        self._change_roll, self._orders, self._clock = change_roll, orders, clock

    def change_roll(self, unit: UnitOfWork, update: CentreUpdate) -> None:
        """Record a roll inside the transaction of its order.

        Raises:
            InputError: too old, or it says no account or no number of tickets.
        """
        self._require_young(update)
        account, tickets = text_in(update.content, "account"), update.content.get("tickets")
        if tickets is not None and not (isinstance(tickets, int) and 0 < tickets <= _MOST_TICKETS):
            raise InputError("tickets", f"1 to {_MOST_TICKETS}, or null for a new roll")
        self._change_roll.within(unit, account, PaperRoll.begun(tickets).length_mm if tickets is not None else None)

    def test_asked(self, update: CentreUpdate) -> PrintOrder:
        """Return the test print that an order asks for.

        Raises:
            InputError: too old, or it does not say which and for whom.
        """
        self._require_young(update)
        account, order = text_in(update.content, "account"), text_in(update.content, "order")
        return PrintOrder(order, account, self._clock.read().utc)

    def put(self, order: PrintOrder) -> None:
        """Leave a test print to what prints, once its order is durable: none comes out twice."""
        self._orders.put(order)

    def _require_young(self, update: CentreUpdate) -> None:
        if self._clock.read().utc - update.issued_at > TENDED_WITHIN:
            seconds = f"{TENDED_WITHIN.total_seconds():.0f} seconds"
            raise InputError("issued_at", f"an order of the last {seconds}, not of {instant_text(update.issued_at)}")
