"""The one door for slow work: it runs on a thread of its own, its answer arrives on the main thread.

A task touches no widget. Success and failure both arrive; an error that nobody expected is logged by its type and
handed on like any other failure, so that the screen can help the person.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

import structlog
from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.errors import BorneError
from kiosk.log_events import LogEvent

Result = TypeVar("Result")

_TASKS_AT_ONCE: Final = 4


class Background(QObject):
    """Runs a few tasks at once, so that nobody waits behind a slow printer; owned by a window, ended with it."""

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=_TASKS_AT_ONCE, thread_name_prefix="kiosk-work")
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self, task: Callable[[], Result], done: Callable[[Result], None], failed: Callable[[Exception], None]
    ) -> None:
        """Start a task.

        Args:
            task: slow, touches no widget.
            done: called on the main thread with the result.
            failed: called on the main thread with the error.
        """
        future: Future[Result] = self._pool.submit(task)

        def deliver() -> None:
            error = future.exception()
            if error is None:
                done(future.result())
            elif isinstance(error, Exception):
                failed(error)
            else:
                raise error

        future.add_done_callback(lambda _: self._ended.emit(deliver))

    def close(self) -> None:
        """Wait for the running tasks and take no new ones."""
        self._pool.shutdown(wait=True)

    @Slot(object)
    def _deliver(self, deliver: Callable[[], None]) -> None:
        deliver()


def log_unexpected(error: Exception, screen: str) -> None:
    """Log an error by its type alone: its text may quote what a person typed."""
    level = "warning" if isinstance(error, BorneError) else "error"
    getattr(structlog.get_logger(), level)(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__, screen=screen)
