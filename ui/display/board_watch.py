"""Looks at the hall twice a second from a thread of its own and tells what it sees. No Qt here."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

from kiosk.domain.moment import ClockReading
from kiosk.errors import BorneError
from kiosk.log_events import LogEvent
from kiosk.ports.call_board import CallBoard, CallView
from kiosk.ports.clock import Clock

LOOK_EVERY_S: Final = 0.5  # a call is on the screen within a second


@dataclass(frozen=True, slots=True)
class BoardNews:
    """What the display shows, complete.

    Attributes:
        board: the hall as it was read.
        read_at: when.
    """

    board: CallBoard
    read_at: ClockReading


class BoardWatch(threading.Thread):
    """Tells each reading that succeeded; one that fails is no news, and the screen ages by itself.

    The listener is called on this thread. :meth:`stop` ends the thread and waits for it.
    """

    def __init__(
        self,
        view: CallView,
        clock: Clock,
        listener: Callable[[BoardNews], None],
        *,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        super().__init__(name="board-watch", daemon=True)
        self._view, self._clock, self._listener = view, clock, listener
        self._look_every_s = look_every_s
        self._ending = threading.Event()
        self._trouble = ""

    def run(self) -> None:
        """Look, tell, wait, until stopped."""
        while not self._ending.is_set():
            news = self.look()
            if news is not None:
                self._listener(news)
            self._ending.wait(self._look_every_s)

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._ending.set()
        if self.is_alive():
            self.join()

    def look(self) -> BoardNews | None:
        """Return the hall as it is now, None when it cannot be read; logged once, until that changes."""
        read_at, trouble = self._clock.read(), ""
        try:
            return BoardNews(self._view.board(), read_at)
        except BorneError as error:
            trouble = type(error).__name__
            if trouble != self._trouble:
                structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, error=trouble, screen="display")
            return None
        finally:
            self._trouble = trouble
