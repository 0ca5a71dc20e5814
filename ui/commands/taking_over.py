"""What was decided for the machine since its programs began is taken over between two people, without a restart."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import structlog
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kiosk.errors import BorneError
from kiosk.log_events import LogEvent
from ui.commands.logs import configure_logs
from ui.commands.qt_endings import quit_on_signals
from ui.commands.settings_lookup import Found
from ui.composition import gui_application
from ui.composition.received_files import ConfigurationWatch

_LOOK_EVERY_MS: Final = 1000
# How the event loop ends when the program is to begin anew; no process ends with it.
_ANEW: Final = -75


def run_and_take_over(look: Callable[[], Found], run: Callable[[QApplication, Found], int]) -> int:
    """Run a program with screens until it is told to end; return the exit code.

    Args:
        look: reads the settings.
        run: shows the screens and returns what the event loop ended with; :func:`end_when_decided` ends it.
    """
    found = look()
    configure_logs(found.settings.log_level)
    application = gui_application(on_screen=True)
    ticking = quit_on_signals(application)
    while (code := run(application, found)) == _ANEW:
        found = _looked_again(look, found)
    ticking.stop()
    return code


def end_when_decided(application: QApplication, found: Found, is_nobody_here: Callable[[], bool]) -> QTimer:
    """End the event loop as soon as something else was decided and nobody is at the screen; the caller keeps it."""
    timer = QTimer()

    def look() -> None:
        if found.decided.has_changed() and is_nobody_here():
            timer.stop()
            structlog.get_logger().info(LogEvent.CONFIGURATION_TAKEN_OVER)
            application.exit(_ANEW)

    timer.timeout.connect(look)
    timer.start(_LOOK_EVERY_MS)
    return timer


def _looked_again(look: Callable[[], Found], before: Found) -> Found:
    """Read the settings anew; a file that somebody is in the middle of changing leaves the program as it was."""
    try:
        return look()
    except BorneError as error:
        structlog.get_logger().error(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__)
        return replace(before, decided=ConfigurationWatch(before.data_dir))
