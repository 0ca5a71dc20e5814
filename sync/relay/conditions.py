"""How the kiosks behind a hub are, told to the centre above; entries go first.

The kiosks of a hall tell every few seconds. Above, once a minute and each change is enough, and without what only the
staff of the site look at.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
import structlog

from kiosk.errors import CentreRefusedError
from kiosk.log_events import LogEvent
from sync.central.reading import reading
from sync.central.tables import conditions
from sync.client.condition import TOLD_EVERY_S as ABOVE_TOLD_EVERY_S
from sync.client.condition import has_changed
from sync.protocol.conditions import Condition

TOLD_EVERY_S: Final = 15.0


@dataclass(frozen=True, slots=True)
class _Told:
    """What was told last of a machine.

    Attributes:
        heard_at: when the hub heard it.
        at_s: when it was told.
        condition: what.
    """

    heard_at: str
    at_s: float
    condition: Condition

    def is_enough(self, heard_at: str, condition: Condition, now_s: float) -> bool:
        """Whether nothing new is to be told."""
        is_young = now_s - self.at_s + TOLD_EVERY_S <= ABOVE_TOLD_EVERY_S
        return self.heard_at == heard_at or (is_young and not has_changed(self.condition, condition))


class PassOnConditions:
    """Sends the newest word of each kiosk that said something new."""

    def __init__(
        self,
        engine: sa.Engine,
        teller_of: Callable[[str], Callable[[Condition], object]],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take what it works with.

        Args:
            engine: of the hub.
            teller_of: returns what sends the condition of a machine.
            clock: monotonic, seconds.
        """
        self._engine = engine
        self._teller_of = teller_of
        self._clock = clock
        self._told: dict[str, _Told] = {}  # after a start all is told again
        self._next_s = clock()

    def __call__(self) -> None:
        """Send what is new, now and then; a refusal waits for the next time.

        Raises:
            CentreUnreachableError: nobody answers.
        """
        if self._clock() < self._next_s:
            return
        self._next_s = self._clock() + TOLD_EVERY_S
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(conditions)).all()
        for row in rows:
            condition = Condition.model_validate_json(row.document).model_copy(update={"facts": None})
            told, now_s = self._told.get(row.origin), self._clock()
            if told is not None and told.is_enough(row.received_at, condition, now_s):
                continue
            try:
                self._teller_of(row.origin)(condition)
            except CentreRefusedError as error:
                structlog.get_logger().info(LogEvent.CONDITION_NOT_TOLD, origin=row.origin, error=type(error).__name__)
            else:
                self._told[row.origin] = _Told(row.received_at, now_s, condition)
