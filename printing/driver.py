"""A TicketPrinter made of the parts beside it: compose, paint, encode, ask, send, wait for the answer.

The slip is ready before the printer is asked, so that the first byte leaves as soon as the printer says yes. Each
ticket has its own connection: a printer switched off and on again, or a cable put back, needs nothing more.
"""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from kiosk.errors import ConfigurationError, PrinterUnreachableError
from kiosk.log_events import LogEvent
from kiosk.ports.ticket_printer import Paper, PrinterCondition, PrintReport, PrintVerdict, TicketPrinter
from kiosk.settings import PrinterSettings
from printing.escpos import commands
from printing.escpos.profile import profile_of
from printing.escpos.status import ProcessIdAnswer
from printing.slips.making import Slip, SlipMaker
from printing.transports.dialogue import Dialogue
from printing.transports.line_speed import baud_of, seconds_for
from printing.transports.queue_printing import print_through
from printing.transports.transport import Deadline, PrintQueue, Transport
from printing.transports.urls import SETTING, Opener, opener_of, parse_address

if TYPE_CHECKING:
    from printing.emulator import EmulatedPrinter

_LOG = structlog.get_logger(__name__)
_CONNECT_S: Final = 3.0
# The port promises an answer about the state within one second.
_CONDITION_S: Final = 0.9
_EMULATOR_TICK_S: Final = 0.005
# A line is never quite as fast as it says.
_LINE_MARGIN: Final = 1.25
# Of a printer that fell silent: one question about its state, one command to drop what it holds.
_DIAGNOSIS_ANSWERS: Final = 2.2


