"""What the kiosks of a hall last said of their printers."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from pydantic import ValidationError

from kiosk.domain.moment import parse_instant
from kiosk.ports.hall_printers import HallPrinter
from kiosk.ports.ticket_printer import PrinterCondition
from sync.central.hall.machine_reading import late_after
from sync.central.hall.site import HallSite
from sync.central.tables import conditions
from sync.protocol.conditions import Condition


def hall_printers(connection: sa.Connection, hall: HallSite, now: datetime) -> Sequence[HallPrinter]:
    """Return the printers of a hall's kiosks, by the names of the kiosks."""
    rows = connection.execute(sa.select(conditions).order_by(conditions.c.origin))
    return [HallPrinter(row.origin, _condition(row, now)) for row in rows if hall.takes(row.origin)]


def _condition(row: sa.Row[tuple[object, ...]], now: datetime) -> PrinterCondition | None:
    try:
        told = Condition.model_validate_json(row.document)
        is_late = now - parse_instant(row.received_at) > late_after(told.told_every_s)
        return None if is_late or told.printer is None else PrinterCondition(told.printer)
    except (ValidationError, ValueError):  # a word of a newer kiosk
        return None
