"""Looks at the hall twice a second from a thread of its own and tells what it sees. No Qt here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

from kiosk.domain.moment import ClockReading
from kiosk.errors import BorneError
from kiosk.log_events import LogEvent
from kiosk.ports.call_board import CallBoard, CallView
from kiosk.ports.clock import Clock
from kiosk.services.looking_thread import LookingThread

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


class BoardWatch(LookingThread):
    """Tells each reading that succeeded; one that fails is no news, and the screen ages by itself.

    The listener is called on this thread.
    """

    def __init__(
        self,
        view: CallView,
        clock: Clock,
        listener: Callable[[BoardNews], None],
        *,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        super().__init__("board-watch", look_every_s)
        self._view, self._clock, self._listener = view, clock, listener
        self._trouble = ""

    def look(self) -> None:
        """Read the hall, and tell it."""
        news = self.read()
        if news is not None:
            self._listener(news)

    def read(self) -> BoardNews | None:
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
