"""What is drawn dot by dot: a ruler, grey bands, codes of several sizes; the same dots on every machine."""

from typing import Final

from printing.escpos.bitmap import Bitmap
from printing.render.paper import Paper
from printing.render.qr import qr_matrix

_EDGE_DOTS: Final = 4
_RULER_HEIGHT: Final = 72
_DIGIT_SCALE: Final = 3
_BAND_HEIGHT: Final = 48

# Digits of three by five dots, row by row.
_DIGITS: Final = (
    "111101101101111", "010110010010111", "111001111100111", "111001111001111", "101101111001001",
    "111100111001111", "111100111101111", "111001010010010", "111101111101111", "111101111001111",
)  # fmt: skip

# Order in which the dots of a 4 x 4 square turn black (Bayer).
_ORDER: Final = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))


class Canvas:
    """Dots to be blackened.

    Args:
        width: in dots, a multiple of 8.
        height: in dots.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._rows = [bytearray(width) for _ in range(height)]

    def bar(self, left: int, top: int, width: int, height: int) -> None:
        """Blacken a rectangle, as far as it lies on the canvas."""
        first, last = max(0, left), min(self.width, left + width)
        for row in self._rows[max(0, top) : top + height]:
            row[first:last] = b"\1" * max(0, last - first)

    def number(self, value: int, middle: int, top: int) -> None:
        """Write a number around a column, inside the canvas."""
        text = str(value)
        step = 4 * _DIGIT_SCALE
        width = len(text) * step - _DIGIT_SCALE
        left = max(2 * _EDGE_DOTS, min(self.width - width - 2 * _EDGE_DOTS, middle - width // 2))
        for place, digit in enumerate(text):
            for index, dot in enumerate(_DIGITS[int(digit)]):
                if dot == "1":
                    x, y = left + place * step + index % 3 * _DIGIT_SCALE, top + index // 3 * _DIGIT_SCALE
                    self.bar(x, y, _DIGIT_SCALE, _DIGIT_SCALE)

    def bitmap(self) -> Bitmap:
        """Return the dots, packed."""
        rows = [int(bytes(dot | 0x30 for dot in row), 2).to_bytes(self.width // 8) for row in self._rows]
        return Bitmap(self.width, self.height, b"".join(rows))


def ruler(paper: Paper) -> Bitmap:
    """Return a ruler across the whole width, in millimetres, with a thick stroke at each edge."""
    canvas = Canvas(paper.width_dots, _RULER_HEIGHT)
    canvas.bar(0, 0, _EDGE_DOTS, _RULER_HEIGHT)
    canvas.bar(paper.width_dots - _EDGE_DOTS, 0, _EDGE_DOTS, _RULER_HEIGHT)
    canvas.bar(0, 0, paper.width_dots, 2)
    for millimetre in range(int(paper.millimetres(paper.width_dots)) + 1):
        at = paper.dots(millimetre)
        canvas.bar(at, 0, 2, 34 if millimetre % 10 == 0 else 24 if millimetre % 5 == 0 else 14)
        if millimetre % 10 == 0:
            canvas.number(millimetre, at, 44)
    return canvas.bitmap()


def grey_bands(paper: Paper) -> Bitmap:
    """Return four bands side by side: a quarter, a half, three quarters and all of the dots."""
    canvas = Canvas(paper.width_dots, _BAND_HEIGHT)
    for y in range(_BAND_HEIGHT):
        for x in range(paper.width_dots):
            level = 4 * (4 * x // paper.width_dots + 1)
            if _ORDER[y % 4][x % 4] < level:
                canvas.bar(x, y, 1, 1)
    return canvas.bitmap()


def codes(text: str, modules: tuple[int, ...], paper: Paper) -> list[Bitmap]:
    """Return the same code with modules of several sizes, side by side as far as the paper is wide, the rest below."""
    matrix = qr_matrix(text)
    rows: list[list[int]] = [[]]
    for module in modules:
        if sum(rows[-1], module) * matrix.side > paper.width_dots:
            rows.append([])
        rows[-1].append(module)
    return [_code_row(matrix.rows, row, paper.width_dots) for row in rows]


def _code_row(code: tuple[bytes, ...], modules: list[int], width: int) -> Bitmap:
    side = len(code)
    canvas = Canvas(width, side * max(modules))
    left = 0
    for module in modules:
        for y, row in enumerate(code):
            for x, is_dark in enumerate(row):
                if is_dark:
                    canvas.bar(left + x * module, y * module, module, module)
        left += side * module
    return canvas.bitmap()
