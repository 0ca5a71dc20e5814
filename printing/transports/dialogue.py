"""Questions to a printer and its answers, over any transport, each with a deadline."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.ports.ticket_printer import PrinterCondition
from printing.escpos import commands
from printing.escpos.commands import RealTimeStatus
from printing.escpos.status import (
    AnswerReader,
    AutomaticStatus,
    PaperSensorAnswer,
    ProcessIdAnswer,
    RealTimeAnswer,
    RealTimeStatuses,
    condition_of,
)
from printing.transports.transport import Deadline, Transport

# How long the printer may stall before it is asked why: longer than any stop of a healthy one for a full buffer.
_STALL_S: Final = 0.5
# Answers that are under way follow each other within this time, on the slowest line too.
_QUIET_S: Final = 0.1
# The rest of an interrupted band: a printer that still waits for it takes these, any other ignores NUL.
_PADDING: Final = bytes(commands.MAX_BAND_ROWS * 72)
_ERROR_BIT: Final = 0b0100_0000

Echo = PaperSensorAnswer | ProcessIdAnswer


@dataclass(frozen=True, slots=True)
class Sent:
    """How far a slip went.

    Attributes:
        accepted: bytes of the slip that the transport took.
        is_whole: whether the printer worked through all of it.
    """

    accepted: int
    is_whole: bool


class Dialogue:
    """One connection's questions and answers.

    Answers are sorted as they come: to real-time questions, to buffered ones (echoes), and what the printer says of its
    own accord, so that none is ever taken for another.
    """

    def __init__(self, transport: Transport, answer_timeout_s: float) -> None:
        self._transport = transport
        self._answer_timeout_s = answer_timeout_s
        self._reader = AnswerReader()
        self._real_time: list[RealTimeAnswer] = []
        self._echoes: list[Echo] = []
        self._automatic: AutomaticStatus | None = None
        self._is_near_end = False

    # ----------------------------------------------------------------------------------------------------------- state

    def condition(self, deadline: Deadline) -> PrinterCondition:
        """Return what the printer says of itself now; silent when a question stays without an answer."""
        statuses = RealTimeStatuses(
            roll_paper=(paper := self._ask(RealTimeStatus.ROLL_PAPER_SENSOR, deadline)),
            # Silence stays silence: further questions would only cost time.
            offline_cause=(cause := None if paper is None else self._ask(RealTimeStatus.OFFLINE_CAUSE, deadline)),
            printer=None if cause is None else self._ask(RealTimeStatus.PRINTER, deadline),
            error_cause=self._ask(RealTimeStatus.ERROR_CAUSE, deadline) if cause and cause & _ERROR_BIT else None,
        )
        found = condition_of(statuses)
        is_lost = found is PrinterCondition.SILENT and self._transport.is_gone
        return PrinterCondition.DISCONNECTED if is_lost else found

    def _ask(self, what: RealTimeStatus, deadline: Deadline) -> int | None:
        while self._listen(Deadline.within(0)):  # what came before the question is no answer to it
            pass
        limit = deadline.sooner(self._answer_timeout_s)
        self._real_time.clear()
        noise = self._reader.noise
        question = commands.real_time_status(what)
        if self._transport.write(question, limit) < len(question):
            return None
        while not self._real_time and self._listen(limit):
            pass
        # Rubbish may hold a byte that looks like health: whoever sends it is not believed.
        is_clear = self._reader.noise == noise
        return self._real_time[-1].byte if self._real_time and is_clear else None

    # ---------------------------------------------------------------------------------------------------------- ticket

    def is_in_step(self, deadline: Deadline) -> bool:
        """Whether the printer works through what it is sent: needed after a slip whose end is not known.

        The rest of an interrupted picture is filled up, and late answers to older questions are heard and forgotten.
        """
        for padding in (b"", _PADDING):
            self._echoes.clear()
            question = padding + commands.TRANSMIT_PAPER_STATUS
            self._transport.write(question, deadline)
            limit = deadline.sooner(self._answer_timeout_s)
            while not self._echoes and self._listen(limit):
                pass
            if self._echoes:
                while self._listen(deadline.sooner(_QUIET_S)):
                    pass
                return True
        return False

    def send(
        self, portions: Iterable[bytes], deadline: Deadline, patience_s: Callable[[int], float] | None = None
    ) -> Sent:
        """Send a slip portion by portion, each after the printer has worked through the one before.

        So the printer never holds more than one portion: when the paper ends in the middle, the rest was never sent and
        cannot come out with the next roll.

        Args:
            portions: of the slip.
            deadline: for all of it.
            patience_s: how long a portion of so many bytes may take, its answer included; None for no limit of its own.
        """
        self._echoes.clear()
        self._automatic = None
        accepted = 0
        for portion in portions:
            data = portion + commands.TRANSMIT_PAPER_STATUS
            limit = deadline.sooner(patience_s(len(data))) if patience_s else deadline
            went = self._push(data, limit)
            accepted += min(went, len(portion))
            if went < len(data) or not _says_paper(self._next_echo(limit)):
                return Sent(accepted, is_whole=False)
        return Sent(accepted, is_whole=True)

    def confirms(self, question: bytes, expected: ProcessIdAnswer | None, deadline: Deadline) -> bool:
        """Ask whether everything is printed and wait for the answer; ``expected`` is None for a paper status."""
        self._echoes.clear()
        if self._push(question, deadline) < len(question):
            return False
        echo = self._next_echo(deadline)
        return _says_paper(echo) if expected is None else echo == expected

    @property
    def is_near_end(self) -> bool:
        """Whether the last paper status said that the roll is nearly used up."""
        return self._is_near_end

    def _push(self, data: bytes, deadline: Deadline) -> int:
        went = 0
        while went < len(data) and not deadline.has_passed and not self._transport.is_gone:
            went += self._transport.write(data[went:], deadline.sooner(_STALL_S))
            if went < len(data):
                self._listen(Deadline.within(0))
                if self._has_complained():
                    break
        return went

    def _next_echo(self, deadline: Deadline) -> Echo | None:
        """Return the oldest echo, waiting for it; None when it cannot come any more."""
        while not self._echoes and not deadline.has_passed and not self._transport.is_gone:
            heard = self._listen(deadline.sooner(_STALL_S))
            if not self._echoes and (not heard or self._has_complained()) and self._has_stopped(deadline):
                break
        echo = self._echoes.pop(0) if self._echoes else None
        if isinstance(echo, PaperSensorAnswer):
            self._is_near_end = echo.is_near_end
        return echo

    def drop_the_rest(self, deadline: Deadline) -> None:
        """Ask the printer to forget what it holds: half a slip must not come out with the next roll of paper."""
        limit = deadline.sooner(self._answer_timeout_s)
        if self._transport.write(commands.CLEAR_BUFFERS, limit):
            # Its answer to the next question means that it was read: a line that is cut takes unread bytes with it.
            self._ask(RealTimeStatus.PRINTER, limit)

    def _has_complained(self) -> bool:
        return self._automatic is not None and not self._automatic.condition.can_print

    def _has_stopped(self, deadline: Deadline) -> bool:
        """Whether the printer itself says that it cannot print; silence may be a printer that is busy printing."""
        found = self.condition(deadline)
        return not found.can_print and found is not PrinterCondition.SILENT and not self._echoes

    # -------------------------------------------------------------------------------------------------------- answers

    def _listen(self, deadline: Deadline) -> bool:
        """Sort what the printer sent; false when nothing came before the deadline."""
        data = self._transport.read(deadline)
        for answer in self._reader.feed(data):
            match answer:
                case RealTimeAnswer():
                    self._real_time.append(answer)
                case PaperSensorAnswer() | ProcessIdAnswer():
                    self._echoes.append(answer)
                case AutomaticStatus():
                    self._automatic = answer
        return bool(data)


def _says_paper(echo: Echo | None) -> bool:
    return isinstance(echo, PaperSensorAnswer) and echo.has_paper
