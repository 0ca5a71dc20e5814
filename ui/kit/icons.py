"""Pictograms: our own line drawings, drawn at the size that is needed."""

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kiosk.resource_files import resource_path


@cache
def icon(name: str, size: int) -> QPixmap:
    """Return a pictogram of ``resources/icons`` as a square of so many pixels."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(str(resource_path("icons", f"{name}.svg"))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
