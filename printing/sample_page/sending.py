"""The page on its way: asked first and confirmed at the end, like a ticket."""

from collections.abc import Sequence

from kiosk.ports.ticket_printer import PrinterCondition, PrintReport, PrintVerdict
from printing.escpos import commands
from printing.transports.dialogue import Dialogue
from printing.transports.queue_printing import print_through
from printing.transports.transport import Deadline, PrintQueue, Transport


def send_page(
    transport: Transport, portions: Sequence[bytes], answer_timeout_s: float, deadline: Deadline
) -> PrintReport:
    """Print the page and say how it ended; the caller ends the connection.

    The page is confirmed by GS r 1, which every printer knows: the profile is what is on trial.
    """
    if isinstance(transport, PrintQueue):
        return print_through(transport, b"".join(portions), before_first_byte=lambda: None, deadline=deadline)
    dialogue = Dialogue(transport, answer_timeout_s)
    found = dialogue.condition(deadline)
    if found.can_print and not dialogue.is_in_step(deadline):
        found = PrinterCondition.SILENT
    if not found.can_print:
        return PrintReport(PrintVerdict.REFUSED, found, 0)
    sent = dialogue.send(portions, deadline)
    if sent.is_whole and dialogue.confirms(commands.TRANSMIT_PAPER_STATUS, None, deadline):
        return PrintReport(PrintVerdict.CONFIRMED, found, sent.accepted)
    after = dialogue.condition(deadline)
    dialogue.drop_the_rest(deadline)
    # A printer that answers and never echoed is not fine, whatever its sensors say.
    return PrintReport(PrintVerdict.UNCONFIRMED, PrinterCondition.SILENT if after.can_print else after, sent.accepted)
