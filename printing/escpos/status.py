"""What a printer answers: bytes to answers, answers to one condition. Any bytes are accepted, none is guessed at.

Four kinds of answer share one line. Their fixed bits tell them apart (bit 0, 1, 4 and 7, command reference):

=====================  ===========  =========================================================
DLE EOT n              ``0xx1xx10``  one byte
GS r n                 ``0xx0xxxx``  one byte
Automatic Status Back  ``0xx1xx00``  four bytes; the last three look like answers to GS r
GS ( H process ID      ``37 22``     then characters up to NUL
=====================  ===========  =========================================================

So the reader keeps its place between bytes: an unsolicited status never passes for the answer that is waited for.
"""

from dataclasses import dataclass, field
from enum import Enum, auto

from kiosk.ports.ticket_printer import PrinterCondition

_PROCESS_ID_HEADER = 0x37
_PROCESS_ID_KIND = 0x22
_BLOCK_KINDS = range(0x20, 0x30)
_LONGEST_BLOCK = 80
# DC1 and DC3, by which a printer says go on and stop.
_FLOW_CONTROL = (0x11, 0x13)

# Byte of the Automatic Status, bits of it, what they mean; the first that is set counts.
_AUTOMATIC_BITS = (
    (1, 0b0010_0000, PrinterCondition.UNRECOVERABLE_ERROR),
    (1, 0b0000_1000, PrinterCondition.CUTTER_ERROR),
    (0, 0b0010_0000, PrinterCondition.COVER_OPEN),
    (2, 0b0000_1100, PrinterCondition.PAPER_OUT),
    (1, 0b0100_0100, PrinterCondition.RECOVERABLE_ERROR),
    (0, 0b0100_0000, PrinterCondition.FEED_BUTTON),
    (0, 0b0000_1000, PrinterCondition.OFFLINE),
    (2, 0b0000_0011, PrinterCondition.PAPER_NEAR_END),
)


@dataclass(frozen=True, slots=True)
class RealTimeAnswer:
    """Answer to DLE EOT n; which n is known only from the question."""

    byte: int


@dataclass(frozen=True, slots=True)
class PaperSensorAnswer:
    """Answer to GS r 1: sent when everything before the question was worked through."""

    byte: int

    @property
    def has_paper(self) -> bool:
        """Whether the roll paper end sensor sees paper (bits 2 and 3)."""
        return not self.byte & 0b0000_1100

    @property
    def is_near_end(self) -> bool:
        """Whether the roll is nearly used up (bits 0 and 1)."""
        return bool(self.byte & 0b0000_0011)


@dataclass(frozen=True, slots=True)
class AutomaticStatus:
    """Four bytes that the printer sends of its own accord."""

    data: bytes

    @property
    def condition(self) -> PrinterCondition:
        """What the four bytes say; the worst first."""
        for index, mask, condition in _AUTOMATIC_BITS:
            if self.data[index] & mask:
                return condition
        return PrinterCondition.READY


@dataclass(frozen=True, slots=True)
class ProcessIdAnswer:
    """Echo of GS ( H: the printing before the question is done."""

    identifier: bytes


Answer = RealTimeAnswer | PaperSensorAnswer | AutomaticStatus | ProcessIdAnswer


class _Place(Enum):
    BETWEEN = auto()
    IN_AUTOMATIC_STATUS = auto()
    IN_BLOCK = auto()


