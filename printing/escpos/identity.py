"""Who a printer is: GS I, asked once by whoever installs it."""

from enum import IntEnum
from typing import Final

# The answer to GS I 65 and above: this byte, the text, NUL.
_HEADER: Final = 0x5F
_LONGEST: Final = 80


class Identity(IntEnum):
    """The n of GS I n."""

    FIRMWARE = 65
    MAKER = 66
    MODEL = 67


def transmit_printer_id(what: Identity) -> bytes:
    """GS I n: Transmit printer ID. Buffered: a printer that is offline answers when it is online again."""
    return bytes((0x1D, 0x49, what))


def identity_in(answer: bytes) -> str | None:
    """Return the text of the first whole answer to GS I; None when there is none.

    Args:
        answer: what the printer sent, other answers included.
    """
    start = answer.find(_HEADER)
    end = answer.find(0, start)
    if start < 0 or not start < end <= start + _LONGEST:
        return None
    text = answer[start + 1 : end]
    return text.decode("ascii").strip() if text.isascii() and text.decode("ascii").isprintable() else None
