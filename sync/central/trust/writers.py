"""Who is believed about a request: the machine that filed it, the hub that brings that machine, and we ourselves."""

import sqlalchemy as sa

from sync.central.journal import CENTRE_ROLE
from sync.central.tables import origins


def is_believed(written_by: sa.ColumnElement[str], filed_at: sa.ColumnElement[str] | str) -> sa.ColumnElement[bool]:
    """Return the condition that an entry about a request is by somebody who has to do with it.

    What another machine says under the same identifier counts for nothing: a stolen kiosk must not write into the
    files of the others.

    Args:
        written_by: origin of the entry.
        filed_at: origin of the request.
    """
    ourselves = sa.select(origins.c.origin).where(origins.c.role == CENTRE_ROLE)
    hub = sa.select(origins.c.relayed_by).where(origins.c.origin == filed_at, origins.c.relayed_by.is_not(None))
    return sa.or_(written_by == filed_at, written_by.in_(ourselves), written_by.in_(hub))
