"""Letters and codes that the printer draws itself. Names and numbers of the command reference."""

from enum import IntEnum
from typing import Final

# Font A, the same on every printer: cells of 12 x 24 dots.
CELL_WIDTH: Final = 12
CELL_HEIGHT: Final = 24
LARGEST_SCALE: Final = 8
LONGEST_QR: Final = 7089

_QR_LEVEL_M: Final = 49


class Justification(IntEnum):
    """The n of ESC a; it moves letters, pictures and codes alike."""

    LEFT = 0
    CENTRE = 1
    RIGHT = 2


def select_code_page(number: int) -> bytes:
    """ESC t n: Select character code table."""
    return bytes((0x1B, 0x74, number))


def character_size(width: int, height: int) -> bytes:
    """GS ! n: Select character size, 1 to 8 times the cell in each direction.

    Raises:
        ValueError: a scale beyond 1 to 8.
    """
    if not (1 <= width <= LARGEST_SCALE and 1 <= height <= LARGEST_SCALE):
        raise ValueError(f"characters are 1 to {LARGEST_SCALE} cells wide and high, not {width} x {height}")
    return bytes((0x1D, 0x21, (width - 1) << 4 | (height - 1)))


def emphasized(*, enabled: bool) -> bytes:
    """ESC E n: Turn emphasized mode on or off."""
    return bytes((0x1B, 0x45, enabled))


def white_on_black(*, enabled: bool) -> bytes:
    """GS B n: Turn white/black reverse print mode on or off."""
    return bytes((0x1D, 0x42, enabled))


def justify(where: Justification) -> bytes:
    """ESC a n: Select justification; only at the beginning of a line."""
    return bytes((0x1B, 0x61, where))


def line_spacing(dots: int) -> bytes:
    """ESC 3 n: Set line spacing, in vertical motion units.

    Raises:
        ValueError: more than one byte can say.
    """
    if not 0 <= dots <= 255:
        raise ValueError(f"lines are 0 to 255 units apart, not {dots}")
    return bytes((0x1B, 0x33, dots))


def qr_code(data: bytes, module_dots: int) -> bytes:
    """GS ( k, functions 165, 167, 169, 180, 181: model 2, module size, level M, store the data, print.

    Raises:
        ValueError: no data, too much of it, or a module of another size than 1 to 16 dots.
    """
    if not 1 <= len(data) <= LONGEST_QR or not 1 <= module_dots <= 16:
        raise ValueError(f"a QR code of {len(data)} bytes with modules of {module_dots} dots")
    return b"".join(
        (
            _qr_function(65, b"2\x00"),
            _qr_function(67, bytes((module_dots,))),
            _qr_function(69, bytes((_QR_LEVEL_M,))),
            _qr_function(80, b"0" + data),
            _qr_function(81, b"0"),
        )
    )


def _qr_function(number: int, parameters: bytes) -> bytes:
    return b"\x1d(k" + (len(parameters) + 2).to_bytes(2, "little") + bytes((49, number)) + parameters
