"""The paper of an imitated printer while it prints: row by row, at the speed of paper or of a slow line."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from printing.emulator import EmulatedPrinter
from ui.commands.demo_parts.paper_flow import PaperFlow
from ui.commands.demo_parts.slip_painting import RisingSlip, hidden_px, paint_printer

_FRAME_MS: Final = 16
_BLACK_ON_WHITE: Final = [QColor("white").rgb(), QColor("black").rgb()]


class LivePaper(QWidget):
    """Shows what comes out of one printer; rests while nothing does."""

    news = Signal()

    def __init__(self, printer: EmulatedPrinter) -> None:
        super().__init__()
        self.setObjectName("live-paper")
        self.setAccessibleName("Papier de l'imprimante")
        self.setMinimumSize(280, 320)
        self._printer = printer
        self._flow = PaperFlow(printer.dots_per_inch / 25.4)
        self._heights: list[int] = []
        self._current = b""
        self._picture: tuple[int, int, QImage] | None = None
        self._scrolled_px = 0
        self._since = QElapsedTimer()
        self._frames = QTimer(self)
        self._frames.timeout.connect(self._rise)
        # The printer tells on the line's thread; the signal carries it over to this one.
        self.news.connect(self._wake)
        self._tell = self.news.emit
        printer.observers.append(self._tell)

    @property
    def is_still(self) -> bool:
        """Whether everything that was printed is in sight or was."""
        self._follow()
        return self._flow.is_still

    @property
    def risen_mm(self) -> int:
        """How much of the slip in sight is out."""
        return round(self._flow.risen_dots / self._flow.dots_per_mm)

    def stop(self) -> None:
        """Listen to the printer no longer."""
        self._frames.stop()
        if self._tell in self._printer.observers:
            self._printer.observers.remove(self._tell)

    def _wake(self) -> None:
        if not self._frames.isActive():
            self._since.start()
            self._frames.start(_FRAME_MS)

    def _follow(self) -> None:
        fallen, self._current = self._printer.paper_after(len(self._heights))
        self._heights += [slip.rows for slip in fallen]
        self._flow.follow(self._heights, len(self._current) * 8 // self._printer.width_dots)

    def _rise(self) -> None:
        self._follow()
        before = self._flow.sheet
        self._flow.advance(self._since.restart() / 1000)
        if self._flow.sheet != before:
            self._scrolled_px = 0
        if self._flow.is_still:
            self._frames.stop()
        self.update()

    def _image(self) -> QImage | None:
        """Return the slip in sight as far as it is printed; made anew only when there is more of it."""
        flow = self._flow
        if flow.height == 0:
            return None
        if self._picture is None or self._picture[:2] != (flow.sheet, flow.height):
            self._picture = flow.sheet, flow.height, self._made()
        return self._picture[2]

    def _made(self) -> QImage:
        if self._flow.is_cut:
            return QImage(str(self._printer.slips()[self._flow.sheet].picture))
        width = self._printer.width_dots
        image = QImage(self._current, width, self._flow.height, width // 8, QImage.Format.Format_Mono)
        image.setColorTable(_BLACK_ON_WHITE)
        return image.copy()  # the bytes are not Qt's to keep

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scrolled_px = max(0, self._scrolled_px - event.angleDelta().y() // 2)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # the signature is Qt's
        painter = QPainter(self)
        image = self._image()
        slip = RisingSlip(image, self._flow.risen_dots) if image is not None else None
        if slip is not None:
            self._scrolled_px = min(self._scrolled_px, round(hidden_px(self.rect(), slip)))
            slip = RisingSlip(slip.picture, slip.risen_dots, self._scrolled_px)
        paint_printer(painter, self.rect(), slip)
        painter.end()
