"""A test print that the staff screen asks for, and how it ended: two small files between two processes.

The staff screen asks no device: the process that prints takes the order up, so that a test never falls into the middle
of a visitor's ticket.
"""

from pathlib import Path
from typing import Final

from kiosk.domain.moment import instant_text, parse_instant
from kiosk.ports.machines import PrinterTest
from kiosk.ports.printer_test import PrintOrder
from kiosk.ports.ticket_printer import PrinterCondition, PrintVerdict
from kiosk.store.told_file import ToldFile

ORDER_NAME: Final = "printer-test-order.json"
ANSWER_NAME: Final = "printer-test-answer.json"


class PrinterTestFile:
    """The :class:`kiosk.ports.printer_test.PrinterTestOrders` of one data directory."""

    def __init__(self, data_dir: Path) -> None:
        self._order_path = data_dir / ORDER_NAME
        self._order, self._answer = ToldFile(self._order_path), ToldFile(data_dir / ANSWER_NAME)

    def put(self, order: PrintOrder) -> None:
        """Leave an order; it takes the place of one that nobody took up."""
        self._order.write({"order": order.order, "account": order.account, "at": instant_text(order.at)})

    def take(self) -> PrintOrder | None:
        """Take the order away and return it; None when there is none."""
        told = self._order.read()
        self._order_path.unlink(missing_ok=True)
        try:
            if told is None:
                return None
            return PrintOrder(str(told["order"]), str(told["account"]), parse_instant(str(told["at"])))
        except (ValueError, KeyError):
            return None

    def answer(self, test: PrinterTest) -> None:
        """Tell how a test ended."""
        self._answer.write(
            {
                "order": test.order,
                "verdict": test.verdict.value,
                "condition": test.condition.value,
                "at": instant_text(test.at),
            }
        )

    def last(self) -> PrinterTest | None:
        """Return how the last test ended, None when there was none."""
        told = self._answer.read()
        try:
            if told is None:
                return None
            return PrinterTest(
                str(told["order"]),
                PrintVerdict(str(told["verdict"])),
                PrinterCondition(str(told["condition"])),
                parse_instant(str(told["at"])),
            )
        except (ValueError, KeyError):
            return None
