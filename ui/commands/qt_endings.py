"""Ending a Qt program in order when the system asks: SIGINT and SIGTERM become ``quit``."""

import signal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

_LOOK_EVERY_MS = 200


def quit_on_signals(application: QApplication) -> QTimer:
    """Let SIGINT and SIGTERM end the event loop.

    Python runs a signal's handler only between two of its own instructions, and Qt's loop has none while nothing
    happens: the returned timer, kept by the caller, gives it some.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: application.quit())
    timer = QTimer(application)
    timer.timeout.connect(lambda: None)
    timer.start(_LOOK_EVERY_MS)
    return timer
