"""A slip that rises from the slot of a printer, painted."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

SLOT_PX: Final = 76
MARGIN_PX: Final = 28
_SLOT_HEIGHT_PX: Final = 8
# Paper is wider than what the head reaches: 80 mm for 72 mm, 4 mm on each side.
_EDGE_SHARE: Final = 4 / 72
_SHADE_PX: Final = 60
_DESK, _BODY, _SLOT, _EDGE = (QColor(name) for name in ("#3c4454", "#1c212b", "#05070a", "#c9c4b4"))
_PAPER: Final = QColor("#fbfaf5")


@dataclass(frozen=True, slots=True)
class RisingSlip:
    """What is in sight.

    Attributes:
        picture: of the slip, as far as it is printed.
        risen_dots: rows of it that are out; the first row came out first.
        scrolled_px: how far somebody pulled it back down to read its beginning.
    """

    picture: QImage
    risen_dots: float
    scrolled_px: int = 0


def paint_printer(painter: QPainter, area: QRect, slip: RisingSlip | None) -> None:
    """Paint the desk, the slip and the printer's front edge with its slot."""
    painter.fillRect(area, _DESK)
    slot_y = area.height() - SLOT_PX
    if slip is not None and slip.risen_dots > 0:
        _paint_slip(painter, area.width(), slot_y, slip)
    painter.fillRect(0, slot_y, area.width(), SLOT_PX, _BODY)
    painter.fillRect(MARGIN_PX // 2, slot_y, area.width() - MARGIN_PX, _SLOT_HEIGHT_PX, _SLOT)


def hidden_px(area: QRect, slip: RisingSlip) -> float:
    """Return how much of the slip has left the window at its top."""
    risen_px = slip.risen_dots * _scale(area.width(), slip)
    return max(0.0, risen_px - (area.height() - SLOT_PX) + MARGIN_PX)


def _scale(width: int, slip: RisingSlip) -> float:
    """Return pixels in one dot, when the paper takes the whole width but the margins."""
    return (width - 2 * MARGIN_PX) / (slip.picture.width() * (1 + 2 * _EDGE_SHARE))


def _paint_slip(painter: QPainter, width: int, slot_y: int, slip: RisingSlip) -> None:
    picture = slip.picture
    scale = _scale(width, slip)
    risen_px = slip.risen_dots * scale
    paper = QRectF(MARGIN_PX, slot_y - risen_px + slip.scrolled_px, width - 2 * MARGIN_PX, risen_px)
    edge_px = picture.width() * _EDGE_SHARE * scale
    painter.setClipRect(0, 0, width, slot_y)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillRect(paper, _PAPER)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    printed = paper.adjusted(edge_px, 0, -edge_px, 0)
    painter.drawImage(printed, picture, QRectF(0, 0, picture.width(), slip.risen_dots))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    shade = QLinearGradient(0, slot_y - _SHADE_PX, 0, slot_y)
    shade.setColorAt(0, Qt.GlobalColor.transparent)
    shade.setColorAt(1, QColor(0, 0, 0, 70))
    painter.fillRect(QRectF(paper.left(), slot_y - _SHADE_PX, paper.width(), _SHADE_PX) & paper, shade)
    painter.setPen(_EDGE)
    painter.drawRect(paper)
    painter.setClipping(False)
