"""A document as PDF: one page, as wide as the paper and as long as the ticket, with text that can be searched."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter

from printing.document.blocks import Document
from printing.render.layout import lay_out_document
from printing.render.paper import Paper
from printing.render.picture import PaintingError

_MARGIN_MM = 4.0
_POINTS_PER_MM = 72 / 25.4


def render_pdf(document: Document, paper: Paper, title: str) -> bytes:
    """Return a document as the bytes of a PDF file with one page.

    Args:
        document: what to draw.
        paper: same layout as on the printer.
        title: of the file, for example the reference.
    """
    layout = lay_out_document(document, paper)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Borne")
    writer.setResolution(paper.dots_per_inch)
    writer.setPageLayout(_page(paper, layout.height))
    painter = QPainter(writer)
    if not painter.isActive():
        raise PaintingError("Qt cannot write the PDF")
    layout.draw(painter, QColor(Qt.GlobalColor.black))
    painter.end()
    buffer.close()
    return bytes(data.data())


def _page(paper: Paper, height_dots: int) -> QPageLayout:
    width = paper.millimetres(paper.width_dots) + 2 * _MARGIN_MM
    height = paper.millimetres(height_dots) + 2 * _MARGIN_MM
    size = QPageSize(
        QSizeF(width * _POINTS_PER_MM, height * _POINTS_PER_MM),
        QPageSize.Unit.Point,
        "ticket",
        QPageSize.SizeMatchPolicy.ExactMatch,
    )
    margin = _MARGIN_MM * _POINTS_PER_MM
    margins = QMarginsF(margin, margin, margin, margin)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Point)
