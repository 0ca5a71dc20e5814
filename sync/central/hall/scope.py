"""Which requests the counters of a hall may find: those of the kiosks that stand in it, of all that the hub holds."""

import sqlalchemy as sa

from sync.central.hall.site import HallSite
from sync.central.reading import reading
from sync.central.tables import desk_requests, origins
from sync.central.trust.senders import KIOSK_ROLE


def of_hall(hall: HallSite) -> sa.ColumnElement[bool]:
    """Return the condition that a row of the counters' index is of a kiosk of a hall; see :meth:`HallSite.takes`."""
    origin = desk_requests.c.origin
    if hall.kiosks:
        return origin.in_(hall.kiosks)
    return origin.startswith(f"{hall.departement}-", autoescape=True)


def kiosks_of(engine: sa.Engine, hall: HallSite) -> tuple[str, ...]:
    """Return the kiosks of a hall, whose references may be typed in part."""
    with reading(engine) as connection:
        query = sa.select(origins.c.origin).where(origins.c.role == KIOSK_ROLE).order_by(origins.c.origin)
        return tuple(filter(hall.takes, connection.execute(query).scalars()))
