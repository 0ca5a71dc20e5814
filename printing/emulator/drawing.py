"""Rows of dots for pictures and codes: one ``bytes`` per row, leftmost dot in the highest bit, 1 = ink."""

from functools import lru_cache
from typing import Final

import segno
from PIL import Image
from segno.encoder import DataOverflowError

from printing.emulator.command_table import COLUMN_BYTES

QrLevel = str
_BIT_IMAGE_ROWS: Final = 24


class TooMuchDataError(ValueError):
    """No QR code is large enough."""


@lru_cache(maxsize=8)
def qr_modules(data: bytes, level: QrLevel) -> tuple[bytes, ...]:
    """Return a QR code without quiet zone, as GS ( k makes it: one byte for each module, 1 = dark.

    Raises:
        TooMuchDataError: it does not fit the largest QR code at this level.
    """
    try:
        code = segno.make_qr(data, error=level, boost_error=False)
    except DataOverflowError as error:
        raise TooMuchDataError(str(error)) from error
    return tuple(bytes(value & 1 for value in row) for row in code.matrix)


def enlarged_modules(modules: tuple[bytes, ...], module_dots: int) -> list[bytes]:
    """Return the rows of a code whose modules are squares of so many dots."""
    small = Image.frombytes("L", (len(modules), len(modules)), b"".join(modules)).point([0, *[255] * 255])
    side = len(modules) * module_dots
    return rows_of_picture(small.resize((side, side), Image.Resampling.NEAREST).convert("1"))


def scaled_rows(data: bytes, row_bytes: int, mode: int) -> list[bytes]:
    """Return the rows of a raster picture (GS v 0 m): 1 doubles the width, 2 the height, 3 both."""
    rows = [data[start : start + row_bytes] for start in range(0, len(data), row_bytes)] if row_bytes else []
    if mode & 1:
        rows = [_doubled(row) for row in rows]
    if mode & 2:
        rows = [row for row in rows for _ in range(2)]
    return rows


def placed_rows(rows: list[bytes], left_dots: int, right_dots: int, width_dots: int) -> list[bytes]:
    """Return rows moved to the right and cut off at the right edge of the print area, as wide as the paper."""
    paper_bytes = width_dots // 8
    visible = ((1 << right_dots) - 1) << (paper_bytes * 8 - right_dots) if right_dots < paper_bytes * 8 else None
    if not left_dots and visible is None:
        return [row[:paper_bytes].ljust(paper_bytes, b"\0") for row in rows]
    placed = []
    for row in rows:
        number = int.from_bytes(row[:paper_bytes].ljust(paper_bytes, b"\0")) >> left_dots
        placed.append((number if visible is None else number & visible).to_bytes(paper_bytes))
    return placed


def bit_image(mode: int, columns: bytes) -> Image.Image:
    """Return the picture of ESC * m: columns of 8 or 24 dots, the topmost in the highest bit.

    8-dot columns are three times as high per dot, modes 0 and 32 twice as wide, as in the command reference.
    """
    column_bytes = COLUMN_BYTES.get(mode, 1)
    count = len(columns) // column_bytes
    # Read as rows, the columns are the picture lying on its side.
    lying = Image.frombytes("1", (column_bytes * 8, count), columns) if count else Image.new("1", (column_bytes * 8, 1))
    standing = lying.transpose(Image.Transpose.TRANSPOSE)
    width = standing.width * (2 if mode in (0, 32) else 1)
    return standing.resize((width, _BIT_IMAGE_ROWS), Image.Resampling.NEAREST)


_DOUBLED: Final = tuple(
    bytes((_pair >> 8, _pair & 0xFF))
    for _pair in (sum((3 << (2 * bit)) for bit in range(8) if value >> bit & 1) for value in range(256))
)


def _doubled(row: bytes) -> bytes:
    return b"".join(_DOUBLED[value] for value in row)


def rows_of_picture(picture: Image.Image) -> list[bytes]:
    """Return a picture of mode ``1`` as rows."""
    data = picture.tobytes()
    row_bytes = (picture.width + 7) // 8
    return [data[start : start + row_bytes] for start in range(0, len(data), row_bytes)]
