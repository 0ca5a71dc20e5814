"""A reader that types what it reads, as a keyboard: its bursts are told from fingers by their speed, and taken out.

A key waits a moment before it reaches the screen: if more keys follow faster than fingers, they are a scan and never
reach a field. What a person types comes through a twentieth of a second later, which nobody notices.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

BURST_MS: Final = 50  # readers send a key every 1 to 20 ms, the fastest typists every 70
SHORTEST_SCAN: Final = 12  # keys; a hand that falls on the keyboard gives fewer
_LINE_ENDS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class WedgeScanner(QObject):
    """Watches all keys of the program."""

    scanned = Signal(str)

    def __init__(self, parent: QObject, takes: Callable[[str], bool] | None = None) -> None:
        """Watch from now on.

        Args:
            parent: ends it.
            takes: does something with a scan, or says that it is for whatever field has the keyboard; without it no
                scan ever reaches a field, and ``scanned`` carries each.
        """
        super().__init__(parent)
        self._takes = takes
        self._held: list[tuple[QObject, QKeyEvent]] = []
        self._is_replaying = False
        self._pause = QTimer(self, singleShot=True, interval=BURST_MS)
        self._pause.timeout.connect(self._settle)
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold every key that writes, until it is known who typed it."""
        if self._is_replaying or event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        ends_line = Qt.Key(event.key()) in _LINE_ENDS and bool(self._held)
        if not watched.isWidgetType() or not (ends_line or (event.text().isprintable() and event.text())):
            return False
        self._held.append((watched, event.clone()))
        self._pause.start()
        return True

    def _settle(self) -> None:
        held, self._held = self._held, []
        text = "".join("\n" if Qt.Key(key.key()) in _LINE_ENDS else key.text() for _, key in held)
        if len(text) >= SHORTEST_SCAN and self._is_taken(text.strip()):
            return
        self._is_replaying = True
        try:
            for watched, key in held:
                QCoreApplication.sendEvent(watched, key)
        finally:
            self._is_replaying = False

    def _is_taken(self, text: str) -> bool:
        if self._takes is not None:
            return self._takes(text)
        self.scanned.emit(text)
        return True
