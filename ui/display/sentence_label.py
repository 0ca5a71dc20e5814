"""The sentence at the bottom: wrapped between words, as large as its band allows, in any script."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

_SMALLEST_PX = 8


class SentenceLabel(QLabel):
    """Shows one sentence."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._wanted_px = _SMALLEST_PX

    def show_sentence(self, text: str) -> None:
        """Show a sentence; nothing happens when it is the same."""
        if text != self.text():
            self.setText(text)
            self._fit()

    def set_letters(self, wanted_px: int) -> None:
        """Want letters of a size."""
        self._wanted_px = wanted_px
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        font = QFont(self.font())
        font.setPixelSize(fitting_px(self.text(), font, self.contentsRect(), self._wanted_px))
        self.setFont(font)


def fitting_px(text: str, font: QFont, room: QRect, wanted_px: int) -> int:
    """Return the largest size up to a wanted one at which a text fits into a room, wrapped between words."""
    flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignCenter)
    for size in range(max(wanted_px, _SMALLEST_PX), _SMALLEST_PX, -1):
        font = QFont(font)
        font.setPixelSize(size)
        needed = QFontMetrics(font).boundingRect(room, flags, text)
        if needed.height() <= room.height() and needed.width() <= room.width():
            return size
    return _SMALLEST_PX
