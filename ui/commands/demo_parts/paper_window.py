"""The paper of the imitated printer, coming out of its slot as fast as a real one prints."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

PAPER_SPEED_MM_PER_S: Final = 150.0
_LOOK_EVERY_MS: Final = 200
_FRAME_MS: Final = 16
_SLOT_PX: Final = 76
_MARGIN_PX: Final = 28
_DESK, _BODY, _SLOT, _EDGE = (QColor(name) for name in ("#3c4454", "#1c212b", "#05070a", "#c9c4b4"))
_PAPER: Final = QColor("#fbfaf5")


class PaperWindow(QWidget):
    """Shows each new ``.png`` of a folder as a slip of paper that rises from the slot."""

    def __init__(self, slips_dir: Path, *, dots_per_inch: int) -> None:
        super().__init__()
        self.setObjectName("paper")
        self.setWindowTitle("Borne - imprimante")
        self.setAccessibleName("Papier de l'imprimante")
        self._slips_dir = slips_dir
        self._dots_per_mm = dots_per_inch / 25.4
        self._seen = set(slips_dir.glob("*.png"))
        self._waiting: list[Path] = []
        self._slip: QPixmap | None = None
        self._risen_dots = 0.0
        self._scrolled_px = 0
        self._since = QElapsedTimer()
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        self._looking.start(_LOOK_EVERY_MS)
        self._rising = QTimer(self)
        self._rising.timeout.connect(self._rise)
        self.resize(520, 960)

    @property
    def is_still(self) -> bool:
        """Whether the newest slip is out completely."""
        return self._slip is not None and not self._rising.isActive() and not self._waiting

    def _look(self) -> None:
        fresh = sorted(set(self._slips_dir.glob("*.png")) - self._seen)
        self._seen.update(fresh)
        self._waiting += fresh
        if self._waiting and not self._rising.isActive():
            self._begin(self._waiting.pop(0))

    def _begin(self, path: Path) -> None:
        slip = QPixmap(str(path))
        if slip.isNull():
            self._seen.discard(path)  # still being written: seen again at the next look
            return
        self._slip, self._risen_dots, self._scrolled_px = slip, 0.0, 0
        self._since.start()
        self._rising.start(_FRAME_MS)

    def _rise(self) -> None:
        if self._slip is None:
            return
        travelled = self._since.elapsed() / 1000 * PAPER_SPEED_MM_PER_S * self._dots_per_mm
        self._risen_dots = min(travelled, self._slip.height())
        if self._risen_dots >= self._slip.height():
            self._rising.stop()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scrolled_px = max(0, self._scrolled_px - event.angleDelta().y() // 2)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # the signature is Qt's
        painter = QPainter(self)
        painter.fillRect(self.rect(), _DESK)
        slot_y = self.height() - _SLOT_PX
        if self._slip is not None:
            self._paint_slip(painter, self._slip, slot_y)
        painter.fillRect(0, slot_y, self.width(), _SLOT_PX, _BODY)
        painter.fillRect(_MARGIN_PX // 2, slot_y, self.width() - _MARGIN_PX, 8, _SLOT)
        painter.end()

    def _paint_slip(self, painter: QPainter, slip: QPixmap, slot_y: int) -> None:
        """Draw what has risen: the top of the ticket comes out first."""
        scale = (self.width() - 2 * _MARGIN_PX) / slip.width()
        risen_px = self._risen_dots * scale
        overflow = max(0.0, risen_px - slot_y + _MARGIN_PX)
        top = slot_y - risen_px + (min(float(self._scrolled_px), overflow) if self.is_still else 0.0)
        visible = QRectF(_MARGIN_PX, top, slip.width() * scale, risen_px)
        painter.setClipRect(0, 0, self.width(), slot_y)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(visible, _PAPER)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.drawPixmap(visible, slip, QRectF(0, 0, slip.width(), self._risen_dots))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        shade = QLinearGradient(0, slot_y - 60, 0, slot_y)
        shade.setColorAt(0, Qt.GlobalColor.transparent)
        shade.setColorAt(1, QColor(0, 0, 0, 70))
        painter.fillRect(QRectF(visible.left(), slot_y - 60, visible.width(), 60).intersected(visible), shade)
        painter.setPen(_EDGE)
        painter.drawRect(visible)
        painter.setClipping(False)
