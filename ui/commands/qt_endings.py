"""Ending a Qt program in order when the system asks: SIGINT and SIGTERM become ``quit``."""

import signal
import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

_LOOK_EVERY_MS = 200


def quit_on_signals(application: QApplication) -> QTimer:
    """Let SIGINT and SIGTERM end the event loop.

    Python runs a signal's handler only between two of its own instructions, and Qt's loop has none while nothing
    happens: the returned timer, kept by the caller, gives it some.
    """
    ending = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: ending.set())
    timer = QTimer(application)
    # Asked here and not in the handler: Qt forgets a "quit" that comes before its loop runs.
    timer.timeout.connect(lambda: application.quit() if ending.is_set() else None)
    timer.start(_LOOK_EVERY_MS)
    return timer
