"""A document as dots: what the printer prints and what the screen and the tests see."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, qRgb

from kiosk.errors import BorneError
from printing.document.blocks import Document
from printing.escpos.bitmap import Bitmap
from printing.render.layout import lay_out_document
from printing.render.paper import Paper


class PaintingError(BorneError):
    """Qt could not paint: a bug of ours, or no memory left."""


def render(document: Document, paper: Paper) -> Bitmap:
    """Return a document as one bit for each dot.

    Safe on any thread, one after the other or at once; fast on a thread that has painted before (Qt keeps shaped fonts
    for each thread). A QGuiApplication must exist.
    """
    layout = lay_out_document(document, paper)
    width, height = paper.width_dots, max(1, layout.height)
    canvas = QImage(width, height, QImage.Format.Format_Grayscale8)
    canvas.fill(Qt.GlobalColor.white)
    painter = QPainter(canvas)
    if not painter.isActive():
        raise PaintingError(f"no painter for {width} x {height} dots")
    layout.draw(painter, QColor(Qt.GlobalColor.black))
    painter.end()
    # In Qt a one-bit picture that was not given colours has 1 for black, as the printer wants it.
    dots = canvas.convertToFormat(
        QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.MonoOnly
    )
    return Bitmap(width, height, _packed_rows(dots))


def _packed_rows(image: QImage) -> bytes:
    """Rows without the padding that Qt adds up to 32 bits."""
    stride, width = image.bytesPerLine(), image.width() // 8
    data = bytes(image.constBits())
    if stride == width:
        return data
    return b"".join(data[start : start + width] for start in range(0, len(data), stride))


def to_image(bitmap: Bitmap) -> QImage:
    """Return dots as a picture, black on white."""
    width = bitmap.row_bytes
    image = QImage(bitmap.rows, bitmap.width_dots, bitmap.height_dots, width, QImage.Format.Format_Mono).copy()
    image.setColorTable([qRgb(255, 255, 255), qRgb(0, 0, 0)])
    return image
