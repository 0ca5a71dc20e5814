"""What the centre above orders of a hub's kiosks, given on by the hub under its own signature.

A kiosk believes its hub and nobody else. The hub checks each order as a kiosk would, keeps how far it got together with
the order that it gives on, and erases what it is told to have erased. A reprint keeps the hour of the first order.
"""

import time
from collections.abc import Callable, Sequence
from typing import Protocol

import sqlalchemy as sa
import structlog

from kiosk.errors import InputError
from kiosk.log_events import LogEvent
from kiosk.ports.centre import CentreUpdate, UpdateKind
from sync.central.context import CentreContext
from sync.central.erasure.erase import erase_as_ordered
from sync.central.reading import reading
from sync.central.tables import origins, relay, relayed_orders
from sync.central.trust.senders import KIOSK_ROLE
from sync.central.updates.orders import order

BY_CENTRE = "centre"


class OrderingUpstream(Protocol):
    """The centre above, as far as it orders."""

    def updates_after(self, number: int, *, origin: str | None = None) -> Sequence[CentreUpdate]:
        """Return what was ordered of a machine after a number, checked."""
        ...


class PassOrders:
    """Fetches the next orders of every kiosk that this hub brings, and gives them on."""

    def __init__(
        self,
        centre: CentreContext,
        upstream: OrderingUpstream,
        *,
        every_s: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take what it works with.

        Args:
            centre: this hub.
            upstream: the centre above.
            every_s: pause between two looks that found nothing, in seconds; a look asks once for each kiosk.
            clock: monotonic, seconds.
        """
        self._centre = centre
        self._upstream = upstream
        self._every_s = every_s
        self._clock = clock
        self._next_s = clock()

    def __call__(self) -> int:
        """Give on what was ordered since and return how many orders there were.

        Raises:
            CentreError: nobody above answers; nothing was lost.
        """
        if self._clock() < self._next_s:
            return 0
        passed = sum(self._passed(origin, number) for origin, number in self._standing())
        if not passed:
            self._next_s = self._clock() + self._every_s
        return passed

    def _standing(self) -> list[tuple[str, int]]:
        """Return each kiosk that the centre above knows by us, with the last order that was given on."""
        known = origins.join(relay, relay.c.stream == origins.c.origin).outerjoin(
            relayed_orders, relayed_orders.c.origin == origins.c.origin
        )
        query = (
            sa.select(origins.c.origin, sa.func.coalesce(relayed_orders.c.number, 0))
            .select_from(known)
            .where(origins.c.role == KIOSK_ROLE, relay.c.document.is_not(None))
            .order_by(origins.c.origin)
        )
        with reading(self._centre.engine) as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]

    def _passed(self, origin: str, number: int) -> int:
        found = self._upstream.updates_after(number, origin=origin)
        for update in found:
            with self._centre.engine.begin() as connection:
                self._pass_one(connection, origin, update)
        return len(found)

    def _pass_one(self, connection: sa.Connection, origin: str, update: CentreUpdate) -> None:
        if update.kind == UpdateKind.ERASE:
            self._erase(connection, origin, update)
        order(self._centre, connection, origin, update.kind, update.content, by=BY_CENTRE, issued_at=update.issued_at)
        connection.execute(sa.delete(relayed_orders).where(relayed_orders.c.origin == origin))
        connection.execute(sa.insert(relayed_orders).values(origin=origin, number=update.number))

    def _erase(self, connection: sa.Connection, origin: str, update: CentreUpdate) -> None:
        try:
            erase_as_ordered(self._centre, connection, origin, update.content, by=BY_CENTRE)
        except InputError as error:  # the kiosk refuses it too, and its journal says why
            structlog.get_logger().warning(LogEvent.UPDATE_REFUSED, origin=origin, reason=error.field)
