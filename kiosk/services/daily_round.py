"""What a kiosk does once a day while nobody waits: closes the days before, erases what is due, empties the log."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from kiosk.errors import BorneError
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.services.looking_thread import LookingThread

# In legal time; the hall is closed, and no civil day begins or ends then.
_HOUR: Final = timedelta(hours=3)


class DailyRound(LookingThread):
    """Runs its tasks at the start and then in each night. :meth:`stop` ends it after the running task."""

    def __init__(
        self, clock: Clock, zone: str, tasks: Mapping[str, Callable[[], object]], *, look_every_s: float = 60.0
    ) -> None:
        """Prepare a round.

        Args:
            clock: of the machine.
            zone: legal time.
            tasks: by name, in their order.
            look_every_s: how often to look whether another night has come.
        """
        super().__init__("daily-round", look_every_s)
        self._clock, self._zone, self._tasks = clock, ZoneInfo(zone), dict(tasks)
        self._done: dict[str, date] = {}

    def look(self) -> None:
        """Do what was not done in this night yet; a task that fails is tried again at the next look."""
        night = (self._clock.read().utc.astimezone(self._zone) - _HOUR).date()
        for name, task in self._tasks.items():
            if self._is_ending or self._done.get(name) == night:
                continue
            try:
                task()
            except (BorneError, OSError) as error:
                structlog.get_logger().warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__, reason=name)
                continue
            self._done[name] = night
