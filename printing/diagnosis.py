"""Why a printer does not print, in one line that says how to mend it: for ``printer status`` and ``doctor``.

Asked only when the driver already said that something is wrong: nothing here decides about a ticket.
"""

from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from kiosk.errors import PrinterUnreachableError
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.settings import PrinterSettings
from printing.escpos import commands
from printing.escpos.profile import profile_of
from printing.escpos.status import ProcessIdAnswer
from printing.transports.dialogue import Dialogue
from printing.transports.hearing import Hearing, hear
from printing.transports.serial_options import Flow, SerialOptions, serial_options
from printing.transports.serial_speeds import LIKELY_SPEEDS, answering_speed
from printing.transports.transport import Deadline, LineTransport, PrintQueue, Transport
from printing.transports.urls import opener_of, parse_address

_OPENING_S: Final = 3.0
_ASKING_S: Final = 2.0

_REMEDIES: Final = {
    PrinterCondition.ABSENT: "printer.url names none; `printer discover` lists what is attached",
    PrinterCondition.PAPER_OUT: "put a new roll in",
    PrinterCondition.COVER_OPEN: "close the cover",
    PrinterCondition.FEED_BUTTON: "somebody holds the feed button, or it is stuck",
    PrinterCondition.CUTTER_ERROR: "open the cover, free the knife, switch the printer off and on",
    PrinterCondition.RECOVERABLE_ERROR: "wait a minute: the head is too hot",
    PrinterCondition.OFFLINE: "look at the printer: its lamp or its own test page says why it is offline",
    PrinterCondition.UNRECOVERABLE_ERROR: "switch the printer off and on; if it stays so, have it repaired",
}

_NOTHING_BY_SCHEME: Final = {
    "tcp": "connected and never answers: another computer may be printing on it; or it is no ESC/POS printer",
    "usb": "opens and never answers: switch it off and on; or it is no ESC/POS printer",
    "file": "opens and never answers: switch it off and on, or try its usb:// address (`printer discover`)",
}


def diagnosis_of(settings: PrinterSettings, condition: PrinterCondition) -> str:
    """Return what keeps a printer from printing and how to mend it; empty when nothing does.

    Args:
        settings: section ``printer``.
        condition: what the driver found.

    Raises:
        ConfigurationError: the address or the profile is wrong.
    """
    scheme = parse_address(settings.url).scheme
    if condition is PrinterCondition.ABSENT or scheme in {"none", "emulator"}:
        return _REMEDIES.get(condition, "")
    if condition.can_print:
        return _warning(settings)
    is_unheard = condition in (PrinterCondition.SILENT, PrinterCondition.DISCONNECTED)
    return _of_the_way(settings) if is_unheard or scheme == "cups" else _REMEDIES[condition]


def _warning(settings: PrinterSettings) -> str:
    """What works as long as nobody prints a picture."""
    options = _serial_options_of(settings)
    if options is not None and options.bits == 7:
        return "bits=7 cannot carry pictures: set the printer and printer.url to 8 bits"
    return ""


def _serial_options_of(settings: PrinterSettings) -> SerialOptions | None:
    parts = urlsplit(settings.url)
    return serial_options(parts.query) if parts.scheme == "serial" else None


def _of_the_way(settings: PrinterSettings) -> str:
    """Open the way to the printer ourselves and see how far it leads."""
    try:
        transport = opener_of(settings.url)(Deadline.within(_OPENING_S))
    except PrinterUnreachableError as error:
        return str(error).removeprefix(f"{settings.url}: ")
    try:
        if isinstance(transport, PrintQueue):
            return _of_the_queue(transport)
        heard = hear(transport, Deadline.within(_ASKING_S))
        if heard is Hearing.ANSWER:
            return _of_confirmation(settings, transport)
        is_held_back = isinstance(transport, LineTransport) and transport.is_held_back
    finally:
        transport.close()
    options = _serial_options_of(settings)
    if options is not None:
        return _of_the_line(urlsplit(settings.url).path, options, heard, is_held_back=is_held_back)
    if heard is Hearing.RUBBISH:
        return "answers rubbish: it is no ESC/POS printer, or it is set to another command language"
    return _NOTHING_BY_SCHEME[parse_address(settings.url).scheme]


def _of_the_queue(queue: PrintQueue) -> str:
    if queue.condition(Deadline.within(_ASKING_S)) is PrinterCondition.DISCONNECTED:
        return "CUPS does not answer: `systemctl status cups`"
    return queue.trouble or "the queue is in order now"


def _of_the_line(device: str, options: SerialOptions, heard: Hearing, *, is_held_back: bool) -> str:
    """Try the other speeds; a wrong one shows as rubbish on some printers and as silence on others."""
    what = "answers rubbish" if heard is Hearing.RUBBISH else "never answers"
    others = [speed for speed in LIKELY_SPEEDS if speed != options.baud]
    # Flow control could hide the answer that tells the speed.
    found = answering_speed(device, replace(options, flow=Flow.NONE), others)
    if found is not None:
        return f"{what} at {options.baud} baud and answers at {found}: write baud={found} in printer.url"
    if is_held_back and options.flow is not Flow.NONE:
        return f"holds the line by flow={options.flow}: switched off, busy, or a cable without that wire; try flow=none"
    if heard is Hearing.RUBBISH:
        tried = ", ".join(map(str, [options.baud, *others]))
        return f"answers rubbish: wrong baud rate? tried {tried}; compare baud, parity and bits with its own test page"
    return "opens and never answers: switched off, a cable that does not cross the wires, or another device"


def _of_confirmation(settings: PrinterSettings, transport: Transport) -> str:
    """It answers about its state: see which of the two confirmations it knows."""
    dialogue = Dialogue(transport, settings.status_timeout_s)
    deadline = Deadline.within(_ASKING_S)
    says_status = dialogue.confirms(commands.TRANSMIT_PAPER_STATUS, None, deadline.sooner(settings.status_timeout_s))
    token = b"TEST"
    says_id = dialogue.confirms(
        commands.request_process_id(token), ProcessIdAnswer(token), deadline.sooner(settings.status_timeout_s)
    )
    wished = profile_of(settings).confirmation
    if says_status and not says_id and wished == "process_id":
        return 'answers, but not to GS ( H: write confirmation = "status_after_data" below [printer]'
    if says_id and not says_status and wished == "status_after_data":
        return 'answers, but not to GS r 1: write confirmation = "process_id" below [printer]'
    if not says_status and not says_id:
        return "answers about its state and confirms nothing: switch it off and on; else this model cannot be used"
    return "answers now: it was busy or switched off a moment ago"
