"""What the kiosks of a hall last said of their printers."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from kiosk.domain.moment import parse_instant
from kiosk.ports.hall_printers import HallPrinter
from kiosk.ports.ticket_printer import PrinterCondition
from sync.central.hall.site import HallSite
from sync.central.tables import conditions

_LATELY: Final = timedelta(minutes=3)  # a kiosk says once a minute how it is


def hall_printers(connection: sa.Connection, hall: HallSite, now: datetime) -> Sequence[HallPrinter]:
    """Return the printers of a hall's kiosks, by the names of the kiosks."""
    rows = connection.execute(sa.select(conditions).order_by(conditions.c.origin))
    return [HallPrinter(row.origin, _condition(row, now)) for row in rows if hall.takes(row.origin)]


def _condition(row: sa.Row[tuple[object, ...]], now: datetime) -> PrinterCondition | None:
    if now - parse_instant(row.received_at) > _LATELY:
        return None
    try:
        return PrinterCondition(json.loads(row.document)["printer"])
    except (KeyError, ValueError):  # null, or a word of a newer kiosk
        return None
