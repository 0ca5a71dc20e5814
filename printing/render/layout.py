"""Blocks to places on the paper: the one layout behind picture, PDF and bytes."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter

from printing.document.blocks import (
    Align,
    Banner,
    Block,
    Code,
    Cut,
    Document,
    Item,
    KeyValue,
    Rule,
    Size,
    Space,
    Speech,
    Text,
    Title,
    Weight,
)
from printing.render.outlines import draw_text
from printing.render.paper import Paper
from printing.render.paragraph import Paragraph, Run, lay_out, lay_out_one_line
from printing.render.qr import fitting_module, qr_image, qr_matrix

_RULE_MM = 0.25
_HEAVY_RULE_MM = 0.75
_RULE_MARGIN_MM = 1.6
_FRAME_MM = 0.5
_FRAME_PADDING_MM = 1.2
_PARAGRAPH_GAP_MM = 0.4
_BULLET_INDENT_EM = 0.8

Draw = Callable[[QPainter, QColor], None]


@dataclass(frozen=True, slots=True)
class Layout:
    """A ticket placed on paper.

    Attributes:
        paper: what it was laid out for.
        height: of the whole slip, in dots.
        strokes: what to draw, from top to bottom.
    """

    paper: Paper
    height: int
    strokes: tuple[Draw, ...]

    def draw(self, painter: QPainter, ink: QColor) -> None:
        """Draw everything in one colour; the ground is the caller's."""
        painter.setPen(ink)
        for stroke in self.strokes:
            stroke(painter, ink)


def lay_out_document(document: Document, paper: Paper) -> Layout:
    """Place every block under the one before it."""
    strokes: list[Draw] = []
    top = 0
    for block in document.blocks:
        height, stroke = place_block(block, paper, top)
        if stroke is not None:
            strokes.append(stroke)
        top += height
    return Layout(paper, top, tuple(strokes))


def place_block(block: Block, paper: Paper, top: int) -> tuple[int, Draw | None]:
    """Return the room that a block takes and how to draw it there."""
    match block:
        case Space() | Cut():
            return paper.dots(block.height_mm) if isinstance(block, Space) else 0, None
        case Rule(is_heavy):
            return _rule(paper, top, is_heavy=is_heavy)
        case Banner(text, speech):
            return _banner(text, speech, paper, top)
        case Code(text):
            return _code(text, paper, top)
        case Item(text, speech):
            return _item(text, speech, paper, top)
        case Title() | Text() | KeyValue():
            paragraph = _paragraph(block, paper)
            return paragraph.height + paper.dots(_PARAGRAPH_GAP_MM), _text_at(paragraph, 0, top)


def _paragraph(block: Title | Text | KeyValue, paper: Paper) -> Paragraph:
    match block:
        case Title(text, speech):
            return lay_out([Run(text, bold=True)], speech, paper.em(Size.TITLE), Align.CENTRE, paper.width_dots)
        case KeyValue(key, value, speech, is_plain):
            colon = " : " if speech.language.startswith("fr") else ": "
            runs = [Run(key + colon), Run(value, bold=not is_plain)]
            return lay_out(runs, speech, paper.em(Size.BODY), Align.START, paper.width_dots)
        case Text(text, size, weight, align, speech, one_line):
            bold, em = weight is Weight.BOLD, paper.em(size)
            if one_line:
                return lay_out_one_line(text, speech, em, paper.width_dots, bold=bold)
            return lay_out([Run(text, bold=bold)], speech, em, align, paper.width_dots)


def _text_at(paragraph: Paragraph, left: int, top: int) -> Draw:
    def draw(painter: QPainter, ink: QColor) -> None:
        draw_text(painter, paragraph.layout, QPointF(left, top), ink)

    return draw


def _item(text: str, speech: Speech, paper: Paper, top: int) -> tuple[int, Draw]:
    em = paper.em(Size.BODY)
    indent = round(_BULLET_INDENT_EM * em)
    paragraph = lay_out([Run(text)], speech, em, Align.START, paper.width_dots - indent)
    side = max(3, round(em * 0.2))
    write = _text_at(paragraph, indent, top)

    def draw(painter: QPainter, ink: QColor) -> None:
        painter.fillRect(QRect(0, top + round(0.64 * em) - side // 2, side, side), ink)
        write(painter, ink)

    return paragraph.height + paper.dots(_PARAGRAPH_GAP_MM), draw


def _rule(paper: Paper, top: int, *, is_heavy: bool) -> tuple[int, Draw]:
    margin = paper.dots(_RULE_MARGIN_MM)
    thickness = max(1, paper.dots(_HEAVY_RULE_MM if is_heavy else _RULE_MM))

    def draw(painter: QPainter, ink: QColor) -> None:
        painter.fillRect(QRect(0, top + margin, paper.width_dots, thickness), ink)

    return thickness + 2 * margin, draw


def _banner(text: str, speech: Speech, paper: Paper, top: int) -> tuple[int, Draw]:
    frame, padding = paper.dots(_FRAME_MM), paper.dots(_FRAME_PADDING_MM)
    paragraph = lay_out([Run(text, bold=True)], speech, paper.em(Size.TITLE), Align.CENTRE, paper.width_dots)
    height = paragraph.height + 2 * (frame + padding)
    write = _text_at(paragraph, 0, top + frame + padding)

    def draw(painter: QPainter, ink: QColor) -> None:
        width = paper.width_dots
        for edge in (
            QRect(0, top, width, frame),
            QRect(0, top + height - frame, width, frame),
            QRect(0, top, frame, height),
            QRect(width - frame, top, frame, height),
        ):
            painter.fillRect(edge, ink)
        write(painter, ink)

    return height + paper.dots(_RULE_MARGIN_MM), draw


def _code(text: str, paper: Paper, top: int) -> tuple[int, Draw]:
    matrix = qr_matrix(text)
    module = fitting_module(matrix.side, paper.width_dots, paper.module_dots)
    side = module * matrix.side
    # On an even dot, so that the bytes can be halved in both directions.
    left = (paper.width_dots - side) // 2 & ~1
    image = qr_image(matrix)

    def draw(painter: QPainter, ink: QColor) -> None:
        image.setColor(0, QColor(0, 0, 0, 0).rgba())
        image.setColor(1, ink.rgba())
        painter.drawImage(QRect(left, top, side, side), image)

    return side, draw
