"""What comes back when a printer is asked for its state: nothing, rubbish or an answer. No ticket depends on it."""

import re
from enum import Enum, auto
from typing import Final

from printing.escpos.commands import INITIALIZE, RealTimeStatus, real_time_status
from printing.escpos.identity import Identity, identity_in, transmit_printer_id
from printing.transports.transport import Deadline, Transport

ANSWER_S: Final = 0.3
# After a first byte, what belongs to it follows within this time.
_QUIET_S: Final = 0.05


def _bytes_with(mask: int, value: int) -> bytes:
    return b"".join(re.escape(bytes((byte,))) for byte in range(256) if byte & mask == value)


# The fixed bits of printing.escpos.status, as sets of bytes.
_REAL_TIME: Final = b"[" + _bytes_with(0b1001_0011, 0b0001_0010) + b"]"
_AUTOMATIC: Final = b"[" + _bytes_with(0b1001_0011, 0b0001_0000) + b"][" + _bytes_with(0b1001_0000, 0) + b"]{3}"
_ANSWER: Final = re.compile(rb"(?:%s)*%s(?:%s)*" % (_AUTOMATIC, _REAL_TIME, _AUTOMATIC), re.DOTALL)


class Hearing(Enum):
    """What was heard after a question."""

    NOTHING = auto()
    RUBBISH = auto()
    ANSWER = auto()


def hearing_of(data: bytes) -> Hearing:
    """Return what some bytes are as the answer to one DLE EOT, with whatever the printer said of its own accord."""
    if not data:
        return Hearing.NOTHING
    return Hearing.ANSWER if _ANSWER.fullmatch(data) else Hearing.RUBBISH


def hear(transport: Transport, deadline: Deadline) -> Hearing:
    """Ask two questions, so that one byte of noise does not pass for an answer."""
    heard = Hearing.NOTHING
    for question in (RealTimeStatus.PRINTER, RealTimeStatus.ROLL_PAPER_SENSOR):
        _collected(transport, Deadline.within(0))  # what came before is no answer
        transport.write(real_time_status(question), deadline.sooner(ANSWER_S))
        heard = hearing_of(_collected(transport, deadline.sooner(ANSWER_S)))
        if heard is not Hearing.ANSWER:
            break
    return heard


def names_of(transport: Transport, deadline: Deadline) -> tuple[str | None, str | None]:
    """Return maker and model as the printer says them; None for what it does not say.

    What questions at another speed may have left in its line buffer is dropped first.
    """
    transport.write(INITIALIZE, deadline.sooner(ANSWER_S))
    names = []
    for what in (Identity.MAKER, Identity.MODEL):
        transport.write(transmit_printer_id(what), deadline.sooner(ANSWER_S))
        names.append(identity_in(_collected(transport, deadline.sooner(ANSWER_S))))
    return names[0], names[1]


def _collected(transport: Transport, deadline: Deadline) -> bytes:
    """Return what comes until the line is quiet, waiting for the first byte until the deadline."""
    data = b""
    while piece := transport.read(deadline.sooner(_QUIET_S) if data else deadline):
        data += piece
    return data
