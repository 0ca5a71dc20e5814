"""Which hub speaks for a machine that is known already."""

import sqlalchemy as sa

from kiosk.errors import InputError
from kiosk.journal.entry import EntryType
from sync.central.context import CentreContext
from sync.central.tables import origins
from sync.central.trust.senders import HUB_ROLE, KIOSK_ROLE


def entrust(centre: CentreContext, origin: str, hub: str | None, *, by: str) -> None:
    """Let a hub bring the entries of a machine that was registered here directly, or no hub any more.

    The machine itself may go on speaking: what comes twice is held once.

    Args:
        centre: database, journal.
        origin: the machine.
        hub: the hub; None lets the machine speak for itself alone.
        by: the administrator, for the journal.

    Raises:
        InputError: there is no such machine, or no such hub.
    """
    with centre.engine.begin() as connection:
        roles = dict(
            connection.execute(sa.select(origins.c.origin, origins.c.role).where(origins.c.origin.in_([origin, hub])))
            .tuples()
            .all()
        )
        if roles.get(origin) != KIOSK_ROLE:
            raise InputError("ORIGIN", f"a registered kiosk, not {origin}")
        if hub is not None and roles.get(hub) != HUB_ROLE:
            raise InputError("--to", f"an enrolled hub, not {hub}")
        connection.execute(sa.update(origins).where(origins.c.origin == origin).values(relayed_by=hub))
        centre.journal.append(connection, EntryType.MACHINE_ENTRUSTED, {"origin": origin, "relayed_by": hub, "by": by})
