"""The paper of the imitated printer, coming out of its slot as fast as a real one prints."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.commands.demo_parts.paper_flow import PAPER_SPEED_MM_PER_S
from ui.commands.demo_parts.slip_painting import RisingSlip, hidden_px, paint_printer

_LOOK_EVERY_MS: Final = 200
_FRAME_MS: Final = 16


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
        self._slip: QImage | None = None
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
        slip = QImage(str(path))
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
        slip = RisingSlip(self._slip, self._risen_dots) if self._slip is not None else None
        if slip is not None and self.is_still and self._scrolled_px:
            scrolled = min(self._scrolled_px, round(hidden_px(self.rect(), slip)))
            slip = RisingSlip(slip.picture, slip.risen_dots, scrolled)
        paint_printer(painter, self.rect(), slip)
        painter.end()
