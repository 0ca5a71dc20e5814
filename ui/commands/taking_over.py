"""What was decided for the machine since its programs began is taken over between two people, without a restart."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import structlog
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.errors import BorneError
from kiosk.log_events import LogEvent
from ui.commands.logs import configure_logs
from ui.commands.qt_endings import quit_on_signals
from ui.commands.settings_lookup import Found
from ui.composition import gui_application
from ui.composition.received_files import ConfigurationWatch

_LOOK_EVERY_MS: Final = 500
# How the event loop ends when the program is to begin anew; no process ends with it.
_ANEW: Final = -75


def run_and_take_over(look: Callable[[], Found], run: Callable[[QApplication, Found], int]) -> int:
    """Run a program with screens until it is told to end; return the exit code.

    Args:
        look: reads the settings.
        run: shows the screens and returns what the event loop ended with; :class:`EndWhenDecided` ends it.
    """
    found = look()
    configure_logs(found.settings.log_level)
    application = gui_application(on_screen=True)
    ticking = quit_on_signals(application)
    while (code := run(application, found)) == _ANEW:
        found = _looked_again(look, found)
    ticking.stop()
    return code


class EndWhenDecided:
    """Ends the event loop as soon as something else was decided and nobody is at the screen.

    What may wait for a slow line is ended before, on a thread, while the screen still serves whoever comes.
    """

    def __init__(
        self,
        application: QApplication,
        found: Found,
        is_nobody_here: Callable[[], bool],
        wind_down: Callable[[], object] = lambda: None,
    ) -> None:
        """Look from now on.

        Args:
            application: whose loop ends.
            found: with which it began.
            is_nobody_here: asked on the main thread.
            wind_down: ends what may take long; called once.
        """
        self._application, self._found, self._is_nobody_here = application, found, is_nobody_here
        self._winding = threading.Thread(target=wind_down, name="wind-down", daemon=True)
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_EVERY_MS)

    def stop(self) -> None:
        """Look no more, and wait for what was being ended."""
        self._timer.stop()
        if self._winding.ident is not None:
            self._winding.join()

    def _look(self) -> None:
        if not self._found.decided.has_changed() or not self._is_nobody_here():
            return
        if self._winding.ident is None:
            self._winding.start()
        elif not self._winding.is_alive():
            self._timer.stop()
            structlog.get_logger().info(LogEvent.CONFIGURATION_TAKEN_OVER)
            self._application.exit(_ANEW)


def destroy(window: QWidget) -> None:
    """Leave nothing of a window that was closed: what it hung on the application would hear the keys of the next."""
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def _looked_again(look: Callable[[], Found], before: Found) -> Found:
    """Read the settings anew; a file that somebody is in the middle of changing leaves the program as it was."""
    try:
        return look()
    except BorneError as error:
        structlog.get_logger().error(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__)
        return replace(before, decided=ConfigurationWatch(before.data_dir))
