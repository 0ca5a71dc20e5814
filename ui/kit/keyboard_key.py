"""A key of the on-screen keyboard, and the letters that it offers while it is held."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from ui.kit.theme import Theme

LONG_PRESS_MS: Final = 500
_OFFERED_IN_A_ROW: Final = 5
_MORE: Final = "…"


class Key(QPushButton):
    """One key; acts on release, a long press offers more letters.

    Attributes:
        letters: that a long press offers, as they are written.
    """

    held = Signal()

    def __init__(self, face: str, name: str, spoken: str) -> None:
        super().__init__(face.replace("&", "&&"))
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setProperty("role", "key")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.letters: tuple[str, ...] = ()
        self._long = QTimer(self, singleShot=True, interval=LONG_PRESS_MS)
        self._long.timeout.connect(self._hold)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to wait for a long press."""
        super().mousePressEvent(event)
        if self.letters:
            self._long.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Act, unless the long press already did."""
        self._long.stop()
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show that there is more where a long press offers it."""
        super().paintEvent(event)
        if self.letters:
            painter = QPainter(self)
            font = self.font()
            font.setPixelSize(max(1, self.height() // 4))
            painter.setFont(font)
            rim = self.height() // 12
            place = QRect(0, 0, self.width() - rim, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, _MORE)
            painter.end()

    def _hold(self) -> None:
        self.setDown(False)  # the release that follows is no tap
        self.held.emit()


class OfferedLetters(QFrame):
    """The letters of a long press, above their key."""

    def __init__(self, theme: Theme, key: Key, offered: Sequence[Key]) -> None:
        """Show them.

        Args:
            theme: sizes.
            key: that was held.
            offered: a key for each letter.
        """
        window = key.window()
        super().__init__(window)
        self.setProperty("role", "panel")
        self.keys = list(offered)
        grid = QGridLayout(self)
        grid.setSpacing(theme.steps(1))
        for rank, each in enumerate(offered):
            grid.setColumnMinimumWidth(rank % _OFFERED_IN_A_ROW, theme.steps(11))
            grid.addWidget(each, rank // _OFFERED_IN_A_ROW, rank % _OFFERED_IN_A_ROW)
        self.adjustSize()
        self.move(self._place(window, key, theme.steps(1)))
        self.show()
        self.raise_()

    def _place(self, window: QWidget, key: Key, gap: int) -> QPoint:
        above = key.mapTo(window, QPoint(0, -self.height() - gap))
        left = max(0, min(above.x(), window.width() - self.width()))
        return QPoint(left, max(0, above.y()))
