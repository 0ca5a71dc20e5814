"""A slip through a print queue: what may be said of it is less than of a slip that the printer itself confirmed."""

from collections.abc import Callable

from kiosk.ports.ticket_printer import PrinterCondition, PrintReport, PrintVerdict
from printing.transports.transport import Deadline, JobEnd, PrintQueue


def print_through(
    queue: PrintQueue, slip: bytes, *, before_first_byte: Callable[[], None], deadline: Deadline, paper_mm: int = 0
) -> PrintReport:
    """Give a slip to a queue and return the report for it, never "confirmed".

    Args:
        queue: opened for this slip; the caller abandons it afterwards, which takes back what has not left.
        slip: whole commands.
        before_first_byte: called when the queue is in order and before anything is given to it; what it raises goes on.
        deadline: for all of it.
        paper_mm: what the slip takes off the roll.
    """
    found = queue.condition(deadline)
    if not found.can_print:
        return PrintReport(PrintVerdict.REFUSED, found, 0)
    before_first_byte()
    queue.write(slip, deadline)
    end = queue.deliver(deadline)
    if end is JobEnd.NOT_TAKEN:
        return PrintReport(PrintVerdict.REFUSED, PrinterCondition.OFFLINE, 0)
    # What is wrong with a slip that left is only that nobody can tell: the queue itself is in order.
    condition = PrinterCondition.READY if end is JobEnd.LEFT else PrinterCondition.OFFLINE
    return PrintReport(PrintVerdict.UNCONFIRMED, condition, len(slip), paper_mm)
