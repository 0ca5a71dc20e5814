"""Very large letters, drawn from their outlines.

WORKAROUND: above 64 pixels Qt draws a letter from an outline that it takes hinted, in a way that depends on the letters
drawn before (PySide6 6.11); raising Qt's own limit (``QT_MAX_CACHED_GLYPH_SIZE``) makes it draw nothing at all once a
window has shown large letters. Outlines taken at the size of the em square are always the same.
"""

from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QRawFont, QTextLayout, QTransform

LARGEST_DRAWN_BY_QT: Final = 60


def draw_text(painter: QPainter, layout: QTextLayout, place: QPointF, ink: QColor) -> None:
    """Draw laid-out lines at a place of the paper; in a PDF they stay text."""
    is_picture = painter.paintEngine().type() is QPaintEngine.Type.Raster
    if is_picture and layout.font().pixelSize() > LARGEST_DRAWN_BY_QT:
        _draw_outlines(painter, layout, place, ink)
    else:
        layout.draw(painter, place)


def _draw_outlines(painter: QPainter, layout: QTextLayout, place: QPointF, ink: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for run in layout.glyphRuns():
        em_square = QRawFont(run.rawFont())
        em_square.setPixelSize(em_square.unitsPerEm())
        scale = run.rawFont().pixelSize() / em_square.unitsPerEm()
        for glyph, position in zip(run.glyphIndexes(), run.positions(), strict=True):
            corner = position + place
            to_paper = QTransform.fromTranslate(corner.x(), corner.y()).scale(scale, scale)
            painter.fillPath(to_paper.map(em_square.pathForGlyph(glyph)), ink)
