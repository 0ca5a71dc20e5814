"""A page melts into the next one in a tenth of a second; the next one is already there and takes every touch."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

_FRAME_MS: Final = 16
_TOO_SLOW_MS: Final = 50  # three frames were lost: this machine has better things to do
_LONG_MS: Final = 12  # a page that took so long to make is not held back any longer


class PageFade(QWidget):
    """Lies over a window and shows the old page less and less; a touch goes through it, keys never come to it."""

    def __init__(self, window: QWidget, lasts_ms: int) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._window, self._lasts_ms = window, lasts_ms
        self._old, self._new = QPixmap(), QPixmap()
        self._since, self._since_frame = QElapsedTimer(), QElapsedTimer()
        self._next = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._next.timeout.connect(self._step)
        self.hide()

    def keep(self) -> None:
        """Remember how the window looks now."""
        self._since.start()
        self._old = self._window.grab()

    def forget(self) -> None:
        """Leave no picture of any page."""
        self._next.stop()
        self.hide()
        self._old, self._new = QPixmap(), QPixmap()

    def begin(self) -> None:
        """Melt what was kept into how the window looks now, unless that took its time."""
        is_other_size = self._old.size() != self._window.size() * self._window.devicePixelRatio()
        if self._old.isNull() or is_other_size or self._since.elapsed() > _LONG_MS:
            self.forget()
            return
        self._new = self._window.grab()
        self.setGeometry(self._window.rect())
        self._since.start()
        self._since_frame.start()
        self._next.start()
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the new page and, over it, what is left of the old one."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._new)
        painter.setOpacity(max(0.0, 1 - self._since.elapsed() / self._lasts_ms))
        painter.drawPixmap(0, 0, self._old)
        painter.end()

    def _step(self) -> None:
        if self._since.elapsed() >= self._lasts_ms or self._since_frame.restart() > _TOO_SLOW_MS:
            self.forget()
        else:
            self.update()