@dataclass
class AnswerReader:
    """Cuts what a printer sends into answers; whatever fits no pattern is dropped, and counted.

    Attributes:
        noise: bytes that no printer sends: a wrong baud rate, another device, a line that is damaged.
    """

    noise: int = 0
    _place: _Place = _Place.BETWEEN
    _held: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> list[Answer]:
        """Return the answers that are complete with these bytes, in order."""
        return [answer for byte in data if (answer := self._take(byte)) is not None]

    def _take(self, byte: int) -> Answer | None:
        match self._place:
            case _Place.BETWEEN:
                return self._start(byte)
            case _Place.IN_AUTOMATIC_STATUS:
                return self._go_on_with_status(byte)
            case _Place.IN_BLOCK:
                return self._go_on_with_block(byte)

    def _start(self, byte: int) -> Answer | None:
        if byte & 0b1001_0011 == 0b0001_0010:
            return RealTimeAnswer(byte)
        if byte & 0b1001_0011 == 0b0001_0000:
            self._hold(byte, _Place.IN_AUTOMATIC_STATUS)
        elif byte == _PROCESS_ID_HEADER:
            self._hold(byte, _Place.IN_BLOCK)
        elif byte & 0b1001_0000 == 0:
            return PaperSensorAnswer(byte)
        elif byte not in _FLOW_CONTROL:
            self.noise += 1
        return None

    def _hold(self, byte: int, place: _Place) -> None:
        self._held = bytearray((byte,))
        self._place = place

    def _go_on_with_status(self, byte: int) -> Answer | None:
        if byte & 0b1001_0000:  # a new first byte: the status before was cut off
            self._place = _Place.BETWEEN
            self.noise += 1
            return self._start(byte)
        self._held.append(byte)
        if len(self._held) < 4:
            return None
        self._place = _Place.BETWEEN
        return AutomaticStatus(bytes(self._held))

    def _go_on_with_block(self, byte: int) -> Answer | None:
        if byte == 0:
            self._place = _Place.BETWEEN
            if len(self._held) == 6 and self._held[1] == _PROCESS_ID_KIND:
                return ProcessIdAnswer(bytes(self._held[2:]))
            self.noise += len(self._held) < 2
            return None
        is_other = len(self._held) == 1 and byte not in _BLOCK_KINDS
        if is_other or not 0x20 <= byte <= 0x7E or len(self._held) > _LONGEST_BLOCK:
            self._place = _Place.BETWEEN  # no block after all
            self.noise += 1
            return self._start(byte)
        self._held.append(byte)
        return None


@dataclass(frozen=True, slots=True)
class RealTimeStatuses:
    """Answers to DLE EOT, by question; None where the printer was silent or was not asked.

    Attributes:
        printer: n = 1.
        offline_cause: n = 2.
        error_cause: n = 3.
        roll_paper: n = 4.
    """

    printer: int | None = None
    offline_cause: int | None = None
    error_cause: int | None = None
    roll_paper: int | None = None


def condition_of(statuses: RealTimeStatuses) -> PrinterCondition:
    """Return the one condition behind the answers; silence on any question that decides is never health."""
    return (
        _error(statuses)
        or _opened_or_empty(statuses)
        or _passing_error(statuses)
        or _offline(statuses)
        or _paper(statuses)
        or PrinterCondition.READY
    )


def _has(answer: int | None, bits: int) -> bool:
    return answer is not None and bool(answer & bits)


def _error(statuses: RealTimeStatuses) -> PrinterCondition | None:
    """What a technician must mend, before what anybody can."""
    if _has(statuses.error_cause, 0b0010_0000):
        return PrinterCondition.UNRECOVERABLE_ERROR
    return PrinterCondition.CUTTER_ERROR if _has(statuses.error_cause, 0b0000_1000) else None


def _opened_or_empty(statuses: RealTimeStatuses) -> PrinterCondition | None:
    if _has(statuses.offline_cause, 0b0000_0100):
        return PrinterCondition.COVER_OPEN
    is_out = _has(statuses.roll_paper, 0b0110_0000) or _has(statuses.offline_cause, 0b0010_0000)
    return PrinterCondition.PAPER_OUT if is_out else None


def _passing_error(statuses: RealTimeStatuses) -> PrinterCondition | None:
    """What ends when a person lets go of a button, switches off and on, or when the head has cooled down."""
    if _has(statuses.error_cause, 0b0100_0100):
        return PrinterCondition.RECOVERABLE_ERROR
    return PrinterCondition.FEED_BUTTON if _has(statuses.offline_cause, 0b0000_1000) else None


def _offline(statuses: RealTimeStatuses) -> PrinterCondition | None:
    if None in (statuses.printer, statuses.offline_cause, statuses.roll_paper):
        return PrinterCondition.SILENT
    is_offline = _has(statuses.printer, 0b0000_1000) or _has(statuses.offline_cause, 0b0100_0000)
    return PrinterCondition.OFFLINE if is_offline else None


def _paper(statuses: RealTimeStatuses) -> PrinterCondition | None:
    return PrinterCondition.PAPER_NEAR_END if _has(statuses.roll_paper, 0b0000_1100) else None
