"""Which ESC/POS commands exist and how long each is: the judge's own table, from the command reference.

Nothing here is shared with the encoder of tickets, so that the two can disagree.
"""

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final


class Layout(Enum):
    """How the bytes after a command's prefix are counted."""

    FIXED = auto()  # as many parameter bytes as the table says
    UNTIL_NUL = auto()  # up to a NUL byte
    CUT = auto()  # GS V m [n]
    RASTER = auto()  # GS v 0 m xL xH yL yH, then the picture
    BIT_IMAGE = auto()  # ESC * m nL nH, then the columns
    BLOCK = auto()  # pL pH, then that many bytes
    LONG_BLOCK = auto()  # p1 p2 p3 p4, then that many bytes
    BARCODE = auto()  # GS k m, then up to NUL or n bytes
    PULSE = auto()  # DLE DC4 fn, parameters by fn


# prefix -> (name, layout, parameter bytes)
COMMANDS: Final[Mapping[bytes, tuple[str, Layout, int]]] = {
    b"\x00": ("NUL", Layout.FIXED, 0),
    b"\x09": ("HT", Layout.FIXED, 0),
    b"\x0a": ("LF", Layout.FIXED, 0),
    b"\x0c": ("FF", Layout.FIXED, 0),
    b"\x0d": ("CR", Layout.FIXED, 0),
    b"\x10\x04": ("DLE EOT", Layout.FIXED, 1),
    b"\x10\x05": ("DLE ENQ", Layout.FIXED, 1),
    b"\x10\x14": ("DLE DC4", Layout.PULSE, 0),
    b"\x18": ("CAN", Layout.FIXED, 0),
    b"\x1b ": ("ESC SP", Layout.FIXED, 1),
    b"\x1b!": ("ESC !", Layout.FIXED, 1),
    b"\x1b$": ("ESC $", Layout.FIXED, 2),
    b"\x1b*": ("ESC *", Layout.BIT_IMAGE, 0),
    b"\x1b-": ("ESC -", Layout.FIXED, 1),
    b"\x1b2": ("ESC 2", Layout.FIXED, 0),
    b"\x1b3": ("ESC 3", Layout.FIXED, 1),
    b"\x1b=": ("ESC =", Layout.FIXED, 1),
    b"\x1b@": ("ESC @", Layout.FIXED, 0),
    b"\x1bD": ("ESC D", Layout.UNTIL_NUL, 0),
    b"\x1bE": ("ESC E", Layout.FIXED, 1),
    b"\x1bG": ("ESC G", Layout.FIXED, 1),
    b"\x1bJ": ("ESC J", Layout.FIXED, 1),
    b"\x1bM": ("ESC M", Layout.FIXED, 1),
    b"\x1bR": ("ESC R", Layout.FIXED, 1),
    b"\x1bV": ("ESC V", Layout.FIXED, 1),
    b"\x1b\\": ("ESC \\", Layout.FIXED, 2),
    b"\x1ba": ("ESC a", Layout.FIXED, 1),
    b"\x1bc3": ("ESC c 3", Layout.FIXED, 1),
    b"\x1bc4": ("ESC c 4", Layout.FIXED, 1),
    b"\x1bc5": ("ESC c 5", Layout.FIXED, 1),
    b"\x1bd": ("ESC d", Layout.FIXED, 1),
    b"\x1bi": ("ESC i", Layout.FIXED, 0),
    b"\x1bm": ("ESC m", Layout.FIXED, 0),
    b"\x1bp": ("ESC p", Layout.FIXED, 3),
    b"\x1bt": ("ESC t", Layout.FIXED, 1),
    b"\x1b{": ("ESC {", Layout.FIXED, 1),
    b"\x1c.": ("FS .", Layout.FIXED, 0),
    b"\x1c&": ("FS &", Layout.FIXED, 0),
    b"\x1d!": ("GS !", Layout.FIXED, 1),
    b"\x1d(A": ("GS ( A", Layout.BLOCK, 0),
    b"\x1d(E": ("GS ( E", Layout.BLOCK, 0),
    b"\x1d(H": ("GS ( H", Layout.BLOCK, 0),
    b"\x1d(K": ("GS ( K", Layout.BLOCK, 0),
    b"\x1d(L": ("GS ( L", Layout.BLOCK, 0),
    b"\x1d(k": ("GS ( k", Layout.BLOCK, 0),
    b"\x1d8L": ("GS 8 L", Layout.LONG_BLOCK, 0),
    b"\x1dB": ("GS B", Layout.FIXED, 1),
    b"\x1dH": ("GS H", Layout.FIXED, 1),
    b"\x1dI": ("GS I", Layout.FIXED, 1),
    b"\x1dL": ("GS L", Layout.FIXED, 2),
    b"\x1dP": ("GS P", Layout.FIXED, 2),
    b"\x1dV": ("GS V", Layout.CUT, 0),
    b"\x1dW": ("GS W", Layout.FIXED, 2),
    b"\x1da": ("GS a", Layout.FIXED, 1),
    b"\x1db": ("GS b", Layout.FIXED, 1),
    b"\x1df": ("GS f", Layout.FIXED, 1),
    b"\x1dh": ("GS h", Layout.FIXED, 1),
    b"\x1dk": ("GS k", Layout.BARCODE, 0),
    b"\x1dr": ("GS r", Layout.FIXED, 1),
    b"\x1dv0": ("GS v 0", Layout.RASTER, 0),
    b"\x1dw": ("GS w", Layout.FIXED, 1),
}

LONGEST_PREFIX: Final = max(map(len, COMMANDS))
REAL_TIME_NAMES: Final = frozenset({"DLE EOT", "DLE ENQ", "DLE DC4"})

# Parameters of DLE DC4 after its function byte.
PULSE_PARAMETERS: Final[Mapping[int, int]] = {1: 2, 2: 2, 3: 5, 7: 1, 8: 7}

# Bits that one column or row of ESC * carries, by m.
COLUMN_BYTES: Final[Mapping[int, int]] = {0: 1, 1: 1, 32: 3, 33: 3}
