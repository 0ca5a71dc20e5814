"""Pictograms: our own line drawings, drawn at the size that is needed."""

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kiosk.resource_files import resource_path
from ui.kit.theme import Colours

# What the drawings are made in, and what each becomes for the palette that the visitor chose.
_DRAWN_IN: Final = {"#17357a": "primary", "#0b5d2a": "good", "#5c3300": "warning_ink", "#ffffff": "surface"}


@cache
def icon(name: str, size: int, colours: Colours) -> QPixmap:
    """Return a pictogram of ``resources/icons`` as a square of so many pixels, in the colours of a palette."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    for drawn_in, meaning in _DRAWN_IN.items():
        drawing = drawing.replace(drawn_in, getattr(colours, meaning))
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
