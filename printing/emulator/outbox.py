"""What the printer says, on its way to the computer: late, lost, or mixed with what nobody asked for."""

from collections import deque
from collections.abc import Callable
from typing import Final

from printing.emulator.faults import Faults
from printing.emulator.status_bytes import Paper, PrinterState, automatic_status

_GARBAGE: Final = bytes((0xFF, 0x37, 0x00, 0x12, 0x10))


class Outbox:
    """Answers in order, each with the time at which it leaves.

    Args:
        faults: what happens to them.
        clock: monotonic seconds.
    """

    def __init__(self, faults: Faults, clock: Callable[[], float]) -> None:
        self._faults = faults
        self._clock = clock
        self._waiting: deque[tuple[float, bytes]] = deque()
        self._state = PrinterState()
        self._former = PrinterState(paper=Paper.OUT)

    def note_state(self, state: PrinterState) -> None:
        """Learn what the sensors see now; what they saw before is what a stale status tells."""
        if state != self._state:
            self._former, self._state = self._state, state

    def say(self, answer: bytes) -> None:
        """Send an answer, with whatever the faults send before it."""
        faults = self._faults
        if faults.silent or not answer:
            return
        if faults.lost_answers:
            faults.lost_answers -= 1
            return
        before = automatic_status(self._state) * faults.status_burst
        if faults.stale_status:
            before = automatic_status(self._former) + before
        faults.status_burst, faults.stale_status = 0, False
        if faults.garbage:
            before += _GARBAGE
        self._waiting.append((self._clock() + faults.answer_delay_ms / 1000, before + answer))

    def take(self) -> bytes:
        """Return and forget what leaves by now."""
        now = self._clock()
        taken = bytearray()
        while self._waiting and self._waiting[0][0] <= now:
            taken += self._waiting.popleft()[1]
        return bytes(taken)

    def clear(self) -> None:
        """Nobody listens any more."""
        self._waiting.clear()
