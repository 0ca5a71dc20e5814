"""ESC/POS commands as bytes, named as in Epson's command reference. No input, no output.

A command that does nothing useful on another maker's printer is not used: what is here, almost every thermal printer of
the last twenty years understands.
"""

from enum import IntEnum
from typing import Final

MAX_BAND_ROWS: Final = 255
MAX_FEED: Final = 255

# ESC @: Initialize printer.
INITIALIZE: Final = b"\x1b@"
# GS V 66 0 (function B): feed the paper to the cutter and cut it partially: the slip hangs on by a point.
CUT: Final = b"\x1dVB\x00"
# GS r 1: Transmit paper sensor status. Buffered: answered when everything before it has been worked through.
TRANSMIT_PAPER_STATUS: Final = b"\x1dr\x01"
# DLE DC4 8: Clear buffer(s), in real time: drops the rest of a slip that must not come out later.
CLEAR_BUFFERS: Final = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"


class RealTimeStatus(IntEnum):
    """The n of DLE EOT n."""

    PRINTER = 1
    OFFLINE_CAUSE = 2
    ERROR_CAUSE = 3
    ROLL_PAPER_SENSOR = 4


class Scale(IntEnum):
    """The m of GS v 0: how many dots one bit becomes, across and down."""

    NORMAL = 0
    DOUBLE_WIDTH = 1
    DOUBLE_HEIGHT = 2
    QUADRUPLE = 3


def real_time_status(what: RealTimeStatus) -> bytes:
    """DLE EOT n: Transmit real-time status; answered at once, even offline and with a full buffer."""
    return bytes((0x10, 0x04, what))


def motion_units(dots_per_inch: int) -> bytes:
    """GS P x y: one unit of feed is one dot, whatever the printer thinks by itself."""
    return bytes((0x1D, 0x50, dots_per_inch, dots_per_inch))


def feed(dots: int) -> bytes:
    """ESC J n: Print and feed paper, in motion units, as often as needed."""
    whole, rest = divmod(dots, MAX_FEED)
    return b"\x1bJ\xff" * whole + (bytes((0x1B, 0x4A, rest)) if rest else b"")


def raster(data: bytes, row_bytes: int, scale: Scale = Scale.NORMAL) -> bytes:
    """GS v 0 m xL xH yL yH d1...dk: Print raster bit image.

    Raises:
        ValueError: the data is not 1 to 255 whole rows.
    """
    rows, rest = divmod(len(data), row_bytes)
    if rest or not 1 <= rows <= MAX_BAND_ROWS:
        raise ValueError(f"{len(data)} bytes are not 1 to {MAX_BAND_ROWS} rows of {row_bytes} bytes")
    head = bytes((0x1D, 0x76, 0x30, scale, row_bytes & 0xFF, row_bytes >> 8, rows, 0))
    return head + data


def automatic_status_back(*, enabled: bool) -> bytes:
    """GS a n: Automatic Status Back on changes of online state, errors and paper."""
    return b"\x1da\x0e" if enabled else b"\x1da\x00"


def request_process_id(identifier: bytes) -> bytes:
    """GS ( H, function 48: echo four characters when everything before has been printed.

    Raises:
        ValueError: not four printable ASCII characters.
    """
    if len(identifier) != 4 or not all(0x20 <= byte <= 0x7E for byte in identifier):
        raise ValueError("a process ID is four printable ASCII characters")
    return b"\x1d(H\x06\x00\x30\x30" + identifier
