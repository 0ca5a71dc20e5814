"""Which calls are still to be said: each once, in their order, and none that is too old to help. No Qt, no sound."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from kiosk.ports.call_board import HallCall

SAID_WITHIN: Final = timedelta(minutes=1)


class CallQueue:
    """Calls that wait to be said."""

    def __init__(self) -> None:
        self._waiting: list[HallCall] = []
        self._known: set[tuple[int, datetime]] = set()

    def __len__(self) -> int:
        return len(self._waiting)

    def see(self, calls: Sequence[HallCall], now: datetime) -> None:
        """Take what was called since, and drop what was taken back or called again.

        Args:
            calls: all that stand on the board.
            now: UTC.
        """
        standing = {_key(call) for call in calls}
        self._waiting = [call for call in self._waiting if _key(call) in standing]
        new = [call for call in calls if _is_of_use(call, now) and _key(call) not in self._known]
        self._waiting += sorted(new, key=lambda call: call.seq)
        # What is older is never said again: nothing is kept of it.
        self._known = {key for key in self._known | standing if now - key[1] <= SAID_WITHIN}

    def next(self, now: datetime) -> HallCall | None:
        """Return the call to say now, None when nothing is left that is of use."""
        while self._waiting:
            call = self._waiting.pop(0)
            if _is_of_use(call, now):
                return call
        return None


def _key(call: HallCall) -> tuple[int, datetime]:
    # A store that was restored from a copy counts its entries again from an earlier number.
    return call.seq, call.called_at


def _is_of_use(call: HallCall, now: datetime) -> bool:
    return now - call.called_at <= SAID_WITHIN