class EscposTicketPrinter:
    """Prints on an ESC/POS printer reached through any transport; see the port for what is promised."""

    def __init__(self, settings: PrinterSettings, opener: Opener, *, module_dots: int = 6) -> None:
        self._settings = settings
        self._open = opener
        self._slips = SlipMaker(settings, module_dots=module_dots)
        self._baud = baud_of(settings.url)
        self._turn = threading.Lock()
        self._last_condition = PrinterCondition.SILENT
        self._process_ids = count(1)
        # Whoever printed before this program may have stopped in the middle.
        self._is_in_step = False
        self._left_a_piece = False

    def warm_up(self, languages: Iterable[str] = ()) -> None:
        """Do now what the first ticket in each language would wait for; call while nobody waits.

        Raises:
            ConfigurationError: a language without a catalogue, a font file that is missing.
        """
        self._slips.warm_up(languages)

    def close(self) -> None:
        """End the painting thread."""
        self._slips.close()

    def condition(self) -> PrinterCondition:
        """See the port; while a ticket is being printed, the state before it."""
        if self._turn.acquire(blocking=False):
            try:
                self._note(self._ask_condition(Deadline.within(_CONDITION_S)))
            finally:
                self._turn.release()
        return self._last_condition

    def print_ticket(self, ticket: Paper, *, before_first_byte: Callable[[], None]) -> PrintReport:
        """See the port."""
        began = Deadline.within(self._settings.deadline_s)
        slip = self._slips.slip(ticket)
        # What a slow line needs comes on top, or no long ticket could ever leave over it.
        deadline = Deadline(began.at_s + _LINE_MARGIN * seconds_for(slip.byte_count, self._baud))
        if not self._turn.acquire(timeout=deadline.left_s):
            return _refused(PrinterCondition.OFFLINE)  # busy with somebody else's ticket all this time
        try:
            report = self._print(slip, before_first_byte, deadline)
            self._note(report.condition)
        finally:
            self._turn.release()
        return report

    def _ask_condition(self, deadline: Deadline) -> PrinterCondition:
        try:
            transport = self._open(deadline)
        except PrinterUnreachableError:
            return PrinterCondition.DISCONNECTED
        try:
            if isinstance(transport, PrintQueue):
                return transport.condition(deadline)  # the queue's own state: no answer comes through it
            # Getting in step again is done here too, while nobody waits, rather than before the next person's ticket.
            return self._readiness(Dialogue(transport, self._settings.status_timeout_s), transport, deadline)
        finally:
            transport.close()

    def _print(self, slip: Slip, before_first_byte: Callable[[], None], deadline: Deadline) -> PrintReport:
        try:
            transport = self._open(deadline.sooner(_CONNECT_S))
        except PrinterUnreachableError:
            return _refused(PrinterCondition.DISCONNECTED)
        if isinstance(transport, PrintQueue):
            return self._queued(transport, slip, before_first_byte, deadline)
        dialogue = Dialogue(transport, self._settings.status_timeout_s)
        is_finished = False
        try:
            found = self._readiness(dialogue, transport, deadline)
            if not found.can_print:
                is_finished = True
                return _refused(found)
            before_first_byte()
            report = self._send(dialogue, slip, deadline)
            is_finished = report.verdict is PrintVerdict.CONFIRMED
            return report
        finally:
            # Also when before_first_byte raises: nothing of this ticket may leave afterwards.
            (transport.close if is_finished else transport.abandon)()

    @staticmethod
    def _queued(
        queue: PrintQueue, slip: Slip, before_first_byte: Callable[[], None], deadline: Deadline
    ) -> PrintReport:
        """Print through a spooler: unconfirmed at best, and nothing stays in the queue."""
        whole = b"".join(slip.portions)
        try:
            return print_through(
                queue, whole, before_first_byte=before_first_byte, deadline=deadline, paper_mm=slip.paper_mm
            )
        finally:
            queue.abandon()

    def _readiness(self, dialogue: Dialogue, transport: Transport, deadline: Deadline) -> PrinterCondition:
        """Ask whether a ticket may be sent; at the start and after trouble, make sure that the printer listens."""
        found = dialogue.condition(deadline)
        if found.can_print and not self._is_in_step:
            if self._left_a_piece:
                dialogue.drop_the_rest(deadline)
            if not dialogue.is_in_step(deadline):
                return PrinterCondition.SILENT
            if self._left_a_piece and self._slips.format.has_cutter:
                # The half slip of the person before must not hang on this one.
                transport.write(commands.CUT, deadline)
            self._is_in_step, self._left_a_piece = True, False
        return found

    def _send(self, dialogue: Dialogue, slip: Slip, deadline: Deadline) -> PrintReport:
        listening = commands.automatic_status_back(enabled=True)
        quiet = commands.automatic_status_back(enabled=False)
        total = slip.byte_count
        # What is left at the end is for asking what went wrong.
        diagnosis_s = _DIAGNOSIS_ANSWERS * self._settings.status_timeout_s
        working = Deadline(deadline.at_s - min(diagnosis_s, self._settings.deadline_s / 2))
        patience_s = self._settings.deadline_s - min(diagnosis_s, self._settings.deadline_s / 2)
        sent = dialogue.send(
            _with(listening, slip.portions, quiet),
            working,
            lambda byte_count: patience_s + _LINE_MARGIN * seconds_for(byte_count, self._baud),
        )
        if sent.is_whole and dialogue.confirms(*self._question(), working):
            near_end = PrinterCondition.PAPER_NEAR_END if dialogue.is_near_end else PrinterCondition.READY
            return PrintReport(PrintVerdict.CONFIRMED, near_end, total, slip.paper_mm)
        found = dialogue.condition(deadline)
        if sent.accepted == 0:
            return _refused(found)
        dialogue.drop_the_rest(deadline)
        self._is_in_step, self._left_a_piece = False, True
        # A printer that answers and never echoed is not fine, whatever its sensors say.
        condition = PrinterCondition.SILENT if found.can_print else found
        accepted = min(sent.accepted, total)
        return PrintReport(PrintVerdict.UNCONFIRMED, condition, accepted, slip.paper_mm * accepted // total)

    def _question(self) -> tuple[bytes, ProcessIdAnswer | None]:
        """Return the question at the end of a slip, and the answer when only one is good."""
        if self._slips.profile.confirmation == "process_id":
            identifier = b"%04d" % (next(self._process_ids) % 10_000)
            return commands.request_process_id(identifier), ProcessIdAnswer(identifier)
        return commands.TRANSMIT_PAPER_STATUS, None

    def _note(self, condition: PrinterCondition) -> None:
        if condition is not self._last_condition:
            _LOG.info(LogEvent.PRINTER_CONDITION_CHANGED, condition=condition)
        self._last_condition = condition


class EmulatorLine:
    """The line to the built-in emulator: no wire at all, and the same promises as one."""

    def __init__(self, device: "EmulatedPrinter") -> None:
        self._device = device
        self._is_closed = False

    @property
    def is_gone(self) -> bool:
        """See :class:`~printing.transports.transport.Transport`."""
        return self._is_closed or self._device.wants_to_disconnect

    def write(self, data: bytes, deadline: Deadline) -> int:
        """See :class:`~printing.transports.transport.Transport`."""
        sent = 0
        while sent < len(data) and not self.is_gone:
            room = self._device.room
            if room:
                piece = data[sent : sent + room]
                self._device.receive(piece)
                sent += len(piece)
            elif deadline.has_passed:
                break
            else:
                time.sleep(_EMULATOR_TICK_S)
        return sent

    def read(self, deadline: Deadline) -> bytes:
        """See :class:`~printing.transports.transport.Transport`."""
        while not self.is_gone:
            answers = self._device.take_answers()
            if answers or deadline.has_passed:
                return answers
            time.sleep(min(_EMULATOR_TICK_S, deadline.left_s))
        return b""

    def close(self) -> None:
        """See :class:`~printing.transports.transport.Transport`."""
        self._is_closed = True
        self._device.line_closed()

    def abandon(self) -> None:
        """See :class:`~printing.transports.transport.Transport`."""
        self.close()


class NoPrinter:
    """The printer of a kiosk without one: says so, and the screen shows the ticket."""

    def print_ticket(self, ticket: Paper, *, before_first_byte: Callable[[], None]) -> PrintReport:  # noqa: ARG002
        """See the port."""
        return _refused(PrinterCondition.ABSENT)

    def condition(self) -> PrinterCondition:
        """See the port."""
        return PrinterCondition.ABSENT


def printer_for(settings: PrinterSettings, *, module_dots: int = 6) -> TicketPrinter:
    """Return the printer that the settings name.

    Args:
        settings: section ``printer``.
        module_dots: wished size of the seal's modules (setting ``seal.module_dots``).

    Raises:
        ConfigurationError: the URL has no accepted form.
    """
    address = parse_address(settings.url)
    match address.scheme:
        case "none":
            return NoPrinter()
        case "emulator":
            opener = _emulator(Path(address.path), settings)
        case _:
            opener = opener_of(settings.url)
    return EscposTicketPrinter(settings, opener, module_dots=module_dots)


def _emulator(folder: Path, settings: PrinterSettings) -> Opener:
    """Return the opener of the built-in emulator, which lets its slips fall into a folder."""
    from printing.emulator import EmulatedPrinter  # noqa: PLC0415  only for demonstration and training

    profile = profile_of(settings)
    try:
        device = EmulatedPrinter(folder, profile.width_dots, profile.dots_per_inch)
    except OSError as error:
        raise ConfigurationError(
            SETTING, f"emulator:///DIR with a DIR that can be written ({error.strerror})"
        ) from error
    return lambda _deadline: EmulatorLine(device)


def _with(before: bytes, portions: Sequence[bytes], after: bytes) -> list[bytes]:
    """Return the portions with something said before the first and after the last."""
    framed = [*portions]
    framed[0] = before + framed[0]
    framed[-1] += after
    return framed


def _refused(condition: PrinterCondition) -> PrintReport:
    return PrintReport(PrintVerdict.REFUSED, condition, 0)
