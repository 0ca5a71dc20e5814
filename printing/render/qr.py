"""The QR code of a seal: made by segno, placed on whole dots."""

from dataclasses import dataclass
from typing import Any

import segno
from PySide6.QtGui import QImage, qRgb

QUIET_ZONE = 4
# Below this a phone has trouble on thermal paper (0.5 mm is 4 dots at 203 dpi).
SMALLEST_MODULE = 4

# Readers accept any mask. Trying all eight costs 15 ms before every ticket, and a seal is as good as random: it has no
# large plain areas that one of them would have to break up.
_MASK = 2


@dataclass(frozen=True, slots=True)
class QrMatrix:
    """Modules of a code, quiet zone included.

    Attributes:
        side: modules on a side.
        rows: one ``bytes`` of 0 and 1 for each row.
    """

    side: int
    rows: tuple[bytes, ...]


def qr_matrix(text: str) -> QrMatrix:
    """Return the code of a text: error level M, smallest version, alphanumeric where the text allows.

    A text with ``#`` is a web address followed by the seal proper: the seal keeps the dense alphanumeric mode.
    """
    address, mark, seal = text.rpartition("#")
    # segno's stubs do not say that it takes parts, each of which gets its own mode.
    content: Any = (f"{address}{mark}", seal) if mark else text
    code = segno.make(content, micro=False, error="m", boost_error=False, mask=_MASK)
    rows = tuple(bytes(row) for row in code.matrix_iter(border=QUIET_ZONE))
    return QrMatrix(len(rows), rows)


def fitting_module(side: int, width_dots: int, wished_dots: int) -> int:
    """Return the dots of a module so that the code fits the paper, quiet zone included if need be the paper's edge."""
    with_quiet_zone = width_dots // side
    if with_quiet_zone >= SMALLEST_MODULE:
        return min(wished_dots, with_quiet_zone)
    return max(1, min(wished_dots, width_dots // (side - 2 * QUIET_ZONE)))


def qr_image(matrix: QrMatrix) -> QImage:
    """Return the code as a picture of one pixel for each module, black on white."""
    image = QImage(b"".join(matrix.rows), matrix.side, matrix.side, matrix.side, QImage.Format.Format_Indexed8)
    image.setColorTable([qRgb(255, 255, 255), qRgb(0, 0, 0)])
    return image.copy()
