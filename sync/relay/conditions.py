"""How a hub's kiosks are, told to the centre above as they told it."""

from typing import Protocol

import sqlalchemy as sa

from sync.central.context import CentreContext
from sync.central.reading import reading
from sync.central.tables import conditions, relay


class ToldUpstream(Protocol):
    """The centre above, as far as it listens."""

    def tell_condition(self, origin: str, document: bytes) -> None:
        """Say how a machine is."""
        ...


class PassConditions:
    """Tells the newest word of each kiosk once; a word that is lost is followed by another within a minute."""

    def __init__(self, centre: CentreContext, upstream: ToldUpstream) -> None:
        """Take what it works with.

        Args:
            centre: this hub.
            upstream: the centre above.
        """
        self._centre = centre
        self._upstream = upstream
        self._told: dict[str, str] = {}

    def __call__(self) -> int:
        """Tell what is new and return 0: nobody waits for more of it.

        Raises:
            CentreError: nobody above answers.
        """
        query = (
            sa.select(conditions.c.origin, conditions.c.received_at, conditions.c.document)
            .join(relay, relay.c.stream == conditions.c.origin)
            .where(relay.c.document.is_not(None))
        )
        with reading(self._centre.engine) as connection:
            rows = connection.execute(query).all()
        for row in rows:
            if self._told.get(row.origin) != row.received_at:
                self._upstream.tell_condition(row.origin, row.document.encode())
                self._told[row.origin] = row.received_at
        return 0
