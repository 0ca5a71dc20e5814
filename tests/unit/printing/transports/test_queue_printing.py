"""What may be said of a ticket that went through a print queue."""

import pytest

from kiosk.ports.ticket_printer import PrinterCondition, PrintReport, PrintVerdict
from printing.transports.queue_printing import print_through
from printing.transports.transport import Deadline, PrintQueue
from printing.transports.urls import open_transport
from tests.fakes.cups import FakeCups

SOON = 10.0
SLIP = b"\x1b@ticket"
READY, OFFLINE = PrinterCondition.READY, PrinterCondition.OFFLINE


class StoreIsFullError(Exception):
    """What the call back may raise."""


@pytest.fixture
def queue(cups: FakeCups) -> PrintQueue:
    opened = open_transport("cups://Ticket", Deadline.within(SOON))
    assert isinstance(opened, PrintQueue)
    return opened


def printed(queue: PrintQueue, announced: list[str], limit_s: float = SOON) -> PrintReport:
    return print_through(
        queue,
        SLIP,
        before_first_byte=lambda: announced.append("begins"),
        deadline=Deadline.within(limit_s),
        paper_mm=200,
    )


@pytest.mark.parametrize(
    ("behaviour", "report", "begins"),
    [
        ({}, PrintReport(PrintVerdict.UNCONFIRMED, READY, len(SLIP), 200), True),
        ({"looks": -1}, PrintReport(PrintVerdict.UNCONFIRMED, OFFLINE, len(SLIP), 200), True),
        ({"enabled": False}, PrintReport(PrintVerdict.REFUSED, OFFLINE, 0), False),
        ({"accepting": False}, PrintReport(PrintVerdict.REFUSED, OFFLINE, 0), False),
        ({"jobs": {"7": -1}}, PrintReport(PrintVerdict.REFUSED, OFFLINE, 0), False),
        ({"is_running": False}, PrintReport(PrintVerdict.REFUSED, PrinterCondition.DISCONNECTED, 0), False),
    ],
)
def test_a_queue_never_confirms(
    cups: FakeCups, queue: PrintQueue, behaviour: dict[str, object], report: PrintReport, begins: bool
) -> None:
    """Refused before anything is given to it, else unconfirmed; announced only when it will be given."""
    cups.behave(**behaviour)
    announced: list[str] = []

    assert printed(queue, announced, limit_s=2.0) == report
    assert bool(announced) is begins


def test_an_announcement_that_fails_gives_the_queue_nothing(cups: FakeCups, queue: PrintQueue) -> None:
    """Promise 1: when the store cannot write that printing begins, printing does not begin."""

    def fail() -> None:
        raise StoreIsFullError

    with pytest.raises(StoreIsFullError):
        print_through(queue, SLIP, before_first_byte=fail, deadline=Deadline.within(SOON))
    queue.abandon()

    assert (cups.waiting, cups.printed) == ([], [])
