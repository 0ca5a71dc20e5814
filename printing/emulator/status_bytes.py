"""The printer's answers, byte by byte as in the command reference."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Paper(StrEnum):
    """What the roll sensors see."""

    OK = "ok"
    NEAR_END = "near_end"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class PrinterState:
    """Everything that the status answers speak of.

    Attributes:
        paper: roll sensors.
        cover_open: the lid.
        cutter_jammed: an error that a person must clear.
        broken: an unrecoverable error.
        overheated: the head is too hot; printing goes on by itself when it has cooled down.
        feeding: somebody holds the feed button.
    """

    paper: Paper = Paper.OK
    cover_open: bool = False
    cutter_jammed: bool = False
    broken: bool = False
    feeding: bool = False
    overheated: bool = False

    @property
    def is_online(self) -> bool:
        """Whether the printer works off what it receives."""
        return self.paper is not Paper.OUT and not (self.cover_open or self.feeding or self.has_error)

    @property
    def has_error(self) -> bool:
        """Whether one of the three kinds of error has occurred (DLE EOT 2 bit 6)."""
        return self.cutter_jammed or self.broken or self.overheated


def real_time_answer(state: PrinterState, number: int) -> bytes:
    """DLE EOT n: one byte ``0xx1xx10``; nothing for an n that does not exist."""
    match number:
        case 1:
            bits = (0x08 if not state.is_online else 0) | (0x40 if state.feeding else 0)
        case 2:
            bits = (
                (0x04 if state.cover_open else 0)
                | (0x08 if state.feeding else 0)
                | (0x20 if state.paper is Paper.OUT else 0)
                | (0x40 if state.has_error else 0)
            )
        case 3:
            bits = _error_bits(state)
        case 4:
            bits = {Paper.OK: 0, Paper.NEAR_END: 0x0C, Paper.OUT: 0x6C}[state.paper]
        case _:
            return b""
    return bytes((0x12 | bits,))


def paper_sensor_answer(state: PrinterState) -> bytes:
    """GS r 1: one byte ``0xx0xxxx``."""
    return bytes(({Paper.OK: 0, Paper.NEAR_END: 0x03, Paper.OUT: 0x0F}[state.paper],))


def automatic_status(state: PrinterState) -> bytes:
    """Automatic Status Back: four bytes, the first ``0xx1xx00``."""
    first = (
        0x10 | (0x08 if not state.is_online else 0) | (0x20 if state.cover_open else 0) | (0x40 if state.feeding else 0)
    )
    return bytes((first, _error_bits(state))) + paper_sensor_answer(state) + b"\0"


def _error_bits(state: PrinterState) -> int:
    """Cutter, unrecoverable, automatically recoverable: the same bits in DLE EOT 3 and in the Automatic Status."""
    return (0x08 if state.cutter_jammed else 0) | (0x20 if state.broken else 0) | (0x40 if state.overheated else 0)


# DLE DC4 8: header, kind, NUL: the buffers are empty.
CLEARED_ANSWER: Final = b"\x37\x25\x00"


def process_id_answer(identifier: bytes) -> bytes:
    """GS ( H function 48: header, kind, the four characters, NUL."""
    return b"\x37\x22" + identifier + b"\0"


def information_answer(number: int) -> bytes:
    """GS I n: who the printer is."""
    texts = {65: "1.00", 66: "Borne", 67: "Imprimante simulée", 68: "EMU0001"}
    if number in texts:
        return b"_" + texts[number].encode("ascii", "replace") + b"\0"
    return {1: b"\x20", 2: b"\x02", 3: b"\x01"}.get(number, b"")
