"""The screen at rest: dark, with a greeting that wanders, so that nothing is burnt into the panel overnight."""

import math
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

_STEP_RAD: Final = 0.35  # a tenth of the way for each language
_WIDTH: Final = 0.7  # of the window, for the longest language


class RestScreen(QFrame):
    """Lies over everything while it is shown; the first touch or key takes it away and does nothing else."""

    woken = Signal()

    def __init__(self, window: QWidget, *, lets_keys_through: bool) -> None:
        """Make it, hidden.

        Args:
            window: what it covers.
            lets_keys_through: whether the key that wakes it goes on: where there is a voice, the first key wakes that
                as well, and presses nothing.
        """
        super().__init__(window)
        self.setObjectName("rest")
        self.setProperty("role", "rest")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._window, self._lets_keys_through = window, lets_keys_through
        self._words = QWidget(self)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self._words)
        self._title, self._line = _label("rest_title"), _label("rest_line")
        column.addWidget(self._title)
        column.addWidget(self._line)
        self._steps = 0
        self.hide()

    def begin(self) -> None:
        """Cover the window."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def end(self) -> None:
        """Uncover it."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.hide()

    def show_words(self, title: str, line: str, direction: Qt.LayoutDirection) -> None:
        """Show words in one language, a little further on their way."""
        self.setGeometry(self._window.rect())
        self._words.setLayoutDirection(direction)
        self._title.setText(title)
        self._line.setText(line)
        self._line.setVisible(bool(line))
        self._words.setFixedWidth(round(self.width() * _WIDTH))
        layout = self._words.layout()
        self._words.setFixedHeight(layout.totalHeightForWidth(self._words.width()) if layout is not None else 0)
        self._steps += 1
        angle = self._steps * _STEP_RAD
        room_x, room_y = self.width() - self._words.width(), self.height() - self._words.height()
        self._words.move(_between(room_x, math.sin(angle)), _between(room_y, math.sin(1.7 * angle + 1)))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Wake at a key, and keep it from whatever lies below."""
        if event.type() is not QEvent.Type.KeyPress:
            return False
        self._wake()
        return not self._lets_keys_through

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the touch; its release comes here too."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Wake when the finger has left, so that no button below can meet it."""
        event.accept()
        self._wake()

    def _wake(self) -> None:
        self.end()
        self.woken.emit()


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


def _between(room: int, way: float) -> int:
    return max(0, round(room * (1 + way) / 2))
