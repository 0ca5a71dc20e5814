"""A QR code on the screen, for a person to photograph."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel

QUIET_ZONE_MODULES = 4


def qr_label(text: str, size: int, name: str, spoken: str) -> QLabel:
    """Return a code of at most ``size`` pixels, in whole pixels for each module.

    Args:
        text: what the code says.
        size: room in pixels.
        name: object name.
        spoken: accessible name.
    """
    import segno  # noqa: PLC0415  # the first screen has no code, and segno loads a web client

    matrix = segno.make_qr(text, error="m", boost_error=False).matrix
    modules = len(matrix) + 2 * QUIET_ZONE_MODULES
    image = QImage(modules, modules, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    for y, row in enumerate(matrix):
        for x, is_dark in enumerate(row):
            if is_dark:
                image.setPixel(x + QUIET_ZONE_MODULES, y + QUIET_ZONE_MODULES, 0)
    side = max(1, size // modules) * modules
    label = QLabel()
    label.setObjectName(name)
    label.setAccessibleName(spoken)
    label.setPixmap(QPixmap.fromImage(image.scaled(side, side)))
    label.setFixedSize(side, side)
    return label
