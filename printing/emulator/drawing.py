"""Rows of dots for what a printer draws by itself: characters of its own fonts and its own QR codes."""

from functools import cache
from typing import Final

import segno
from PIL import Image, ImageDraw, ImageFont

LINE_DOTS: Final = 30  # default line spacing
_CHARACTER_DOTS: Final = 24  # height of font A


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def text_rows(text: str, width_dots: int, *, scale: int, alignment: int, line_dots: int) -> list[bytes]:
    """Return one line of characters.

    Args:
        text: without control characters.
        width_dots: of the paper.
        scale: 1 to 8 times the height of font A.
        alignment: 0 left, 1 centre, 2 right (ESC a).
        line_dots: line spacing (ESC 3).
    """
    height = max(line_dots, (_CHARACTER_DOTS + 6) * scale)
    picture = Image.new("1", (width_dots, height), 0)
    draw = ImageDraw.Draw(picture)
    font = _font(_CHARACTER_DOTS * scale)
    left = (0, (width_dots - draw.textlength(text, font)) / 2, width_dots - draw.textlength(text, font))[alignment]
    draw.text((max(0, left), 0), text, fill=1, font=font)
    return _rows(picture)


def qr_rows(data: bytes, width_dots: int, *, module_dots: int, level: str, alignment: int) -> list[bytes]:
    """Return a QR code without quiet zone, as GS ( k prints it."""
    matrix = segno.make_qr(data.decode("utf-8", "replace"), error=level, boost_error=False).matrix
    picture = Image.new("1", (width_dots, len(matrix) * module_dots), 0)
    draw = ImageDraw.Draw(picture)
    left = (0, (width_dots - len(matrix) * module_dots) // 2, width_dots - len(matrix) * module_dots)[alignment]
    for y, row in enumerate(matrix):
        for x, is_dark in enumerate(row):
            if is_dark:
                corner = left + x * module_dots, y * module_dots
                draw.rectangle((*corner, corner[0] + module_dots - 1, corner[1] + module_dots - 1), fill=1)
    return _rows(picture)


def scaled_rows(data: bytes, row_bytes: int, mode: int, left_dots: int) -> list[bytes]:
    """Return the rows of a raster picture (GS v 0 m): 1 doubles the width, 2 the height, 3 both."""
    rows = [data[start : start + row_bytes] for start in range(0, len(data), row_bytes)] if row_bytes else []
    if mode & 1:
        rows = [_doubled(row) for row in rows]
    if mode & 2:
        rows = [row for row in rows for _ in range(2)]
    if left_dots:
        rows = [_shifted(row, left_dots) for row in rows]
    return rows


_DOUBLED: Final = tuple(
    bytes((_pair >> 8, _pair & 0xFF))
    for _pair in (sum((3 << (2 * bit)) for bit in range(8) if value >> bit & 1) for value in range(256))
)


def _doubled(row: bytes) -> bytes:
    return b"".join(_DOUBLED[value] for value in row)


def _shifted(row: bytes, dots: int) -> bytes:
    number = int.from_bytes(row, "big") << (-dots % 8)
    return bytes(dots // 8) + number.to_bytes(len(row) + (1 if dots % 8 else 0), "big")


def _rows(picture: Image.Image) -> list[bytes]:
    data = picture.tobytes()
    row_bytes = (picture.width + 7) // 8
    return [data[start : start + row_bytes] for start in range(0, len(data), row_bytes)]
