"""How the kiosks behind a hub are, told to the centre above as they told it here; entries go first."""

import time
from collections.abc import Callable
from typing import Final

import sqlalchemy as sa
import structlog

from kiosk.errors import CentreRefusedError
from kiosk.log_events import LogEvent
from sync.central.reading import reading
from sync.central.tables import conditions
from sync.protocol.messages import Condition

TOLD_EVERY_S: Final = 15.0


class PassOnConditions:
    """Sends the newest word of each kiosk that said something new."""

    def __init__(
        self,
        engine: sa.Engine,
        teller_of: Callable[[str], Callable[[Condition], None]],
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
        self._told: dict[str, str] = {}  # when the hub heard what was told last; after a start all is told again
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
            if self._told.get(row.origin) == row.received_at:
                continue
            try:
                self._teller_of(row.origin)(Condition.model_validate_json(row.document))
            except CentreRefusedError as error:
                structlog.get_logger().info(LogEvent.CONDITION_NOT_TOLD, origin=row.origin, error=type(error).__name__)
            else:
                self._told[row.origin] = row.received_at
