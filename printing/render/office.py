"""The same proof on office paper: A4 or A5 pages, archivable PDF/A-1b, text that can be searched.

Qt embeds its fonts and marks the file as PDF/A-1b (level B: what it looks like is preserved). It cannot write tagged
PDF (level A), so reading order is that of the drawing, which is that of the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF
from PySide6.QtGui import QColor, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from printing.document.blocks import FRENCH, Align, Banner, Block, Document, Rule, Size, Text, Weight
from printing.render.layout import Draw, place_block
from printing.render.outlines import draw_text
from printing.render.paper import Paper
from printing.render.paragraph import Run, lay_out
from printing.render.picture import PaintingError

_DOTS_PER_INCH: Final = 300
# Office paper is read on a desk and photocopied: everything is a fifth larger than on the slip.
_ENLARGED: Final = 1.2
_MODULE_DOTS: Final = 9
_RUNNING_LINE_MM: Final = 9.0
_INK: Final = QColor(0, 0, 0)


class OfficePaper(StrEnum):
    """Sizes of paper that offices have (ISO 216)."""

    A4 = "a4"
    A5 = "a5"


_PAGES: Final = {
    OfficePaper.A4: (QPageSize.PageSizeId.A4, 210.0, 297.0, 25.0),
    OfficePaper.A5: (QPageSize.PageSizeId.A5, 148.0, 210.0, 14.0),
}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What fits between the margins, in dots.

    Attributes:
        paper: width and resolution for the layout of blocks.
        height: for blocks; the running lines above and below are not part of it.
    """

    paper: Paper
    height: int
    running: int


def render_office_pdf(document: Document, size: OfficePaper, *, title: str, author: str) -> bytes:
    """Return a document as pages of office paper.

    Args:
        document: what to say.
        size: of the paper.
        title: stands on every page and in the file's properties: the reference.
        author: the préfecture.

    Raises:
        PaintingError: Qt cannot write.
    """
    sheet = _sheet(size)
    pages = paginated(_marked_once(document.blocks), sheet.paper, sheet.height)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, size, title, author)
    painter = QPainter(writer)
    if not painter.isActive():
        raise PaintingError("Qt cannot write the PDF")
    for number, strokes in enumerate(pages, start=1):
        if number > 1:
            writer.newPage()
        _draw_page(painter, sheet, strokes, (f"{author} · {title}", f"{number}/{len(pages)}"))
    painter.end()
    buffer.close()
    return bytes(data.data())


def _marked_once(blocks: Sequence[Block]) -> Sequence[Block]:
    """Leave out the marks at the end: a slip can be torn in two, a page with its running line cannot be mistaken."""
    marks = [index for index, block in enumerate(blocks) if isinstance(block, Banner) and index > len(blocks) // 2]
    return blocks[: marks[0]] if marks else blocks


def paginated(blocks: Sequence[Block], paper: Paper, height: int) -> list[list[Draw]]:
    """Return what to draw on each page; a block is never cut, no heading is left alone at the foot of a page.

    The translation begins a page of its own: who only needs the French text prints that.

    Args:
        blocks: in order.
        paper: their width and resolution.
        height: of a page, in dots.
    """
    pages: list[list[Draw]] = [[]]
    top = 0
    for index, block in enumerate(blocks):
        needed, _ = place_block(block, paper, 0)
        follower = blocks[index + 1] if _is_heading(block) and index + 1 < len(blocks) else None
        glued = place_block(follower, paper, 0)[0] if follower is not None else 0
        is_translation = isinstance(block, Rule) and block.is_heavy
        if top and (is_translation or top + needed + glued > height):
            pages.append([])
            top = 0
        if not top and isinstance(block, Rule):
            continue  # nothing stands above it on this page
        _, stroke = place_block(block, paper, top)
        if stroke is not None:
            pages[-1].append(stroke)
        top += needed
    return pages


def _is_heading(block: Block) -> bool:
    is_bold = isinstance(block, Text) and block.weight is Weight.BOLD and block.size is Size.BODY
    return is_bold or isinstance(block, Banner)


def _sheet(size: OfficePaper) -> _Sheet:
    _, width_mm, height_mm, margin_mm = _PAGES[size]
    enlarged = Paper(dots_per_inch=round(_DOTS_PER_INCH * _ENLARGED))
    width = round((width_mm - 2 * margin_mm) * _DOTS_PER_INCH / 25.4) // 8 * 8
    running = round(_RUNNING_LINE_MM * _DOTS_PER_INCH / 25.4)
    height = round((height_mm - 2 * margin_mm) * _DOTS_PER_INCH / 25.4) - 2 * running
    return _Sheet(Paper(width, enlarged.dots_per_inch, _MODULE_DOTS), height, running)


def _writer(buffer: QBuffer, size: OfficePaper, title: str, author: str) -> QPdfWriter:
    page, _, _, margin_mm = _PAGES[size]
    writer = QPdfWriter(buffer)
    writer.setPdfVersion(QPagedPaintDevice.PdfVersion.PdfVersion_A1b)
    writer.setTitle(title)
    writer.setAuthor(author)
    writer.setCreator("Borne")
    writer.setResolution(_DOTS_PER_INCH)
    margins = QMarginsF(margin_mm, margin_mm, margin_mm, margin_mm)
    writer.setPageLayout(
        QPageLayout(QPageSize(page), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    )
    return writer


def _draw_page(painter: QPainter, sheet: _Sheet, strokes: Sequence[Draw], running: tuple[str, str]) -> None:
    painter.setPen(_INK)
    above, below = running
    _write(painter, above, sheet.paper, 0, Align.START)
    painter.save()
    painter.translate(0, sheet.running)
    for stroke in strokes:
        stroke(painter, _INK)
    painter.restore()
    _write(painter, below, sheet.paper, sheet.running + sheet.height, Align.CENTRE)


def _write(painter: QPainter, text: str, paper: Paper, top: int, align: Align) -> None:
    small = round(paper.em(Size.BODY) * 0.8)
    paragraph = lay_out([Run(text)], FRENCH, small, align, paper.width_dots)
    draw_text(painter, paragraph.layout, QPointF(0, top), _INK)
