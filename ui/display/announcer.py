"""Says calls one after the other from a thread of its own. No Qt here."""

import threading
from collections.abc import Sequence

from kiosk.ports.call_board import HallCall
from kiosk.ports.clock import Clock
from kiosk.ports.speech import Loudspeaker
from ui.display.call_queue import CallQueue
from ui.display.sentences import spoken


class Announcer(threading.Thread):
    """A chime, the number in French, the number in the language of who is called; then the next call.

    :meth:`close` ends the thread and what is being said, and waits for it.
    """

    def __init__(self, loudspeaker: Loudspeaker, clock: Clock) -> None:
        super().__init__(name="announcer", daemon=True)
        self._loudspeaker, self._clock = loudspeaker, clock
        self._queue = CallQueue()
        self._news = threading.Condition()
        self._is_closed = False

    def see(self, calls: Sequence[HallCall]) -> None:
        """Take what stands on the board; called from any thread."""
        with self._news:
            self._queue.see(calls, self._clock.read().utc)
            self._news.notify()

    def close(self) -> None:
        """End the thread."""
        with self._news:
            self._is_closed = True
            self._news.notify()
        self._loudspeaker.stop()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        """Say one call after the other, until closed."""
        while not self._is_closed:
            with self._news:
                self._news.wait_for(lambda: self._queue or self._is_closed)
                call = self._queue.next(self._clock.read().utc)
            if call is not None:
                self._announce(call)

    def _announce(self, call: HallCall) -> None:
        self._loudspeaker.chime()
        for text, voice in spoken(call):
            if not self._is_closed:
                self._loudspeaker.say(text, voice)
