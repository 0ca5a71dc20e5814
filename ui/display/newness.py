"""Which calls are shown as new: those that appeared a moment ago. No Qt here."""

from collections.abc import Sequence
from typing import Final

from kiosk.ports.call_board import HallCall

NEW_FOR_MS: Final = 10_000


class Newness:
    """Remembers when a call was first seen; those of the first board are nobody's news."""

    def __init__(self) -> None:
        self._first_seen: dict[int, int] | None = None

    def see(self, calls: Sequence[HallCall], at_ms: int) -> None:
        """Take what stands on the board.

        Args:
            calls: all of them.
            at_ms: monotonic clock.
        """
        before = self._first_seen
        if before is None:
            self._first_seen = {call.seq: at_ms - NEW_FOR_MS for call in calls}
        else:
            self._first_seen = {call.seq: before.get(call.seq, at_ms) for call in calls}

    def is_new(self, call: HallCall, now_ms: int) -> bool:
        """Whether a call appeared a moment ago."""
        seen = (self._first_seen or {}).get(call.seq)
        return seen is not None and now_ms - seen < NEW_FOR_MS
